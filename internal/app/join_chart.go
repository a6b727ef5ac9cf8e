package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/chart"
	"historias/internal/conditions"
	"historias/internal/db"
	"historias/internal/messaging"
	"historias/internal/vault"
	"historias/internal/vitals"
)

// How much of each subject the first page of a chart shows.
const (
	chartEvents   = 5
	chartMessages = 5
	chartNotes    = 5
)

type consentsForChart struct{ *App }

// QueueConsent queues where the consent stands and its latest events.
func (j consentsForChart) QueueConsent(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) (chart.Consent, error) {
	read := j.Consents.Queue(ctx, q, patient)
	return func(vault.Key) (chart.Consent, error) {
		view := read()
		var out chart.Consent
		for _, p := range view.Purposes {
			out.Purposes = append(out.Purposes, chart.Purpose{Purpose: string(p.Purpose), Status: string(p.Status)})
		}
		for i := len(view.Events) - 1; i >= 0 && len(out.Events) < chartEvents; i-- {
			e := view.Events[i]
			event := chart.ConsentEvent{ID: e.ID, Type: string(e.Type), At: e.At, Channel: string(e.Channel)}
			for _, p := range e.Purposes {
				event.Purposes = append(event.Purposes, string(p))
			}
			out.Events = append(out.Events, event)
		}
		return out, nil
	}
}

type messagesForChart struct{ *App }

// QueueMessages queues the latest messages, the newest first.
func (j messagesForChart) QueueMessages(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) ([]chart.Message, error) {
	read := j.Messages.Queue(ctx, q, patient, chartMessages)
	return func(key vault.Key) ([]chart.Message, error) {
		messages, err := read(key)
		out := make([]chart.Message, 0, len(messages))
		for _, m := range messages {
			out = append(out, chart.Message{
				ID: m.ID, Kind: string(m.Kind), Channel: "whatsapp", Status: string(m.State), At: reachedAt(m),
			})
		}
		return out, err
	}
}

// reachedAt is when a message came to the state it is in.
func reachedAt(m messaging.Message) (at time.Time) {
	at = m.CreatedAt
	for _, t := range []time.Time{m.SubmittedAt, m.SentAt, m.DeliveredAt, m.ReadAt, m.FailedAt} {
		if t.After(at) {
			at = t
		}
	}
	return at
}

type conditionsForChart struct{ *App }

// QueueConditions queues allergies and problems.
func (j conditionsForChart) QueueConditions(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) (chart.Allergies, []chart.Problem, error) {
	read := j.Conditions.QueueChart(ctx, q, patient)
	return func(key vault.Key) (chart.Allergies, []chart.Problem, error) {
		page, err := read(key)
		return allergiesForChart(page.Allergies), problemsForChart(page.Problems), err
	}
}

func allergiesForChart(known conditions.Allergies) chart.Allergies {
	out := chart.Allergies{Status: string(known.Status)}
	for _, a := range known.Items {
		out.Items = append(out.Items, chart.Allergy{
			ID: a.ID, Substance: a.Data.Substance, Code: a.Data.Code, Reaction: a.Data.Reaction,
			Severity: a.Data.Severity, OnsetOn: a.Data.OnsetOn, Version: a.Version,
		})
	}
	return out
}

func problemsForChart(problems []conditions.Entry[conditions.Problem]) []chart.Problem {
	out := make([]chart.Problem, 0, len(problems))
	for _, p := range problems {
		out = append(out, chart.Problem{
			ID: p.ID, Code: p.Data.Code, Label: p.Data.Label, Status: string(p.Status),
			OnsetOn: p.Data.OnsetOn, ResolvedOn: p.Data.ResolvedOn, Version: p.Version,
		})
	}
	return out
}

type vitalsForChart struct{ *App }

// QueueVitals queues the latest readings.
func (j vitalsForChart) QueueVitals(ctx context.Context, q *db.Reader, patient uuid.UUID) func(chart.Banner, vault.Key) (chart.Vitals, error) {
	read := j.Vitals.Queue(ctx, q, patient)
	return func(b chart.Banner, key vault.Key) (chart.Vitals, error) {
		zone, err := j.Patients.Zone(ctx)
		if err != nil {
			return chart.Vitals{}, err
		}
		sum, err := read(vitals.Patient{ID: b.ID, BirthDate: b.BirthDate, Sex: b.Sex, Key: key, Zone: zone})
		out := chart.Vitals{Previous: sum.Previous, Series: sum.Series}
		if r := sum.Latest; r != nil {
			out.Latest = &chart.Reading{
				ID: r.ID, ConsultationID: r.ConsultationID, MeasuredAt: r.MeasuredAt, TakenBy: r.TakenBy,
				TakenByName: r.TakenByName, Set: r.Set, States: r.States,
			}
		}
		return out, err
	}
}

type notesForChart struct{ *App }

// QueueNotes queues the latest notes and how many are signed.
func (j notesForChart) QueueNotes(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) ([]chart.Note, int, error) {
	read := j.Consultations.QueueLatest(ctx, q, patient, chartNotes)
	return func(key vault.Key) ([]chart.Note, int, error) {
		latest, err := read(key)
		out := make([]chart.Note, 0, len(latest.Notes))
		for _, n := range latest.Notes {
			out = append(out, chart.Note{
				ID: n.ID, Type: n.Type.Key, Label: n.Type.Label, Status: string(n.Status), OpenedAt: n.OpenedAt, SignedAt: n.SignedAt,
				AuthorID: n.AuthorID, AuthorName: n.AuthorName, Excerpt: n.Excerpt,
			})
		}
		return out, latest.Signed, err
	}
}

type prescriptionsForChart struct{ *App }

// QueuePrescribed queues the medicines in force and how many prescriptions there are.
func (j prescriptionsForChart) QueuePrescribed(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) (chart.Prescribed, error) {
	read := j.Prescriptions.QueueInForce(ctx, q, patient)
	counts := j.Prescriptions.QueueCounts(ctx, q, patient)
	return func(key vault.Key) (chart.Prescribed, error) {
		courses, err := read(key)
		out := make([]chart.Medication, 0, len(courses))
		for _, c := range courses {
			out = append(out, chart.Medication{
				ID: c.ID, PrescriptionID: c.PrescriptionID, MedicationID: c.MedicationID, GenericName: c.GenericName,
				BrandName: c.BrandName, Presentation: c.Presentation, Dosage: c.Dosage, Frequency: c.Frequency,
				StartsOn: c.StartsOn, EndsOn: c.EndsOn,
			})
		}
		return chart.Prescribed{Medications: out, Signed: counts.Signed, OfNotes: counts.Of}, err
	}
}
