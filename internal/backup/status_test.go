package backup_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/backup"
	"historias/internal/db"
	"historias/internal/testkit"
	"historias/internal/testkit/dbtest"
)

// What the panel of an operator shows: when it last went well, and how the last
// try ended, which are two things after a failure.
func TestTheStatusTellsTheLastSuccessApartFromTheLastTry(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	d, err := db.Open(t.Context(), db.Options{URL: database.URL})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	s, err := backup.Latest(t.Context(), d)
	require.NoError(t, err)
	require.True(t, s.LastBackup.Never(), "nothing was done yet")
	require.Empty(t, s.LastBackup.Outcome)

	owner, err := pgx.Connect(t.Context(), database.OwnerURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = owner.Close(t.Context()) })
	insert := `insert into backup_runs (id, kind, started_at, finished_at, outcome, bytes, place, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)`
	well, later := testkit.Noon.Add(-26*time.Hour), testkit.Noon.Add(-2*time.Hour)
	_, err = owner.Exec(t.Context(), insert, uuid.New(), "create", well, well.Add(time.Minute), "done", 4096, "directory", "")
	require.NoError(t, err)
	_, err = owner.Exec(t.Context(), insert, uuid.New(), "create", later, later, "failed", 0, "directory", "backup.disk_full")
	require.NoError(t, err)
	_, err = owner.Exec(t.Context(), insert, uuid.New(), "drill", well, nil, "running", 0, "", "")
	require.NoError(t, err)

	s, err = backup.Latest(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, well.Add(time.Minute), s.LastBackup.SucceededAt)
	require.EqualValues(t, 4096, s.LastBackup.Bytes)
	require.Equal(t, backup.Failed, s.LastBackup.Outcome)
	require.Equal(t, "backup.disk_full", s.LastBackup.Detail)
	require.True(t, s.LastVerified.Never())
	require.True(t, s.LastDrill.Never())
	require.Equal(t, backup.Running, s.LastDrill.Outcome)
}
