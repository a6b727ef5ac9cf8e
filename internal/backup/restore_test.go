package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/app/restore"
	"historias/internal/app/schema"
	"historias/internal/audit"
	"historias/internal/backup"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// installation is a clinic at work whose copies go to a folder.
type installation struct {
	*testkit.Kit
	t       *testing.T
	ctx     context.Context
	address string // as the owner
	pair    backup.KeyPair
	cfg     config.Backup
	out     bytes.Buffer
}

func newInstallation(t *testing.T) *installation {
	t.Helper()
	needClient(t)
	k := testkit.New(t)
	pair, err := backup.NewKeyPair()
	require.NoError(t, err)
	return &installation{
		Kit: k, t: t, ctx: k.Ready(t), address: k.Database.OwnerURL, pair: pair,
		cfg: config.Backup{Recipients: pair.Recipient, Identity: pair.Identity, Dir: t.TempDir(), RetentionDays: 30},
	}
}

// service is what the commands of the installation use.
func (i *installation) service() *backup.Service { return i.serviceOf(i.Config.MedicalEncryptionKey) }

func (i *installation) serviceOf(master string) *backup.Service {
	i.t.Helper()
	keys, err := vault.ParseKeys(master)
	require.NoError(i.t, err)
	return backup.New(backup.Options{
		Config: i.cfg, DatabaseURL: i.address, DataDir: i.Config.DataDir, BinDir: os.Getenv("PG_BIN_DIR"),
		Keys: keys, Version: "0.1.0", Clock: i.Fake, Out: &i.out,
	})
}

// register adds a patient.
func (i *installation) register(given string) uuid.UUID {
	i.t.Helper()
	address := testkit.Address()
	p, _, err := i.Patients.Create(i.ctx, patient.Form{
		GivenNames: given, FirstSurname: "Ocampo", SecondSurname: "Beltrán", BirthDate: "1980-02-03", Sex: patient.SexFemale,
		Address: &address, Phone: "5555550133", IdentityStatus: string(patient.IdentityDeclared),
	})
	require.NoError(i.t, err)
	return p.ID
}

// place is an empty database with an empty folder.
type place struct {
	*dbtest.Database
	cfg config.Config
}

func (i *installation) emptyPlace() place {
	i.t.Helper()
	d := dbtest.Empty(i.t)
	cfg := *i.Config
	cfg.DatabaseURL, cfg.MigrationDatabaseURL, cfg.DataDir = d.OwnerURL, "", i.t.TempDir()
	return place{d, cfg}
}

func (i *installation) restore(to place, ref string) error {
	i.t.Helper()
	_, err := restore.Run(i.t.Context(), restore.Request{
		Config: &to.cfg, OwnerURL: to.OwnerURL, Backups: i.service(), Ref: ref, Reason: "Falla del disco; ensayo.",
		Clock: i.Fake, Log: slog.New(slog.DiscardHandler), Out: &i.out,
	})
	return err
}

// count asks a database as a superuser, who sees every row.
func count(t *testing.T, address, sql string, args ...any) int64 {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	var n int64
	require.NoError(t, conn.QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

func code(err error) string {
	var e *backup.Error
	if ok := asBackup(err, &e); ok {
		return e.Code
	}
	return ""
}

// What a clinic needs after its server is lost: every record opens on another
// server, nobody is signed in, the trail goes on and no number is given twice.
func TestAClinicComesBackOnAnotherServer(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	require.NoError(t, os.MkdirAll(filepath.Join(i.Config.DataDir, "files", "ab"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(i.Config.DataDir, "files", "ab", "estudio"), []byte("sellado"), 0o600))
	id := i.register("Lucía")
	i.Fake.Advance(time.Minute)
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	require.Equal(t, "historias-20261123T180100Z.age", a.Name)
	later := i.register("Perdida")

	to := i.emptyPlace()
	require.NoError(t, i.restore(to, a.Name))
	b, err := app.Build(t.Context(), &to.cfg, i.Fake, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	t.Cleanup(b.Close)
	clinic := actor.Clinic(i.ctx)
	ctx := actor.System(t.Context(), clinic, "test")
	p, err := b.Patients.Get(ctx, id)
	require.NoError(t, err)
	require.Equal(t, "Lucía", p.GivenNames)
	_, err = b.Patients.Get(ctx, later)
	require.Error(t, err, "what came after the copy is lost")
	raw, err := os.ReadFile(filepath.Join(to.cfg.DataDir, "files", "ab", "estudio"))
	require.NoError(t, err)
	require.Equal(t, "sellado", string(raw))

	require.Zero(t, count(t, to.AdminURL, `select count(*) from sessions where revoked_at is null`), "everybody is signed out")
	require.Equal(t, count(t, i.Database.AdminURL, `select sum(auth_seq) from users`)+2, count(t, to.AdminURL, `select sum(auth_seq) from users`),
		"once for the epoch and once for the session")
	require.EqualValues(t, 1+backup.Leap, count(t, to.AdminURL, `select value from clinic_counters where name = 'patient'`),
		"the number that was given after the copy is not given again")
	report, err := b.Trail.Verify(t.Context(), audit.VerifyOptions{})
	require.NoError(t, err)
	require.True(t, report.OK(), "%v", report.Faults)
	require.NotEmpty(t, report.Recoveries, "the restore is declared")
	status, err := backup.Latest(t.Context(), b.DB)
	require.NoError(t, err)
	require.Equal(t, backup.Done, status.LastBackup.Outcome, "the copy that it came from counts")
}

// The walls, roles and rights of the restored database are those of a migrated
// one: read from PostgreSQL's catalog and compared.
func TestARestoredDatabaseHasTheSameWallsAndRights(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.register("Inés")
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	to := i.emptyPlace()
	require.NoError(t, i.restore(to, a.Name))
	for _, sql := range []string{
		`select c.relname || ' ' || c.relrowsecurity || c.relforcerowsecurity || ' ' || pg_get_userbyid(c.relowner) || ' ' || coalesce(c.relacl::text, '')
			from pg_class c where relnamespace in ('public'::regnamespace, 'river'::regnamespace) and relkind in ('r', 'p', 'v', 'S') order by 1`,
		`select polrelid::regclass::text || ' ' || polname || ' ' || polcmd::text || ' ' || polroles::regrole[]::text || ' ' ||
			coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy order by 1`,
		`select p.oid::regprocedure::text || ' ' || prosecdef || ' ' || coalesce(proacl::text, '') || coalesce(proconfig::text, '')
			from pg_proc p where pronamespace in ('public'::regnamespace, 'river'::regnamespace) order by 1`,
		`select defaclnamespace::regnamespace::text || defaclobjtype::text || defaclacl::text from pg_default_acl order by 1`,
		`select t.tgrelid::regclass::text || ' ' || pg_get_triggerdef(oid) from pg_trigger t where not tgisinternal order by 1`,
		`select attrelid::regclass::text || '.' || attname || attacl::text from pg_attribute where attacl is not null and attrelid > 16383 order by 1`,
	} {
		require.Equal(t, column(t, i.Database.AdminURL, sql), column(t, to.AdminURL, sql))
	}
	require.Zero(t, count(t, to.OwnerURL, `select count(*) from patients`), "the owner sees nothing without maintenance")
}

func column(t *testing.T, address, sql string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	rows, err := conn.Query(t.Context(), sql)
	require.NoError(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.NotEmpty(t, out)
	return out
}

// A copy alone is worth nothing: neither the master key nor a name is in it, even
// once it is decrypted.
func TestACopyHoldsNeitherTheMasterKeyNorAName(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	require.NoError(t, os.MkdirAll(filepath.Join(i.Config.DataDir, "keys"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(i.Config.DataDir, "keys", "medical_encryption_key"), []byte(i.Config.MedicalEncryptionKey), 0o600))
	i.register("Xochiquetzal")
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	sealed, err := os.ReadFile(filepath.Join(i.cfg.Dir, a.Name))
	require.NoError(t, err)
	plain := decrypt(t, sealed, i.pair.Identity)
	dump := dumpText(t, plain)
	require.Contains(t, dump, "COPY public.patients", "the test looks into the rows")
	for _, secret := range []string{i.Config.MedicalEncryptionKey, i.Config.JWTSecretKey, "Xochiquetzal", i.pair.Identity} {
		require.NotContains(t, string(sealed), secret)
		require.NotContains(t, string(plain), secret)
		require.NotContains(t, dump, secret)
	}
	raw, err := vaultBytes(i.Config.MedicalEncryptionKey)
	require.NoError(t, err)
	require.NotContains(t, string(plain), string(raw), "nor its bytes")
	info, err := os.Stat(filepath.Join(i.cfg.Dir, a.Name))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// The dump sees every clinic, whether its user owns the database or is the single
// superuser of the plan.
func TestASuperuserMakesTheSameCopyAsTheOwner(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.register("Elena")
	i.Ready(t) // another clinic
	first, err := i.service().Create(t.Context())
	require.NoError(t, err)
	i.Fake.Advance(time.Minute)
	i.address = i.Database.AdminURL
	second, err := i.service().Create(t.Context())
	require.NoError(t, err)
	owners, err := i.service().Verify(t.Context(), first.Name)
	require.NoError(t, err)
	supers, err := i.service().Verify(t.Context(), second.Name)
	require.NoError(t, err)
	require.True(t, owners.Proved && supers.Proved)
	require.EqualValues(t, 1, owners.Tables["public.patients"])
	require.Equal(t, count(t, i.Database.AdminURL, `select count(*) from memberships`), owners.Tables["public.memberships"])
	for table, rows := range owners.Tables {
		if table != "public.backup_runs" {
			require.Equal(t, rows, supers.Tables[table], table)
		}
	}
}

// A program does not serve a database whose restore was not finished.
func TestAHalfRestoredDatabaseIsNotServed(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	to := i.emptyPlace()
	_, err = i.service().Load(t.Context(), a.Name, backup.Target{DatabaseURL: to.OwnerURL, DataDir: to.cfg.DataDir, Schema: schema.Newest()})
	require.NoError(t, err)
	_, err = db.Open(t.Context(), db.Options{URL: to.OwnerURL})
	require.ErrorIs(t, err, db.ErrRestoring)
}

// A restore never overwrites: a database with anything in it is refused.
func TestARestoreRefusesADatabaseThatIsNotEmpty(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.register("Marta")
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	full := place{i.Database, *i.Config}
	full.cfg.DatabaseURL = i.Database.OwnerURL
	require.Equal(t, "backup.not_empty", code(i.restore(full, a.Name)))
	require.EqualValues(t, 1, count(t, i.Database.AdminURL, `select count(*) from patients`))
	to := i.emptyPlace()
	require.NoError(t, os.MkdirAll(filepath.Join(to.cfg.DataDir, "files"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(to.cfg.DataDir, "files", "otro"), nil, 0o600))
	require.Equal(t, "backup.data_dir_full", code(i.restore(to, a.Name)))
}

// The drill that runs every month, here on a small clinic: the newest copy comes
// back in a database of its own, opens, proves, and is gone again.
func TestADrillProvesTheNewestCopyAndRecordsTheDate(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.address = i.Database.AdminURL // the single user of the plan, who may create databases
	i.register("Rosa")
	_, err := i.service().Create(t.Context())
	require.NoError(t, err)
	i.Fake.Advance(time.Hour)
	proof := restore.Proof(i.Config, i.Fake, slog.New(slog.DiscardHandler), &i.out)
	v, err := i.service().Drill(t.Context(), schema.Newest(), "", proof)
	require.NoError(t, err)
	require.EqualValues(t, 1, v.Tables["public.patients"])
	require.Contains(t, i.out.String(), "expedientes de muestra: 1")
	status, err := backup.Latest(t.Context(), i.DB)
	require.NoError(t, err)
	require.Equal(t, backup.Done, status.LastDrill.Outcome)
	require.Equal(t, i.Fake.Now(), status.LastDrill.SucceededAt)
	require.Zero(t, count(t, i.address, `select count(*) from pg_database where datname = $1`,
		"historias_drill_"+strings.ToLower(i.Fake.Now().Format("20060102T150405Z"))))
}

// A drill with another master key finds out that the copies would be lost.
func TestADrillWithAnotherMasterKeyFails(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.address = i.Database.AdminURL
	_, err := i.service().Create(t.Context())
	require.NoError(t, err)
	proof := restore.Proof(i.Config, i.Fake, slog.New(slog.DiscardHandler), &i.out)
	_, err = i.serviceOf(vault.NewMaster()).Drill(t.Context(), schema.Newest(), "", proof)
	require.Equal(t, "backup.wrong_master", code(err))
	status, err := backup.Latest(t.Context(), i.DB)
	require.NoError(t, err)
	require.Equal(t, backup.Failed, status.LastDrill.Outcome)
	require.Equal(t, "backup.wrong_master", status.LastDrill.Detail)
}

// Where the owner may not create databases, a drill uses an empty one that stands
// ready, and leaves it empty for the next.
func TestADrillInADatabaseThatStandsReady(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	_, err := i.service().Create(t.Context())
	require.NoError(t, err)
	proof := restore.Proof(i.Config, i.Fake, slog.New(slog.DiscardHandler), &i.out)
	_, err = i.service().Drill(t.Context(), schema.Newest(), "", proof)
	require.Equal(t, "backup.no_scratch", code(err))
	ready := dbtest.Empty(t)
	for range 2 {
		i.Fake.Advance(time.Minute)
		_, err = i.service().Drill(t.Context(), schema.Newest(), ready.OwnerURL, proof)
		require.NoError(t, err)
	}
	_, err = i.service().Drill(t.Context(), schema.Newest(), i.Database.OwnerURL, proof)
	require.Equal(t, "backup.not_empty", code(err), "a mistaken address costs nothing")
	require.NotZero(t, count(t, i.Database.AdminURL, `select count(*) from users`))
}

// On another server the database may belong to somebody else: what the dump says
// about its owner is made anew for who restores.
func TestSomebodyElseMayOwnTheRestoredDatabase(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.register("Nadia")
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	to := i.emptyPlace()
	heir := "historias_heir_" + strings.ToLower(vault.NewToken(6))
	heir = strings.NewReplacer("-", "a", "_", "b").Replace(heir)
	admin, err := pgx.Connect(t.Context(), to.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = admin.Close(context.WithoutCancel(t.Context())) })
	for _, sql := range []string{
		`create role ` + heir + ` login createrole password 'solo una prueba'`,
		`do $$ begin execute format('alter database %I owner to ` + heir + `', current_database()); end $$`,
	} {
		_, err := admin.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	u, err := url.Parse(to.OwnerURL)
	require.NoError(t, err)
	u.User = url.UserPassword(heir, "solo una prueba")
	to.OwnerURL, to.cfg.DatabaseURL = u.String(), u.String()
	require.NoError(t, i.restore(to, a.Name))
	require.Zero(t, count(t, to.AdminURL, `select count(*) from pg_class where relnamespace = 'public'::regnamespace
		and relkind = 'r' and pg_get_userbyid(relowner) <> $1`, heir))
	require.Zero(t, count(t, to.OwnerURL, `select count(*) from patients`), "walled like everybody")
	require.EqualValues(t, 1, count(t, to.OwnerURL+"&app.maintenance=on", `select count(*) from patients`))
}

// A copy that was cut on its way is found out before anything is written, and one
// that lies elsewhere is restored by its path.
func TestACutCopyTouchesNothing(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	a, err := i.service().Create(t.Context())
	require.NoError(t, err)
	raw, err := os.ReadFile(filepath.Join(i.cfg.Dir, a.Name))
	require.NoError(t, err)
	cut, moved := filepath.Join(t.TempDir(), a.Name), filepath.Join(t.TempDir(), a.Name)
	require.NoError(t, os.WriteFile(cut, raw[:len(raw)-100], 0o600))
	require.NoError(t, os.WriteFile(moved, raw, 0o600))
	to := i.emptyPlace()
	require.Contains(t, []string{"backup.truncated", "backup.damaged"}, code(i.restore(to, cut)))
	require.Zero(t, count(t, to.AdminURL, `select count(*) from pg_tables where schemaname = 'public'`))
	require.NoError(t, i.restore(to, moved))
}

// A login with short limits, as behind a pooler, does not end a long copy.
func TestLimitsOfTheLoginDoNotEndACopy(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.address += "&options=" + strings.ReplaceAll(url.QueryEscape("-c idle_in_transaction_session_timeout=1 -c statement_timeout=50"), "+", "%20")
	_, err := i.service().Create(t.Context())
	require.NoError(t, err, "%v", errors.Unwrap(err))
}
