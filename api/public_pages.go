package api

import (
	"bytes"
	_ "embed" // the templates
	"fmt"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/errs"
)

// publicPages renders the pages that anybody may read, here, so that they read
// without script, on any telephone and on paper.
type publicPages struct {
	templates *template.Template
	// asset gives the address of a built file by its source, empty without one.
	asset func(source string) string
}

//go:embed public_notice.html
var publicNoticeHTML string

//go:embed public_verify.html
var publicVerifyHTML string

//go:embed public_text.html
var publicTextHTML string

func newPublicPages(asset func(string) string) (publicPages, error) {
	pages := publicPages{templates: template.New("public"), asset: asset}
	for _, text := range []string{publicNoticeHTML, publicVerifyHTML, publicTextHTML, devMailHTML} {
		if _, err := pages.templates.Parse(text); err != nil {
			return pages, fmt.Errorf("api: public pages: %w", err)
		}
	}
	return pages, nil
}

// pageHead is what every page has above its body.
type pageHead struct{ Title, Description, Style, Script, Canonical string }

func (h publicPages) head(title, description, canonical string) pageHead {
	head := pageHead{Title: title, Description: description, Canonical: canonical, Style: h.asset("src/public/public.css")}
	if head.Style != "" { // the SPA is built, and its script for light and dark with it
		head.Script = "/theme.js"
	}
	return head
}

// A page sends forms to itself only, and those without one to nobody.
const (
	publicCSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	formCSP   = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

func (h publicPages) render(c echo.Context, status int, name, policy string, data any) error {
	var b bytes.Buffer
	if err := h.templates.ExecuteTemplate(&b, name, data); err != nil {
		return errs.Internal("api: public page", err)
	}
	c.Response().Header().Set("Content-Security-Policy", policy)
	return c.Blob(status, "text/html; charset=utf-8", b.Bytes())
}

// explainPage says in words what cannot be shown.
type explainPage struct {
	pageHead
	Heading    string
	Paragraphs []string
}

func (h publicPages) explain(c echo.Context, status int, heading string, paragraphs ...string) error {
	return h.render(c, status, "explain", publicCSP, explainPage{
		pageHead: h.head(heading+" · Historias", heading, ""), Heading: heading, Paragraphs: paragraphs,
	})
}

// tooMany refuses an address that asks too often, with a page where people read one.
func (o routeOptions) tooMany(c echo.Context, refusal error) error {
	if o.crowded == nil {
		return refusal
	}
	return o.crowded(c, refusal)
}

// busy is the page for an address that asked too often.
func (h publicPages) busy(c echo.Context, refusal error) error {
	e := known(refusal)
	header := c.Response().Header()
	header.Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Robots-Tag", "noindex")
	return h.explain(c, http.StatusTooManyRequests, "Espere un momento",
		"Desde este lugar se han hecho muchas consultas seguidas y por ahora no podemos responder otra.",
		"Espere un minuto y vuelva a intentar.")
}

var months = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// longDate writes a day as people do: 2 de marzo de 2026.
func longDate(t time.Time) string {
	return fmt.Sprintf("%d de %s de %d", t.Day(), months[t.Month()-1], t.Year())
}
