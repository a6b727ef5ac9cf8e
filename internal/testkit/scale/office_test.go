//go:build linux

package scale

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// office is a complete clinic with a page open on each process.
type office struct {
	t      *testing.T
	token  string
	pages  map[*process]*page
	phones int
}

func newOffice(t *testing.T, serving ...*process) *office {
	t.Helper()
	o := &office{t: t, token: register(t, http.DefaultClient, serving[0].url()), pages: map[*process]*page{}}
	o.want(http.StatusOK, serving[0], http.MethodPut, "/api/clinic", map[string]any{
		"legal_name": "Clínica Jacarandas, S.C.", "address": address,
		"privacy_contact": map[string]any{"name": "Carmen Arrieta", "email": "privacidad@jacarandas.example", "phone": "5555550101"},
	}, "If-Match", `"1"`)
	o.want(http.StatusCreated, serving[0], http.MethodPost, "/api/offices", map[string]any{
		"name": "Consultorio Centro", "address": address, "time_zone": "America/Mexico_City",
	})
	for _, p := range serving {
		o.pages[p] = openPage(t, p.url(), o.token)
	}
	return o
}

// want asks a process, past the proxy, and holds it to a status.
func (o *office) want(status int, p *process, method, path string, body any, headers ...string) answer {
	o.t.Helper()
	out, err := ask(http.DefaultClient, method, p.url()+path, o.token, body, headers...)
	require.NoError(o.t, err)
	require.Equal(o.t, status, out.status, "%s %s: %s", method, path, out.raw)
	return out
}

// page is a browser's stream of changes, opened anew whenever it ends.
type page struct {
	mu    sync.Mutex
	heard map[string]bool // patients
}

func openPage(t *testing.T, url, token string) *page {
	p := &page{heard: map[string]bool{}}
	ctx, cancel := context.WithCancel(t.Context())
	var open sync.WaitGroup
	open.Go(func() {
		for ctx.Err() == nil {
			p.listen(ctx, url, token)
			time.Sleep(again)
		}
	})
	t.Cleanup(func() { cancel(); open.Wait() })
	return p
}

// listen hears one stream to its end.
func (p *page) listen(ctx context.Context, url, token string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/events", nil)
	if err != nil {
		return
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	defer func() { _ = res.Body.Close() }()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		data, is := strings.CutPrefix(lines.Text(), "data:")
		var change struct {
			Patient string `json:"patient_id"`
		}
		if is && json.Unmarshal([]byte(data), &change) == nil {
			p.mu.Lock()
			p.heard[change.Patient] = true
			p.mu.Unlock()
		}
	}
}

func (p *page) knows(patient string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.heard[patient]
}

// register registers a patient through one process.
func (o *office) register(p *process) (id string) {
	o.t.Helper()
	o.phones++
	out := o.want(http.StatusCreated, p, http.MethodPost, "/api/patients", patient(fmt.Sprintf("55 5555 %04d", o.phones)))
	return strings.TrimPrefix(out.header.Get("Location"), "/api/patients/")
}

// hearsOf waits until a page of one process hears of what the other one did. A
// change that falls into the moment of a broken connection is not told again (the
// page reads anew then), so further ones are made until one is heard.
func (o *office) hearsOf(does, hears *process) {
	o.t.Helper()
	until(o.t, "a page on "+hears.name+" hears of "+does.name, func() bool {
		id := o.register(does)
		for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(look) {
			if o.pages[hears].knows(id) {
				return true
			}
		}
		return false
	})
}

// question asks a patient for her consent by WhatsApp, which somebody who works
// has to send.
func (o *office) question(p *process) (patient string) {
	o.t.Helper()
	patient = o.register(p)
	o.want(http.StatusAccepted, p, http.MethodPost, "/api/patients/"+patient+"/consent-requests",
		map[string]any{"channel": "whatsapp", "purposes": []string{"care"}})
	return patient
}

// arrives waits until the message of a patient is on her phone: the worker sent
// it, and the answers came in by the process that serves.
func (o *office) arrives(patient string, p *process) {
	o.t.Helper()
	until(o.t, "a message arrives", func() bool { s := o.status(patient, p); return s == "delivered" || s == "read" })
}

func (o *office) status(patient string, p *process) string {
	o.t.Helper()
	list := o.want(http.StatusOK, p, http.MethodGet, "/api/messages?patient_id="+patient, nil).json(o.t)
	items, _ := list["items"].([]any)
	if len(items) == 0 {
		return ""
	}
	return items[0].(map[string]any)["status"].(string)
}
