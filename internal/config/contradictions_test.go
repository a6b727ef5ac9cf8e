package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
	"historias/internal/vault"
)

// Variables that are right alone and wrong together stop the start where the
// program cannot know which of them counts, and are told where it can.
func TestVariablesThatContradictEachOther(t *testing.T) {
	key, secret := vault.NewMaster(), vault.NewToken(32)
	for name, c := range map[string]struct {
		set   map[string]string
		fatal bool
		want  string
	}{
		"one secret for all":        {map[string]string{"MEDICAL_ENCRYPTION_KEY": key, "JWT_SECRET_KEY": key}, true, "MEDICAL_ENCRYPTION_KEY y JWT_SECRET_KEY"},
		"a key twice":               {map[string]string{"MEDICAL_ENCRYPTION_KEY": key + "," + key}, true, "MEDICAL_ENCRYPTION_KEY"},
		"a secret twice":            {map[string]string{"JWT_SECRET_KEY": secret + "," + secret}, true, "JWT_SECRET_KEY"},
		"half of WhatsApp":          {map[string]string{"META_WHATSAPP_TOKEN": ""}, true, "META_WHATSAPP_PHONE_ID y META_WHATSAPP_TOKEN"},
		"no live events":            {map[string]string{"DATABASE_POOLER": "transaction"}, false, "DATABASE_POOLER y DATABASE_DIRECT_URL"},
		"two sites":                 {map[string]string{"BACKEND_URL": "https://api.otro.example.org"}, false, "FRONTEND_URL y BACKEND_URL"},
		"another password":          {map[string]string{"POSTGRES_USER": "u", "POSTGRES_PASSWORD": "otra-larga-Zk39xQw", "DATABASE_URL": "postgresql://u:esta-larga-Zk39xQw@localhost/h"}, true, "POSTGRES_PASSWORD y DATABASE_URL"},
		"another database":          {map[string]string{"POSTGRES_USER": "u", "POSTGRES_DB": "g", "DATABASE_URL": "postgresql://u:esta-larga-Zk39xQw@localhost/h"}, false, "POSTGRES_DB y DATABASE_URL"},
		"a password of another one": {map[string]string{"POSTGRES_USER": "v", "POSTGRES_PASSWORD": "otra-larga-Zk39xQw", "DATABASE_URL": "postgresql://u:esta-larga-Zk39xQw@localhost/h"}, false, ""},
	} {
		vars := production()
		maps.Copy(vars, c.set)
		fatal, warned := faulty(t, vars)
		told, silent := fatal, warned
		if !c.fatal {
			told, silent = warned, fatal
		}
		require.Empty(t, silent, name)
		require.Equal(t, c.want, strings.Join(told, " "), name)
	}
	vars := production()
	vars["SESSION_COOKIE_SAMESITE"], vars["SESSION_COOKIE_SECURE"] = "none", "false"
	fatal, _ := faulty(t, vars)
	require.Contains(t, fatal, "SESSION_COOKIE_SAMESITE y SESSION_COOKIE_SECURE")
}

// A secret that comes both ways must be the same one.
func TestAVariableAndItsFileAgree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ficha")
	require.NoError(t, os.WriteFile(path, []byte("otra\n"), 0o600))
	vars := production()
	vars["META_WHATSAPP_TOKEN_FILE"] = path
	fatal, _ := faulty(t, vars)
	require.Equal(t, []string{"META_WHATSAPP_TOKEN y META_WHATSAPP_TOKEN_FILE"}, fatal)
	vars["META_WHATSAPP_TOKEN"] = "otra"
	fatal, _ = faulty(t, vars)
	require.Empty(t, fatal)
}

// Whatever cannot be read is told together with what is wrong.
func TestWhatCannotBeReadIsToldWithTheRest(t *testing.T) {
	fatal, _ := faulty(t, map[string]string{
		"PORT": "canario-puerto", "SMTP_PORT": "canario-smtp", "RATE_LIMIT_ENABLED": "canario-si", "JWT_SECRET_KEY": "corta", "DEBUG": "true",
	})
	for _, name := range []string{"PORT", "SMTP_PORT", "RATE_LIMIT_ENABLED", "JWT_SECRET_KEY", "DEBUG", "DATABASE_URL", "MEDICAL_ENCRYPTION_KEY"} {
		require.True(t, slices.Contains(fatal, name), name)
	}
}

// A name that nobody reads is told, a name that others read is not.
func TestNamesThatNobodyReads(t *testing.T) {
	for _, name := range config.Names() {
		require.Empty(t, config.Unused(name))
		require.Empty(t, config.Unused(name+"_FILE"))
	}
	for _, name := range []string{"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"} {
		require.Empty(t, config.Unused(name))
	}
	require.Contains(t, config.Unused("META_WHATSAPP_TOKN"), "bien escrito")
	require.Contains(t, config.Unused("BLOB_URL"), "base de datos")
}
