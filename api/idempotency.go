package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/idempotency"
)

// Idempotency is what the server needs of package idempotency.
type Idempotency interface {
	// Once runs work at most once for a key; a repeated request gets the answer
	// of the first, with replayed true.
	Once(ctx context.Context, r idempotency.Request, work func(ctx context.Context) (idempotency.Answer, error)) (a idempotency.Answer, replayed bool, err error)
	// Slowly is Once without a transaction around the work.
	Slowly(ctx context.Context, r idempotency.Request, work func(ctx context.Context) (idempotency.Answer, error)) (a idempotency.Answer, replayed bool, err error)
}

const maxKey = 200

// once runs the handler inside the transaction that also keeps its answer, and
// writes the answer only after the commit.
func (s *Server) once(c echo.Context, r route, key string) error {
	if len(key) > maxKey {
		return errs.New(errs.KindMalformed, "idempotency.key", "La clave de repetición es demasiado larga.")
	}
	req := c.Request()
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return bodyFault(err)
	}
	real := c.Response().Writer
	var fresh http.Header
	keep := s.keys.Once
	if r.options.slow {
		keep = s.keys.Slowly
	}
	answer, replayed, err := keep(req.Context(), idempotency.Request{Key: key, Method: req.Method, Path: req.URL.Path, Body: raw},
		func(ctx context.Context) (idempotency.Answer, error) {
			held := &held{header: http.Header{}}
			c.SetResponse(echo.NewResponse(held, c.Echo()))
			inner := req.WithContext(ctx)
			inner.Body = io.NopCloser(bytes.NewReader(raw))
			c.SetRequest(inner)
			err := r.handle(c)
			fresh = held.header
			return held.answer(), err
		})
	c.SetRequest(req)
	c.SetResponse(echo.NewResponse(real, c.Echo()))
	if err != nil {
		return err
	}
	if replayed {
		if err := s.shown(req.Context(), c, answer); err != nil {
			return err
		}
	}
	// Cookies and the like belong to the answer given now; they are not stored, so never repeated.
	maps.Copy(real.Header(), fresh)
	return send(c, answer, replayed)
}

// shown leaves the event of a read where a repeated answer shows a person's data
// once more; it is committed before the answer leaves.
func (s *Server) shown(ctx context.Context, c echo.Context, a idempotency.Answer) error {
	patient := patientIn(c, a)
	if patient == uuid.Nil {
		return nil
	}
	return s.trail.Record(ctx, audit.Event{
		Action: audit.PatientRead, SubjectType: "patient", SubjectID: patient, PatientID: patient, Reason: "idempotency.replayed",
	})
}

// patientIn finds whose data an answer holds: what it says itself, else the
// patient of the address.
func patientIn(c echo.Context, a idempotency.Answer) uuid.UUID {
	var body struct {
		ID        uuid.UUID `json:"id"`
		PatientID uuid.UUID `json:"patient_id"`
	}
	if len(a.Body) == 0 || json.Unmarshal(a.Body, &body) != nil {
		return uuid.Nil
	}
	if body.PatientID != uuid.Nil {
		return body.PatientID
	}
	if c.Path() == patientsPath {
		return body.ID
	}
	if strings.HasPrefix(c.Path(), patientsPath+"/:id") {
		id, _ := uuid.Parse(c.Param("id"))
		return id
	}
	return uuid.Nil
}

const patientsPath = "/api/patients"

func send(c echo.Context, a idempotency.Answer, replayed bool) error {
	h := c.Response().Header()
	for name, value := range map[string]string{"Location": a.Location, "ETag": a.ETag} {
		if value != "" {
			h.Set(name, value)
		}
	}
	if replayed {
		h.Set("Idempotent-Replayed", "true")
	}
	if len(a.Body) == 0 {
		return c.NoContent(a.Status)
	}
	return c.Blob(a.Status, a.ContentType, a.Body)
}

// held keeps an answer until its transaction is committed.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header { return h.header }

func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

func (h *held) answer() idempotency.Answer {
	return idempotency.Answer{
		Status: h.status, ContentType: h.header.Get("Content-Type"), Location: h.header.Get("Location"),
		ETag: h.header.Get("ETag"), Body: h.body.Bytes(),
	}
}
