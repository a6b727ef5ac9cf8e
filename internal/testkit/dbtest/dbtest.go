// Package dbtest gives each test a PostgreSQL database of its own, migrated, in a few tens of
// milliseconds: the schema is built once into a template, and each test gets a copy of it.
//
// All test programs of a checkout share one server, which the first of them starts and which ends by
// itself when none has needed it for a while (see keeper.go). HISTORIAS_TEST_DATABASE_URL names
// another server instead, by the address of a superuser on it; PG_BIN_DIR other binaries.
package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience bounds every wait for the server or for a template that another test program builds.
const patience = 3 * time.Minute

// Database is one test's own database. It is dropped when the test ends.
type Database struct {
	// URL connects as the program does where it has a login of its own: not the owner of anything,
	// bound by row-level security, and a member of the role that the migrations made for it.
	URL string
	// OwnerURL connects as the owner, who migrates; forced row-level security binds it too.
	OwnerURL string
	// AdminURL connects as a superuser, who sees every row: for looking at what was stored.
	AdminURL string
}

// Migrator brings the empty database at url, which its user owns, to the schema under test.
type Migrator func(ctx context.Context, url string) error

// Schema is what a template is built from. Version must change when the result of Migrate does:
// databases with equal versions are copies of one template.
type Schema struct {
	Version string
	Migrate Migrator
}

// New makes a database with the program's own schema.
func New(t testing.TB) *Database {
	t.Helper()
	return NewWith(t, product())
}

// NewWith makes a database with another schema.
func NewWith(t testing.TB, schema Schema) *Database {
	t.Helper()
	return copyOf(t, func(ctx context.Context, s *server) (string, error) { return s.template(ctx, schema) })
}

// Empty makes a database without any table, for tests of migrating.
func Empty(t testing.TB) *Database {
	t.Helper()
	return copyOf(t, func(context.Context, *server) (string, error) { return "template0", nil })
}

// shared is this process's way to the server: found or started at the first test that asks.
var shared = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	address := os.Getenv("HISTORIAS_TEST_DATABASE_URL")
	if address == "" {
		var err error
		if address, err = sharedServer(ctx); err != nil {
			return nil, err
		}
	}
	return openServer(ctx, address)
})

func copyOf(t testing.TB, template func(context.Context, *server) (string, error)) *Database {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s, err := shared()
	if err != nil {
		t.Fatalf("dbtest: no server: %v", err)
	}
	source, err := template(ctx, s)
	if err != nil {
		t.Fatalf("dbtest: schema: %v", err)
	}
	name := fmt.Sprintf("historias_test_%d_%s", os.Getpid(), strings.ToLower(rand.Text()[:10]))
	if err := s.copy(ctx, source, name); err != nil {
		t.Fatalf("dbtest: copy: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
		defer cancel()
		if err := s.drop(ctx, name); err != nil {
			t.Errorf("dbtest: drop: %v", err)
		}
	})
	return &Database{URL: s.address(programRole, name), OwnerURL: s.address(ownerRole, name), AdminURL: s.address("", name)}
}
