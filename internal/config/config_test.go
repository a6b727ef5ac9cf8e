package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
	"historias/internal/vault"
)

// production is an environment in which nothing is missing.
func production() map[string]string {
	return map[string]string{
		"ENVIRONMENT": "production", "DATABASE_URL": "postgresql://historias@db.example/historias?sslmode=verify-full",
		"MEDICAL_ENCRYPTION_KEY": vault.NewMaster(), "JWT_SECRET_KEY": vault.NewToken(32),
		"FRONTEND_URL": "https://historias.example", "SENTRY_DSN": "https://llave@errores.example/1",
		"META_WHATSAPP_PHONE_ID": "555000111222333", "META_WHATSAPP_TOKEN": "ficha", "META_WHATSAPP_VERIFY_TOKEN": "texto",
		"META_WHATSAPP_APP_SECRET": "secreto",
		"SMTP_HOST":                "correo.example", "SMTP_FROM": "Historias <avisos@historias.example>",
		"OPERATOR_NAME": "Servicios Jacaranda, S.C.", "OPERATOR_CONTACT": "Soporte, soporte@historias.example",
	}
}

// load reads an environment that holds these variables and no other of ours.
func load(t *testing.T, vars map[string]string) *config.Config {
	t.Helper()
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if _, ours := vars[name]; !ours && !slices.Contains([]string{"PATH", "HOME", "TMPDIR"}, name) {
			t.Setenv(name, value) // so that it comes back afterwards
			require.NoError(t, os.Unsetenv(name))
		}
	}
	for name, value := range vars {
		t.Setenv(name, value)
	}
	return config.Load()
}

// faulty names the variables that are wrong; those that stop the start first.
func faulty(t *testing.T, vars map[string]string) (fatal, warned []string) {
	t.Helper()
	c := load(t, vars)
	for _, f := range c.Faults() {
		for name, value := range vars {
			if len(value) > 8 {
				require.NotContains(t, f.String(), value, "a fault repeats the value of %s", name)
			}
		}
		require.Regexp(t, `^[A-Z_]+( y [A-Z_]+)?: [^;]+; .+`, f.String())
		if f.Fatal {
			fatal = append(fatal, f.Name)
			continue
		}
		warned = append(warned, f.Name)
	}
	return fatal, warned
}

// In production nothing is assumed: what is missing, weak or wide open stops
// the start, each by its name.
func TestProductionRefusesWhatIsMissingOrWeak(t *testing.T) {
	fatal, warned := faulty(t, production())
	require.Empty(t, fatal)
	require.Empty(t, warned)
	key := vault.NewMaster()
	for name, values := range map[string][]string{
		"MEDICAL_ENCRYPTION_KEY": {
			"", "corta", "GENERE_UNA_CON_historias_keys_generate", key[:len(key)-4], key + "," + strings.Repeat("A", 43) + "=", strings.Repeat("QUJD", 10) + "QUI=",
		},
		"JWT_SECRET_KEY": {
			"", "corta", "GENERE_UNA_CON_historias_keys_generate", "[CLAVE_GENERADA_EN_3.2]__________", strings.Repeat("a", 64), strings.Repeat("0123", 16),
			"change-me-change-me-change-me-please", ",", "abcdefghijklmnopqrstuvwxyz0123456789", strings.Repeat("Zk3_9xQw0-b", 3), "9876543210zyxwvutsrqponmlkjihgfedcba", vault.NewToken(32) + ",corta", vault.NewToken(32) + "," + strings.Repeat("a", 64),
		},
		"JWT_ALGORITHM": {"none", "RS256"}, "JWT_EXPIRATION_HOURS": {"0", "721", "-1"},
		"ALLOWED_ORIGINS": {
			"*", "https://*.historias.example", "historias.example", "https://historias.example/app", "https://historias.example,*", "null",
			"ftp://historias.example", "https://u:p@historias.example", "http://historias.example", "http://127.0.0.1:5173",
		},
		"FRONTEND_URL": {"http://historias.example", "historias.example", "https://historias.example/?a=b", "HTTP://historias.example"},
		"BACKEND_URL":  {"http://historias.example", "api.historias.example"}, "PUBLIC_PRIVACY_NOTICE_URL": {"http://historias.example/privacy-notice", "aviso"},
		"DATABASE_URL": {
			"", "db.example:5432/historias", "mysql://historias@db.example/historias", "postgresql://u:p#w@db.example/h", "postgresql://?x",
			"postgresql://u:[PASSWORD]@db.example/h?sslmode=require", "postgresql://u:changeme@db.example/h?sslmode=require",
			"postgresql://historias:historias@db.example/h?sslmode=require", "postgresql://u:aaaaaaaaaaaaaaaa@db.example/h?sslmode=require",
			"postgresql://u:postgres12345@db.example/h?sslmode=require", "postgresql://u:corta@db.example/h?sslmode=require",
		},
		"MIGRATION_DATABASE_URL": {"x", "postgresql://u:CAMBIE_ESTO@db.example/h"}, "DATABASE_DIRECT_URL": {"db.example"},
		"PORT": {"-1", "65536", "ocho mil", "80a"}, "LOG_LEVEL": {"VERBOSE", "WARNING"},
		"SESSION_COOKIE_HTTPONLY": {"false", "quizá"}, "SESSION_COOKIE_SAMESITE": {"no", "laxo"},
		"RATE_LIMIT_PER_MINUTE": {"0", "-1", "cien"}, "RATE_LIMIT_ENABLED": {"sí"},
		"META_WHATSAPP_PHONE_ID": {"[TU_PHONE_ID_PRODUCCION]", "+52 55 5555 0100"}, "META_WHATSAPP_TOKEN": {"[TU_TOKEN_PRODUCCION]", "con espacio"},
		"META_WHATSAPP_BUSINESS_ID": {"[TU_BUSINESS_ID]", "x1"}, "META_WHATSAPP_VERIFY_TOKEN": {"[GENERAR_TOKEN_UNICO]", "GENERE_UNO_CON_historias_keys_generate"},
		"META_WHATSAPP_API_VERSION": {"21", "latest"}, "SMTP_PASSWORD": {"[APP_PASSWORD]"}, "POSTGRES_PASSWORD": {"[GENERAR_PASSWORD_FUERTE_32_CHARS]"},
		"TRUSTED_PROXIES": {
			"10.0.0.5,cualquiera", "10.0.0.0/33", "10.0.0", "fd00::/129", "0.0.0.0/0", "::/0", "10.0.0.5;10.0.0.6", "10.0.0.0/",
		},
		"DEBUG": {"true", "1", "sí"}, "ENVIRONMENT": {"produccion"},
		"SMTP_FROM": {"avisos", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"}, "SMTP_PORT": {"0", "70000"},
		"SESSION_COOKIE_SECURE": {"false"}, "META_GRAPH_BASE_URL": {"http://graph.example", "graph.facebook.com"}, "DATABASE_POOLER": {"session"}, "DATABASE_MAX_CONNS": {"1", "-3"},
	} {
		for _, value := range values {
			vars := production()
			vars[name] = value
			fatal, _ := faulty(t, vars)
			require.Equal(t, []string{name}, slices.Compact(fatal), "%s=%q", name, value)
		}
	}
}

// What is right is taken, in every form that people write.
func TestWhatIsRightIsTaken(t *testing.T) {
	for name, values := range map[string][]string{
		"MEDICAL_ENCRYPTION_KEY": {vault.NewMaster() + ", " + vault.NewMaster()},
		"JWT_SECRET_KEY":         {vault.NewToken(32) + ", " + vault.NewToken(32), vault.NewToken(32) + ","},
		"ALLOWED_ORIGINS":        {"https://historias.example/, https://www.historias.example"},
		"TRUSTED_PROXIES":        {"10.0.0.5", " 10.0.0.0/8 , fd00::/8,::1", ""},
		"DEBUG":                  {"false", "0", ""}, "DATABASE_MAX_CONNS": {"5", "0"},
	} {
		for _, value := range values {
			vars := production()
			vars[name] = value
			fatal, _ := faulty(t, vars)
			require.Empty(t, fatal, "%s=%q", name, value)
		}
	}
}

// Everything that is wrong is told at once.
func TestEveryFaultIsToldAtOnce(t *testing.T) {
	fatal, warned := faulty(t, map[string]string{
		"ENVIRONMENT": "production", "JWT_SECRET_KEY": "corta", "TRUSTED_PROXIES": "proxy", "ALLOWED_ORIGINS": "*", "DEBUG": "true",
	})
	slices.Sort(fatal)
	require.Equal(t, []string{
		"ALLOWED_ORIGINS", "DATABASE_URL", "DEBUG", "JWT_SECRET_KEY", "MEDICAL_ENCRYPTION_KEY", "PUBLIC_PRIVACY_NOTICE_URL", "TRUSTED_PROXIES",
	}, slices.Compact(fatal))
	require.Contains(t, warned, "META_WHATSAPP_VERIFY_TOKEN")
}

// Without a server for letters the program starts, and check says what does not
// work; half of one is told as well.
func TestLettersNeedAServer(t *testing.T) {
	for _, c := range []struct {
		drop, add map[string]string
		want      []string
	}{
		{drop: map[string]string{"SMTP_HOST": "", "SMTP_FROM": ""}, want: []string{"SMTP_HOST y SMTP_FROM"}},
		{drop: map[string]string{"SMTP_FROM": ""}, want: []string{"SMTP_HOST y SMTP_FROM"}},
		{add: map[string]string{"SMTP_USER": "avisos"}, want: []string{"SMTP_USER y SMTP_PASSWORD"}},
		{add: map[string]string{"SMTP_USER": "avisos", "SMTP_PASSWORD": "una clave larga", "SMTP_PORT": "465"}},
	} {
		vars := production()
		for name := range c.drop {
			delete(vars, name)
		}
		for name, value := range c.add {
			vars[name] = value
		}
		fatal, warned := faulty(t, vars)
		require.Empty(t, fatal)
		require.Equal(t, c.want, warned)
	}
}

// A secret may come from a file; a file that is not there is told, without its place.
func TestSecretsComeFromFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "llave")
	key := vault.NewMaster()
	require.NoError(t, os.WriteFile(path, []byte(key+"\n"), 0o600))
	vars := production()
	delete(vars, "MEDICAL_ENCRYPTION_KEY")
	vars["MEDICAL_ENCRYPTION_KEY_FILE"] = path
	c := load(t, vars)
	require.Empty(t, c.Faults())
	require.Equal(t, key, c.MedicalEncryptionKey)
	vars["MEDICAL_ENCRYPTION_KEY_FILE"] = path + ".no"
	told := fmt.Sprint(load(t, vars).Faults())
	require.Contains(t, told, "MEDICAL_ENCRYPTION_KEY_FILE: no se puede leer")
	require.NotContains(t, told, path)
}
