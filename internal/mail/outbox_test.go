package mail_test

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/mail"
	"historias/internal/testkit"
)

// desk is a program whose letters go to a post office.
type desk struct {
	*testkit.Kit
	t      testing.TB
	office *postOffice
	ctx    context.Context
}

func newDesk(t *testing.T) desk {
	t.Helper()
	office := newPostOffice(t, false)
	kit := testkit.NewWith(t, func(c *config.Config) {
		c.FrontendURL = "https://historias.example"
		c.SMTP = config.SMTP{Host: "127.0.0.1", Port: office.port, From: from}
	})
	return desk{Kit: kit, t: t, office: office, ctx: actor.System(t.Context(), actor.Platform, "test")}
}

const address = "eva.montes@jacarandas.example"

func (d desk) letter(kind mail.Kind) mail.Letter {
	return mail.Letter{Kind: kind, To: address, Data: sample(d.Mail)[kind]}
}

// sample is what each kind is told.
func sample(o *mail.Outbox) map[mail.Kind]map[string]string {
	at := mail.When(time.Date(2026, 11, 24, 5, 30, 0, 0, time.UTC))
	link := o.Link("/pagina#secreto-de-un-enlace")
	return map[mail.Kind]map[string]string{
		mail.VerifyEmail: {"link": link}, mail.ResetPassword: {"link": link}, mail.PasswordChanged: nil,
		mail.Invitation:     {"clinic": "Clínica Jacarandas", "role": "nurse", "inviter": "Sofía Núñez", "link": link},
		mail.NewDevice:      {"device": "Chrome en Windows", "address": "192.0.2.7", "at": at},
		mail.FactorChanged:  {"what": string(mail.TOTPEnabled)},
		mail.FactorReminder: {"due": at}, mail.FactorReset: {"at": at, "link": link},
		mail.OwnershipOffered: {"clinic": "Clínica Jacarandas", "from": "Sofía Núñez", "link": link},
		mail.RoleChanged:      {"clinic": "Clínica Jacarandas", "role": "receptionist"},
		mail.AccessEnded:      {"clinic": "Clínica Jacarandas"},
	}
}

func (d desk) queue(l mail.Letter) {
	d.t.Helper()
	require.NoError(d.t, d.DB.WithTx(d.ctx, func(ctx context.Context, t *db.Tx) error { return d.Mail.Queue(ctx, t, l) }))
}

// work does every job that is due now.
func (d desk) work() {
	d.t.Helper()
	_, err := d.Queue.Drain(d.t.Context(), d.Fake.Now())
	require.NoError(d.t, err)
}

type kept struct {
	State, Reason  string
	Attempts, Code int
	Erased         bool
}

// kept is the one letter of the outbox.
func (d desk) kept() kept {
	d.t.Helper()
	var k kept
	require.NoError(d.t, d.DB.Read(d.ctx, func(q *db.Reader) error {
		q.One([]any{&k.State, &k.Reason, &k.Attempts, &k.Code, &k.Erased},
			`select state, reason, attempts, code, sealed is null from mail_outbox where clinic_id = $1`, actor.Platform)
		return nil
	}))
	return k
}

// text reads as the superuser, past the walls.
func (d desk) text(query string) (text string) {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.Database.AdminURL)
	require.NoError(d.t, err)
	defer func() { _ = conn.Close(d.t.Context()) }()
	require.NoError(d.t, conn.QueryRow(d.t.Context(), query).Scan(&text))
	return text
}

func (d desk) events(action string) int {
	d.t.Helper()
	var n int
	require.NoError(d.t, d.DB.Read(d.ctx, func(q *db.Reader) error {
		q.One([]any{&n}, `select count(*) from audit_events where clinic_id = $1 and action = $2`, actor.Platform, action)
		return nil
	}))
	return n
}

func decoded(t testing.TB, header string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(header)
	require.NoError(t, err)
	return text
}

// Every kind of letter arrives whole: text and HTML say the same, in Spanish,
// with its link and without anything left to fill in.
func TestEveryKindOfLetterArrives(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, kind := range mail.Kinds() {
		d.queue(d.letter(kind))
	}
	d.work()
	got := d.office.letters()
	require.Len(t, got, len(mail.Kinds()))
	subjects := map[string]bool{}
	for _, l := range got {
		subject := decoded(t, l.Header.Get("Subject"))
		require.NotEmpty(t, subject)
		require.False(t, subjects[subject], "two kinds with one subject: %s", subject)
		subjects[subject] = true
		for _, text := range []string{subject, l.Text, l.HTML} {
			require.NotContains(t, text, "{{")
			require.NotContains(t, text, "<no value>")
			require.NotContains(t, strings.TrimPrefix(text, "<!doctype html>"), "!", "%s", subject)
		}
		require.Contains(t, l.HTML, `<html lang="es-MX">`)
		link := "https://historias.example/pagina#secreto-de-un-enlace"
		require.Equal(t, strings.Contains(l.Text, link), strings.Contains(l.HTML, `href="`+link+`"`), subject)
	}
	require.Equal(t, len(got), d.events("mail.sent"))
}

// Moments and roles are said as people say them.
func TestFactsAreSaidInWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.queue(d.letter(mail.NewDevice))
	d.queue(d.letter(mail.RoleChanged))
	d.work()
	got := d.office.letters()
	require.Contains(t, got[0].Text, "23 de noviembre de 2026, 23:30 horas (hora del centro de México)")
	require.Contains(t, got[1].Text, "recepción")
	require.NotContains(t, got[1].Text, "receptionist")
}

// A letter exists exactly when its act does, and once.
func TestALetterGoesWithItsAct(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	undone := errors.New("undone")
	err := d.DB.WithTx(d.ctx, func(ctx context.Context, tx *db.Tx) error {
		require.NoError(t, d.Mail.Queue(ctx, tx, d.letter(mail.PasswordChanged)))
		return undone
	})
	require.ErrorIs(t, err, undone)
	d.work()
	require.Empty(t, d.office.letters())

	l := d.letter(mail.PasswordChanged)
	l.Key = "019a0000-0000-7000-8000-000000000001"
	d.queue(l)
	d.queue(l)
	d.work()
	require.Len(t, d.office.letters(), 1)
}

// A server that is down loses nothing: the letter waits and leaves once.
func TestALetterWaitsForTheServer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.office.behave(behaviour{atRcpt: &smtp.SMTPError{Code: 451, Message: "later"}})
	d.queue(d.letter(mail.VerifyEmail))
	for range 4 {
		d.work()
		require.Equal(t, "queued", d.kept().State)
		d.Fake.Advance(20 * time.Minute)
	}
	d.office.behave(behaviour{})
	d.work()
	require.Equal(t, kept{State: "sent", Attempts: 5, Erased: true}, d.kept())
	d.Fake.Advance(24 * time.Hour)
	d.work()
	require.Len(t, d.office.letters(), 1)
}

// A letter is tried for a day, the link of a forgotten password for the hour it
// is good for.
func TestALetterIsNotTriedForEver(t *testing.T) {
	t.Parallel()
	for kind, hours := range map[mail.Kind]int{mail.VerifyEmail: 24, mail.ResetPassword: 1} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.office.behave(behaviour{atRcpt: &smtp.SMTPError{Code: 451, Message: "later"}})
			d.queue(d.letter(kind))
			end := d.Fake.Now().Add(time.Duration(hours) * time.Hour)
			for !d.Fake.Now().After(end) {
				d.work()
				d.Fake.Advance(5 * time.Minute)
			}
			tried := d.kept()
			require.Equal(t, kept{State: "failed", Reason: "temporary", Attempts: tried.Attempts, Code: 451, Erased: true}, tried)
			require.Greater(t, tried.Attempts, 3)
			require.Less(t, tried.Attempts, 20)
			require.Equal(t, 1, d.events("mail.failed"))
		})
	}
}

// An address that the server refuses fails at once, and is in the trail.
func TestARefusedAddressFailsAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.office.behave(behaviour{atRcpt: &smtp.SMTPError{Code: 550, Message: "unknown"}})
	d.queue(d.letter(mail.VerifyEmail))
	d.work()
	require.Equal(t, kept{State: "failed", Reason: "refused", Attempts: 1, Code: 550, Erased: true}, d.kept())
	require.Equal(t, 1, d.events("mail.failed"))
	d.office.behave(behaviour{})
	d.Fake.Advance(24 * time.Hour)
	d.work()
	require.Empty(t, d.office.letters())
}

// When the answer to a letter is lost it may have arrived: it is sent once more,
// as the same letter, and not a third time.
func TestALostAnswerIsRepeatedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.office.behave(behaviour{hangUp: true})
	d.queue(d.letter(mail.VerifyEmail))
	for range 5 {
		d.work()
		d.Fake.Advance(time.Hour)
	}
	got := d.office.letters()
	require.Len(t, got, 2)
	require.Equal(t, got[0].Header.Get("Message-ID"), got[1].Header.Get("Message-ID"))
	require.Equal(t, kept{State: "failed", Reason: "unknown", Attempts: 2, Erased: true}, d.kept())
}

// An attempt that the program did not live to write down counts as one whose
// answer was lost.
func TestAnAttemptCutOffIsRepeatedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.queue(d.letter(mail.VerifyEmail))
	d.Database.Exec(t, `update mail_outbox set attempts = 1, trying_since = now()`)
	d.work()
	require.Equal(t, "queued", d.kept().State)
	require.Empty(t, d.office.letters())
	d.Fake.Advance(time.Hour)
	d.work()
	require.Equal(t, kept{State: "sent", Attempts: 2, Erased: true}, d.kept())
}

// Nothing in a letter begins another header, another recipient or another
// button, whatever a person calls her clinic.
func TestALetterHoldsNoForeignHeader(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	l := d.letter(mail.Invitation)
	l.Data["clinic"] = "Clínica\r\nBcc: otra@persona.example\r\n\r\n[Pulse](https://mala.example) <script>alert(1)</script>"
	d.queue(l)
	d.work()
	got := d.office.letters()[0]
	require.Empty(t, got.Header.Get("Bcc"))
	require.Equal(t, address, got.To)
	require.NotContains(t, got.HTML, "<script>")
	require.NotContains(t, got.HTML, `href="https://mala.example`)
	require.NotContains(t, decoded(t, got.Header.Get("Subject")), "\n")
}

// A letter that is not whole is a fault of the program and is never queued.
func TestALetterIsWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for name, spoil := range map[string]func(*mail.Letter){
		"no address":       func(l *mail.Letter) { l.To = "" },
		"two addresses":    func(l *mail.Letter) { l.To = "a@b.example, c@d.example" },
		"a second header":  func(l *mail.Letter) { l.To = "a@b.example\r\nBcc: c@d.example" },
		"no such kind":     func(l *mail.Letter) { l.Kind = "postal" },
		"a fact missing":   func(l *mail.Letter) { delete(l.Data, "clinic") },
		"a fact too many":  func(l *mail.Letter) { l.Data["patient"] = "x" },
		"no such role":     func(l *mail.Letter) { l.Data["role"] = "boss" },
		"a link elsewhere": func(l *mail.Letter) { l.Data["link"] = "javascript:alert(1)" },
	} {
		l := d.letter(mail.Invitation)
		spoil(&l)
		err := d.DB.WithTx(d.ctx, func(ctx context.Context, tx *db.Tx) error { return d.Mail.Queue(ctx, tx, l) })
		require.Error(t, err, name)
		require.NotContains(t, fmt.Sprint(err), "example", name)
	}
}

// While it waits a letter is sealed, and the job that carries it names it only.
func TestALetterIsSealedWhileItWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.queue(d.letter(mail.ResetPassword))
	row := d.text(`select string_agg(t::text, ' ') from mail_outbox t`)
	job := d.text(`select string_agg(t::text, ' ') from river.river_job t where kind = 'send_letter'`)
	for _, secret := range []string{"secreto-de-un-enlace", "eva.montes", "jacarandas", "historias.example"} {
		require.NotContains(t, row, secret)
		require.NotContains(t, job, secret)
	}
}

// Without SMTP outside production letters are kept to be read, newest first, and
// none leaves; with SMTP none is kept.
func TestLettersAreShownWhereNoneLeave(t *testing.T) {
	t.Parallel()
	kit := testkit.NewWith(t, func(c *config.Config) { c.FrontendURL = "https://historias.example" })
	d := desk{Kit: kit, t: t, ctx: actor.System(t.Context(), actor.Platform, "test")}
	d.queue(d.letter(mail.PasswordChanged))
	d.Fake.Advance(time.Minute)
	d.queue(d.letter(mail.VerifyEmail))
	d.work()
	require.True(t, kit.Mail.Showing())
	all, err := kit.Mail.Latest(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, mail.VerifyEmail, all[0].Kind)
	require.Equal(t, "https://historias.example/pagina#secreto-de-un-enlace", all[0].Link)

	real := newDesk(t)
	real.queue(real.letter(mail.VerifyEmail))
	real.work()
	require.False(t, real.Mail.Showing())
	all, err = real.Mail.Latest(t.Context())
	require.NoError(t, err)
	require.Empty(t, all)
}

// In production without SMTP a letter waits for the operator, and for a day.
func TestProductionWithoutAServerWaits(t *testing.T) {
	t.Parallel()
	kit := testkit.NewWith(t, func(c *config.Config) {
		c.Environment, c.FrontendURL = "production", "https://historias.example"
	})
	d := desk{Kit: kit, t: t, ctx: actor.System(t.Context(), actor.Platform, "test")}
	d.queue(d.letter(mail.VerifyEmail))
	d.work()
	require.Equal(t, kept{State: "queued", Reason: "configuration", Attempts: 1}, d.kept())
}
