package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"historias/internal/actor"
)

// The opening statements. The role stands outside any condition, so that even
// a superuser login never runs unwalled. A session whose auth_seq has moved
// raises HS001 and takes the whole transaction with it.
const (
	openUser = `select set_config('role', $1, true), set_config('transaction_read_only', $2, true),
 set_config('app.clinic_id', coalesce((select $3::text from users where id = $4 and auth_seq = $5), wall_closed()), true)`
	openSystem = `select set_config('role', $1, true), set_config('transaction_read_only', $2, true),
 set_config('app.clinic_id', $3, true), set_config('app.token_hash', $4, true), set_config('app.user_id', $5, true)`
)

// opening is the first statement of one transaction.
type opening struct {
	sql  string
	args []any
}

func (d *DB) opening(ctx context.Context, readOnly bool) (opening, error) {
	a, ok := actor.From(ctx)
	s := scopeOf(ctx)
	mode := "off"
	if readOnly {
		mode = "on"
	}
	switch {
	case s.set:
		return opening{openSystem, []any{d.role, mode, s.clinic, s.tokenHash, s.userID}}, nil
	case !ok || a.Kind == "":
		return opening{}, ErrNoWall
	case a.Kind == actor.KindUser:
		return opening{openUser, []any{d.role, mode, a.ClinicID.String(), a.UserID, a.AuthSeq}}, nil
	}
	return opening{openSystem, []any{d.role, mode, a.ClinicID.String(), "", ""}}, nil
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
	if n, ok := v.(int64); ok {
		return fmt.Sprint(n)
	}
	return "'" + strings.ReplaceAll(fmt.Sprint(v), "'", "''") + "'"
}

// queueOpening puts the opening before what a batch holds already.
func queueOpening(b *pgx.Batch, o opening) {
	b.QueuedQueries = append([]*pgx.QueuedQuery{{SQL: o.sql, Arguments: o.args}}, b.QueuedQueries...)
}
