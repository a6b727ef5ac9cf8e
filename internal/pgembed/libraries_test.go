package pgembed

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMissingLibraryLinksAreMade(t *testing.T) {
	native := packageWith(t, `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`)
	library := filepath.Join(native, "lib", "libpq.so.5.18")
	if err := os.WriteFile(library, []byte("code"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := linkLibraries(native); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(filepath.Join(native, "lib", "libpq.so.5"))
	if err != nil || string(content) != "code" {
		t.Errorf("through the link: %q, %v", content, err)
	}
}

func TestLibraryLinksStayInsideThePackage(t *testing.T) {
	native := packageWith(t, `[{"source":"native/lib/x","target":"../outside"}]`)
	if err := linkLibraries(native); err == nil {
		t.Error("a link outside the package was made")
	}
}

func packageWith(t *testing.T, list string) string {
	t.Helper()
	native := filepath.Join(t.TempDir(), "package", "native")
	if err := os.MkdirAll(filepath.Join(native, "lib"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	return native
}
