package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mail"
)

type heraldForSessions struct{ *App }

// NewDevice writes to a person that somebody signed in as her with a browser that
// she had never used.
func (j heraldForSessions) NewDevice(ctx context.Context, t *db.Tx, user uuid.UUID, device, address string, at time.Time) error {
	person, err := j.Accounts.Person(ctx, user)
	if err != nil {
		return err
	}
	return j.Mail.Queue(ctx, t, mail.Letter{
		Kind: mail.NewDevice, To: person.Email,
		Data: map[string]string{"device": device, "address": address, "at": mail.When(at)},
	})
}
