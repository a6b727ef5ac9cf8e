//go:build linux

package main

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/vault"
)

// keyed is the same installation with other master keys.
func (i installation) keyed(keys string) installation {
	i.vars = append(slices.Clone(i.vars), "MEDICAL_ENCRYPTION_KEY="+keys)
	return i
}

// reading reads the records at locations over and over until quit, and holds
// every answer to 200.
func (p *program) reading(token string, locations []string, quit chan struct{}, read *atomic.Int64) {
	for n := 0; ; n++ {
		select {
		case <-quit:
			return
		default:
		}
		status, out, err := p.send(http.MethodGet, locations[n%len(locations)], token, nil)
		if err != nil || status != http.StatusOK {
			p.t.Errorf("a record could not be read: %d %v %s", status, err, out.raw)
			return
		}
		read.Add(1)
	}
}

// killedRotation begins a rotation, one key a transaction, and kills it once it
// has changed something.
func (i installation) killedRotation() {
	i.t.Helper()
	cmd := i.command("keys", "rotate", "--batch", "1")
	said := &lockedText{}
	cmd.Stdout, cmd.Stderr = said, said
	require.NoError(i.t, cmd.Start())
	until(i.t, "it rotates", func() bool { return strings.Count(said.String(), "cambiadas") > 3 })
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	require.NotContains(i.t, said.String(), "Terminado")
}

// The master key is changed while people read and write, by a rotation that is
// killed on the way: nobody is refused, and afterwards every record opens with
// the new key alone. No output ever holds a key.
func TestAMasterKeyChangesUnderLoad(t *testing.T) {
	t.Parallel()
	base := newInstallation(t)
	older, newer := vault.NewMaster(), vault.NewMaster()
	first := base.keyed(older)
	code, said := first.run("migrate")
	require.Zero(t, code, said)
	p := first.serve()
	token := p.doctor()
	var locations []string
	var all []*wish
	for n := range 40 {
		w := &wish{key: "antes-" + string(rune('a'+n%26)) + string(rune('a'+n/26))}
		require.True(t, p.fulfil(token, w))
		locations, all = append(locations, w.location), append(all, w)
	}
	code, said = base.keyed(newer+","+older).run("keys", "rotate")
	require.Equal(t, exitFault, code, "a process that knows nothing of the new key is running")
	require.Contains(t, said, "Reinícielos")
	p.stop()

	both := base.keyed(newer + "," + older)
	p = both.serve()
	quit := make(chan struct{})
	var read atomic.Int64
	ended := make(chan struct{})
	go func() { p.reading(token, locations, quit, &read); close(ended) }()
	c := p.writing(token, "durante")
	until(t, "it saves and reads", func() bool { return c.saved.Load() > 3 && read.Load() > 3 })
	both.killedRotation()
	code, said = both.run("keys", "rotate", "--batch", "5")
	require.Zero(t, code, said)
	require.Contains(t, said, "Terminado")
	require.Contains(t, said, "quedó retirada")
	known, seen := c.saved.Load(), read.Load()
	until(t, "it goes on", func() bool { return c.saved.Load() > known+3 && read.Load() > seen+3 })
	close(quit)
	<-ended
	all = append(all, c.stop()...)
	require.False(t, t.Failed())
	require.Zero(t, c.refused.Load(), "somebody was told to come back")
	p.stop()

	last := base.keyed(newer)
	p = last.serve()
	for _, w := range all {
		p.repeat(token, w)
	}
	require.Equal(t, len(all), p.patients(token))
	code, said = last.run("keys", "rotate")
	require.Zero(t, code, said)
	require.Contains(t, said, "No se cambió nada")
	code, said = last.run("keys", "status")
	require.Zero(t, code, said)
	require.Contains(t, said, "vigente")
	require.Contains(t, said, "retirada el "+time.Now().UTC().Format("2006-"))
	for _, key := range []string{older, newer} {
		require.NotContains(t, said, key)
	}
	code, said = first.run("keys", "status")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "no está  ", "which key is missing must be told where the program does not start")
	require.Contains(t, said, "respaldo de llaves")
	p.stop()
	code, said = last.run("audit", "verify")
	require.Zero(t, code, said)
	code, said = first.run("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "ya fue retirada")
}

// What is generated can be taken as a file of variables, and says what to do.
func TestGeneratedKeysAreAFileOfVariables(t *testing.T) {
	t.Parallel()
	code, said := newInstallation(t).run("keys", "generate")
	require.Zero(t, code, said)
	for line := range strings.Lines(said) {
		require.Regexp(t, `^(#.*|[A-Z_]+=[A-Za-z0-9_=-]+)\n$`, line)
	}
	require.Contains(t, said, "fuera del servidor")
	_, key, _ := strings.Cut(said, "MEDICAL_ENCRYPTION_KEY=")
	_, err := vault.ParseKeys(strings.SplitN(key, "\n", 2)[0])
	require.NoError(t, err)
}
