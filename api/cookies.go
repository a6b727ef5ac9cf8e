package api

import (
	"net/http"
	"regexp"
	"time"
)

// The cookies beside the session's. deviceCookie names a browser in which
// somebody signed in; trustCookie lets one pass without a second factor.
const (
	deviceCookie = "historias_device"
	trustCookie  = "historias_trust"
)

// deviceLife is how long a browser keeps its name without being used.
const deviceLife = 365 * 24 * time.Hour

// longestSecret bounds what is taken from a cookie: ours are shorter.
const longestSecret = 100

// cookieOf gives what a cookie holds, empty for none and for what is not ours.
func cookieOf(r *http.Request, name string) string {
	ck, err := r.Cookie(name)
	if err != nil || len(ck.Value) > longestSecret {
		return ""
	}
	return ck.Value
}

// browserName is the form of the names that we give to browsers: 24 bytes of
// chance in base64url. Whatever else a cookie holds names nobody, so that its
// browser gets a name at the next sign-in.
var browserName = regexp.MustCompile(`^[A-Za-z0-9_-]{32}$`)

// deviceOf gives the name of a browser, empty for one without a name of ours.
func deviceOf(r *http.Request) string {
	name := cookieOf(r, deviceCookie)
	if !browserName.MatchString(name) {
		return ""
	}
	return name
}

// cookie makes one of our cookies, with the attributes of the environment.
func (o CookieOptions) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // its attributes come from the environment, which production checks
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		Secure: o.Secure, HttpOnly: true, SameSite: o.SameSite,
	}
}
