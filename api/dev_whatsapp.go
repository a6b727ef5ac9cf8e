package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/whatsapp/whatsapptest"
)

// Simulator is the engine that plays Meta and the patients' phones.
type Simulator = *whatsapptest.Server

// simulatorAPI is what the page /dev/whatsapp asks and does: the simulated
// phones, the log of sends and webhooks, and the difficult cases. It exists
// outside production only, and what people do on it enters by the program's own
// webhook, signed.
type simulatorAPI struct {
	engine *whatsapptest.Server
	svc    *messaging.Service
	cases  *difficultCases
}

// difficultCases remembers which of the cases are on, for the page to show.
type difficultCases struct {
	mu      sync.Mutex
	delayed bool
	refused map[string]bool
}

func newSimulatorAPI(engine *whatsapptest.Server, svc *messaging.Service) simulatorAPI {
	return simulatorAPI{engine: engine, svc: svc, cases: &difficultCases{refused: map[string]bool{}}}
}

func (h simulatorAPI) routes() []route {
	at := func(path string) string { return "/dev/whatsapp/api" + path }
	o := routeOptions{unlimited: true}
	return []route{
		{http.MethodGet, at("/state"), public, h.state, o},
		{http.MethodGet, at("/entries/:id"), public, h.entry, o},
		{http.MethodPost, at("/tap"), public, h.tap, o},
		{http.MethodPost, at("/write"), public, h.write, o},
		{http.MethodPost, at("/read"), public, h.read, o},
		{http.MethodPost, at("/repeat"), public, h.repeat, o},
		{http.MethodPost, at("/delay"), public, h.delay, o},
		{http.MethodPost, at("/refuse"), public, h.refuse, o},
		{http.MethodPost, at("/fail"), public, h.failNext, o},
	}
}

// shownEntries is how much of the log the page shows.
const shownEntries = 100

// state is everything that the page shows, in one answer.
func (h simulatorAPI) state(c echo.Context) error {
	entries := h.engine.Entries()
	entries = entries[max(0, len(entries)-shownEntries):]
	results, err := h.results(c, entries)
	if err != nil {
		return err
	}
	dto := simulatorDTO{Phones: []simPhoneDTO{}, Entries: []simEntryDTO{}}
	h.cases.mu.Lock()
	dto.Delayed = h.cases.delayed
	for _, p := range h.engine.Phones() {
		dto.Phones = append(dto.Phones, simPhoneDTOOf(p, h.cases.refused[p.Number]))
	}
	h.cases.mu.Unlock()
	for i, e := range entries {
		dto.Entries = append(dto.Entries, simEntryDTOOf(e, results[i]))
	}
	slices.Reverse(dto.Entries)
	return uncached(c, dto)
}

func (h simulatorAPI) results(c echo.Context, entries []whatsapptest.Entry) ([][]messaging.Result, error) {
	bodies := make([][]byte, len(entries))
	for i, e := range entries {
		bodies[i] = []byte(e.Body)
	}
	return h.svc.Results(c.Request().Context(), bodies)
}

// entry shows one line of the log with its raw JSON.
func (h simulatorAPI) entry(c echo.Context) error {
	for _, e := range h.engine.Entries() {
		if c.Param("id") == simID(e.ID) {
			results, err := h.results(c, []whatsapptest.Entry{e})
			if err != nil {
				return err
			}
			dto := simEntryDTOOf(e, results[0])
			dto.Body, dto.Signed = pretty(e.Body), e.Signature != "" && e.HTTPStatus == http.StatusOK
			return uncached(c, dto)
		}
	}
	return errs.NotFound("simulator_entry")
}

// pretty lays out JSON to be read; what is no JSON stays as it came.
func pretty(raw string) string {
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return raw
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if enc.Encode(v) != nil {
		return raw
	}
	return b.String()
}

func uncached(c echo.Context, dto any) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return ok(c, dto)
}

// tap taps the button of a message.
func (h simulatorAPI) tap(c echo.Context) error {
	body, err := bind[simMessageRequest](c)
	if err != nil {
		return err
	}
	e, err := h.engine.Tap(c.Request().Context(), body.MessageID, whatsapptest.Tap{})
	if err != nil {
		return errs.NotFound("simulator_message")
	}
	return h.delivered(c, e)
}

// write writes a free text from a phone.
func (h simulatorAPI) write(c echo.Context) error {
	body, err := bind[simTextRequest](c)
	if err != nil {
		return err
	}
	return h.delivered(c, h.engine.Write(c.Request().Context(), body.Number, body.Text))
}

// read opens the conversation on a phone.
func (h simulatorAPI) read(c echo.Context) error {
	body, err := bind[simNumberRequest](c)
	if err != nil {
		return err
	}
	e, opened := h.engine.Open(c.Request().Context(), body.Number)
	if !opened {
		return noContent(c)
	}
	return h.delivered(c, e)
}

// repeat delivers a webhook once more; without an id, the last one.
func (h simulatorAPI) repeat(c echo.Context) error {
	body, err := bind[simRepeatRequest](c)
	if err != nil {
		return err
	}
	if all := h.engine.Deliveries(); body.EntryID == 0 && len(all) > 0 {
		body.EntryID = all[len(all)-1].ID
	}
	e, known := h.engine.Repeat(c.Request().Context(), body.EntryID)
	if !known {
		return errs.NotFound("simulator_entry")
	}
	return h.delivered(c, e)
}

// deliveryDelay is how much later than usual statuses come while they are delayed.
const deliveryDelay = 20 * time.Second

// delay puts the statuses of later sends off.
func (h simulatorAPI) delay(c echo.Context) error {
	body, err := bind[simSwitchRequest](c)
	if err != nil {
		return err
	}
	h.cases.mu.Lock()
	defer h.cases.mu.Unlock()
	h.cases.delayed = body.On
	h.engine.SetDelay(0)
	if body.On {
		h.engine.SetDelay(deliveryDelay)
	}
	return noContent(c)
}

// refuse makes a number one without WhatsApp, or gives it back.
func (h simulatorAPI) refuse(c echo.Context) error {
	body, err := bind[simRefuseRequest](c)
	if err != nil {
		return err
	}
	h.cases.mu.Lock()
	defer h.cases.mu.Unlock()
	h.cases.refused[body.Number] = body.On
	h.engine.SetUnreachable(body.Number, body.On)
	return noContent(c)
}

// failNext makes Meta answer 500 to the next send.
func (h simulatorAPI) failNext(c echo.Context) error {
	h.engine.FailNext(whatsapptest.WithAnswer(http.StatusInternalServerError, ""))
	return noContent(c)
}

func (h simulatorAPI) delivered(c echo.Context, e whatsapptest.Entry) error {
	return uncached(c, simEntryDTOOf(e, nil))
}
