package whatsapp

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// retired says when versions of the Graph API end (developers.facebook.com/docs/graph-api/changelog, as of October 2026).
var retired = map[string]time.Time{
	"v20.0": day(2026, time.September, 24),
	"v21.0": day(2027, time.January, 21),
	"v22.0": day(2027, time.May, 20),
	"v23.0": day(2027, time.October, 8),
	"v24.0": day(2028, time.February, 18),
	"v25.0": day(2028, time.July, 29),
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// RetiredOn tells when a version of the Graph API ends; false for one of which that is not known. Versions before v20.0
// ended before this was written: their day is the last one that is known.
func RetiredOn(version string) (time.Time, bool) {
	if at, known := retired[version]; known {
		return at, true
	}
	var major int
	if _, err := fmt.Sscanf(version, "v%d.", &major); err == nil && major > 0 && major < 20 {
		return retired["v20.0"], true
	}
	return time.Time{}, false
}

// The failures of ProbeCallback that say what stands at the address.
var (
	ErrCallbackToken = errors.New("whatsapp: the address answers, but refuses the verify token")
	ErrCallbackOther = errors.New("whatsapp: something else answers at the address")
)

const (
	challenge       = "314159265"
	longestCallback = 4 << 10
)

// ProbeCallback asks our own webhook from outside what Meta asks when its address is saved (Webhooks, verification
// requests). Errors: ErrCallbackToken, ErrCallbackOther, or that of the network. The address must use https.
// A nil transport is the network.
func ProbeCallback(ctx context.Context, transport http.RoundTripper, address, verifyToken string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && !isLoopback(u.Hostname()) {
		return errors.New("whatsapp: the address of the webhook uses https")
	}
	u.RawQuery = url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {verifyToken}}.Encode()
	call, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return errors.New("whatsapp: the request could not be built")
	}
	client := http.Client{Transport: transport, Timeout: managerTimeout, CheckRedirect: stayHere}
	answer, err := client.Do(call)
	if err != nil {
		return errors.New("whatsapp: " + rootText(err))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestCallback))
	switch {
	case answer.StatusCode == http.StatusForbidden:
		return ErrCallbackToken
	case err != nil || answer.StatusCode != http.StatusOK || subtle.ConstantTimeCompare(body, []byte(challenge)) != 1:
		return ErrCallbackOther
	}
	return nil
}
