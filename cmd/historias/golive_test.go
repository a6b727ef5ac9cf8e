//go:build linux

package main

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/cmd/historias/checkup"
	"historias/internal/testkit/dbtest"
)

// front is a proxy with TLS before a site, which lets a number of requests pass.
func (s *site) front(passes int64) *site {
	s.t.Helper()
	target, err := url.Parse("http://127.0.0.1:" + s.vars["PORT"])
	require.NoError(s.t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	var asked atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && asked.Add(1) > passes {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	proxy.ErrorLog = server.Config.ErrorLog
	server.StartTLS()
	s.t.Cleanup(server.Close)
	trust := filepath.Join(s.t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	require.NoError(s.t, os.WriteFile(trust, block, 0o600))
	other := s.with("FRONTEND_URL", server.URL, "BACKEND_URL", server.URL, "ALLOWED_ORIGINS", server.URL, "PUBLIC_PRIVACY_NOTICE_URL", server.URL+"/privacy-notice")
	other.installation.vars = append(other.installation.vars, "SSL_CERT_FILE="+trust)
	return other
}

// boxes gives the nineteen boxes, in order.
func (s *site) boxes() []checkup.Finding {
	s.t.Helper()
	code, said := s.says("check", "--go-live", "--json")
	require.Equal(s.t, exitFault, code)
	var out struct{ Findings []checkup.Finding }
	require.NoError(s.t, json.NewDecoder(strings.NewReader(said)).Decode(&out), said)
	require.Len(s.t, out.Findings, 19)
	return out.Findings
}

// planList are the lines of the plan's last list.
func planList(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/plan-boxes.txt")
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

// Each box of the plan's last list stands in its order and words, with its
// evidence or what is missing; what no program can see counts once a person says
// so, and nothing else can be confirmed away.
func TestTheBoxesBeforeTheStart(t *testing.T) {
	t.Parallel()
	behind := newSite(t, dbtest.New(t))
	s := behind.front(20)
	found := s.boxes()
	for i, text := range planList(t) {
		require.Contains(t, found[i].Subject, text)
	}
	require.Equal(t, checkup.Bad, found[2].Mark, "nothing serves yet")
	s.serveSite()
	s.database.Exec(t, `insert into backup_runs (id, kind, started_at, finished_at, outcome) values
		(gen_random_uuid(), 'create', now() - interval '1 day', now() - interval '1 day', 'done'), (gen_random_uuid(), 'create', now(), now(), 'done')`)
	found = s.boxes()
	marks := ""
	for _, f := range found {
		marks += map[checkup.Mark]string{checkup.Good: "+", checkup.Bad: "-", checkup.Doubt: "?"}[f.Mark]
	}
	// No tag, an unknown server, nobody who plays Meta, no clinic, no drill; the rest
	// of the doubts wait for a person.
	require.Regexp(t, `^\?\?\+{5}[?-]\?\+\+\?\?-\?\?\?-\?$`, marks, "%v", found)
	require.Contains(t, found[8].Text, "Meta no ha entregado")
	require.Contains(t, found[9].Text, "429")

	code, said := s.says("check", "--confirm", "capacitacion", "--by", "Carmen Arrieta")
	require.Zero(t, code, said)
	found = s.boxes()
	require.Equal(t, checkup.Good, found[15].Mark)
	require.Contains(t, found[15].Text, "Carmen Arrieta")
	for _, name := range []string{"rollback", "aviso"} {
		code, said = s.says("check", "--confirm", name, "--by", "Carmen Arrieta")
		require.Zero(t, code, said)
	}
	found = s.boxes()
	require.Equal(t, checkup.Bad, found[13].Mark, "what is seen to be missing was confirmed away")
	require.Equal(t, checkup.Bad, found[17].Mark, "what is seen to be missing was confirmed away")
	for _, wrong := range [][]string{{"ssl", "Carmen Arrieta"}, {"logs", "x"}} {
		code, said = s.says("check", "--confirm", wrong[0], "--by", wrong[1])
		require.Equal(t, exitFault, code, said)
	}
	code, _ = s.says("check", "--confirm", "logs")
	require.Equal(t, exitUsage, code)

	unlimited := behind.front(1 << 20).boxes()
	require.Equal(t, checkup.Good, unlimited[3].Mark)
	require.Equal(t, checkup.Bad, unlimited[9].Mark, "a proxy without limits")
}
