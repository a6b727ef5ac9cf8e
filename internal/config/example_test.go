package config_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
	"historias/internal/vault"
)

const example = "../../.env.example"

// defaults gives the text that holds where a variable is absent.
func defaults(t reflect.Type) map[string]string {
	out := map[string]string{}
	for field := range t.Fields() {
		if name := field.Tag.Get("env"); name != "" {
			out[name] = field.Tag.Get("envDefault")
		} else if field.Type.Kind() == reflect.Struct {
			for name, value := range defaults(field.Type) {
				out[name] = value
			}
		}
	}
	return out
}

// Each variable of the program has its line in the example and its meaning above
// it, and each line is a variable; a line that is commented out shows the default.
func TestTheExampleHasEveryVariable(t *testing.T) {
	raw, err := os.ReadFile(example)
	require.NoError(t, err)
	known := defaults(reflect.TypeFor[config.Config]())
	mine := append(config.Names(), "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB")
	var seen []string
	for text := range strings.Lines(string(raw)) {
		parts := regexp.MustCompile(`^(# )?([A-Z][A-Z0-9_]+)=(.*)\n`).FindStringSubmatch(text)
		if parts == nil {
			continue
		}
		name := parts[2]
		seen = append(seen, name)
		require.Contains(t, mine, name, "nobody reads it")
		if parts[1] != "" && parts[3] != "" && known[name] != "" {
			require.Equal(t, known[name], parts[3], name)
		}
	}
	for _, name := range mine {
		require.Equal(t, 1, count(seen, name), "%s has no line of its own", name)
	}
}

func count(list []string, name string) (n int) {
	for _, s := range list {
		if s == name {
			n++
		}
	}
	return n
}

// sourced is what a shell makes of a file of variables.
func sourced(t *testing.T, path string) map[string]string {
	t.Helper()
	cmd := exec.Command("sh", "-c", `set -a; . "$0"; env -0`, path)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.Output()
	require.NoError(t, err)
	vars := map[string]string{}
	for entry := range bytes.SplitSeq(out, []byte{0}) {
		name, value, _ := strings.Cut(string(entry), "=")
		vars[name] = value
	}
	return vars
}

// The example and the plan's file are read alike by a shell and by the program.
func TestAFileIsReadAsAShellReadsIt(t *testing.T) {
	for _, path := range []string{example, planFile(t, planValues())} {
		f, err := config.ReadFile(path)
		require.NoError(t, err)
		require.Empty(t, f.Faults())
		require.Greater(t, len(f.Names), 20)
		want := sourced(t, absolute(t, path))
		for _, name := range f.Names {
			t.Setenv(name, "")
			require.NoError(t, os.Unsetenv(name))
		}
		require.Empty(t, f.Apply())
		for _, name := range f.Names {
			require.Equal(t, want[name], os.Getenv(name), name)
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	return path
}

// What a shell, systemd and a container engine would read differently is told;
// what stands in the environment stays.
func TestWhatAFileMayNotHold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "variables")
	require.NoError(t, os.WriteFile(path, []byte("\ufeffexport A_D1=uno\r\nB_D1=dos palabras\nC_D1=\"con $algo\"\nsin sentido\nE_D1='bien # así' # nota\n"+
		"A_D1=otro\nF_D1='sin cerrar\nG_D1=a&b\n"), 0o600))
	f, err := config.ReadFile(path)
	require.NoError(t, err)
	var told []string
	for _, fault := range f.Faults() {
		require.True(t, fault.Fatal)
		told = append(told, fault.Name)
	}
	require.Equal(t, []string{"B_D1", "C_D1", "renglón 4", "A_D1", "F_D1", "G_D1"}, told)
	t.Setenv("E_D1", "del entorno")
	for _, name := range f.Names {
		if name != "E_D1" {
			t.Setenv(name, "")
			require.NoError(t, os.Unsetenv(name))
		}
	}
	require.Equal(t, []string{"E_D1"}, f.Apply())
	require.Equal(t, "del entorno", os.Getenv("E_D1"))
	_, err = config.ReadFile(path + ".no")
	require.ErrorIs(t, err, os.ErrNotExist)
}

// plan is the file of the deployment plan, 3.3, as it stands there.
const plan = "testdata/plan.env"

// planValues fill the plan's brackets.
func planValues() map[string]string {
	password := vault.NewToken(24)
	return map[string]string{
		"[GENERAR_PASSWORD_FUERTE_32_CHARS]": password, "[PASSWORD]": password,
		"[CLAVE_GENERADA_EN_3.1]": vault.NewMaster(), "[CLAVE_GENERADA_EN_3.2]": vault.NewToken(32),
		"[TU_PHONE_ID_PRODUCCION]": "555000111222333", "[TU_TOKEN_PRODUCCION]": vault.NewToken(60), "[TU_BUSINESS_ID]": "555000111222444",
		"[GENERAR_TOKEN_UNICO]": vault.NewToken(24), "[APP_PASSWORD]": "abcdefghijklmnop",
	}
}

func planFile(t *testing.T, values map[string]string) string {
	t.Helper()
	raw, err := os.ReadFile(plan)
	require.NoError(t, err)
	text := string(raw)
	for bracket, value := range values {
		require.Contains(t, text, bracket)
		text = strings.ReplaceAll(text, bracket, value)
	}
	path := filepath.Join(t.TempDir(), ".env.production")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// The plan's file permits a start once its brackets are filled, and none before;
// every name in it is known.
func TestThePlansFilePermitsAStart(t *testing.T) {
	f, err := config.ReadFile(planFile(t, planValues()))
	require.NoError(t, err)
	for _, name := range f.Names {
		require.Empty(t, config.Unused(name), name)
	}
	fatal, _ := faulty(t, fileVars(t, f))
	require.Empty(t, fatal)

	bare, err := config.ReadFile(plan)
	require.NoError(t, err)
	fatal, _ = faulty(t, fileVars(t, bare))
	slices.Sort(fatal)
	for _, name := range []string{
		"DATABASE_URL", "JWT_SECRET_KEY", "MEDICAL_ENCRYPTION_KEY", "META_WHATSAPP_BUSINESS_ID", "META_WHATSAPP_PHONE_ID",
		"META_WHATSAPP_TOKEN", "META_WHATSAPP_VERIFY_TOKEN", "POSTGRES_PASSWORD", "SMTP_PASSWORD",
	} {
		require.Contains(t, fatal, name)
	}
}

// fileVars are the variables of a file.
func fileVars(t *testing.T, f *config.File) map[string]string {
	t.Helper()
	vars := map[string]string{}
	for _, name := range f.Names {
		t.Setenv(name, "")
		require.NoError(t, os.Unsetenv(name))
	}
	f.Apply()
	for _, name := range f.Names {
		vars[name] = os.Getenv(name)
	}
	return vars
}
