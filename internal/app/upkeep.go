package app

import (
	"historias/internal/guard"
	"historias/internal/jobs"
)

// buildUpkeep has one daily job drop what proves who somebody is and is past its
// end. Nothing of a patient is dropped by it.
func (a *App) buildUpkeep() {
	g := guard.New(a.DB, a.Vault, a.Clock)
	jobs.Sweep(
		a.Queue,
		jobs.Broom{Name: "sessions", Drop: a.Sessions.DropEnded},
		jobs.Broom{Name: "account_tokens", Drop: a.Accounts.DropTokens},
		jobs.Broom{Name: "recovery_requests", Drop: a.Accounts.DropRequests},
		jobs.Broom{Name: "sign_in_failures", Drop: g.DropFailures},
		jobs.Broom{Name: "known_devices", Drop: g.DropBrowsers},
		jobs.Broom{Name: "trusted_devices", Drop: a.Factors.DropBrowsers},
		jobs.Broom{Name: "totp_setups", Drop: a.Factors.DropSetups},
		jobs.Broom{Name: "passkey_challenges", Drop: a.Factors.DropChallenges},
	)
}
