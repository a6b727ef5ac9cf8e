package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What an operator meets first: how a key is made, and that each wrong use says
// what to do, with the code that scripts rely on.
func TestTheCommandsOfTheCopies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	i := newInstallation(t, "BACKUP_DIR="+filepath.Join(dir, "respaldos"))
	code, said := i.run("backup", "keygen")
	require.Zero(t, code, said)
	require.Regexp(t, `BACKUP_AGE_RECIPIENT=age1[a-z0-9]{58}\n`, said)
	require.Regexp(t, `AGE-SECRET-KEY-1[A-Z0-9]{58}\n`, said)

	file := filepath.Join(dir, "identidad.txt")
	code, said = i.run("backup", "keygen", "--out", file)
	require.Zero(t, code, said)
	require.NotContains(t, said, "SECRET", "the identity is in the file alone")
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o400), info.Mode().Perm())
	code, said = i.run("backup", "keygen", "--out", file)
	require.Equal(t, exitFault, code, "a key is never overwritten: %s", said)

	code, said = i.run("backup", "list")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "historias backup create")
	code, _ = i.run("backup", "restore")
	require.Equal(t, exitUsage, code)
	code, said = i.run("backup", "restore", "latest")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "--reason")

	wrong := newInstallation(t, "BACKUP_S3_URL=https://deposito.example", "BACKUP_AGE_RECIPIENT=AGE-SECRET-KEY-1XYZ")
	code, said = wrong.run("backup", "list")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "BACKUP_S3_URL")
	require.Contains(t, said, "BACKUP_AGE_RECIPIENT", "every fault at once")
	require.NotContains(t, said, "XYZ")
}
