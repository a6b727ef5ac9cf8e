package mx

import (
	"net/mail"
	"strings"
)

// Email is an address that mail can be sent to, as far as its form tells. The zero value means that there is none.
type Email struct {
	local  string
	domain string // lower case
}

// Limits of RFC 5321, 4.5.3.1, in octets.
const (
	longestEmail = 254
	longestLocal = 64
	longestLabel = 63
)

// ParseEmail reads a bare address: no display name, spaces, quotes, comments or letters outside ASCII, and a domain with
// at least one dot. The domain is put in lower case. Reasons: required, length, format.
func ParseEmail(s string) (Email, error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return Email{}, refuse(SubjectEmail, ReasonEmpty)
	}
	if len(text) > longestEmail {
		return Email{}, refuse(SubjectEmail, ReasonLength)
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Name != "" || address.Address != text {
		return Email{}, refuse(SubjectEmail, ReasonFormat)
	}
	local, domain, _ := strings.Cut(text, "@")
	domain = strings.ToLower(domain)
	if len(local) > longestLocal {
		return Email{}, refuse(SubjectEmail, ReasonLength)
	}
	if !isASCII(local) || !isDomain(domain) {
		return Email{}, refuse(SubjectEmail, ReasonFormat)
	}
	return Email{local, domain}, nil
}

// IsZero tells whether there is no address.
func (e Email) IsZero() bool { return e.domain == "" }

// String returns the address to write to, with the capitals that its owner uses before the @.
func (e Email) String() string {
	if e.IsZero() {
		return ""
	}
	return e.local + "@" + e.domain
}

// Canonical returns the form by which two addresses are compared or hashed: all of it in lower case, because no provider
// in use tells capitals apart.
func (e Email) Canonical() string { return strings.ToLower(e.String()) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isDomain checks a host name in lower case: two labels or more, the last of which is not a number.
func isDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > longestLabel || !madeOf(label, lowerAlphanumeric+"-") ||
			strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	last := labels[len(labels)-1]
	_, numeric := digits(last)
	return len(labels) > 1 && len(last) > 1 && !numeric
}

const lowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"
