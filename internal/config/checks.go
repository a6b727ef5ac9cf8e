package config

import (
	"encoding/base64"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// fewestConns is what the program needs to do its work at all: one connection
// listens for jobs, one serves what commits on its own.
const fewestConns = 5

// shortestSecret is 256 bits of what HS256 signs with (RFC 7518, 3.2).
const shortestSecret = 32

func short(secret string) bool { return len(secret) < shortestSecret }

const fernetBytes = 32

// fernetKeys tells whether each key of a list is a Fernet key and nothing
// that anybody could guess. Absence is told apart.
func fernetKeys(list string) bool {
	for _, text := range clean(strings.Split(list, ","), "") {
		raw, err := base64.URLEncoding.DecodeString(text)
		if err != nil || len(raw) != fernetBytes {
			return false
		}
		if monotonous(raw) {
			return false
		}
	}
	return true
}

// origins tells whether each entry is scheme, host and perhaps a port, which is
// what a browser sends in Origin.
func origins(list []string) bool {
	for _, entry := range list {
		u, err := url.Parse(entry)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != entry ||
			strings.Contains(u.Host, "*") {
			return false
		}
	}
	return true
}

// networks tells whether each entry is an address or a network.
func networks(list []string) bool {
	for _, entry := range list {
		_, _, err := net.ParseCIDR(entry)
		if err != nil && net.ParseIP(entry) == nil {
			return false
		}
	}
	return true
}

// everybody tells whether some network holds every address: whoever asks would
// then choose the address under which she is counted and recorded.
func everybody(list []string) bool {
	for _, entry := range list {
		if _, network, err := net.ParseCIDR(entry); err == nil {
			if ones, _ := network.Mask.Size(); ones == 0 {
				return true
			}
		}
	}
	return false
}

// switchedOn reads a switch as people write it.
func switchedOn(value string) bool {
	on, err := strconv.ParseBool(strings.TrimSpace(value))
	return value != "" && (err != nil || on)
}

// lastPort is the highest port there is.
const lastPort = 65535

// sender tells whether a text is one address, with or without a name. Absence is
// told apart.
func sender(text string) bool {
	if text == "" {
		return true
	}
	_, err := mail.ParseAddress(text)
	return err == nil && !strings.ContainsAny(text, "\r\n")
}

func validBase(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "127.0.0.1" || host == "::1" || host == "localhost")
}

func plainDatabase(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || raw == "" {
		return false
	}
	mode := u.Query().Get("sslmode")
	local := u.Hostname() == "" || u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1"
	return !local && (mode == "" || mode == "disable" || mode == "allow" || mode == "prefer")
}

// database tells whether a text is an address of PostgreSQL, as an address or as
// words (host=… dbname=…). Absence is told apart.
func database(raw string) bool {
	if raw == "" {
		return true
	}
	u, err := url.Parse(raw)
	if err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") {
		_, err := url.ParseQuery(u.RawQuery)
		return err == nil && (u.Host != "" || u.Query().Get("host") != "")
	}
	return err == nil && u.Scheme == "" && (strings.Contains(raw, "host=") || strings.Contains(raw, "dbname="))
}

// address tells whether a text is an address of a page. Absence is told apart.
func address(raw string) bool {
	if raw == "" {
		return true
	}
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil &&
		u.RawQuery == "" && u.Fragment == ""
}

func plainHTTP(raw string) bool { return strings.HasPrefix(strings.ToLower(raw), "http:") }

func level(name string) bool {
	return slices.Contains([]string{"DEBUG", "INFO", "WARN", "ERROR"}, strings.ToUpper(name))
}

func sameSite(name string) bool {
	return slices.Contains([]string{"lax", "strict", "none"}, strings.ToLower(name))
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

var versionShape = regexp.MustCompile(`^v[0-9]{1,3}\.[0-9]{1,2}$`)

func graphVersion(text string) bool { return versionShape.MatchString(text) }

// printable tells whether a text is letters, digits and signs of ASCII.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}
