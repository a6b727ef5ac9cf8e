package api_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/patient"
	"historias/internal/testkit"
)

// paper is a signed receta of a fictional clinic, as the holder of the paper
// knows it.
type paper struct {
	*apitest.API
	ctx   context.Context
	issue document.Issue
	key   patient.Patient
}

func newPaper(t *testing.T, a *apitest.API) paper {
	t.Helper()
	ctx := a.Ready(t)
	home := testkit.Address()
	who, _, err := a.Patients.Create(ctx, patient.Form{
		GivenNames: "María Fernanda", FirstSurname: "Orozco", SecondSurname: "Villaseñor", Sex: "M",
		BirthDate: "1980-08-14", Phone: "5555550199", Address: &home,
	})
	require.NoError(t, err)
	p := paper{API: a, ctx: ctx, key: who, issue: document.Issue{
		Kind: document.Prescription, SubjectID: uuid.New(), PatientID: who.ID, Code: document.NewCode(), Folio: "R-2026-03318",
		IssuedAt: a.Fake.Now(), TimeZone: "America/Mexico_City", Files: []document.File{{Format: "letter", PDF: []byte("%PDF-1.3")}},
		Issuer: document.Issuer{
			FullName: "Dra. Sofía Núñez Alcaraz", License: "00123456", TitleInstitution: "Universidad Ejemplo de Puebla",
			Establishment: "Clínica Jacarandas, Puebla",
		},
	}}
	p.write(t, func(ctx context.Context, tx *db.Tx) error { return a.Documents.Queue(ctx, tx, who.DataKey(), p.issue) })
	return p
}

func (p paper) write(t *testing.T, fn func(context.Context, *db.Tx) error) {
	t.Helper()
	require.NoError(t, p.DB.WithTx(p.ctx, fn))
}

func (p paper) void(t *testing.T) {
	t.Helper()
	p.write(t, func(ctx context.Context, tx *db.Tx) error {
		return p.Documents.Void(ctx, tx, p.key.DataKey(), document.Voiding{
			Kind: p.issue.Kind, SubjectID: p.issue.SubjectID, At: p.Fake.Now().Add(time.Hour),
		})
	})
}

// visit reads a page as a browser does.
func visit(t *testing.T, a *apitest.API, method, path string, form url.Values) apitest.Reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, a.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return apitest.Reply{Status: res.StatusCode, Header: res.Header, Body: body}
}

// Whoever holds the paper learns that it is genuine and who signed it, without a
// session, and nothing about the patient.
func TestAPaperIsVerifiedWithoutASession(t *testing.T) {
	t.Parallel()
	p := newPaper(t, apitest.New(t))
	at := "/api/public/verify/"
	r := p.Do(t, apitest.Call{Method: http.MethodGet, Path: at + p.issue.Code}).Want(http.StatusOK)
	require.Equal(t, map[string]any{
		"kind": "prescription", "status": "in_force", "issued_at": "2026-11-23T18:00:00Z", "folio": "R-2026-03318",
		"issuer": "Dra. Sofía Núñez Alcaraz", "license_number": "00123456", "title_institution": "Universidad Ejemplo de Puebla",
		"establishment": "Clínica Jacarandas, Puebla",
	}, r.JSON())
	require.Equal(t, "no-store", r.Header.Get("Cache-Control"))
	p.Do(t, apitest.Call{Method: http.MethodGet, Path: at + strings.ToLower(strings.ReplaceAll(p.issue.Code, "-", ""))}).Want(http.StatusOK)
	p.void(t)
	r = p.Do(t, apitest.Call{Method: http.MethodGet, Path: at + p.issue.Code}).Want(http.StatusOK)
	require.Equal(t, "voided", r.JSON()["status"])
	require.Equal(t, "2026-11-23T19:00:00Z", r.JSON()["voided_at"])
}

// What is no code of a document is the same answer, whatever is wrong with it.
func TestUnknownCodesAreAllTheSame(t *testing.T) {
	t.Parallel()
	p := newPaper(t, apitest.New(t))
	for _, code := range []string{
		document.NewCode(), p.issue.Code[:18], p.issue.Code + "0", "R-2026-03318", p.issue.SubjectID.String(), "%00", "%FF", "..%2F..", "%27%3B--", strings.Repeat("A", 3000),
	} {
		r := p.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/public/verify/" + code, Undocumented: true}).Want(http.StatusNotFound)
		require.Equal(t, "document.not_found", r.Code(), code)
	}
	lost := visit(t, p.API, http.MethodGet, "/verificar/"+document.NewCode(), nil)
	require.Equal(t, http.StatusNotFound, lost.Status)
	require.Contains(t, string(lost.Body), "No encontramos este documento")
}

// The page says in Spanish what the code stands for, at the QR's address and in
// answer to the form, is kept nowhere, and repeats no code.
func TestThePageOfVerification(t *testing.T) {
	t.Parallel()
	p := newPaper(t, apitest.New(t))
	check := func(method, path string, form url.Values, status int, says ...string) {
		t.Helper()
		res := visit(t, p.API, method, path, form)
		body := string(res.Body)
		require.Equal(t, status, res.Status, body)
		require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
		require.Equal(t, "no-referrer", res.Header.Get("Referrer-Policy"))
		require.Equal(t, "noindex", res.Header.Get("X-Robots-Tag"))
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "form-action 'self'")
		require.NotContains(t, body, p.issue.Code)
		require.NotContains(t, body, "Orozco")
		for _, text := range says {
			require.Contains(t, body, text)
		}
	}
	typed := func(code string) url.Values { return url.Values{"codigo": {code}} }
	genuine := []string{
		"Documento auténtico", "Receta médica", "Vigente", "23 de noviembre de 2026, 12:00 h", "Dra. Sofía Núñez Alcaraz",
		"00123456", "Universidad Ejemplo de Puebla", "Clínica Jacarandas, Puebla", "R-2026-03318",
	}
	check(http.MethodGet, "/verificar", nil, http.StatusOK, "Comprobar un documento", `action="/verificar"`)
	check(http.MethodPost, "/verificar", typed(""), http.StatusOK, "Comprobar un documento")
	check(http.MethodGet, "/verificar/"+p.issue.Code, nil, http.StatusOK, genuine...)
	check(http.MethodPost, "/verificar", typed(" "+strings.ToLower(p.issue.Code)), http.StatusOK, genuine...)
	check(http.MethodPost, "/verificar", typed("7K3M"), http.StatusNotFound, "No encontramos este documento")
	p.void(t)
	check(http.MethodGet, "/verificar/"+p.issue.Code, nil, http.StatusOK, "Documento anulado", "13:00 h", "no debe surtirse")
}

// shared is a log that requests write into at once.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// The code is a secret of the paper: no log holds it, nor who issued what, and
// guessing is bounded by address.
func TestCodesAreInNoLogAndGuessingIsBounded(t *testing.T) {
	t.Parallel()
	log := &shared{}
	a := apitest.NewLogged(t, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		func(c *config.Config) { c.RateLimited, c.RatePerMinute = true, 20 })
	p := newPaper(t, a)
	p.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/public/verify/" + p.issue.Code}).Want(http.StatusOK)
	visit(t, a, http.MethodGet, "/verificar/"+p.issue.Code, nil)
	visit(t, a, http.MethodPost, "/verificar", url.Values{"codigo": {p.issue.Code}})
	refused := false
	for range 40 {
		r := p.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/public/verify/" + document.NewCode()})
		refused = refused || r.Status == http.StatusTooManyRequests
	}
	require.True(t, refused, "forty guesses in a row were all answered")
	require.Contains(t, log.String(), "/api/public/verify/:code")
	for _, secret := range []string{p.issue.Code, p.issue.Code[:4], "Núñez", "03318"} {
		require.NotContains(t, log.String(), secret)
	}
	require.Equal(t, 3, apitest.Scalar[int](t, a, `select count(*) from audit_events where action = 'document.verified' and clinic_id = $1`,
		actor.Clinic(p.ctx)))
}
