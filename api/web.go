package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Web serves the SPA: its files, its pages and nothing else. An address that is
// neither answers 404 with the SPA's own not-found page.
type Web struct {
	files    map[string]webFile
	manifest map[string]manifestEntry
	shell    string
	pages    []spaPage
	bodies   []webFile // of pages, in the same order
	lost     webFile   // the not-found page
	csp      string
	config   []byte
}

type webFile struct {
	kind   string
	raw    []byte
	packed []byte
}

// manifestEntry is one entry of Vite's manifest.
type manifestEntry struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
	Assets  []string `json:"assets"`
}

// NewWeb reads the built SPA. apiBase is the address of the API when it stands
// on another origin; dev adds the pages that production has not.
func NewWeb(dist fs.FS, apiBase string, dev bool) (*Web, error) {
	w := &Web{files: map[string]webFile{}, manifest: map[string]manifestEntry{}}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(dist, name)
		if err == nil {
			w.files["/"+name] = newWebFile(name, raw)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("api: spa: %w", err)
	}
	if m, ok := w.files["/manifest.json"]; ok {
		if err := json.Unmarshal(m.raw, &w.manifest); err != nil {
			return nil, fmt.Errorf("api: spa manifest: %w", err)
		}
	}
	w.shell = string(w.files["/index.html"].raw)
	for _, hidden := range []string{"/index.html", "/manifest.json", "/.keep", "/config.js"} {
		delete(w.files, hidden)
	}
	w.setBase(apiBase)
	w.setPages(dev)
	return w, nil
}

func (w *Web) setPages(dev bool) {
	for _, p := range spaPages() {
		if p.dev && !dev {
			continue
		}
		w.pages = append(w.pages, p)
		w.bodies = append(w.bodies, newWebFile("page.html", []byte(w.withPreloads(p))))
	}
	w.lost = newWebFile("page.html", []byte(w.withPreloads(spaPage{})))
}

func (w *Web) setBase(apiBase string) {
	config, _ := json.Marshal(map[string]string{"apiBase": apiBase})
	w.config = []byte("window.__HISTORIAS__ = " + string(config) + ";\n")
	w.csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
		"connect-src " + strings.TrimSpace("'self' "+apiBase) + "; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

const smallest = 1024

func newWebFile(name string, raw []byte) webFile {
	f := webFile{kind: mime.TypeByExtension(path.Ext(name)), raw: raw}
	switch path.Ext(name) {
	case ".js":
		f.kind = "text/javascript; charset=utf-8"
	case ".html":
		f.kind = "text/html; charset=utf-8"
	}
	if len(raw) > smallest && !strings.HasSuffix(name, ".woff2") {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = z.Write(raw)
		_ = z.Close()
		f.packed = b.Bytes()
	}
	return f
}

// ServeHTTP answers a file, a page or the not-found page.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	h := rw.Header()
	h.Set("Content-Security-Policy", w.csp)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(rw, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/config.js" {
		h.Set("Cache-Control", "no-cache")
		w.send(rw, r, newConfigFile(w.config), http.StatusOK)
		return
	}
	if f, ok := w.files[r.URL.Path]; ok {
		h.Set("Cache-Control", "no-cache")
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.send(rw, r, f, http.StatusOK)
		return
	}
	h.Set("Cache-Control", "no-cache")
	for i, p := range w.pages {
		if p.pattern.MatchString(r.URL.Path) {
			w.send(rw, r, w.bodies[i], http.StatusOK)
			return
		}
	}
	w.send(rw, r, w.lost, http.StatusNotFound)
}

func newConfigFile(raw []byte) webFile {
	return webFile{kind: "text/javascript; charset=utf-8", raw: raw}
}

func (w *Web) send(rw http.ResponseWriter, r *http.Request, f webFile, status int) {
	h := rw.Header()
	h.Set("Content-Type", f.kind)
	h.Add("Vary", "Accept-Encoding")
	body := f.raw
	if f.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	rw.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = rw.Write(body)
	}
}

const notBuilt = `<!doctype html><html lang="es-MX"><meta charset="utf-8"><title>Historias</title>
<p>La interfaz no está construida. Ejecute <code>make run</code> o <code>make build</code>.</p>`

// Asset gives the address of a built file by its source, such as the stylesheet
// of the pages that the server renders; empty when the SPA is not built.
func (w *Web) Asset(source string) string {
	if e, ok := w.manifest[source]; ok {
		return "/" + e.File
	}
	return ""
}
