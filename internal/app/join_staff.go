package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/db"
	"historias/internal/staff"
)

// buildStaff makes the staff; it comes after the notes, whose drafts it passes on.
func (a *App) buildStaff() {
	a.Staff = staff.New(staff.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Accounts: accountsForStaff{a}, People: peopleForStaff{a},
		Sessions: sessionsForStaff{a}, Clinics: clinicsForStaff{a}, Drafts: draftsForStaff{a}, Post: a.Mail,
	})
}

type accountsForStaff struct{ *App }

// Address finds who has an account under an address.
func (j accountsForStaff) Address(ctx context.Context, email string) (staff.Address, error) {
	hash, user, err := j.Accounts.Address(ctx, email)
	return staff.Address{Hash: hash, UserID: user}, err
}

// Enrol prepares a new account.
func (j accountsForStaff) Enrol(ctx context.Context, n staff.Newcomer) (staff.Enrolment, error) {
	user, insert, err := j.Accounts.Enrol(ctx, account.Enrolling{
		Person: account.Person{
			FullName: n.FullName, Email: n.Email, Profession: account.Profession(n.Profession),
			LicenseNumber: n.LicenseNumber, TitleInstitution: n.TitleInstitution,
		},
		Password: n.Password, Clinic: n.Clinic, NeedsLicense: n.NeedsLicense,
	})
	return staff.Enrolment{UserID: user, Insert: insert}, err
}

// Prove proves that whoever answers is the person of an address.
func (j accountsForStaff) Prove(ctx context.Context, email string, p staff.Proof) error {
	return j.Accounts.ProveInvited(ctx, email, account.Proof{Password: p.Password, TOTPCode: p.TOTPCode})
}

type peopleForStaff struct{ *App }

// People gives several persons of the staff.
func (j peopleForStaff) People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]staff.Person, error) {
	people, err := j.Accounts.People(ctx, ids)
	out := make(map[uuid.UUID]staff.Person, len(people))
	for id, p := range people {
		out[id] = staff.Person{FullName: p.FullName, Email: p.Email, Licensed: p.Licensed()}
	}
	return out, err
}

type sessionsForStaff struct{ *App }

// Open opens the session of somebody who took an invitation.
func (j sessionsForStaff) Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (staff.Ticket, error) {
	o, err := j.Sessions.Open(ctx, t, user, clinic, agent)
	return staff.Ticket{SessionID: o.ID, Token: o.Token, ExpiresAt: o.ExpiresAt}, err
}

// Fresh asks for a proof of a moment ago.
func (j sessionsForStaff) Fresh(ctx context.Context) error { return j.Sessions.Fresh(ctx) }

type clinicsForStaff struct{ *App }

// Name is the name by which people know the actor's clinic.
func (j clinicsForStaff) Name(ctx context.Context) (string, error) {
	p, err := j.Clinics.Profile(ctx)
	return p.DisplayName(), err
}

type draftsForStaff struct{ *App }

// Count tells how many drafts a person has.
func (j draftsForStaff) Count(ctx context.Context, t *db.Tx, user uuid.UUID) (int, error) {
	notes, err := j.Consultations.CountDrafts(ctx, t, user)
	if err != nil {
		return 0, err
	}
	recetas, err := j.Prescriptions.CountDrafts(ctx, t, user)
	return notes + recetas, err
}

// Pass hands a person's drafts to another one.
func (j draftsForStaff) Pass(ctx context.Context, t *db.Tx, from, to uuid.UUID) ([]uuid.UUID, error) {
	notes, err := j.Consultations.PassDrafts(ctx, t, from, to)
	if err != nil {
		return nil, err
	}
	recetas, err := j.Prescriptions.PassDrafts(ctx, t, from, to)
	return append(notes, recetas...), err
}
