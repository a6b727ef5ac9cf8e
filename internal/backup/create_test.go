package backup_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/stretchr/testify/require"

	"historias/internal/backup"
)

// store is a service that speaks S3, with one bucket.
func store(t *testing.T) (*httptest.Server, *s3mem.Backend) {
	t.Helper()
	backend := s3mem.New()
	require.NoError(t, backend.CreateBucket("clinica"))
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	return server, backend
}

func (i *installation) useS3(address string) {
	i.cfg.S3URL, i.cfg.S3Endpoint, i.cfg.S3Region = "s3://clinica/respaldos", address, "us-east-1"
	i.cfg.S3Access, i.cfg.S3Secret = "acceso", "secreto"
}

// A copy that lives in S3 alone is listed, verified, restored and ends there.
func TestCopiesInS3(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	server, _ := store(t)
	i.useS3(server.URL)
	i.cfg.Dir = ""
	i.register("Amalia")
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	require.NotZero(t, a.Bytes)
	v, err := i.service().Verify(t.Context(), backup.LatestName)
	require.NoError(t, err)
	require.Equal(t, a.Bytes, v.Bytes)
	require.Equal(t, "s3", v.Place)
	to := i.emptyPlace()
	require.NoError(t, i.restore(to, backup.LatestName))
	require.EqualValues(t, 1, count(t, to.AdminURL, `select count(*) from patients`))

	i.Fake.Advance(40 * 24 * time.Hour)
	b, err := i.service().Create(t.Context())
	require.NoError(t, err)
	all, err := i.service().List(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1, "the old one was deleted")
	require.Equal(t, b.Name, all[0].Name)
}

// With both places a copy lies in both, the same byte for byte.
func TestACopyLiesInBothPlaces(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	server, backend := store(t)
	i.useS3(server.URL)
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	local, err := os.ReadFile(filepath.Join(i.cfg.Dir, a.Name))
	require.NoError(t, err)
	object, err := backend.HeadObject("clinica", "respaldos/"+a.Name)
	require.NoError(t, err)
	require.EqualValues(t, len(local), object.Size)
	all, err := i.service().List(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
}

// What S3 answers is told in words, and a copy that did not arrive is a failure
// even though the folder has it.
func TestAnS3ThatRefusesIsAFailure(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`<Error><Code>AccessDenied</Code><Message>no</Message></Error>`))
	}))
	t.Cleanup(refusing.Close)
	i.useS3(refusing.URL)
	_, err := i.service().Create(t.Context())
	require.Equal(t, "backup.bucket_refused", code(err))
	require.NotContains(t, err.Error(), "secreto")
	status, err := backup.Latest(t.Context(), i.DB)
	require.NoError(t, err)
	require.Equal(t, "backup.bucket_refused", status.LastBackup.Detail)
	require.True(t, status.LastBackup.Never())

	i.cfg.Dir = ""
	_, err = i.service().Create(t.Context())
	require.Equal(t, "backup.bucket_refused", code(err), "streamed, without a folder")

	server, _ := store(t)
	i.useS3(server.URL)
	i.cfg.S3URL = "s3://otro"
	i.Fake.Advance(time.Second)
	_, err = i.service().Create(t.Context())
	require.Equal(t, "backup.bucket_missing", code(err))
}

// While a copy is being made nobody makes a second one.
func TestTwoCopiesAtOnce(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	other, err := pgx.Connect(t.Context(), i.address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = other.Close(context.WithoutCancel(t.Context())) })
	_, err = other.Exec(t.Context(), `select pg_advisory_lock(hashtextextended('historias.backup', 0))`)
	require.NoError(t, err)
	_, err = i.service().Create(t.Context())
	require.Equal(t, "backup.busy", code(err))
	_, err = other.Exec(t.Context(), `select pg_advisory_unlock_all()`)
	require.NoError(t, err)
	_, err = i.service().Create(t.Context())
	require.NoError(t, err)
}

// What is missing is told with what to do, and nothing is left behind.
func TestWhatACopyNeeds(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	whole := i.cfg
	file := filepath.Join(t.TempDir(), "archivo")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for name, wrong := range map[string]func(){
		"backup.no_recipient": func() { i.cfg.Recipients = "" },
		"backup.no_place":     func() { i.cfg.Dir = "" },
		"backup.no_folder":    func() { i.cfg.Dir = filepath.Join(file, "respaldos") },
	} {
		i.cfg = whole
		wrong()
		_, err := i.service().Create(t.Context())
		require.Equal(t, name, code(err))
	}
	i.cfg = whole
	i.address = "postgresql://nadie@127.0.0.1:1/nada"
	_, err := i.service().Create(t.Context())
	require.Equal(t, "backup.no_database", code(err))
	entries, err := os.ReadDir(whole.Dir)
	require.NoError(t, err)
	require.Empty(t, entries)
}

// Without a pg_dump of the server's version the text says which package brings it.
func TestAMissingPgDumpIsTold(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	keys := backup.New(backup.Options{
		Config: i.cfg, DatabaseURL: i.address, DataDir: i.Config.DataDir, BinDir: t.TempDir(), Clock: i.Fake,
	})
	_, err := keys.Create(t.Context())
	require.Equal(t, "backup.no_pg_dump", code(err))
	require.Contains(t, err.Error(), "postgresql-client-")
	entries, err := os.ReadDir(i.cfg.Dir)
	require.NoError(t, err)
	require.Empty(t, entries)
}

// A copy of a version to come is refused by this one.
func TestACopyOfANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	to := i.emptyPlace()
	_, err = i.service().Load(t.Context(), a.Name, backup.Target{DatabaseURL: to.OwnerURL, DataDir: to.cfg.DataDir, Schema: 51})
	require.Equal(t, "backup.too_new", code(err))
	require.Zero(t, count(t, to.AdminURL, `select count(*) from pg_tables where schemaname = 'public'`))
	require.NoError(t, i.restore(to, a.Name), "the database is still empty and good")
}
