package account

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Address gives the keyed hash of an e-mail address and who has an account under
// it, nobody where there is none.
func (s *Service) Address(ctx context.Context, email string) (hash []byte, user uuid.UUID, err error) {
	if hash, err = s.emailHash(ctx, email); err != nil {
		return nil, uuid.Nil, err
	}
	var found bool
	err = s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&user}, `select id from users where email_hash = $1 and status = 'active'`, hash)
		return nil
	})
	return hash, user, err
}

// Enrolling is somebody who makes her account by taking an invitation.
type Enrolling struct {
	Person
	Password string
	// Clinic is the name of the clinic that asked her, which is no password.
	Clinic string
	// NeedsLicense says that she comes as a doctor: LGS 83 asks for her cédula.
	NeedsLicense bool
}

// Enrol prepares an account, outside any transaction, since a password takes
// long. Faults of the form are 400, all at once. insert writes it.
func (s *Service) Enrol(ctx context.Context, e Enrolling) (user uuid.UUID, insert func(context.Context, *db.Tx) error, err error) {
	p, faults := e.clean()
	p.ID = vault.NewID()
	if code, message := CheckPassword(e.Password, p, e.Clinic); code != "" {
		faults = append(faults, errs.Field{Field: "password", Code: code, Message: message})
	}
	if err := errs.Invalid(faults...); err != nil {
		return uuid.Nil, nil, err
	}
	password, err := s.hasher.hash(ctx, e.Password)
	if err != nil {
		return uuid.Nil, nil, err
	}
	row, err := s.rowOf(ctx, p, password)
	insert = func(ctx context.Context, t *db.Tx) error {
		row.insert(t)
		return s.askToVerify(ctx, t, p, false)
	}
	return p.ID, insert, err
}

// clean normalises who enrols and lists every fault but the password's.
func (e Enrolling) clean() (Person, []errs.Field) {
	p := e.Person
	var faults []errs.Field
	fault := func(field string, err error) {
		var m *mx.Error
		if errors.As(err, &m) {
			faults = append(faults, errs.Field{Field: field, Code: string(m.Reason), Message: m.Message()})
		}
	}
	missing := func(field string) {
		faults = append(faults, errs.Field{Field: field, Code: "required", Message: "Falta este dato."})
	}
	if p.FullName = mx.Line(p.FullName); len([]rune(p.FullName)) > longestText {
		faults = append(faults, errs.Field{Field: "full_name", Code: "length", Message: "Admite hasta 160 caracteres."})
	}
	_, err := mx.ValidateFullName(p.FullName)
	fault("full_name", err)
	if !validProfession(p.Profession) {
		faults = append(faults, errs.Field{Field: "profession", Code: "enum", Message: "Elija su profesión."})
	}
	if p.LicenseNumber != "" || e.NeedsLicense {
		p.LicenseNumber, err = mx.ParseLicense(p.LicenseNumber)
		fault("license_number", err)
	}
	switch p.TitleInstitution = mx.Line(p.TitleInstitution); {
	case p.TitleInstitution == "" && e.NeedsLicense:
		missing("title_institution")
	case len([]rune(p.TitleInstitution)) > longestText:
		faults = append(faults, errs.Field{Field: "title_institution", Code: "length", Message: "Admite hasta 160 caracteres."})
	case !mx.Printable(p.TitleInstitution):
		faults = append(faults, errs.Field{Field: "title_institution", Code: "format", Message: mx.Unprintable})
	}
	return p, faults
}

// rowOf seals a new person whose password was hashed.
func (s *Service) rowOf(ctx context.Context, p Person, password string) (userRow, error) {
	row := userRow{id: p.ID, password: password, licensed: p.Licensed(), now: s.clock.Now()}
	var err error
	if row.emailHash, err = s.emailHash(ctx, p.Email); err != nil {
		return row, err
	}
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return row, err
	}
	row.sealed, err = vault.Seal(key, personPlace(p.ID), p.sealed())
	return row, err
}

// ProveInvited proves that whoever takes an invitation is the person of its
// address, as at the door, second factor included: 401 auth.invalid_credentials,
// auth.totp_required or auth.invalid_code, counted together with sign-in; 429
// auth.too_many_failures.
func (s *Service) ProveInvited(ctx context.Context, email string, p Proof) error {
	_, _, err := s.prove(ctx, email, p.Password, func(user uuid.UUID) (wrong, err error) {
		_, wrong, err = s.secondStep(ctx, user, p.TOTPCode)
		return wrong, err
	})
	return err
}
