package backup

import (
	"bytes"
	"io"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"historias/internal/vault"
)

// lab makes copies without a database.
type lab struct {
	who  *age.X25519Identity
	keys *vault.Keyring
}

func newLab(t *testing.T) lab {
	t.Helper()
	who, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	keys, err := vault.ParseKeys(vault.NewMaster())
	require.NoError(t, err)
	return lab{who, keys}
}

// copyOf is a copy whose dump and file are these; change may spoil the manifest.
func (l lab) copyOf(t *testing.T, dump []byte, change func(*Manifest)) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := newWriter(&out, noon, l.who.Recipient())
	require.NoError(t, err)
	into := w.stream(memberDump)
	for chunk := range bytesInPieces(dump, 70_001) {
		_, err := into.Write(chunk)
		require.NoError(t, err)
	}
	require.NoError(t, into.Close())
	require.NoError(t, w.file("files/a", 3, bytes.NewReader([]byte("abc"))))
	m := Manifest{Format: format, At: noon, Members: w.members}
	change(&m)
	raw, err := m.encode(l.keys)
	require.NoError(t, err)
	require.NoError(t, w.entry(memberManifest, raw))
	require.NoError(t, w.close())
	return out.Bytes()
}

func bytesInPieces(raw []byte, size int) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(raw) > 0 {
			n := min(size, len(raw))
			if !yield(raw[:n]) {
				return
			}
			raw = raw[n:]
		}
	}
}

func (l lab) read(sealed []byte, dump io.Writer) error {
	_, err := read(bytes.NewReader(sealed), []age.Identity{l.who}, l.keys, take{dump: dump})
	return err
}

func nothing(*Manifest) {}

// A copy gives back what went in, whatever its length.
func TestACopyGivesBackWhatWentIn(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	for _, length := range []int{1, pieceSize - 1, pieceSize, pieceSize + 1, 2*pieceSize + 17} {
		dump := vault.RandomBytes(length)
		var back bytes.Buffer
		require.NoError(t, l.read(l.copyOf(t, dump, nothing), &back))
		require.True(t, bytes.Equal(dump, back.Bytes()), "length %d", length)
	}
}

// Wherever a copy is cut or changed, it is refused with a text that says which.
func TestACutOrChangedCopyIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	whole := l.copyOf(t, vault.RandomBytes(300_000), nothing)
	require.NoError(t, l.read(whole, nil))
	for _, length := range []int{0, 10, 100, 300, 70_000, len(whole) / 2, len(whole) - 1} {
		err := l.read(whole[:length], nil)
		require.Contains(t, []string{"backup.truncated", "backup.foreign", "backup.damaged"}, codeOf(err), "cut at %d", length)
		if length > 1000 {
			require.NotEqual(t, "backup.foreign", codeOf(err), "cut at %d", length)
		}
	}
	for _, at := range []int{250, 400, 100_000, len(whole) - 5} {
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		require.Contains(t, []string{"backup.damaged", "backup.truncated", "backup.foreign"}, codeOf(l.read(changed, nil)), "changed at %d", at)
	}
	require.Error(t, l.read(append(bytes.Clone(whole), 'x'), nil), "something behind the end")
}

// Somebody else's copy, another kind of file and a forged one are told apart.
func TestWhatIsNotOurCopyIsRefused(t *testing.T) {
	t.Parallel()
	l, other := newLab(t), newLab(t)
	ours := l.copyOf(t, []byte("dump"), nothing)
	stranger := lab{who: other.who, keys: l.keys}
	require.Equal(t, "backup.wrong_identity", codeOf(stranger.read(ours, nil)))
	require.Equal(t, "backup.wrong_master", codeOf(lab{who: l.who, keys: other.keys}.read(ours, nil)))
	require.Equal(t, "backup.foreign", codeOf(l.read([]byte("-- PostgreSQL database dump\n"), nil)))

	var letter bytes.Buffer
	w, err := age.Encrypt(&letter, l.who.Recipient())
	require.NoError(t, err)
	_, err = w.Write([]byte("una carta"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Contains(t, []string{"backup.foreign", "backup.truncated", "backup.damaged"}, codeOf(l.read(letter.Bytes(), nil)))

	// Anybody can encrypt to a public key; only the master key makes a stamp.
	var raw bytes.Buffer
	forger, err := newWriter(&raw, noon, l.who.Recipient())
	require.NoError(t, err)
	manifest, err := Manifest{Format: format}.encode(l.keys)
	require.NoError(t, err)
	manifest = bytes.Replace(manifest, []byte(`"schema":0`), []byte(`"schema":7`), 1)
	require.NoError(t, forger.entry(memberManifest, manifest))
	require.NoError(t, forger.close())
	require.Equal(t, "backup.forged", codeOf(l.read(raw.Bytes(), nil)))
}

// A member that is not what the manifest says is found even where age is content.
func TestAMemberThatIsNotWhatTheManifestSaysIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	for name, change := range map[string]func(*Manifest){
		"another hash": func(m *Manifest) { m.Members[0].SHA256 = make([]byte, 32) },
		"one missing":  func(m *Manifest) { m.Members = append(m.Members, Member{Name: "data/files/b"}) },
		"one too many": func(m *Manifest) { m.Members = m.Members[:1] },
	} {
		require.Equal(t, "backup.damaged", codeOf(l.read(l.copyOf(t, []byte("dump"), change), nil)), name)
	}
}

// Every recipient opens a copy; a text that is no key is told without repeating it.
func TestRecipientsAndIdentities(t *testing.T) {
	t.Parallel()
	one, err := NewKeyPair()
	require.NoError(t, err)
	two, err := NewKeyPair()
	require.NoError(t, err)
	all, err := recipients(one.Recipient + ", " + two.Recipient)
	require.NoError(t, err)
	require.Len(t, all, 2)
	_, err = recipients(" ")
	require.Equal(t, "backup.no_recipient", codeOf(err))
	require.Contains(t, err.Error(), "historias backup keygen")
	_, err = recipients("age1secreto")
	require.Equal(t, "backup.bad_recipient", codeOf(err))
	require.NotContains(t, err.Error(), "secreto")
	_, err = identities("# public key: x\n" + one.Identity + "\n")
	require.NoError(t, err)
	_, err = identities("nada")
	require.Equal(t, "backup.bad_identity", codeOf(err))
	_, err = identities("")
	require.Equal(t, "backup.no_identity", codeOf(err))
}

// A copy whose end never came has no manifest, whatever else it holds.
func TestACopyWithoutAManifestIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	var out bytes.Buffer
	w, err := newWriter(&out, noon, l.who.Recipient())
	require.NoError(t, err)
	require.NoError(t, w.close())
	require.Equal(t, "backup.truncated", codeOf(l.read(out.Bytes(), nil)))
}
