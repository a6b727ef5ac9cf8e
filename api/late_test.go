package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/testkit"
)

func (d desk) trail(subject, action, outcome, reason string) int {
	d.t.Helper()
	return apitest.Scalar[int](d.t, d.API, `select count(*)::int from audit_events
		where subject_id = $1 and action = $2 and outcome = $3 and reason = $4`, uuid.MustParse(subject), action, outcome, reason)
}

// A draft sent back as it was has been read and not written, and one sent late is
// in the trail: of a note and of a receta alike.
func TestNotesAndRecetasKeepTheSameEvents(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	draft := d.prescribe(v.id, rx(metformin()))
	d.send(http.MethodPut, rxPath(draft), rx(changed(metformin(), "quantity", 3)), "If-Match", `"1"`).Want(http.StatusOK)
	for kind, path := range map[string]string{"consultation": v.path(""), "prescription": rxPath(draft)} {
		id := path[strings.LastIndex(path, "/")+1:]
		now := d.send(http.MethodGet, path, nil).Want(http.StatusOK)
		reads, saves := d.trail(id, kind+".read", "success", ""), d.trail(id, kind+".saved", "success", "")
		same := d.send(http.MethodPut, path, now.JSON(), "If-Match", `"2"`).Want(http.StatusOK)
		require.Equal(t, `"2"`, same.Header.Get("ETag"), kind)
		require.Equal(t, reads+1, d.trail(id, kind+".read", "success", ""), kind)
		require.Equal(t, saves, d.trail(id, kind+".saved", "success", ""), kind)
		d.send(http.MethodPut, path, now.JSON(), "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
		require.Equal(t, 1, d.trail(id, kind+".saved", "failure", "stale"), kind)
		d.send(http.MethodPost, path+"/sign", map[string]any{"password": testkit.Password}, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	}
	require.Equal(t, 1, d.trail(draft["id"].(string), "prescription.signed", "failure", "stale"))
}

// Whoever asks too often on a page reads a page, and when to come back; who asks the
// API gets a problem.
func TestAnImpatientVerifierReadsAPage(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.RateLimited, c.RatePerMinute = true, 2 })
	ask := func(path string) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Undocumented: !strings.HasPrefix(path, "/api")})
	}
	for range 2 {
		ask("/verificar").Want(http.StatusOK)
	}
	for _, path := range []string{"/verificar", "/verificar/7K3M-Q9TA-0XWD-5H2R"} {
		refused := ask(path).Want(http.StatusTooManyRequests)
		require.Equal(t, "text/html; charset=utf-8", refused.Header.Get("Content-Type"))
		require.NotEmpty(t, refused.Header.Get("Retry-After"))
		require.Contains(t, string(refused.Body), "Espere un minuto")
	}
	require.Equal(t, "rate.exceeded", ask("/api/public/verify/7K3M-Q9TA-0XWD-5H2R").Want(http.StatusTooManyRequests).Code())
}

// An answer that is repeated shows the record again, so the trail says so.
func TestARepeatedAnswerIsARead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	register := func() map[string]any {
		return d.send(http.MethodPost, "/api/patients", fernanda(), "Idempotency-Key", "alta-1").Want(http.StatusCreated).JSON()
	}
	p := register()
	id := p["id"].(string)
	replays := func() int { return d.trail(id, "patient.read", "success", "idempotency.replayed") }
	require.Zero(t, replays())
	require.Equal(t, id, register()["id"])
	require.Equal(t, 1, replays())
	for range 2 {
		d.send(http.MethodPost, pathOf(p)+"/allergies", map[string]any{"substance": "Látex"}, "Idempotency-Key", "alergia-1").Want(http.StatusCreated)
		d.send(http.MethodPost, pathOf(p)+"/consultations", map[string]any{"type": "evolucion"}, "Idempotency-Key", "visita-1").Want(http.StatusCreated)
	}
	require.Equal(t, 3, replays())
}

// A fault names the very item, also when it is of the wrong type.
func TestAWrongTypeNamesItsItem(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.visit(d.register(fernanda()))
	for field, body := range map[string]map[string]any{
		"items[1].quantity":               rx(metformin(), changed(metformin(), "quantity", "dos")),
		"items[0].dose":                   rx(changed(metformin(), "dose", []any{"1 tableta"})),
		"items[1].structured.every_hours": rx(metformin(), changed(metformin(), "structured", map[string]any{"every_hours": true})),
		"items[1]":                        {"items": []any{metformin(), 7}},
		"items":                           {"items": "nada"},
	} {
		r := d.wrong(http.MethodPost, "/api/consultations/"+v+"/prescriptions", body).Want(http.StatusBadRequest)
		require.Equal(t, map[string]string{field: "type"}, r.Fields())
	}
	r := d.wrong(http.MethodPost, "/api/consultations/"+v+"/prescriptions", rx(metformin(), changed(metformin(), "dose", "a\x00")))
	require.Equal(t, map[string]string{"items[1].dose": "format"}, r.Want(http.StatusBadRequest).Fields())
	d.send(http.MethodPost, "/api/consultations/"+v+"/prescriptions", rx(changed(metformin(), "instructions", "Con agua 💧."))).Want(http.StatusCreated)
}

// What somebody measured anew while the note was being signed is not signed unseen.
func TestVitalSignsThatChangeWhileSigning(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	conn, err := pgx.Connect(t.Context(), d.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `update vital_signs set systolic = 170 where consultation_id = $1`, v.id)
	require.NoError(t, err)
	answer := make(chan apitest.Reply, 1)
	go func() { answer <- v.sign() }()
	d.AwaitBlocked(t)
	require.NoError(t, tx.Commit(t.Context()))
	require.Equal(t, "consultation.stale", (<-answer).Want(http.StatusPreconditionFailed).Code())
	require.Equal(t, "draft", v.read()["status"])
	v.sign().Want(http.StatusOK)
}
