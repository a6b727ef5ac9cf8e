package account_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/actor"
)

func (h house) named(id uuid.UUID) string {
	h.t.Helper()
	name, err := h.Accounts.Names(h.ctx)(id)
	require.NoError(h.t, err)
	return name
}

// Names are remembered, and still nobody is without one who has just come, a new
// name stands at once, and one of another clinic has none here.
func TestNamesThatAreRememberedAreThoseOfNow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.Equal(t, h.person.FullName, h.named(h.person.ID))

	other := actor.Must(h.Doctor(t)).UserID
	require.Empty(t, h.named(other))
	h.Database.Exec(t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'nurse', now())`,
		actor.Clinic(h.ctx), uuid.New(), other)
	require.NotEmpty(t, h.named(other))

	p, err := h.Accounts.Profile(h.ctx)
	require.NoError(t, err)
	said := p.Person
	said.FullName = "Sofía Núñez de Alcaraz"
	_, err = h.Accounts.UpdateProfile(h.ctx, p.Version, func() (account.Person, error) { return said, nil })
	require.NoError(t, err)
	require.Equal(t, said.FullName, h.named(h.person.ID))
}

// A name that another process changed is the new one a minute later.
func TestNamesAreReadAgainEachMinute(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.NotEmpty(t, h.named(h.person.ID))
	h.Database.Exec(t, `delete from memberships where user_id = $1`, h.person.ID)
	require.NotEmpty(t, h.named(h.person.ID))
	h.Fake.Advance(61 * time.Second)
	require.Empty(t, h.named(h.person.ID))
}
