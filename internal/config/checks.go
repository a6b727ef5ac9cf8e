package config

import (
	"encoding/base64"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// fewestConns is what the program needs to do its work at all: one connection
// listens for jobs, one serves what commits on its own.
const fewestConns = 5

// fewestLetters is how many different characters a secret has at least; of 32
// characters at random nobody has fewer.
const fewestLetters = 10

// shortestSecret is 256 bits of what HS256 signs with (RFC 7518, 3.2).
const shortestSecret = 32

func short(secret string) bool { return len(secret) < shortestSecret }

// weak tells whether a secret is a word of a template or a repetition. An empty
// one is told apart.
func weak(secret string) bool {
	if secret == "" {
		return false
	}
	upper := strings.ToUpper(secret)
	for _, word := range []string{"GENERE_UN", "CAMBIE", "CHANGE", "CLAVE_GENERADA", "SECRET_KEY"} {
		if strings.Contains(upper, word) {
			return true
		}
	}
	letters := map[rune]bool{}
	for _, r := range secret {
		letters[r] = true
	}
	return len(letters) < fewestLetters
}

const fernetBytes = 32

// fernetKeys tells whether each key of a list is a Fernet key and no repetition
// of one byte. Absence is told apart.
func fernetKeys(list string) bool {
	for _, text := range clean(strings.Split(list, ","), "") {
		raw, err := base64.URLEncoding.DecodeString(text)
		if err != nil || len(raw) != fernetBytes {
			return false
		}
		bytes := map[byte]bool{}
		for _, b := range raw {
			bytes[b] = true
		}
		if len(bytes) < fewestLetters {
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
