package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/audit"
	"historias/internal/patient"
	"historias/internal/testkit"
)

// opened is the program on a restored place.
func (i *installation) opened(to place) *app.App {
	i.t.Helper()
	a, err := app.Build(i.t.Context(), &to.cfg, i.Fake, i.Log)
	require.NoError(i.t, err)
	i.t.Cleanup(a.Close)
	return a
}

// Whoever was erased does not come back with a copy that is older: the list that
// lies beside the newest copy is applied before anybody is served.
func TestWhatWasErasedLaterIsErasedAgain(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	gone, stays := i.register("Remedios"), i.register("Pilar")
	old, err := i.service().Create(t.Context())
	require.NoError(t, err)
	i.Fake.Advance(time.Hour)
	require.NoError(t, i.Patients.Erase(i.ctx, gone, i.Fake.Now()))
	i.Fake.Advance(time.Hour)
	_, err = i.service().Create(t.Context())
	require.NoError(t, err)

	to := i.emptyPlace()
	require.NoError(t, i.restore(to, old.Name))
	require.Contains(t, i.out.String(), "Lista de supresiones del 2026-11-23 20:00 UTC: 1.")
	a := i.opened(to)
	ctx := actor.System(t.Context(), actor.Clinic(i.ctx), "test")
	p, err := a.Patients.Get(ctx, gone)
	require.NoError(t, err)
	require.Equal(t, "Expediente suprimido", p.FullName())
	require.Empty(t, p.Phone)
	require.Equal(t, patient.StatusArchived, p.Status)
	kept, err := a.Patients.Get(ctx, stays)
	require.NoError(t, err)
	require.Equal(t, "Pilar", kept.GivenNames)
	require.Zero(t, count(t, to.AdminURL, `select count(*) from patient_tokens where patient_id = $1`, gone), "nobody finds her")
	require.EqualValues(t, 1, count(t, to.AdminURL, `select count(*) from erasures where patient_id = $1 and erased_at = $2`,
		gone, testkit.Noon.Add(time.Hour)), "with the day on which it was decided")
	report, err := a.Trail.Verify(t.Context(), audit.VerifyOptions{})
	require.NoError(t, err)
	require.True(t, report.OK(), "%v", report.Faults)
}

// A list that somebody made up erases nobody.
func TestAListOfErasuresMustBeOurs(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	gone := i.register("Remedios")
	require.NoError(t, i.Patients.Erase(i.ctx, gone, i.Fake.Now()))
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	path := filepath.Join(i.cfg.Dir, strings.TrimSuffix(a.Name, ".age")+".erasures")
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	list, known, err := i.service().LaterErasures(t.Context(), path)
	require.NoError(t, err)
	require.True(t, known)
	require.Equal(t, gone, list[0].Patient)
	other := strings.Replace(gone.String(), gone.String()[:4], "ffff", 1)
	require.NoError(t, os.WriteFile(path, bytes.ReplaceAll(raw, []byte(gone.String()), []byte(other)), 0o600))
	_, _, err = i.service().LaterErasures(t.Context(), "")
	require.Equal(t, "backup.bad_erasures", code(err))
	require.NoError(t, os.Remove(path))
	_, known, err = i.service().LaterErasures(t.Context(), "")
	require.NoError(t, err)
	require.False(t, known, "and that is told")
}
