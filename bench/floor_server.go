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
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/mx"
	"historias/internal/patient"
)

// floorServer is the least that answers the same questions: no sessions, no
// walls, nothing sealed, no trail, no history.
type floorServer struct{ pool *pgxpool.Pool }

// floorSettings keep the floor from planning its search anew each time, which
// PostgreSQL would by itself and which costs a third of it.
const floorSettings = "&pool_max_conns=12&plan_cache_mode=force_generic_plan"

func runFloor() error {
	pool, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL")+floorSettings)
	if err != nil {
		return err
	}
	f := &floorServer{pool: pool}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /read/{id}", f.read)
	mux.HandleFunc("GET /search", f.search)
	mux.HandleFunc("GET /chart/{id}", f.chart)
	mux.HandleFunc("POST /create", f.create)
	mux.HandleFunc("PUT /draft/{id}", f.draft)
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
	err := f.pool.QueryRow(r.Context(), floorSelect+`where id = $1`, r.PathValue("id")).Scan(p.targets()...)
	answer(w, err, p.answer())
}

// The floor searches as the program does: those who have both beginnings come
// from one stretch of the token table, the letters beyond the third are compared
// (in clear, with the name), and the last seen stand first. Two words that begin
// alike have no token together, so that the tokens of both are joined.
const (
	floorByPair = `select ` + floorItemColumns + ` from floor.tokens t join floor.patients p on p.id = t.patient_id
 where t.token = $1 and p.status = 'active' and p.words like '% ' || $2 || '%' and p.words like '% ' || $3 || '%'
 order by p.last_seen_at desc, p.id desc limit 21`
	floorByWords = `select ` + floorItemColumns + ` from floor.tokens a join floor.tokens b on b.patient_id = a.patient_id
 join floor.patients p on p.id = a.patient_id where a.token = $1 and b.token = $2 and p.status = 'active'
 order by p.last_seen_at desc, p.id desc limit 21`
	floorPage = 20
)

func (f *floorServer) search(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields(r.URL.Query().Get("q"))
	if len(words) != 2 {
		answer(w, errors.New("two words"), nil)
		return
	}
	sql, args := floorByWords, []any{words[0], words[1]}
	if pair, ok := pairOf(words[0], words[1]); ok {
		sql, args = floorByPair, []any{pair, words[0], words[1]}
	}
	rows, err := f.pool.Query(r.Context(), sql, args...)
	if err != nil {
		answer(w, err, nil)
		return
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (item floorItem, err error) { return item, item.scan(row) })
	var next *string
	if len(found) > floorPage {
		found = found[:floorPage]
		last := found[floorPage-1]
		place := last.LastSeenAt.Format(time.RFC3339Nano) + "|" + last.ID.String()
		next = &place
	}
	answer(w, err, map[string]any{"items": found, "next_cursor": next})
}

func texts(into *[]string) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	}
}

// create registers somebody in one round trip, and answers who may be the same
// person as the program does, judged in clear by PostgreSQL.
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
	p := floorPerson(uuid.Must(uuid.NewV7()), 0, patient.Form{
		GivenNames: body.GivenNames, FirstSurname: body.FirstSurname, SecondSurname: body.SecondSurname, BirthDate: body.BirthDate,
		Sex: body.Sex, Phone: body.Phone, Address: &body.Address, Occupation: body.Occupation, BloodType: body.BloodType,
	}, time.Now())
	var alike []string
	b := &pgx.Batch{}
	b.Queue(floorAlike, p.Phone, p.CURP, p.BirthDate, strings.Fields(p.words)).Query(texts(&alike))
	b.Queue(floorInsert, p.inserted()...).QueryRow(func(row pgx.Row) error { return row.Scan(&p.RecordNumber) })
	b.Queue(`insert into floor.tokens select unnest($1::text[]), $2::uuid`, tokensOf(p.GivenNames, p.FirstSurname, p.SecondSurname), p.ID)
	err := f.pool.SendBatch(r.Context(), b).Close()
	out := p.answer()
	out.Warnings = alike
	answer(w, err, out)
}

// floorAlike finds who has the same phone or CURP, or was born on the same day
// and shares two words of the name.
const floorAlike = `select 'H-' || record_number from floor.patients where phone = $1 or curp = $2 or birth_date = $3
 and (select count(*) from unnest($4::text[]) w where words like '% ' || w || '%') > 1 limit 10`

// draft saves the text of somebody's unfinished note, as a plain program would.
func (f *floorServer) draft(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	var version int64
	if err == nil {
		err = f.pool.QueryRow(r.Context(), `update floor.drafts set doc = $2, version = version + 1, updated_at = now()
 where id = $1 returning version`, r.PathValue("id"), string(raw)).Scan(&version)
	}
	answer(w, err, map[string]any{"version": version})
}

func (f *floorServer) webhook(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err == nil {
		_, err = f.pool.Exec(r.Context(), `insert into floor.webhooks (body) values ($1)`, raw)
	}
	answer(w, err, struct{}{})
}

// floorInsert writes one patient, whose record number the table gives.
var floorInsert = func() string {
	columns := append([]string{floorColumns[0]}, floorColumns[2:]...)
	places := make([]string, len(columns))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return "insert into floor.patients (" + strings.Join(columns, ", ") + ") values (" + strings.Join(places, ", ") +
		") returning record_number"
}()

func (p *floorPatient) inserted() []any {
	values := p.values()
	return append([]any{values[0]}, values[2:]...)
}
