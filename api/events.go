package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/live"
)

// eventsAPI tells open pages what changed, by server-sent events.
type eventsAPI struct{ hub *live.Hub }

func (h eventsAPI) routes() []route {
	return []route{{http.MethodGet, "/api/events", actor.Signed, h.stream, routeOptions{stream: true}}}
}

const (
	heartbeat = 15 * time.Second
	// streamLife makes a page connect anew now and then, which proves its
	// session again.
	streamLife = 30 * time.Minute
)

// stream sends changes of the clinic until the session ends.
//
//	@Summary		Cambios en vivo de la clínica
//	@Description	Eventos (text/event-stream) con {"topic": consent, message, patient o consultation, "patient_id"}; sólo identificadores. Termina cuando termina la sesión; al reconectar conviene leer de nuevo lo que está a la vista.
//	@Tags			Servicio
//	@Produce		text/event-stream
//	@Success		200	{string}	string	"text/event-stream"
//	@Failure		401	{object}	Problem	"auth.required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/events [get]
func (h eventsAPI) stream(c echo.Context) error {
	ctx := c.Request().Context()
	who := actor.Must(ctx)
	page := h.hub.Open(who.ClinicID)
	defer page.Close()
	out, err := newEventStream(c)
	if err != nil {
		return err
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	end := time.NewTimer(streamLife)
	defer end.Stop()
	for {
		write := out.beat
		select {
		case <-ctx.Done():
			return nil
		case <-page.Gone():
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
		case change := <-page.Changes():
			news := gatherChanges(page, change)
			write = func() error { return out.send(who, news) }
		}
		if h.hub.Admits(ctx) != nil || write() != nil {
			return nil
		}
	}
}

// together is how long changes are gathered before a page hears of them: a
// delivery of Meta's can bring a thousand.
const together = 100 * time.Millisecond

// gatherChanges takes what comes within a moment, each change once.
func gatherChanges(page *live.Page, first live.Change) []live.Change {
	news := []live.Change{first}
	seen := map[live.Change]bool{first: true}
	wait := time.NewTimer(together)
	defer wait.Stop()
	for {
		select {
		case <-wait.C:
			return news
		case <-page.Gone():
			return news
		case change := <-page.Changes():
			if !seen[change] {
				seen[change] = true
				news = append(news, change)
			}
		}
	}
}

// eventStream writes server-sent events.
type eventStream struct {
	w    http.ResponseWriter
	ctrl *http.ResponseController
}

func newEventStream(c echo.Context) (*eventStream, error) {
	s := &eventStream{w: c.Response(), ctrl: http.NewResponseController(c.Response())}
	// The deadline of reading the request would cancel its context.
	_ = s.ctrl.SetReadDeadline(time.Time{})
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	return s, s.beat()
}

// beat keeps the connection open through whatever stands between.
func (s *eventStream) beat() error {
	if _, err := fmt.Fprint(s.w, ": \n\n"); err != nil {
		return err
	}
	return s.ctrl.Flush()
}

// topicPermission is what somebody needs to hear of a topic.
var topicPermission = map[live.Topic]actor.Permission{
	live.Consent: actor.ConsentRead, live.Message: actor.MessageRead, live.Patient: actor.PatientRead,
	live.Consultation: actor.ConsultationRead,
}

// send writes the changes that this person may hear of. A Resync is a change of
// every topic.
func (s *eventStream) send(who *actor.Actor, news []live.Change) error {
	for _, change := range news {
		topics := []live.Topic{change.Topic}
		if change.Topic == live.Resync {
			topics = []live.Topic{live.Consent, live.Message, live.Patient, live.Consultation}
		}
		for _, topic := range topics {
			if !who.Permissions.Has(topicPermission[topic]) {
				continue
			}
			if err := s.write(changeDTO{Topic: string(topic), PatientID: idOf(change.PatientID)}); err != nil {
				return err
			}
		}
	}
	return s.ctrl.Flush()
}

func (s *eventStream) write(dto changeDTO) error {
	raw, err := json.Marshal(dto)
	if err == nil {
		_, err = fmt.Fprintf(s.w, "data: %s\n\n", raw)
	}
	return err
}

type changeDTO struct {
	Topic     string `json:"topic"`
	PatientID string `json:"patient_id,omitempty"`
}

func idOf(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
