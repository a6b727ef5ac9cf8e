package backup

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A copy has its name once it is whole: neither a full disk nor a killed program
// leaves one that looks like it.
func TestACopyHasItsNameOnceItIsWhole(t *testing.T) {
	t.Parallel()
	f := folder{t.TempDir()}
	_, err := f.put(t.Context(), nameAt(noon), func(w io.Writer) error {
		_, err := w.Write([]byte("la mitad"))
		require.NoError(t, err)
		all, err := f.list(t.Context())
		require.NoError(t, err)
		require.Empty(t, all, "a program killed now leaves no copy")
		return written(syscall.ENOSPC)
	})
	require.Equal(t, "backup.disk_full", codeOf(err))
	left, err := os.ReadDir(f.dir)
	require.NoError(t, err)
	require.Empty(t, left)

	n, err := f.put(t.Context(), nameAt(noon), func(w io.Writer) error {
		_, err := w.Write([]byte("entero"))
		return err
	})
	require.NoError(t, err)
	require.EqualValues(t, 6, n)
	_, err = f.put(t.Context(), nameAt(noon), func(io.Writer) error { return nil })
	require.Equal(t, "backup.exists", codeOf(err), "nothing is overwritten")
}

// What killed programs left is cleared after a day, and nothing else.
func TestWhatKilledProgramsLeftIsCleared(t *testing.T) {
	t.Parallel()
	f := folder{t.TempDir()}
	old, young := filepath.Join(f.dir, "."+nameAt(noon)+partial), filepath.Join(f.dir, "."+nameAt(noon.Add(time.Hour))+partial)
	for _, path := range []string{old, young, filepath.Join(f.dir, "apuntes.partial")} {
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Chtimes(path, noon, noon))
	}
	require.NoError(t, os.Chtimes(young, noon, noon.Add(20*time.Hour)))
	f.clear(noon.Add(30 * time.Hour))
	left, err := os.ReadDir(f.dir)
	require.NoError(t, err)
	require.Len(t, left, 2)
	require.NoFileExists(t, old)
}

// Each way in which a folder refuses says what to do.
func TestWhyAFolderRefuses(t *testing.T) {
	t.Parallel()
	for cause, code := range map[error]string{
		syscall.ENOSPC: "backup.disk_full", syscall.EROFS: "backup.read_only", syscall.EACCES: "backup.no_permission",
		syscall.ENOTDIR: "backup.no_folder", io.ErrShortWrite: "backup.failed", context.Canceled: "backup.interrupted",
	} {
		require.Equal(t, code, codeOf(written(cause)), cause.Error())
	}
}
