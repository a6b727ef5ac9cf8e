package catalog_test

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"historias/internal/actor"
	"historias/internal/catalog"
	"historias/internal/db"
	"historias/internal/testkit/dbtest"
	"historias/migrations"
)

// loaded is a database with the catalogs of this binary, reached as the owner.
type loaded struct {
	*dbtest.Database
	owner *pgx.Conn
}

func newLoaded(t *testing.T) loaded {
	t.Helper()
	l := loaded{Database: dbtest.New(t)}
	var err error
	if l.owner, err = pgx.Connect(t.Context(), l.OwnerURL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.owner.Close(context.WithoutCancel(t.Context())) })
	l.load(t, migrations.Data)
	return l
}

func (l loaded) load(t *testing.T, data fs.FS) []catalog.Loaded {
	t.Helper()
	done, err := catalog.Load(t.Context(), l.owner, data)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return done
}

func (l loaded) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := l.owner.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// search opens the program's own way to the database, for somebody of a clinic.
func (l loaded) search(t *testing.T) (*catalog.Service, context.Context) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{URL: l.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return catalog.New(d), actor.System(t.Context(), uuid.New(), "test")
}

func TestAFreshDatabaseHasItsCatalogs(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	for table, least := range map[string]int{
		"diagnoses": 13500, "diagnosis_synonyms": 120, "medications": 600, "studies": 500,
		"states": 32, "countries": 249, "specialties": 90,
	} {
		if n := l.count(t, "select count(*) from "+table); n < least {
			t.Errorf("%s has %d rows, want at least %d", table, n, least)
		}
		recorded := l.count(t, "select rows from catalog_versions where name = $1 and version <> '' and checksum <> ''", table)
		if n := l.count(t, "select count(*) from "+table+" where active"); n != recorded {
			t.Errorf("%s has %d rows and its version says %d", table, n, recorded)
		}
	}
}

func TestLoadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	const state = `select coalesce(sum(hashtext(t::text)::bigint % 1000003), 0)::bigint from (select * from medications, lateral (select xmin::text) x) t`
	before := l.count(t, state)
	if done := l.load(t, migrations.Data); len(done) != 0 {
		t.Errorf("loaded again: %v", done)
	}
	if l.count(t, state) != before {
		t.Error("rows were written although nothing is new")
	}
}

// withFile is the data of this binary with one file of another version.
func withFile(t *testing.T, name, version, text string) fs.FS {
	t.Helper()
	data := fstest.MapFS{}
	entries, err := fs.ReadDir(migrations.Data, "data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		raw, err := fs.ReadFile(migrations.Data, "data/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		data["data/"+e.Name()] = &fstest.MapFile{Data: raw}
	}
	data["data/"+name+".tsv"] = &fstest.MapFile{Data: []byte(text)}
	data["data/versions.tsv"] = &fstest.MapFile{Data: declare(t, data, name, version)}
	return data
}

func TestAMedicineThatANewVersionLacksStaysButIsNotFound(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	const id = "0f7f1a54-7a35-5f0e-9c2e-5d1f3a9b7c11"
	l.load(t, withFile(t, "medications", "2027.01",
		"generic_name\tform\tconcentration\troute\tatc\tantibiotic\tfraction\tid\n"+
			"Amoxicilina\tcápsula\t500 mg\toral\tJ01CA04\ttrue\tIV\t"+id+"\n"))
	if n := l.count(t, "select count(*) from medications"); n < 600 {
		t.Errorf("%d medicines are left: what records refer to was deleted", n)
	}
	if n := l.count(t, "select count(*) from medications where active"); n != 1 {
		t.Errorf("%d medicines are active, want the one of the new version", n)
	}
	service, ctx := l.search(t)
	found, err := service.Medications(ctx, "amoxicilina", 0)
	if err != nil || len(found) != 1 || found[0].ID.String() != id || found[0].Version != "2027.01" {
		t.Errorf("found %+v, %v", found, err)
	}
	if found, err = service.Medications(ctx, "paracetamol", 0); err != nil || len(found) != 0 {
		t.Errorf("found %+v, %v, which the new version does not have", found, err)
	}
}

func TestWhatComesBackIsActiveAgain(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	before := l.count(t, "select count(*) from states where active")
	l.load(t, withFile(t, "states", "2027.01", "code\tname\tcurp_code\n01\tAguascalientes\tAS\n"))
	if n := l.count(t, "select count(*) from states where active"); n != 1 {
		t.Fatalf("%d active states", n)
	}
	l.load(t, migrations.Data)
	if n := l.count(t, "select count(*) from states where active"); n != before {
		t.Errorf("%d active states, want %d", n, before)
	}
}

func TestAFileThatIsNotTheDeclaredOneIsRefused(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	data := withFile(t, "states", "2027.01", "code\tname\tcurp_code\n01\tAguascalientes\tAS\n").(fstest.MapFS)
	data["data/states.tsv"].Data = []byte("code\tname\tcurp_code\n01\tOtra cosa\tAS\n")
	if _, err := catalog.Load(t.Context(), l.owner, data); err == nil {
		t.Error("a file whose checksum differs was loaded")
	}
	if n := l.count(t, "select count(*) from states where active"); n != 32 {
		t.Errorf("%d states after a refused load, want all 32", n)
	}
}

func TestTheProgramMayReadCatalogsAndNotWriteThem(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	program, err := pgx.Connect(t.Context(), l.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = program.Close(context.WithoutCancel(t.Context())) }()
	for _, table := range []string{"diagnoses", "diagnosis_synonyms", "medications", "studies", "states", "countries", "specialties", "catalog_words", "catalog_versions"} {
		var n int
		if err := program.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil || n == 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
		if _, err := program.Exec(t.Context(), "delete from "+table); err == nil {
			t.Errorf("the program could delete from %s", table)
		}
	}
}
