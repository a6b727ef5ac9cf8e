package staff

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

const (
	memberColumns = `id, user_id, role, status, version, created_at, ended_at`
	selectMembers = `select ` + memberColumns + ` from memberships where clinic_id = $1 and id > $2 order by id limit $3`
	selectMember  = `select ` + memberColumns + ` from memberships where clinic_id = $1 and id = $2`
	holdMember    = selectMember + ` for no key update`
	memberOf      = `select ` + memberColumns + ` from memberships where clinic_id = $1 and user_id = $2`
	endMember     = `update memberships set status = 'ended', ended_at = $4, version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'active'`
	changeRole = `update memberships set role = $4, role_since = $5, version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'active'`
	// A place that ended comes back under its id; one that is active does not.
	takePlace = `insert into memberships (clinic_id, id, user_id, role, created_at, role_since) values ($1, $2, $3, $4, $5, $5)
		on conflict (clinic_id, id) do update set role = excluded.role, role_since = excluded.role_since, status = 'active',
		ended_at = null, version = memberships.version + 1 where memberships.status = 'ended' and memberships.user_id = excluded.user_id`
	endSessions = `update sessions set revoked_at = $3 where clinic_id = $1 and user_id = $2 and revoked_at is null`
	otherOwners = `select count(*) from memberships where clinic_id = $1 and id <> $2 and role = 'owner' and status = 'active'`

	invitationColumns = `clinic_id, id, email_hash, sealed, role, status, invited_by, created_at, expires_at, version`
	selectInvitations = `select ` + invitationColumns + ` from invitations where clinic_id = $1 and status = 'open' and id > $2
		order by id limit $3`
	selectInvitation  = `select ` + invitationColumns + ` from invitations where clinic_id = $1 and id = $2 and status = 'open'`
	holdInvitation    = selectInvitation + ` for no key update`
	invitationByToken = `select ` + invitationColumns + ` from invitations where token_hash = $1 and status <> 'cancelled'`
	invitationOf      = `select ` + invitationColumns + ` from invitations where clinic_id = $1 and email_hash = $2
		order by created_at desc limit 1`
	writeInvitation = `insert into invitations (clinic_id, id, email_hash, sealed, role, token_hash, invited_by, created_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (clinic_id, id) do update set email_hash = excluded.email_hash, sealed = excluded.sealed, role = excluded.role,
		status = 'open', token_hash = excluded.token_hash, invited_by = excluded.invited_by, created_at = excluded.created_at,
		expires_at = excluded.expires_at, accepted_by = null, accepted_at = null, version = invitations.version + 1`
	renewInvitation = `update invitations set token_hash = $4, expires_at = $5, version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'open'`
	changeInvitation = `update invitations set role = $4, version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'open'`
	cancelInvitation = `update invitations set status = 'cancelled', version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'open'`
	useInvitation = `update invitations set status = 'accepted', accepted_by = $4, accepted_at = $5, version = version + 1
		where clinic_id = $1 and id = $2 and token_hash = $3 and status = 'open' and expires_at > $5 and version = $6`
	wasAccepted = `select exists (select from invitations where clinic_id = $1 and id = $2 and status = 'accepted')`
)

// memberRow is a membership as it is stored.
type memberRow struct {
	id, user  uuid.UUID
	role      actor.Role
	status    Status
	version   int64
	createdAt time.Time
	endedAt   *time.Time
}

func (r *memberRow) dest() []any {
	return []any{&r.id, &r.user, &r.role, &r.status, &r.version, &r.createdAt, &r.endedAt}
}

// invitationRow is an invitation as it is stored.
type invitationRow struct {
	clinic, id           uuid.UUID
	emailHash            []byte
	sealed               invitationToken
	role                 actor.Role
	status               string
	invitedBy            uuid.UUID
	createdAt, expiresAt time.Time
	version              int64
}

func (r *invitationRow) dest() []any {
	return []any{
		&r.clinic, &r.id, &r.emailHash, (*string)(&r.sealed), &r.role, &r.status, &r.invitedBy, &r.createdAt, &r.expiresAt, &r.version,
	}
}

func gather[T any](into *[]T, dest func(*T) []any) func(db.Row) error {
	return func(from db.Row) error {
		var r T
		err := from.Scan(dest(&r)...)
		*into = append(*into, r)
		return err
	}
}

// open reads who is invited.
func (s *Service) open(ctx context.Context, r invitationRow) (sealedInvitation, error) {
	key, err := s.Vault.Key(ctx, r.clinic, vault.PurposeData)
	if err != nil {
		return sealedInvitation{}, err
	}
	return r.sealed.Open(key, invitationPlace(r.clinic, r.id))
}

// invited turns an invitation into a place that waits.
func (s *Service) invited(ctx context.Context, r invitationRow) (Member, error) {
	facts, err := s.open(ctx, r)
	m := Member{
		ID: r.id, Email: facts.Email, FullName: facts.FullName, Role: r.role, Status: Invited,
		Since: r.createdAt.UTC(), ExpiresAt: r.expiresAt.UTC(), Version: r.version,
	}
	if !r.expiresAt.After(s.Clock.Now()) {
		m.Status = Expired
	}
	return m, err
}

// member turns a membership into a place that is or was taken.
func member(ctx context.Context, r memberRow, p Person) Member {
	m := Member{
		ID: r.id, UserID: r.user, Email: p.Email, FullName: p.FullName, Role: r.role, Status: r.status,
		Since: r.createdAt.UTC(), Version: r.version, Own: r.user == actor.Must(ctx).UserID,
		Prescribes: r.status == Active && writes(r.role, p.Licensed),
	}
	if r.endedAt != nil {
		m.EndedAt = r.endedAt.UTC()
	}
	return m
}
