package obs_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/obs"
	"historias/internal/testkit"
)

// told asks a process for its metrics.
func told(t *testing.T, m *obs.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, w.Code)
	return w.Body.String()
}

// The counts go over all clinics; they are asked at most once in ten seconds,
// and the database's rows stay behind their walls.
func TestCountsGoOverAllClinics(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	m := obs.NewMetrics("1.2.3")
	require.NoError(t, m.Watch(obs.Sources{DB: k.DB, Clock: k.Fake, DataDir: t.TempDir()}))
	k.Doctor(t)
	k.Doctor(t)
	first := told(t, m)
	require.Contains(t, first, "historias_sessions 2\n")
	require.Contains(t, first, "historias_whatsapp_to_call 0\n")
	require.NotContains(t, first, "historias_audit_unsealed_events 0\n", "two registrations are not sealed yet")
	require.Contains(t, first, `historias_db_connections{pool="main",state="max"}`)
	require.Contains(t, first, "historias_disk_free_bytes")

	k.Doctor(t)
	require.Contains(t, told(t, m), "historias_sessions 2\n", "asked again within ten seconds")
	_, err := k.Trail.Verify(actor.System(t.Context(), actor.Platform, "test"), audit.VerifyOptions{})
	require.NoError(t, err)
	k.Fake.Advance(time.Minute)
	later := told(t, m)
	require.Contains(t, later, "historias_sessions 3\n")
	require.Contains(t, later, "historias_audit_unsealed_events 0\n", "verifying seals what is open")

	// The door that counts is no door to rows: after it the wall stands as before.
	err = k.DB.Read(actor.System(t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
		var seen int
		q.All(func(db.Row) error { return nil }, `select gauge from service_gauges(now())`)
		q.One([]any{&seen}, `select count(*) from sessions`)
		q.All(func(r db.Row) error {
			var maintenance string
			if err := r.Scan(&maintenance); err != nil {
				return err
			}
			require.Empty(t, maintenance)
			require.Zero(t, seen, "sessions of a clinic were seen from the platform")
			return nil
		}, `select coalesce(current_setting('app.maintenance', true), '')`)
		return nil
	})
	require.NoError(t, err)
}

// A database that is away is told, and the rest of the metrics with it.
func TestADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	m := obs.NewMetrics("1.2.3")
	require.NoError(t, m.Watch(obs.Sources{DB: k.DB, Clock: k.Fake, DataDir: t.TempDir()}))
	require.Contains(t, told(t, m), "historias_database_up 1\n")
	k.DB.Close()
	k.Fake.Advance(time.Minute)
	got := told(t, m)
	require.Contains(t, got, "historias_database_up 0\n")
	require.NotContains(t, got, "historias_sessions")
	require.Contains(t, got, "go_goroutines")
}
