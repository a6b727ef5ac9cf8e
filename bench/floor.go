package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/mx"
	"historias/internal/patient"
)

// The floor keeps the same people in clear, in tables of its own.
const floorSchema = `
create schema floor;
create table floor.patients (id uuid primary key, record_number bigint not null, given_names text not null,
    first_surname text not null, second_surname text not null, birth_date date not null, sex text not null, curp text,
    phone text, email text, street text, exterior_number text, interior_number text, neighborhood text, municipality text,
    state text, postal_code text, country text, blood_type text, occupation text, status text not null,
    consent_status text not null, version bigint not null, created_at timestamptz not null, updated_at timestamptz not null);
create table floor.tokens (token text not null, patient_id uuid not null, primary key (token, patient_id));
create table floor.consents (patient_id uuid primary key, doc text not null);
create table floor.messages (patient_id uuid not null, at timestamptz not null, doc text not null, primary key (patient_id, at));
create table floor.facts (patient_id uuid not null, kind text not null, at timestamptz not null, doc text not null,
    primary key (patient_id, kind, at));
create table floor.webhooks (id bigint generated always as identity primary key, body bytea not null);`

// fillFloor copies the clinic's people into the floor's tables.
func (w *world) fillFloor(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, w.cfg.DatabaseURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, floorSchema); err != nil {
		return err
	}
	ids, err := w.allIDs(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if err := copyRows(ctx, pool, "patients", floorColumns, ids, func(i int) [][]any {
		return [][]any{floorPerson(ids[i], int64(i), person(i), now).values()}
	}); err != nil {
		return err
	}
	if err := copyRows(ctx, pool, "tokens", []string{"token", "patient_id"}, ids, func(i int) [][]any {
		var rows [][]any
		for _, t := range floorTokens(i) {
			rows = append(rows, []any{t, ids[i]})
		}
		return rows
	}); err != nil {
		return err
	}
	_, err = pool.Exec(ctx, `vacuum analyze floor.patients, floor.tokens`)
	return err
}

func (w *world) allIDs(ctx context.Context) ([]uuid.UUID, error) {
	pool, err := pgxpool.New(ctx, w.postgres.AdminURL("historias"))
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	rows, err := pool.Query(ctx, `select id from patients order by record_number`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func copyRows(ctx context.Context, pool *pgxpool.Pool, table string, columns []string, ids []uuid.UUID, rows func(i int) [][]any) error {
	i, held := 0, [][]any(nil)
	source := pgx.CopyFromFunc(func() ([]any, error) {
		for len(held) == 0 {
			if i == len(ids) {
				return nil, nil
			}
			held, i = rows(i), i+1
		}
		row := held[0]
		held = held[1:]
		return row, nil
	})
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"floor", table}, columns, source)
	return err
}

// floorPatient is a patient as any small program would keep and answer her.
type floorPatient struct {
	ID            uuid.UUID  `json:"id"`
	RecordNumber  int64      `json:"record_number"`
	GivenNames    string     `json:"given_names"`
	FirstSurname  string     `json:"first_surname"`
	SecondSurname string     `json:"second_surname"`
	BirthDate     time.Time  `json:"birth_date"`
	Sex           string     `json:"sex"`
	CURP          *string    `json:"curp,omitempty"`
	Phone         *string    `json:"phone,omitempty"`
	Email         *string    `json:"email,omitempty"`
	Address       mx.Address `json:"address"`
	BloodType     *string    `json:"blood_type,omitempty"`
	Occupation    *string    `json:"occupation,omitempty"`
	Status        string     `json:"status"`
	Consent       string     `json:"consent_status"`
	Version       int64      `json:"version"`
	CreatedAt     time.Time  `json:"created_at"`
	UpdatedAt     time.Time  `json:"updated_at"`
}

var floorColumns = []string{
	"id", "record_number", "given_names", "first_surname", "second_surname", "birth_date", "sex", "curp", "phone", "email",
	"street", "exterior_number", "interior_number", "neighborhood", "municipality", "state", "postal_code", "country",
	"blood_type", "occupation", "status", "consent_status", "version", "created_at", "updated_at",
}

var floorSelect = "select p." + strings.Join(floorColumns, ", p.") + " from floor.patients p "

func floorPerson(id uuid.UUID, number int64, f patient.Form, now time.Time) *floorPatient {
	born, _ := time.Parse(time.DateOnly, f.BirthDate)
	return &floorPatient{
		ID: id, RecordNumber: number, GivenNames: f.GivenNames, FirstSurname: f.FirstSurname, SecondSurname: f.SecondSurname,
		BirthDate: born, Sex: f.Sex, Phone: &f.Phone, Address: *f.Address, BloodType: &f.BloodType, Occupation: &f.Occupation,
		Status: "active", Consent: "none", Version: 1, CreatedAt: now, UpdatedAt: now,
	}
}

func (p *floorPatient) values() []any {
	a := p.Address
	return []any{
		p.ID, p.RecordNumber, p.GivenNames, p.FirstSurname, p.SecondSurname, p.BirthDate, p.Sex, p.CURP, p.Phone, p.Email,
		a.Street, a.ExteriorNumber, a.InteriorNumber, a.Neighborhood, a.Municipality, a.State, a.PostalCode, a.Country,
		p.BloodType, p.Occupation, p.Status, p.Consent, p.Version, p.CreatedAt, p.UpdatedAt,
	}
}

func (p *floorPatient) targets() []any {
	a := &p.Address
	return []any{
		&p.ID, &p.RecordNumber, &p.GivenNames, &p.FirstSurname, &p.SecondSurname, &p.BirthDate, &p.Sex, &p.CURP, &p.Phone, &p.Email,
		&a.Street, &a.ExteriorNumber, &a.InteriorNumber, &a.Neighborhood, &a.Municipality, &a.State, &a.PostalCode, &a.Country,
		&p.BloodType, &p.Occupation, &p.Status, &p.Consent, &p.Version, &p.CreatedAt, &p.UpdatedAt,
	}
}

func floorTokens(i int) []string {
	p := person(i)
	return tokensOf(p.GivenNames, p.FirstSurname, p.SecondSurname)
}

func tokensOf(names ...string) []string {
	seen := map[string]bool{}
	var out []string
	for _, word := range mx.IndexWords(names...) {
		for _, b := range mx.Beginnings(word) {
			if !seen[b] {
				seen[b] = true
				out = append(out, b)
			}
		}
	}
	return out
}

// floorServer is the least that answers the same questions.
type floorServer struct {
	pool    *pgxpool.Pool
	numbers atomic.Int64
}

func runFloor() error {
	pool, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL")+"&pool_max_conns=20")
	if err != nil {
		return err
	}
	f := &floorServer{pool: pool}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /read/{id}", f.read)
	mux.HandleFunc("GET /search", f.search)
	mux.HandleFunc("GET /chart/{id}", f.chart)
	mux.HandleFunc("POST /create", f.create)
	mux.HandleFunc("POST /webhook", f.webhook)
	return listen(mux)
}

func listen(h http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, h) //nolint:gosec // a measuring server on loopback
}

// answer encodes what was read, as a small program would.
func answer(w http.ResponseWriter, err error, v any) {
	body, encoding := json.Marshal(v)
	if err != nil || encoding != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	_, _ = w.Write(body)
}

func (f *floorServer) read(w http.ResponseWriter, r *http.Request) {
	var p floorPatient
	err := f.pool.QueryRow(r.Context(), floorSelect+`where p.id = $1`, r.PathValue("id")).Scan(p.targets()...)
	answer(w, err, p)
}

func (f *floorServer) search(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields(r.URL.Query().Get("q"))
	if len(words) != 2 {
		answer(w, errors.New("two words"), nil)
		return
	}
	rows, err := f.pool.Query(r.Context(), floorSelect+`join floor.tokens a on a.patient_id = p.id
		join floor.tokens b on b.patient_id = a.patient_id where a.token = $1 and b.token = $2 order by p.id desc limit 20`, words[0], words[1])
	if err != nil {
		answer(w, err, nil)
		return
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p floorPatient, err error) {
		return p, row.Scan(p.targets()...)
	})
	answer(w, err, map[string]any{"items": found})
}

type floorChart struct {
	Patient  floorPatient `json:"patient"`
	Consent  *string      `json:"consent"`
	Messages []string     `json:"messages"`
	// Facts are allergies, problems, readings, notes and medicines, the latest of each.
	Facts map[string][]string `json:"facts"`
}

// factKinds are the subjects that a chart shows besides; each is a query, as a
// small program with a table for each would have it.
var factKinds = []string{"allergy", "problem", "vital_sign", "note", "medicine"}

func (f *floorServer) chart(w http.ResponseWriter, r *http.Request) {
	b := &pgx.Batch{}
	id := r.PathValue("id")
	var c floorChart
	b.Queue(floorSelect+`where p.id = $1`, id).QueryRow(func(row pgx.Row) error { return row.Scan(c.Patient.targets()...) })
	b.Queue(`select (select doc from floor.consents where patient_id = $1)`, id).QueryRow(func(row pgx.Row) error { return row.Scan(&c.Consent) })
	b.Queue(`select doc from floor.messages where patient_id = $1 order by at desc limit 5`, id).Query(func(rows pgx.Rows) (err error) {
		c.Messages, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	c.Facts = map[string][]string{}
	for _, kind := range factKinds {
		b.Queue(`select doc from floor.facts where patient_id = $1 and kind = $2 order by at desc limit 5`, id, kind).Query(func(rows pgx.Rows) (err error) {
			c.Facts[kind], err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
	}
	answer(w, f.pool.SendBatch(r.Context(), b).Close(), c)
}

func (f *floorServer) create(w http.ResponseWriter, r *http.Request) {
	var body struct {
		GivenNames    string     `json:"given_names"`
		FirstSurname  string     `json:"first_surname"`
		SecondSurname string     `json:"second_surname"`
		BirthDate     string     `json:"birth_date"`
		Sex           string     `json:"sex"`
		Phone         string     `json:"phone"`
		Address       mx.Address `json:"address"`
		Occupation    string     `json:"occupation"`
		BloodType     string     `json:"blood_type"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		answer(w, err, nil)
		return
	}
	p := floorPerson(uuid.Must(uuid.NewV7()), f.numbers.Add(1), patient.Form{
		GivenNames: body.GivenNames, FirstSurname: body.FirstSurname, SecondSurname: body.SecondSurname, BirthDate: body.BirthDate,
		Sex: body.Sex, Phone: body.Phone, Address: &body.Address, Occupation: body.Occupation, BloodType: body.BloodType,
	}, time.Now())
	b := &pgx.Batch{}
	b.Queue(floorInsert, p.values()...)
	b.Queue(`insert into floor.tokens select distinct unnest($1::text[]), $2::uuid`,
		tokensOf(p.GivenNames, p.FirstSurname, p.SecondSurname), p.ID)
	answer(w, f.pool.SendBatch(r.Context(), b).Close(), p)
}

func (f *floorServer) webhook(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err == nil {
		_, err = f.pool.Exec(r.Context(), `insert into floor.webhooks (body) values ($1)`, raw)
	}
	answer(w, err, struct{}{})
}

// floorInsert writes one patient.
var floorInsert = func() string {
	places := make([]string, len(floorColumns))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return "insert into floor.patients (" + strings.Join(floorColumns, ", ") + ") values (" + strings.Join(places, ", ") + ")"
}()
