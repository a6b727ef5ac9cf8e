// Package staff holds who works in a clinic: invitations, roles, leaving, and
// whose the clinic is. What a role may do stands in package actor.
//
// A place in the clinic has one id from the invitation on. Access ends and roles
// change with the next request, because a trigger of memberships raises
// users.auth_seq; what somebody signed stays hers.
package staff

import (
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Status is where a place in the clinic stands.
type Status string

// The states of a place.
const (
	Invited Status = "invited" // the invitation waits
	Expired Status = "expired" // it waited too long
	Active  Status = "active"
	Ended   Status = "ended" // the person has no access any more
)

// How long somebody has to answer.
const (
	InvitationLife = 72 * time.Hour
	OfferLife      = 72 * time.Hour
)

// Member is a place in the clinic, taken or waiting.
type Member struct {
	ID       uuid.UUID // of the membership, the same before and after
	UserID   uuid.UUID // nil while invited
	Email    string
	FullName string
	Role     actor.Role
	Status   Status
	// Prescribes says that drafts may be handed to her: she writes notes here.
	Prescribes bool
	// Own says that it is the caller's.
	Own       bool
	Since     time.Time
	ExpiresAt time.Time // of the invitation; zero otherwise
	EndedAt   time.Time
	Version   int64
}

// Invitation is what somebody is asked to take.
type Invitation struct {
	Email    string
	FullName string
	Role     actor.Role
}

// Clean normalises it and lists every fault (400).
func (i Invitation) Clean() (Invitation, error) {
	var f faults
	email, err := mx.ParseEmail(i.Email)
	f.mx("email", err)
	i.Email = email.String()
	if i.FullName = mx.Line(i.FullName); i.FullName == "" {
		f.add("full_name", "required", "Falta este dato.")
	} else {
		_, err = mx.ValidateFullName(i.FullName)
		f.mx("full_name", err)
	}
	f.role("role", i.Role)
	return i, errs.Invalid(f.list...)
}

// faults collects what is wrong with a form.
type faults struct{ list []errs.Field }

func (f *faults) add(field, code, message string) {
	f.list = append(f.list, errs.Field{Field: field, Code: code, Message: message})
}

func (f *faults) mx(field string, err error) {
	var e *mx.Error
	if errors.As(err, &e) {
		f.add(field, string(e.Reason), e.Message())
	}
}

func (f *faults) role(field string, role actor.Role) {
	if !role.Known() {
		f.add(field, "enum", "Elija una función de la lista.")
	}
}

// sealedInvitation is the sealed part of an invitation.
type sealedInvitation struct {
	Email    string `json:"email"`
	FullName string `json:"full_name"`
}

type invitationToken = vault.Sealed[sealedInvitation]

const purposeInvitation = "staff.invitation"

func invitationPlace(clinic, id uuid.UUID) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purposeInvitation, Row: id}
}
