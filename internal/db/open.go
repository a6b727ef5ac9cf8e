package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"historias/internal/actor"
)

// The opening statements. The role stands outside any condition, so that even
// a superuser login never runs unwalled. A session whose auth_seq has moved
// raises HS001 and takes the whole transaction with it.
const (
	openUser = `select set_config('role', %[1]s, true), set_config('transaction_read_only', '%[2]s', true),
 set_config('app.clinic_id', coalesce((select $1::text from users where id = $2 and auth_seq = $3), wall_closed()), true)`
	openSystem = `select set_config('role', %[1]s, true), set_config('transaction_read_only', '%[2]s', true),
 set_config('app.clinic_id', $1, true), set_config('app.token_hash', $2, true), set_config('app.user_id', $3, true)`
)

// statements are the opening statements with the role in them, by read only.
type statements struct{ user, system map[bool]string }

func newStatements(role string) statements {
	made := func(text string) map[bool]string {
		return map[bool]string{true: fmt.Sprintf(text, literal(role), "on"), false: fmt.Sprintf(text, literal(role), "off")}
	}
	return statements{user: made(openUser), system: made(openSystem)}
}

// opening is the first statement of one transaction.
type opening struct {
	sql  string
	args []any
}

func (d *DB) opening(ctx context.Context, readOnly bool) (opening, error) {
	a, ok := actor.From(ctx)
	s := scopeOf(ctx)
	switch {
	case s.set:
		return opening{d.open.system[readOnly], []any{s.clinic, s.tokenHash, s.userID}}, nil
	case !ok || a.Kind == "":
		return opening{}, ErrNoWall
	case a.Kind == actor.KindUser:
		user := pgtype.UUID{Bytes: a.UserID, Valid: true} // the driver's own type costs no search for a plan
		return opening{d.open.user[readOnly], []any{a.ClinicID.String(), user, a.AuthSeq}}, nil
	}
	return opening{d.open.system[readOnly], []any{a.ClinicID.String(), "", ""}}, nil
}

// begin is the same as one text, for a transaction that begins explicitly. Its
// values are UUIDs, integers, hex and a checked role name.
func (o opening) begin(isolation string) string {
	text := o.sql
	for i := len(o.args); i > 0; i-- {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i), literal(o.args[i-1]))
	}
	return "begin" + isolation + ";" + text
}

func literal(v any) string {
	switch x := v.(type) {
	case int64:
		return strconv.FormatInt(x, 10)
	case pgtype.UUID:
		return "'" + uuid.UUID(x.Bytes).String() + "'"
	}
	return "'" + strings.ReplaceAll(fmt.Sprint(v), "'", "''") + "'"
}

// queueOpening puts the opening before what a batch holds already.
func queueOpening(b *pgx.Batch, o opening) {
	b.QueuedQueries = append([]*pgx.QueuedQuery{{SQL: o.sql, Arguments: o.args}}, b.QueuedQueries...)
}
