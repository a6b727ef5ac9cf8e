package backup_test

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"historias/internal/backup"
)

func asBackup(err error, into **backup.Error) bool { return errors.As(err, into) }

// decrypt opens a copy as whoever stole the identity would.
func decrypt(t *testing.T, sealed []byte, identity string) []byte {
	t.Helper()
	id, err := age.ParseX25519Identity(identity)
	require.NoError(t, err)
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	require.NoError(t, err)
	plain, err := io.ReadAll(r)
	require.NoError(t, err)
	return plain
}

// dumpText is the SQL of the dump inside a decrypted copy.
func dumpText(t *testing.T, plain []byte) string {
	t.Helper()
	var dump bytes.Buffer
	r := tar.NewReader(bytes.NewReader(plain))
	for {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if strings.HasPrefix(head.Name, "database.dump/") {
			_, err := io.Copy(&dump, r)
			require.NoError(t, err)
		}
	}
	cmd := exec.Command(filepath.Join(complete(), "pg_restore"), "-f", "-")
	cmd.Stdin = &dump
	out, err := cmd.Output()
	require.NoError(t, err)
	return string(out)
}

func vaultBytes(master string) ([]byte, error) { return base64.URLEncoding.DecodeString(master) }
