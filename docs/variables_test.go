package docs

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
)

var variable = regexp.MustCompile(`\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b(\*|_\*)?`)

// foreign are variables of other programs, and of the plan where a page says
// that they are not used here.
var foreign = map[string]string{
	"REACT_APP_API_URL": "the plan's; the page asks /config.js",
	"RENEWED_LINEAGE":   "certbot's",
	"IP_SERVIDOR":       "the plan's, to be filled in",
	"TU_USUARIO":        "the plan's, to be filled in",
	"NOMBRE_FILE":       "any variable from a file",
	"CONTAINER_TAG":     "a field of journald",
	"STALE_ROOTS":       "a name in the application",
	"BLOB_URL":          "of some platforms; files stand in the database",
	"REDIS_URL":         "of the first design; ARCHITECTURE.md says why there is none",
}

// Every variable that a page names is the program's, or of what the repository
// runs beside it.
func TestVariablesExist(t *testing.T) {
	t.Parallel()
	known := settings(reflect.TypeFor[config.Config]())
	require.Greater(t, len(known), 30)
	beside := besides(t)
	for name, page := range documents(t) {
		for _, line := range code(page) {
			for _, v := range variable.FindAllString(line, -1) {
				if _, ok := foreign[v]; ok || known[v] || known[strings.TrimSuffix(v, "_FILE")] || beside[v] {
					continue
				}
				if family := strings.TrimRight(v, "*_"); family != v && anyOf(known, family) {
					continue
				}
				t.Errorf("%s: the program knows no %s", name, v)
			}
		}
	}
}

// settings are the variables of the configuration.
func settings(t reflect.Type) map[string]bool {
	out := map[string]bool{}
	for field := range t.Fields() {
		if name := field.Tag.Get("env"); name != "" {
			out[strings.Split(name, ",")[0]] = true
		} else if field.Type.Kind() == reflect.Struct {
			for name := range settings(field.Type) {
				out[name] = true
			}
		}
	}
	return out
}

// besides are the names in compose files and scripts, and those that tests read.
func besides(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	take := func(path string) {
		for _, v := range variable.FindAllString(read(t, path), -1) {
			out[v] = true
		}
	}
	for _, pattern := range []string{"../docker-compose*.yml", "../Makefile", "../docker/*/*", "../docker/*/*/*", "../scripts/*.sh", "../scripts/*/*.sh", "../frontend/e2e/*.mjs", "../frontend/e2e/harness/*.mjs", "../.ci/run"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			if info, err := os.Stat(file); err == nil && !info.IsDir() {
				take(file)
			}
		}
	}
	require.NoError(t, filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".go") {
			for _, m := range asked.FindAllStringSubmatch(read(t, path), -1) {
				out[m[1]] = true
			}
		}
		return err
	}))
	return out
}

// asked is a variable that code of ours reads by itself.
var asked = regexp.MustCompile(`(?:Getenv|LookupEnv)\("([A-Z0-9_]+)"\)`)

func anyOf(known map[string]bool, family string) bool {
	for name := range known {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return false
}
