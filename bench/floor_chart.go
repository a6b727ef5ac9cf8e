package main

import (
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The floor's chart has a table for each subject, with a plain column for each
// fact that the program's answer shows: a column costs PostgreSQL and the driver
// something even where no row has it, and a chart of texts without columns would
// not be the same answer.
const floorChartSchema = `
create table floor.people (id uuid primary key, full_name text not null);
create table floor.consent_events (id uuid primary key, patient_id uuid not null, seq int not null, type text not null,
    purposes text[] not null, at timestamptz not null, channel text not null);
create index on floor.consent_events (patient_id, seq);
create table floor.messages (id uuid primary key, patient_id uuid not null, kind text not null, channel text not null,
    status text not null, created_at timestamptz not null, at timestamptz not null);
create index on floor.messages (patient_id, created_at desc);
create table floor.allergies (id uuid primary key, patient_id uuid not null, substance text not null, code text, reaction text,
    severity text, onset_on text, status text not null, version bigint not null, created_at timestamptz not null);
create index on floor.allergies (patient_id, created_at);
create table floor.problems (id uuid primary key, patient_id uuid not null, code text, label text not null, status text not null,
    onset_on text, resolved_on text, version bigint not null, updated_at timestamptz not null);
create index on floor.problems (patient_id, updated_at desc);
create table floor.vital_signs (id uuid primary key, patient_id uuid not null, note_id uuid, measured_at timestamptz not null,
    taken_by uuid not null, systolic int, diastolic int, heart_rate int, respiratory_rate int, temperature float8,
    oxygen_saturation int, weight_kg float8, height_cm float8, waist_cm float8, glucose int);
create index on floor.vital_signs (patient_id, measured_at desc);
create table floor.notes (id uuid primary key, patient_id uuid not null, author_id uuid not null, type text not null,
    label text not null, status text not null, opened_at timestamptz not null, signed_at timestamptz, excerpt text not null);
create index on floor.notes (patient_id, opened_at desc);
create table floor.prescriptions (id uuid primary key, patient_id uuid not null, note_id uuid not null, status text not null);
create index on floor.prescriptions (patient_id);
create table floor.medicines (id uuid primary key, patient_id uuid not null, prescription_id uuid not null, medication_id uuid,
    generic_name text not null, brand_name text not null, presentation text not null, dosage text not null, frequency text not null,
    starts_on date not null, ends_on date, status text not null);
create index on floor.medicines (patient_id, starts_on desc);`

type floorChart struct {
	Patient       floorAnswer        `json:"patient"`
	Consent       []floorConsent     `json:"consent"`
	Messages      []floorMessage     `json:"messages"`
	Allergies     []floorAllergy     `json:"allergies"`
	Problems      []floorProblem     `json:"problems"`
	Vitals        []floorReading     `json:"vitals"`
	Notes         []floorNote        `json:"notes"`
	Medications   []floorMedicine    `json:"medications"`
	Prescriptions []floorPrescribing `json:"prescriptions"`
}

type floorConsent struct {
	ID       uuid.UUID `json:"id"`
	Type     string    `json:"type"`
	Purposes []string  `json:"purposes"`
	At       time.Time `json:"at"`
	Channel  string    `json:"channel"`
}

type floorMessage struct {
	ID      uuid.UUID `json:"id"`
	Kind    string    `json:"kind"`
	Channel string    `json:"channel"`
	Status  string    `json:"status"`
	At      time.Time `json:"at"`
}

type floorAllergy struct {
	ID        uuid.UUID `json:"id"`
	Substance string    `json:"substance"`
	Code      *string   `json:"substance_code,omitempty"`
	Reaction  *string   `json:"reaction,omitempty"`
	Severity  *string   `json:"severity,omitempty"`
	OnsetOn   *string   `json:"onset_on,omitempty"`
	Version   int64     `json:"version"`
}

type floorProblem struct {
	ID         uuid.UUID `json:"id"`
	Code       *string   `json:"code"`
	Label      string    `json:"label"`
	Status     string    `json:"status"`
	OnsetOn    *string   `json:"onset_on,omitempty"`
	ResolvedOn *string   `json:"resolved_on,omitempty"`
	Version    int64     `json:"version"`
}

type floorReading struct {
	ID              uuid.UUID  `json:"id"`
	NoteID          *uuid.UUID `json:"consultation_id,omitempty"`
	MeasuredAt      time.Time  `json:"measured_at"`
	TakenBy         uuid.UUID  `json:"taken_by"`
	TakenByName     string     `json:"taken_by_name"`
	Systolic        *int       `json:"systolic,omitempty"`
	Diastolic       *int       `json:"diastolic,omitempty"`
	HeartRate       *int       `json:"heart_rate,omitempty"`
	RespiratoryRate *int       `json:"respiratory_rate,omitempty"`
	Temperature     *float64   `json:"temperature,omitempty"`
	Saturation      *int       `json:"oxygen_saturation,omitempty"`
	Weight          *float64   `json:"weight_kg,omitempty"`
	Height          *float64   `json:"height_cm,omitempty"`
	Waist           *float64   `json:"waist_cm,omitempty"`
	Glucose         *int       `json:"glucose,omitempty"`
}

type floorNote struct {
	ID         uuid.UUID  `json:"id"`
	Type       string     `json:"type"`
	Label      string     `json:"label"`
	Status     string     `json:"status"`
	OpenedAt   time.Time  `json:"opened_at"`
	SignedAt   *time.Time `json:"signed_at,omitempty"`
	AuthorID   uuid.UUID  `json:"author_id"`
	AuthorName string     `json:"author_name"`
	Excerpt    string     `json:"excerpt"`
	Signed     int        `json:"signed"` // of all the patient's notes
}

type floorMedicine struct {
	ID             uuid.UUID  `json:"id"`
	PrescriptionID uuid.UUID  `json:"prescription_id"`
	MedicationID   *uuid.UUID `json:"medication_id,omitempty"`
	GenericName    string     `json:"generic_name"`
	BrandName      string     `json:"brand_name"`
	Presentation   string     `json:"presentation"`
	Dosage         string     `json:"dosage"`
	Frequency      string     `json:"frequency"`
	StartsOn       time.Time  `json:"starts_on"`
	EndsOn         *time.Time `json:"ends_on,omitempty"`
}

type floorPrescribing struct {
	NoteID uuid.UUID `json:"note_id"`
	Count  int       `json:"count"`
	Signed int       `json:"signed"`
}

// The statements of a chart, in the order and with the limits of the program's.
const (
	floorConsents  = `select id, type, purposes, at, channel from floor.consent_events where patient_id = $1 order by seq`
	floorMessages  = `select id, kind, channel, status, at from floor.messages where patient_id = $1 order by created_at desc limit 5`
	floorAllergies = `select id, substance, code, reaction, severity, onset_on, version from floor.allergies
 where patient_id = $1 and status = 'active' order by created_at limit 50`
	floorProblems = `select id, code, label, status, onset_on, resolved_on, version from floor.problems
 where patient_id = $1 and status in ('active', 'resolved') order by status, updated_at desc limit 50`
	floorVitals = `select v.id, v.note_id, v.measured_at, v.taken_by, p.full_name, v.systolic, v.diastolic, v.heart_rate,
 v.respiratory_rate, v.temperature, v.oxygen_saturation, v.weight_kg, v.height_cm, v.waist_cm, v.glucose
 from floor.vital_signs v join floor.people p on p.id = v.taken_by where v.patient_id = $1 order by v.measured_at desc limit 60`
	floorNotes = `select n.id, n.type, n.label, n.status, n.opened_at, n.signed_at, n.author_id, p.full_name, n.excerpt,
 (select count(*) from floor.notes where patient_id = $1 and status = 'signed')
 from floor.notes n join floor.people p on p.id = n.author_id where n.patient_id = $1 order by n.opened_at desc limit 5`
	floorMedicines = `select id, prescription_id, medication_id, generic_name, brand_name, presentation, dosage, frequency, starts_on,
 ends_on from floor.medicines where patient_id = $1 and status = 'active' and (ends_on is null or ends_on >= current_date)
 order by starts_on desc limit 200`
	floorPrescribed = `select note_id, count(*), count(*) filter (where status <> 'draft') from floor.prescriptions
 where patient_id = $1 group by note_id`
)

func (f *floorServer) chart(w http.ResponseWriter, r *http.Request) {
	b := &pgx.Batch{}
	id := r.PathValue("id")
	var p floorPatient
	var c floorChart
	b.Queue(floorSelect+`where id = $1`, id).QueryRow(func(row pgx.Row) error { return row.Scan(p.targets()...) })
	queue(b, floorConsents, id, &c.Consent)
	queue(b, floorMessages, id, &c.Messages)
	queue(b, floorAllergies, id, &c.Allergies)
	queue(b, floorProblems, id, &c.Problems)
	queue(b, floorVitals, id, &c.Vitals)
	queue(b, floorNotes, id, &c.Notes)
	queue(b, floorMedicines, id, &c.Medications)
	queue(b, floorPrescribed, id, &c.Prescriptions)
	err := f.pool.SendBatch(r.Context(), b).Close()
	c.Patient = p.answer()
	answer(w, err, c)
}

// queue reads the rows of one subject of a patient.
func queue[T any](b *pgx.Batch, sql, id string, into *[]T) {
	b.Queue(sql, id).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByPos[T])
		return err
	})
}
