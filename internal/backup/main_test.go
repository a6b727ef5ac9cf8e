package backup_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMain has the tests run on a server whose pg_dump is at hand: the server
// that the project brings along comes without one.
func TestMain(m *testing.M) {
	if os.Getenv("PG_BIN_DIR") == "" && os.Getenv("HISTORIAS_TEST_DATABASE_URL") == "" {
		if dir := complete(); dir != "" {
			_ = os.Setenv("PG_BIN_DIR", dir)
		}
	}
	os.Exit(m.Run())
}

// complete is a folder with both server and client programs.
func complete() string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for _, dir := range dirs {
		_, server := os.Stat(filepath.Join(dir, "initdb"))
		_, client := os.Stat(filepath.Join(dir, "pg_dump"))
		if server == nil && client == nil {
			return dir
		}
	}
	return ""
}

// needClient skips a test where no pg_dump is, and fails it in CI, which installs it.
func needClient(t *testing.T) {
	t.Helper()
	if complete() != "" || os.Getenv("PG_BIN_DIR") != "" {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("pg_dump is missing")
	}
	t.Skip("SKIP: pg_dump is missing")
}
