package app_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
	"historias/migrations"
)

// installation is a program whose master key is about to change.
type installation struct {
	*testkit.Kit
	ctx          context.Context
	older, newer string
	patients     []uuid.UUID
}

const people = 12

func newInstallation(t *testing.T) *installation {
	t.Helper()
	k := testkit.New(t)
	i := &installation{Kit: k, ctx: k.Ready(t), older: k.Config.MedicalEncryptionKey, newer: vault.NewMaster()}
	for n := range people {
		i.register(t, k.App, n)
	}
	return i
}

func (i *installation) register(t *testing.T, a *app.App, n int) {
	t.Helper()
	p, err := register(i.ctx, a, n)
	require.NoError(t, err)
	i.patients = append(i.patients, p.ID)
}

func register(ctx context.Context, a *app.App, n int) (patient.Patient, error) {
	address := testkit.Address()
	p, _, err := a.Patients.Create(ctx, patient.Form{
		GivenNames: "Elena", FirstSurname: fmt.Sprintf("Ficticia %c", 'A'+n), BirthDate: "1990-05-05", Sex: "M", Address: &address,
	})
	return p, err
}

// with builds the program anew with these master keys.
func (i *installation) with(t *testing.T, keys string) (*app.App, error) {
	t.Helper()
	cfg := *i.Config
	cfg.MedicalEncryptionKey, cfg.DataDir = keys, t.TempDir()
	a, err := app.Build(t.Context(), &cfg, i.Fake, slog.New(slog.DiscardHandler))
	if err == nil {
		t.Cleanup(a.Close)
	}
	return a, err
}

func (i *installation) count(t *testing.T, sql string) (n int) {
	t.Helper()
	require.NoError(t, i.DB.Read(i.ctx, func(q *db.Reader) error {
		q.One([]any{&n}, sql, actor.Clinic(i.ctx))
		return nil
	}))
	return n
}

func (i *installation) everybodyOpens(t *testing.T, a *app.App) {
	t.Helper()
	for _, id := range i.patients {
		_, err := a.Patients.Get(i.ctx, id)
		require.NoError(t, err)
	}
}

// A master key is changed in steps: both keys open everything, a rotation that
// is ended goes on where it stopped and leaves an event, and afterwards the old
// key is needed for nothing.
func TestAMasterKeyChangesHands(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.Fake.Advance(time.Hour)
	both, err := i.with(t, i.newer+","+i.older)
	require.NoError(t, err)
	i.register(t, both, people)

	ctx, kill := context.WithCancel(t.Context())
	changed := 0
	_, err = both.RotateKeys(ctx, 2, func(n int) {
		if changed += n; changed > people {
			kill()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	i.everybodyOpens(t, both)
	_, err = i.with(t, i.newer)
	require.ErrorIs(t, err, vault.ErrWrongMaster, "the old key is still needed")

	done, err := both.RotateKeys(t.Context(), 2, nil)
	require.NoError(t, err)
	require.Len(t, done.Retired, 1)
	require.Zero(t, done.Strange)
	alone, err := i.with(t, i.newer)
	require.NoError(t, err)
	i.everybodyOpens(t, alone)
	i.everybodyOpens(t, both)

	again, err := alone.RotateKeys(t.Context(), 0, nil)
	require.NoError(t, err)
	require.Zero(t, again.Keys)
	require.Empty(t, again.Retired)
	masters, err := alone.Vault.Census(t.Context(), app.KeyShelves())
	require.NoError(t, err)
	require.Len(t, masters, 2)
	require.True(t, masters[0].Retired())
	require.Zero(t, masters[0].Keys)
	require.True(t, masters[1].Newest)
	require.Equal(t, 2*5+people+1, masters[1].Keys, "keys of the platform, of the clinic and of each patient")

	require.Equal(t, 2, i.count(t, `select count(*) from audit_events where clinic_id = $1 and action = 'keys.rotated'`), "one for each run that changed something")
	report, err := alone.Trail.Verify(t.Context(), audit.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, report.Faults)
}

// A program that was started before the rotation cannot leave a patient behind
// under the key that is about to be thrown away; and the key that was thrown
// away cannot come back as the first.
func TestARetiredKeyWrapsNothing(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	both, err := i.with(t, i.newer+","+i.older)
	require.NoError(t, err)
	_, err = both.RotateKeys(t.Context(), 0, nil)
	require.NoError(t, err)
	_, err = register(i.ctx, i.App, 0)
	require.ErrorIs(t, err, vault.ErrWrongMaster)
	_, late, err := i.App.Vault.NewDataKey()
	require.NoError(t, err)
	err = i.DB.WithTx(i.ctx, func(_ context.Context, q *db.Tx) error {
		q.Exec(`update patients set data_key = $2, data_key_master = $3 where clinic_id = $1`, actor.Clinic(i.ctx), late.Token, late.MasterID)
		return nil
	})
	require.Equal(t, "HS005", db.SQLState(err), "%v", err)
	i.everybodyOpens(t, both)
	require.Equal(t, people, i.count(t, `select count(*) from patients where clinic_id = $1`))
	for _, keys := range []string{i.older, i.older + "," + i.newer} {
		_, err = i.with(t, keys)
		require.Error(t, err)
	}
	require.ErrorIs(t, err, vault.ErrRetired)
}

// Nothing is changed while a process runs that lacks the new key, or has it
// second; one that ended, or was killed a while ago, holds nobody up.
func TestNoKeyChangesUnderAProcessThatLacksTheNewOne(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	second, err := i.with(t, i.older+","+i.newer)
	require.NoError(t, err)
	both, err := i.with(t, i.newer+","+i.older)
	require.NoError(t, err)
	for _, behind := range []*app.App{i.App, second} {
		stop, err := behind.Start(t.Context(), false)
		require.NoError(t, err)
		_, err = both.RotateKeys(t.Context(), 0, nil)
		require.ErrorIs(t, err, vault.ErrBehind)
		_, err = behind.Patients.Get(i.ctx, i.patients[0])
		require.NoError(t, err)
		stop()
	}
	i.Database.Exec(t, `insert into key_holders (id, masters, seen_at) values (gen_random_uuid(), '{00000000}', now() - interval '3 minutes')`)
	stop, err := both.Start(t.Context(), false)
	require.NoError(t, err)
	done, err := both.RotateKeys(t.Context(), 0, nil)
	require.NoError(t, err)
	require.NotZero(t, done.Keys)
	stop()
}

// Keys that no configured master key opens are counted and left as they are, and
// nothing that wraps them is retired.
func TestAForeignKeyIsLeftAlone(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.Database.Exec(t, `update patients set data_key_master = '00000000' where id = $1`, i.patients[0])
	both, err := i.with(t, i.newer+","+i.older)
	require.NoError(t, err)
	done, err := both.RotateKeys(t.Context(), 3, nil)
	require.NoError(t, err)
	require.Equal(t, 1, done.Strange)
	require.Len(t, done.Retired, 1)
	_, err = both.Patients.Get(i.ctx, i.patients[1])
	require.NoError(t, err)
	masters, err := both.Vault.Census(t.Context(), app.KeyShelves())
	require.NoError(t, err)
	foreign := masters[len(masters)-1]
	require.Equal(t, vault.Master{ID: "00000000", Keys: 1}, foreign)
}

// An installation of before the book of master keys is brought up with its keys
// in it, so that from the next start on none of them may be missing.
func TestAnOlderInstallationKnowsItsKeys(t *testing.T) {
	t.Parallel()
	database := dbtest.Empty(t)
	older := fstest.MapFS{}
	names, err := fs.Glob(migrations.FS, "*.sql")
	require.NoError(t, err)
	for _, name := range names {
		if name < "00052" {
			raw, err := fs.ReadFile(migrations.FS, name)
			require.NoError(t, err)
			older[name] = &fstest.MapFile{Data: raw}
		}
	}
	_, err = db.Migrate(t.Context(), database.OwnerURL, older)
	require.NoError(t, err)
	database.Exec(t, `insert into vault_keys (clinic_id, purpose, wrapped, master_id, created_at)
		values ('00000000-0000-0000-0000-000000000000', 'data', 'gAAAA', 'abcdef01', '2026-05-04')`)
	_, err = schema.Migrate(t.Context(), database.OwnerURL, "")
	require.NoError(t, err)
	cfg := &config.Config{
		Environment: "test", DatabaseURL: database.OwnerURL, DatabasePooler: "none", DataDir: t.TempDir(),
		MedicalEncryptionKey: vault.NewMaster(), JWTSecretKey: vault.NewToken(32), JWTExpirationHours: 24,
	}
	_, err = app.Build(t.Context(), cfg, clock.System(), slog.New(slog.DiscardHandler))
	require.ErrorIs(t, err, vault.ErrWrongMaster)
}

// Every column that names a master key stands on a shelf, or a rotation would
// leave it behind.
func TestEveryWrappedKeyStandsOnAShelf(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	var named []string
	require.NoError(t, k.DB.Read(actor.System(t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var name string
			err := row.Scan(&name)
			named = append(named, name)
			return err
		}, `select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname like '%master%' and a.attname <> 'masters'`)
		return nil
	}))
	var shelved []string
	for _, s := range app.KeyShelves() {
		shelved = append(shelved, s.Table+"."+s.Master)
	}
	require.ElementsMatch(t, shelved, named)
}
