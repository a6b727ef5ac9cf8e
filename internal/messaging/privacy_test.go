package messaging_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/messaging"
	"historias/internal/whatsapp/whatsapptest"
)

// dump is every row of every table, as a superuser reads it.
func (c *circle) dump() string {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), c.Database.AdminURL)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(c.t.Context())) }()
	rows, err := conn.Query(c.t.Context(), `select format('%I.%I', schemaname, tablename) from pg_tables
		where schemaname in ('public', 'river')`)
	if err != nil {
		c.t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 20 {
		c.t.Fatalf("%d tables, %v", len(tables), err)
	}
	var all strings.Builder
	for _, table := range tables {
		var text *string
		err := conn.QueryRow(c.t.Context(), fmt.Sprintf(`select string_agg(row_to_json(x)::text, E'\n') from %s x`, table)).Scan(&text)
		if err != nil {
			c.t.Fatalf("%s: %v", table, err)
		}
		if text != nil {
			all.WriteString(*text + "\n")
		}
	}
	return all.String()
}

// Whoever steals the database learns from it no name, no telephone, no text, no
// secret of a button and nothing that WhatsApp calls a person or a message by.
func TestNothingOfAPersonStandsInTheDatabase(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142", consent.Care, consent.Marketing)
	c.says(wamid, "sent", "delivered", "read")
	c.meta.Write(t.Context(), "+525555550142", "Acepto, canario amarillo")
	c.work()
	c.meta.Write(t.Context(), "+525555550199", "Soy un canario extraviado")
	c.work()
	c.taps(wamid, whatsapptest.Tap{})
	if _, err := c.Consents.Revoke(c.ctx, consent.Revoking{
		PatientID: id, Purposes: []consent.Purpose{consent.Marketing}, Reason: "No quiere canarios.", RequestedBy: "patient",
	}); err != nil {
		t.Fatal(err)
	}
	broken, second := c.asked("55 5555 0177")
	if _, err := c.meta.Fail(t.Context(), second, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	if _, err := c.Messages.Resolve(c.ctx, c.question(broken).ID, "Contestó el canario."); err != nil {
		t.Fatal(err)
	}
	dump := c.dump()
	secrets := []string{
		"Fernanda", "Orozco", "Villaseñor", "5555550142", "5555550199", "5555550177", "canario", "Acepto", wamid,
		base64.StdEncoding.EncodeToString([]byte("5215555550142")), "consent:", "MX.",
	}
	for _, m := range c.messages(messaging.Filter{}) {
		secrets = append(secrets, m.WAMID)
	}
	for _, secret := range secrets {
		if at := strings.Index(dump, secret); secret != "" && at >= 0 {
			t.Errorf("%q stands in %s", secret, dump[max(0, at-200):min(len(dump), at+40)])
		}
	}
}

// The chain only grows, for the database's owner as well; a chain that somebody
// changed below the program is not shown as if it were true.
func TestChainsCannotBeChanged(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, _ := c.asked("55 5555 0142")
	conn, err := pgx.Connect(t.Context(), c.Database.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, sql := range []string{`update consent_events set type = 'accepted' where seq = 2`, `delete from consent_events`, `truncate consent_events`} {
		if _, err := conn.Exec(t.Context(), sql); db.SQLState(err) != "HS003" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, sql := range []string{`set session_replication_role = replica`, `delete from consent_events where seq = 2`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Consents.View(c.ctx, id); !errors.Is(err, consent.ErrBroken) {
		t.Fatalf("a chain without its end: %v", err)
	}
}
