package factor

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
)

// Proof is what somebody offers beside a password: a code of her authenticator
// or of recovery, or the answer of a passkey to a challenge.
type Proof struct {
	Code        string
	ChallengeID uuid.UUID
	Credential  json.RawMessage
}

// Check judges a proof of a person and spends it: a code and an answer are good
// once. What is not good is for the caller to count.
func (s *Service) Check(ctx context.Context, user uuid.UUID, p Proof) (m Method, good bool, err error) {
	if len(p.Credential) > 0 {
		who, good, err := s.CheckPasskey(ctx, p.ChallengeID, p.Credential)
		return Passkey, good && who == user, err
	}
	code := typed(p.Code)
	if looksLikeRecovery(code) {
		good, err = s.checkRecovery(ctx, user, code)
		return Recovery, good, err
	}
	good, err = s.checkTOTP(ctx, user, code)
	return TOTP, good, err
}
