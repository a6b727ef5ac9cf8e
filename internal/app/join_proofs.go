package app

import (
	"context"

	"historias/internal/account"
)

// reauthenticate proves again that whoever acts is the person of the session. A
// story is told by whoever made the password up, a thousand signatures at a time:
// proving it once more for each would only cost a minute of hashing.
func (a *App) reauthenticate(ctx context.Context, p account.Proof) (method string, err error) {
	if a.story {
		return account.MethodPassword, nil
	}
	return a.Accounts.Reauthenticate(ctx, p)
}
