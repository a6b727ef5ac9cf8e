package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/vault"
)

// A lost key stops the start in plain words, and nothing is put in its place;
// with the key back everything is as it was.
func TestALostKeyStopsTheStart(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	code, said := i.run("migrate")
	require.Zero(t, code, said)
	p := i.serve()
	token := p.doctor()
	require.True(t, p.fulfil(token, &wish{key: "antes"}))
	p.stop()

	keys := filepath.Join(i.dir, "keys")
	away := filepath.Join(i.dir, "keys.away")
	require.NoError(t, os.Rename(keys, away))
	for range 2 { // the second start must not find what the first one left
		for _, command := range [][]string{{"serve"}, {"run"}, {"worker"}, {"audit", "verify"}} {
			code, said = i.run(command...)
			require.Equal(t, exitFault, code, "%v: %s", command, said)
			require.Contains(t, said, "MEDICAL_ENCRYPTION_KEY no abre los datos de esta base", "%v", command)
			require.Contains(t, said, "respaldo de llaves", "%v", command)
			require.NoFileExists(t, filepath.Join(keys, "medical_encryption_key"), "%v put a new key in its place", command)
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(keys, "medical_encryption_key"), []byte(vault.NewMaster()), 0o600))
	code, said = i.run("serve")
	require.Equal(t, exitFault, code, "another key: %s", said)

	require.NoError(t, os.RemoveAll(keys))
	require.NoError(t, os.Rename(away, keys))
	p = i.serve()
	require.Equal(t, 1, p.patients(token), "the session and the record are as they were")
	p.stop()
	code, said = i.run("audit", "verify")
	require.Zero(t, code, said)
}

// In production nothing is made up: what is missing or weak stops the start,
// every fault is told at once, and no value is repeated.
func TestProductionIsRefusedWithoutItsSettings(t *testing.T) {
	t.Parallel()
	weak := []string{
		"ENVIRONMENT=production", "DATABASE_URL=postgresql://nadie:canario-de-la-base@127.0.0.1:1/historias",
		"JWT_SECRET_KEY=canario-corto", "MEDICAL_ENCRYPTION_KEY=canario-llave", "ALLOWED_ORIGINS=*", "DEBUG=true",
		"TRUSTED_PROXIES=canario.proxy", "SESSION_COOKIE_SECURE=false",
	}
	i := newInstallation(t, weak...)
	for _, command := range []string{"serve", "worker", "migrate", "check"} {
		code, said := i.run(command)
		require.Equal(t, exitFault, code, "%s: %s", command, said)
		for _, name := range []string{
			"JWT_SECRET_KEY: ", "MEDICAL_ENCRYPTION_KEY: ", "ALLOWED_ORIGINS: ", "DEBUG: ", "TRUSTED_PROXIES: ", "SESSION_COOKIE_SECURE: ", "PUBLIC_PRIVACY_NOTICE_URL: ",
		} {
			require.Contains(t, said, name, command)
		}
		require.NotContains(t, said, "canario", command)
		require.NoDirExists(t, filepath.Join(i.dir, "keys"), command)
	}
	bare := newInstallation(t, "ENVIRONMENT=production")
	code, said := bare.run("serve")
	require.Equal(t, exitFault, code)
	for _, name := range []string{"DATABASE_URL: falta", "MEDICAL_ENCRYPTION_KEY: falta", "JWT_SECRET_KEY: falta", "ALLOWED_ORIGINS: falta"} {
		require.Contains(t, said, name)
	}
}

// A database that is not there is told in plain words, without its password; a
// command that does not exist is wrong use.
func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	i := newInstallation(t, "DATABASE_URL=postgresql://nadie:canario@127.0.0.1:1/historias?connect_timeout=2")
	code, said := i.run("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "No se pudo llegar a la base de datos")
	require.NotContains(t, said, "canario")
	for _, wrong := range [][]string{{"vuela"}, {"serve", "--no-existe"}, {"serve", "de más"}} {
		code, _ := i.run(wrong...)
		require.Equal(t, exitUsage, code, "%v", wrong)
	}
}
