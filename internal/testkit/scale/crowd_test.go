//go:build linux

package scale

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// answer is what came back of one request.
type answer struct {
	status int
	header http.Header
	raw    []byte
}

func (a answer) json(t *testing.T) (out map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(a.raw, &out), string(a.raw))
	return out
}

// ask sends one request, once. headers come in pairs and keep their spelling:
// net/http would repeat by itself, and uncounted, what has an «Idempotency-Key».
func ask(client *http.Client, method, url, token string, body any, headers ...string) (answer, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(raw))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header[headers[i]] = []string{headers[i+1]}
	}
	res, err := client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = res.Body.Close() }()
	out := answer{status: res.StatusCode, header: res.Header}
	out.raw, err = io.ReadAll(res.Body)
	return out, err
}

const (
	writers = 8
	// again is how long a client waits before it sends a request once more.
	again = 100 * time.Millisecond
)

// crowd are doctors who register patients without pause, each in a clinic of her
// own. What is not acknowledged is sent again with its key until it is.
type crowd struct {
	t       *testing.T
	client  *http.Client
	url     string
	pace    time.Duration
	writers []*writer
	// saved are acknowledged records; failed are attempts without an answer or
	// with a «not now», waited those told that the one before still runs.
	saved, failed, waited atomic.Int64
	// quit ends the writers after the record they are at; gone ends them at once.
	quit, gone chan struct{}
	wait       sync.WaitGroup
}

type writer struct {
	*crowd
	number int
	token  string
	kept   map[string]string // where an acknowledged record is, and its key
}

var serial atomic.Int64

// register makes a doctor with a clinic and gives her token.
func register(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	out, err := ask(client, http.MethodPost, url+"/api/auth/register", "", map[string]any{
		"full_name": "Sofía Núñez Alcaraz", "email": fmt.Sprintf("sofia.%d@jacarandas.example", serial.Add(1)),
		"password": "jacaranda morada en marzo", "profession": "medico_cirujano", "license_number": "00123456",
		"title_institution": "Universidad Nacional Autónoma de México", "phone": "55 5555 0100",
		"clinic_name": "Clínica Jacarandas", "accept_terms": true,
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, out.status, string(out.raw))
	return out.json(t)["access_token"].(string)
}

func patient(phone string) map[string]any {
	p := map[string]any{
		"given_names": "Canaria", "first_surname": "Ficticia", "birth_date": "1980-08-14", "sex": "M", "address": address,
	}
	if phone != "" {
		p["phone"] = phone
	}
	return p
}

var address = map[string]any{
	"street": "Calle Ficticia", "exterior_number": "48", "neighborhood": "Centro", "municipality": "Puebla",
	"state": "21", "postal_code": "72000", "country": "MEX",
}

// newCrowd starts eight writers against url. Each waits pace between two records.
func newCrowd(t *testing.T, client *http.Client, url string, pace time.Duration) *crowd {
	t.Helper()
	c := &crowd{t: t, client: client, url: url, pace: pace, quit: make(chan struct{}), gone: make(chan struct{})}
	for n := range writers {
		c.writers = append(c.writers, &writer{crowd: c, number: n, token: register(t, client, url), kept: map[string]string{}})
	}
	for _, w := range c.writers {
		c.wait.Go(w.write)
	}
	t.Cleanup(func() { close(c.gone); c.wait.Wait() })
	return c
}

// write goes on until the crowd ends, which it does between two records.
func (w *writer) write() {
	for n := 0; ; n++ {
		select {
		case <-w.quit:
			return
		case <-w.gone:
			return
		case <-time.After(w.pace):
		}
		if !w.insist(fmt.Sprintf("%d-%d", w.number, n)) {
			return
		}
	}
}

// insist sends a record until it is acknowledged, and tells whether it was.
func (w *writer) insist(key string) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(again) {
		select {
		case <-w.gone:
			return false
		default:
		}
		out, err := ask(w.client, http.MethodPost, w.url+"/api/patients", w.token, patient(""), "idempotency-key", key)
		switch {
		case err == nil && out.status == http.StatusCreated:
			w.kept[out.header.Get("Location")] = key
			w.saved.Add(1)
			return true
		case err != nil || out.status == http.StatusServiceUnavailable && out.header.Get("Retry-After") != "":
			w.failed.Add(1)
		case out.status == http.StatusConflict && strings.Contains(string(out.raw), "idempotency.in_flight"):
			w.waited.Add(1)
		default:
			w.t.Errorf("%s: %d %s", key, out.status, out.raw)
			return false
		}
	}
	w.t.Errorf("%s was never acknowledged", key)
	return false
}

// more waits until so many more records are acknowledged.
func (c *crowd) more(n int64) {
	c.t.Helper()
	want := c.saved.Load() + n
	until(c.t, "people go on saving", func() bool { return c.saved.Load() >= want })
}

// end ends the writers and compares what each was told with what her clinic
// has: no acknowledged record is lost, and none is there twice.
func (c *crowd) end(url string) {
	c.t.Helper()
	c.leave()
	lost, extra := 0, 0
	for _, w := range c.writers {
		has := patients(c.t, url, w.token)
		for location := range w.kept {
			if !has[location] {
				lost++
			}
			delete(has, location)
		}
		extra += len(has)
	}
	c.t.Logf("%d acknowledged, %d attempts not now, %d told to wait; lost %d, twice %d",
		c.saved.Load(), c.failed.Load(), c.waited.Load(), lost, extra)
	require.Zero(c.t, lost, "acknowledged and lost")
	require.Zero(c.t, extra, "there twice")
	require.Equal(c.t, int(c.saved.Load()), c.told(), "one record was acknowledged under two keys")
}

// leave lets the writers finish what they are at.
func (c *crowd) leave() {
	close(c.quit)
	c.wait.Wait()
	if c.t.Failed() {
		c.t.FailNow()
	}
}

func (c *crowd) told() (n int) {
	for _, w := range c.writers {
		n += len(slices.Collect(maps.Keys(w.kept)))
	}
	return n
}

// patients are the records of a clinic, by where they are.
func patients(t *testing.T, url, token string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for cursor := ""; ; {
		page, err := ask(http.DefaultClient, http.MethodGet, url+"/api/patients?limit=100&cursor="+cursor, token, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, page.status, string(page.raw))
		list := page.json(t)
		items, _ := list["items"].([]any)
		for _, item := range items {
			out["/api/patients/"+item.(map[string]any)["id"].(string)] = true
		}
		if cursor, _ = list["next_cursor"].(string); cursor == "" {
			return out
		}
	}
}
