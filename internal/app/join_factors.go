package app

import (
	"context"
	"fmt"
	"net"
	"net/url"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/db"
	"historias/internal/factor"
	"historias/internal/guard"
)

// buildFactors makes the second factors; it comes before the accounts, which ask
// for them.
func (a *App) buildFactors() error {
	var err error
	a.Factors, err = factor.New(factor.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue, Guard: guard.New(a.DB, a.Vault, a.Clock),
		Letters: a.Mail, People: peopleForFactors{a}, Site: a.site(),
	})
	return err
}

// site is where people reach the program. Outside production an address that is
// a number of this machine stands for its name: a passkey cannot belong to a number.
func (a *App) site() factor.Site {
	s := factor.Site{Address: a.Config.FrontendURL, Origins: a.Config.AllowedOrigins}
	switch {
	case !a.Config.Production() && numbered(s.Address):
		s.Address = fmt.Sprintf("http://localhost:%d", a.Config.Port)
	case s.Address == "" && len(s.Origins) > 0:
		s.Address = s.Origins[0]
	}
	return s
}

// numbered tells whether an address is missing or names this machine by number.
func numbered(address string) bool {
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return address == ""
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}

type peopleForFactors struct{ *App }

// Contact gives a person's name and address.
func (j peopleForFactors) Contact(ctx context.Context, user uuid.UUID) (factor.Contact, error) {
	p, err := j.Accounts.Person(ctx, user)
	return factor.Contact{FullName: p.FullName, Email: p.Email}, err
}

// Contacts gives several at once.
func (j peopleForFactors) Contacts(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]factor.Contact, error) {
	people, err := j.Accounts.People(ctx, users)
	all := make(map[uuid.UUID]factor.Contact, len(people))
	for id, p := range people {
		all[id] = factor.Contact{FullName: p.FullName, Email: p.Email}
	}
	return all, err
}

type factorsForAccounts struct{ *App }

// Enrolled tells whether a person has a second factor.
func (j factorsForAccounts) Enrolled(ctx context.Context, user uuid.UUID) (bool, error) {
	return j.Factors.Enrolled(ctx, user)
}

// NewPassword does what a new password does to a person's factors.
func (j factorsForAccounts) NewPassword(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	return j.Factors.NewPassword(ctx, t, user)
}

// FirstProof takes away what was set up before anybody had proved the address.
func (j factorsForAccounts) FirstProof(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	return j.Factors.FirstProof(ctx, t, user)
}

// Asked lists what somebody who comes in may offer beside her password.
func (j factorsForAccounts) Asked(ctx context.Context, user uuid.UUID) ([]string, error) {
	methods, err := j.Factors.Methods(ctx, user)
	if err != nil || len(methods) == 0 {
		return nil, err
	}
	if trusted, err := j.Factors.Trusted(ctx, user); err != nil || trusted {
		return nil, err
	}
	names := make([]string, 0, len(methods))
	for _, m := range methods {
		names = append(names, string(m))
	}
	return names, nil
}

// Check judges a code or the answer of a passkey.
func (j factorsForAccounts) Check(ctx context.Context, user uuid.UUID, p account.StepProof) (string, bool, error) {
	proof := factor.Proof{Code: p.Code}
	if p.Passkey != nil {
		proof.ChallengeID, proof.Credential = p.Passkey.ChallengeID, p.Passkey.Credential
	}
	method, good, err := j.Factors.Check(ctx, user, proof)
	return string(method), good, err
}

// Trust queues that the browser of the request is remembered.
func (j factorsForAccounts) Trust(ctx context.Context, t *db.Tx, user uuid.UUID, agent string) (string, error) {
	return j.Factors.Trust(ctx, t, user, agent)
}

// CheckPasskey judges the answer of a passkey and says whose it is.
func (j factorsForAccounts) CheckPasskey(ctx context.Context, p account.PasskeyProof) (uuid.UUID, bool, error) {
	return j.Factors.CheckPasskey(ctx, p.ChallengeID, p.Credential)
}

// Lost hears that somebody who proved her password has lost her factor.
func (j factorsForAccounts) Lost(ctx context.Context, user uuid.UUID) error {
	return j.Factors.Lost(ctx, user)
}
