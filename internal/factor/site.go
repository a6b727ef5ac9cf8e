package factor

import (
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"historias/internal/errs"
)

// Site is where people reach the program. A passkey belongs to the name of its
// site and to no other (WebAuthn Level 3, 5.1.2), so the name never changes.
type Site struct {
	// Address is the SPA's, with its scheme: https://clinica.example.
	Address string
	// Origins are further ones from which it may be used.
	Origins []string
}

// challengeLife is how long a question to a passkey waits for its answer.
const challengeLife = 5 * time.Minute

// party makes the relying party; none where the address has no name, since a
// number cannot be one.
func (s Site) party() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(s.Address)
	if err != nil {
		return nil, errs.Internal("factor: site", err)
	}
	if u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return nil, nil
	}
	timeout := webauthn.TimeoutConfig{Enforce: true, Timeout: challengeLife, TimeoutUVD: challengeLife}
	required := true
	party, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: issuer, RPOrigins: append([]string{u.Scheme + "://" + u.Host}, s.Origins...),
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			// Signing in begins without a name, so the passkey must know whose it is.
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required,
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
	})
	return party, errs.Internal("factor: site", err)
}

func errNoPasskeys() error {
	return errs.Rule("auth.passkeys_unavailable",
		"Las llaves de acceso sólo funcionan cuando Historias se abre por un nombre, por ejemplo localhost, y no por un número.")
}
