package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// wish is one patient that somebody wants registered, and what she was told.
type wish struct {
	key      string
	location string // of the acknowledged record; empty while nothing was heard
}

func (w wish) body() map[string]any {
	return map[string]any{
		"given_names": "Canaria", "first_surname": "Ficticia", "birth_date": "1980-08-14", "sex": "M", "occupation": w.key,
		"address": map[string]any{
			"street": "Calle Ficticia", "exterior_number": "48", "neighborhood": "Centro", "municipality": "Puebla",
			"state": "21", "postal_code": "72000", "country": "MEX",
		},
	}
}

// fulfil sends a wish. It tells whether the program answered at all.
func (p *program) fulfil(token string, w *wish) (answered bool) {
	status, out, err := p.send(http.MethodPost, "/api/patients", token, w.body(), "Idempotency-Key", w.key)
	if err == nil && status == http.StatusCreated {
		w.location = out.header.Get("Location")
	}
	return err == nil
}

const (
	writers  = 4
	perRound = 20 // acknowledged before the kill
)

// writeUntilKilled lets four writers register patients until enough were
// acknowledged, and kills the program under them.
func (p *program) writeUntilKilled(token string, round int) []*wish {
	var mu sync.Mutex
	var all []*wish
	acknowledged := 0
	var wait sync.WaitGroup
	for writer := range writers {
		wait.Go(func() {
			for n := 0; ; n++ {
				w := &wish{key: fmt.Sprintf("%d-%d-%d", round, writer, n)}
				answered := p.fulfil(token, w)
				mu.Lock()
				all = append(all, w)
				if w.location != "" {
					acknowledged++
				}
				enough := acknowledged >= perRound
				mu.Unlock()
				if enough {
					_ = p.cmd.Process.Kill()
				}
				if !answered {
					return
				}
			}
		})
	}
	wait.Wait()
	<-p.ended
	return all
}

// Killed while it saves, and started again on the same data: what was
// acknowledged is there, what was not is done once when it is asked again, and
// the trail is whole.
func TestKilledWhileSaving(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	code, said := i.run("migrate")
	require.Zero(t, code, said)
	p := i.serve()
	token := p.doctor()
	var all []*wish
	for round := range 3 {
		all = append(all, p.writeUntilKilled(token, round)...)
		p = i.serve()
		for _, w := range all {
			p.repeat(token, w)
		}
		require.Equal(t, len(all), p.patients(token), "a patient was lost or registered twice")
	}
	require.Greater(t, len(all), 3*perRound, "nobody was in the middle when the program was killed")
	p.stop()
	code, said = i.run("audit", "verify")
	require.Zero(t, code, said)
}

// repeat asks again for what was asked before.
func (p *program) repeat(token string, w *wish) {
	p.t.Helper()
	status, out, err := p.send(http.MethodPost, "/api/patients", token, w.body(), "Idempotency-Key", w.key)
	require.NoError(p.t, err)
	require.Equal(p.t, http.StatusCreated, status, string(out.raw))
	location := out.header.Get("Location")
	if w.location != "" {
		require.Equal(p.t, w.location, location, "%s was acknowledged", w.key)
		require.Equal(p.t, "true", out.header.Get("Idempotent-Replayed"), "%s was done again", w.key)
	}
	w.location = location
	status, out, err = p.send(http.MethodGet, location, token, nil)
	require.NoError(p.t, err)
	require.Equal(p.t, http.StatusOK, status)
	require.Equal(p.t, w.key, out.body["occupation"])
}

// patients counts the patients of the clinic.
func (p *program) patients(token string) (n int) {
	p.t.Helper()
	for cursor := ""; ; {
		status, out, err := p.send(http.MethodGet, "/api/patients?limit=100&cursor="+cursor, token, nil)
		require.NoError(p.t, err)
		require.Equal(p.t, http.StatusOK, status, string(out.raw))
		items, _ := out.body["items"].([]any)
		n += len(items)
		if cursor, _ = out.body["next_cursor"].(string); cursor == "" {
			return n
		}
	}
}
