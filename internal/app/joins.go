package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/clinic"
	"historias/internal/db"
)

// The joins hand one feature what it needs of another, in its own words.

type clinicsForAccounts struct{ *App }

// Found makes the clinic of a new doctor.
func (j clinicsForAccounts) Found(ctx context.Context, t *db.Tx, id uuid.UUID, name string, demo bool) error {
	_, err := j.Clinics.Found(ctx, t, clinic.Founding{ID: id, Name: name, Demo: demo})
	return err
}

type sessionsForAccounts struct{ *App }

// Open opens the session of somebody who proved who she is.
func (j sessionsForAccounts) Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (account.Ticket, error) {
	o, err := j.Sessions.Open(ctx, t, user, clinic, agent)
	return account.Ticket{SessionID: o.ID, Token: o.Token, ExpiresAt: o.ExpiresAt}, err
}

// Fresh asks for a proof of a moment ago.
func (j sessionsForAccounts) Fresh(ctx context.Context) error { return j.Sessions.Fresh(ctx) }
