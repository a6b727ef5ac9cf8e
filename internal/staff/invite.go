package staff

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// Link is an invitation as it was just made: its address is shown once, and
// goes by mail as well.
type Link struct {
	Member
	URL string
}

// Invite asks somebody to work in the clinic. Faults of the form are 400; who
// works here already is 409 staff.already_member, who was asked and may still
// answer 409 staff.already_invited. Asking an owner needs a fresh proof.
func (s *Service) Invite(ctx context.Context, i Invitation) (Link, error) {
	i, err := i.Clean()
	if err != nil {
		return Link{}, err
	}
	if grave("", i.Role) {
		if err := s.proved(ctx); err != nil {
			return Link{}, err
		}
	}
	at, err := s.Accounts.Address(ctx, i.Email)
	if err != nil {
		return Link{}, err
	}
	id, err := s.placeFor(ctx, at)
	if err != nil {
		return Link{}, err
	}
	return s.ask(ctx, id, at.Hash, i)
}

// placeFor gives the id of the place: the one that the person had, or was asked
// to take, else a new one.
func (s *Service) placeFor(ctx context.Context, at Address) (uuid.UUID, error) {
	var row memberRow
	var waiting invitationRow
	var known, asked bool
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&known, row.dest(), memberOf, actor.Clinic(ctx), at.UserID)
		q.Maybe(&asked, waiting.dest(), invitationOf, actor.Clinic(ctx), at.Hash)
		return nil
	})
	switch {
	case err != nil:
		return uuid.Nil, err
	case known && row.status == Active:
		return uuid.Nil, existing(errAlreadyMember, row.id)
	case asked && waiting.status == "open" && waiting.expiresAt.After(s.Clock.Now()):
		return uuid.Nil, existing(errAlreadyAsked, waiting.id)
	case known:
		return row.id, nil
	case asked && waiting.status != "accepted":
		return waiting.id, nil
	}
	return vault.NewID(), nil
}

func existing(e *errs.Error, id uuid.UUID) error {
	told := *e
	told.Existing = id.String()
	return &told
}

func (s *Service) ask(ctx context.Context, id uuid.UUID, hash []byte, i Invitation) (Link, error) {
	clinic, now, secret := actor.Clinic(ctx), s.Clock.Now(), vault.NewToken(32)
	key, err := s.Vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return Link{}, err
	}
	sealed, err := vault.Seal(key, invitationPlace(clinic, id), sealedInvitation{Email: i.Email, FullName: i.FullName})
	if err != nil {
		return Link{}, err
	}
	url := s.Post.Link("/invitacion/" + secret)
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		// An earlier one that waited too long gives its address free.
		t.Exec(`update invitations set status = 'cancelled', version = version + 1
			where clinic_id = $1 and email_hash = $2 and status = 'open' and expires_at <= $3 and id <> $4`, clinic, hash, now, id)
		t.Exec(writeInvitation, clinic, id, hash, string(sealed), string(i.Role), vault.TokenHash(secret),
			actor.Must(ctx).UserID, now, now.Add(InvitationLife))
		if err := s.letter(ctx, t, i.Email, i.Role, url); err != nil {
			return err
		}
		return s.record(ctx, audit.StaffInvited, id, string(i.Role))
	})
	if db.Violates(err, "invitations_by_address") {
		return Link{}, errAlreadyAsked
	}
	if err != nil {
		return Link{}, err
	}
	m, err := s.read(ctx, id)
	return Link{Member: m, URL: url}, err
}

// letter queues the invitation's mail.
func (s *Service) letter(ctx context.Context, t *db.Tx, to string, role actor.Role, url string) error {
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return err
	}
	inviter, err := s.person(ctx, actor.Must(ctx).UserID)
	if err != nil {
		return err
	}
	return s.Post.Queue(ctx, t, mail.Letter{Kind: mail.Invitation, To: to, Data: map[string]string{
		"clinic": name, "role": string(role), "inviter": inviter.FullName, "link": url,
	}})
}

func (s *Service) record(ctx context.Context, action audit.Action, id uuid.UUID, reason string) error {
	return s.Trail.Record(ctx, audit.Event{Action: action, SubjectType: "membership", SubjectID: id, Reason: reason})
}

// Renew makes a new link for an invitation that waits; the one before stops
// working. errs.NotFound("staff"); 409 staff.already_member once it was taken.
func (s *Service) Renew(ctx context.Context, id uuid.UUID) (Link, error) {
	m, err := s.read(ctx, id)
	switch {
	case err != nil:
		return Link{}, err
	case m.Status == Active:
		return Link{}, errAlreadyMember
	case m.Status == Ended:
		return Link{}, errs.NotFound("staff")
	}
	if grave("", m.Role) {
		if err := s.proved(ctx); err != nil {
			return Link{}, err
		}
	}
	secret, ends := vault.NewToken(32), s.Clock.Now().Add(InvitationLife)
	url := s.Post.Link("/invitacion/" + secret)
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("staff"), renewInvitation, actor.Clinic(ctx), id, m.Version, vault.TokenHash(secret), ends)
		if err := s.letter(ctx, t, m.Email, m.Role, url); err != nil {
			return err
		}
		return s.record(ctx, audit.StaffInvitationRenewed, id, string(m.Role))
	})
	m.Status, m.ExpiresAt, m.Version = Invited, ends.UTC().Truncate(time.Microsecond), m.Version+1
	return Link{Member: m, URL: url}, err
}
