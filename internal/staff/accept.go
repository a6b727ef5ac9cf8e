package staff

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Offered is an invitation as whoever holds its link sees it.
type Offered struct {
	ClinicName string
	InvitedBy  string
	Email      string
	FullName   string
	Role       actor.Role
	// HasAccount says that the address has an account: its own password is asked.
	HasAccount bool
	ExpiresAt  time.Time
	Letter     Letter
}

// found is an invitation with its clinic as the context.
type found struct {
	invitationRow
	facts sealedInvitation
	hash  []byte
}

// Open shows an invitation to whoever holds its link. Nothing changes, however
// often it is opened. errs.NotFound("invitation") for a link of nothing, a
// renewed or a cancelled one; 409 invitation.used, invitation.expired.
func (s *Service) Open(ctx context.Context, secret string) (Offered, error) {
	f, ctx, err := s.find(ctx, secret)
	if err != nil {
		return Offered{}, err
	}
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return Offered{}, err
	}
	at, err := s.Accounts.Address(ctx, f.facts.Email)
	if err != nil {
		return Offered{}, err
	}
	inviter, err := s.person(ctx, f.invitedBy)
	if err != nil {
		return Offered{}, err
	}
	err = s.record(ctx, audit.StaffInvitationRead, f.id, "")
	return Offered{
		ClinicName: name, InvitedBy: inviter.FullName, Email: f.facts.Email, FullName: f.facts.FullName, Role: f.role,
		HasAccount: at.UserID != uuid.Nil, ExpiresAt: f.expiresAt.UTC(), Letter: current(),
	}, err
}

// find reads the invitation of a link and steps into its clinic. Spaces that
// came along with a copied link do no harm.
func (s *Service) find(ctx context.Context, secret string) (found, context.Context, error) {
	f := found{hash: vault.TokenHash(strings.TrimSpace(secret))}
	err := s.DB.Read(db.WithToken(ctx, hex.EncodeToString(f.hash)), func(q *db.Reader) error {
		q.One(f.dest(), invitationByToken, f.hash)
		return nil
	})
	if err != nil {
		return f, ctx, db.Missing(err, "invitation")
	}
	switch {
	case f.status == "accepted":
		return f, ctx, errUsed
	case !f.expiresAt.After(s.Clock.Now()):
		return f, ctx, errExpired
	}
	ctx = actor.Public(db.WithoutScope(ctx), f.clinic)
	f.facts, err = s.open(ctx, f.invitationRow)
	return f, ctx, err
}

// Answer is what somebody gives to take an invitation.
type Answer struct {
	Newcomer
	TOTPCode              string
	AcceptConfidentiality bool
	Agent                 string
}

// Entered is somebody who has just come in.
type Entered struct {
	UserID   uuid.UUID
	ClinicID uuid.UUID
	Ticket   Ticket
}

// Accept takes an invitation, once: it makes the account, or proves that whoever
// answers is the person of the address, and opens a session. Errors are those of
// Open, of Accounts.Enrol and of Accounts.Prove; 409 staff.already_member,
// invitation.changed; 422 staff.license_required.
func (s *Service) Accept(ctx context.Context, secret string, a Answer) (Entered, error) {
	f, ctx, err := s.find(ctx, secret)
	if err != nil {
		return Entered{}, err
	}
	if !a.AcceptConfidentiality {
		return Entered{}, errs.Invalid(errs.Field{
			Field: "accept_confidentiality", Code: "required", Message: "Es necesario aceptar la carta de confidencialidad para entrar.",
		})
	}
	who, err := s.arrives(ctx, f, a)
	if err != nil {
		return Entered{}, err
	}
	e := Entered{UserID: who.UserID, ClinicID: f.clinic}
	ctx = actor.With(ctx, &actor.Actor{Kind: actor.KindSystem, ClinicID: f.clinic, System: "invitation"})
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		var err error
		e.Ticket, err = s.take(ctx, t, f, who, a.Agent)
		return err
	})
	return e, taken(err)
}

// arrives says who takes the invitation.
func (s *Service) arrives(ctx context.Context, f found, a Answer) (Enrolment, error) {
	at, err := s.Accounts.Address(ctx, f.facts.Email)
	if err != nil {
		return Enrolment{}, err
	}
	if at.UserID != uuid.Nil {
		return s.returns(ctx, f, at.UserID, Proof{Password: a.Password, TOTPCode: a.TOTPCode})
	}
	n := a.Newcomer
	if n.Clinic, err = s.Clinics.Name(ctx); err != nil {
		return Enrolment{}, err
	}
	n.Email, n.NeedsLicense = f.facts.Email, f.role == actor.RoleDoctor
	if strings.TrimSpace(n.FullName) == "" {
		n.FullName = f.facts.FullName
	}
	if n.Profession == "" && !n.NeedsLicense {
		n.Profession = usual(f.role)
	}
	return s.Accounts.Enrol(ctx, n)
}

// returns proves that whoever answers is the person of the account that the
// address has, and that she may be what she is asked to be.
func (s *Service) returns(ctx context.Context, f found, user uuid.UUID, p Proof) (Enrolment, error) {
	if err := s.Accounts.Prove(ctx, f.facts.Email, p); err != nil {
		return Enrolment{}, err
	}
	person, err := s.person(ctx, user)
	if err == nil && unfit(f.role, person.Licensed) {
		err = errUnlicensedSelf
	}
	return Enrolment{UserID: user, Insert: func(context.Context, *db.Tx) error { return nil }}, err
}

// usual is the profession of who does not say it.
func usual(role actor.Role) string {
	if role == actor.RoleNurse {
		return "enfermeria"
	}
	return "otra"
}

// take puts the person in her place, in the transaction that uses the link up.
func (s *Service) take(ctx context.Context, t *db.Tx, f found, who Enrolment, agent string) (Ticket, error) {
	now := s.Clock.Now()
	if err := who.Insert(ctx, t); err != nil {
		return Ticket{}, err
	}
	if err := s.use(t, f, who.UserID, now); err != nil {
		return Ticket{}, err
	}
	placed, err := t.Affected(takePlace, f.clinic, f.id, who.UserID, string(f.role), now)
	if err != nil {
		return Ticket{}, err
	}
	if placed == 0 {
		return Ticket{}, errAlreadyMember
	}
	// From here on it is she who acts.
	ctx = actor.With(ctx, &actor.Actor{Kind: actor.KindUser, UserID: who.UserID, ClinicID: f.clinic, Role: f.role})
	s.accepted(ctx, t, who.UserID, current(), now)
	ticket, err := s.Sessions.Open(ctx, t, who.UserID, f.clinic, agent)
	if err != nil {
		return ticket, err
	}
	if err := s.record(ctx, audit.StaffJoined, f.id, string(f.role)); err != nil {
		return ticket, err
	}
	return ticket, s.Trail.Record(ctx, audit.Event{Action: audit.SessionOpened, SubjectType: "session", SubjectID: ticket.SessionID})
}

// use uses an invitation up as it was when she read it: whoever invited may have
// changed the role, or taken it back, while her password was judged.
func (s *Service) use(t *db.Tx, f found, user uuid.UUID, now time.Time) error {
	n, err := t.Affected(useInvitation, f.clinic, f.id, f.hash, user, now, f.version)
	if err != nil || n == 1 {
		return err
	}
	var used bool
	if err := t.One([]any{&used}, wasAccepted, f.clinic, f.id); err != nil {
		return err
	}
	if used {
		return errUsed
	}
	return errInvitationChanged
}

// taken says in our words what the database found taken meanwhile.
func taken(err error) error {
	switch {
	case db.Violates(err, "memberships_clinic_id_user_id_key"):
		return errAlreadyMember
	case db.Violates(err, "users_email_hash_key"):
		return errs.Conflict("account.email_taken", "Ya hay una cuenta con ese correo. Abra la invitación de nuevo y use su contraseña.")
	}
	return err
}
