package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// SignatureHeader carries the signature of a webhook delivery.
const SignatureHeader = "X-Hub-Signature-256"

const signaturePrefix = "sha256="

// MaxWebhookBody is the greatest delivery to accept, in bytes. Meta promises at most 3 MB.
const MaxWebhookBody = 4 << 20

// Sign returns the value of SignatureHeader for a body: the HMAC-SHA256 of its exact bytes under the app secret.
func Sign(secret string, raw []byte) string {
	return signaturePrefix + hex.EncodeToString(mac(secret, raw))
}

// VerifySignature tells whether one of the app secrets signed exactly these bytes. The body must be as it came over the
// wire: parsed and written again it is another body. There are several secrets while one replaces another; an empty one
// never counts.
func VerifySignature(secrets []string, header string, raw []byte) bool {
	text, prefixed := strings.CutPrefix(header, signaturePrefix)
	if !prefixed || len(text) != hex.EncodedLen(sha256.Size) {
		return false
	}
	given, err := hex.DecodeString(text)
	if err != nil {
		return false
	}
	valid := 0
	for _, secret := range secrets {
		if secret != "" {
			valid |= subtle.ConstantTimeCompare(given, mac(secret, raw))
		}
	}
	return valid == 1
}

func mac(secret string, raw []byte) []byte {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write(raw)
	return sum.Sum(nil)
}

const longestChallenge = 256

// VerifyChallenge answers the GET by which Meta checks a webhook's address: hub.mode, hub.verify_token and hub.challenge.
// When the token is the one we set (want), the challenge is to be returned as text/plain, verbatim.
func VerifyChallenge(mode, token, challenge, want string) (answer string, ok bool) {
	given, expected := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(want))
	equal := subtle.ConstantTimeCompare(given[:], expected[:]) == 1
	if mode != "subscribe" || want == "" || !equal || challenge == "" || len(challenge) > longestChallenge {
		return "", false
	}
	return challenge, true
}
