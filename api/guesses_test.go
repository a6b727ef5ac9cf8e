package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/cmd/historias/httpd"
	"historias/internal/app"
	"historias/internal/config"
	"historias/internal/guard"
	"historias/internal/testkit"
)

// many is how many of something are tried: HISTORIAS_GUESSES says how many where
// figures are wanted (docs/seguridad-cifras.md), fewer will do otherwise.
func many(few int) int {
	if n, err := strconv.Atoi(os.Getenv("HISTORIAS_GUESSES")); err == nil {
		return n
	}
	return few
}

// besieged is a server behind a proxy, so that each request has the address that it
// is given. Its own limit by address is off: what counts here must hold without it.
func besieged(t *testing.T) *apitest.API {
	return apitest.NewWith(t, func(c *config.Config) {
		c.RateLimited = false
		c.TrustedProxies = []string{"127.0.0.1"}
	})
}

// attempt is one sign-in over HTTP, as a script makes it.
type attempt struct{ email, password, from, device string }

// outcome is how one was answered.
type outcome struct {
	code, wait string
	took       time.Duration
}

func try(t *testing.T, url string, a attempt) outcome {
	t.Helper()
	body := fmt.Sprintf(`{"email":%q,"password":%q}`, a.email, a.password)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/api/auth/login", strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Forwarded-For", a.from)
	if a.device != "" {
		req.Header.Set("Cookie", "historias_device="+a.device)
	}
	began := time.Now()
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	var said struct {
		Code string `json:"code"`
	}
	require.NoError(t, json.NewDecoder(res.Body).Decode(&said))
	out := outcome{code: said.Code, wait: res.Header.Get("Retry-After"), took: time.Since(began)}
	if res.StatusCode == http.StatusOK {
		out.code = "in"
	}
	return out
}

// siege makes n attempts, several at a time, and counts the answers.
func siege(t *testing.T, url string, n int, make func(i int) attempt) map[string]int {
	t.Helper()
	const attackers = 8
	var next atomic.Int64
	var mu sync.Mutex
	var all sync.WaitGroup
	counts := map[string]int{}
	for range attackers {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				got := try(t, url, make(i))
				mu.Lock()
				counts[got.code]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return counts
}

// restarted is the same program begun anew on the same database.
func restarted(t *testing.T, a *apitest.API) string {
	t.Helper()
	again, err := app.Build(t.Context(), a.Config, a.Fake, a.Log)
	require.NoError(t, err)
	t.Cleanup(again.Close)
	face, err := httpd.New(again, httpd.Release{Version: "test"})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(nil)
	server.Config = face.HTTP("")
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

// Of very many guesses at one account, from very many addresses, ten are judged; the
// rest are told to wait, before and after a restart. The person herself comes in
// from the browser that she uses, all the while.
func TestVeryManyGuessesAtOneDoor(t *testing.T) {
	t.Parallel()
	a := besieged(t)
	p := a.Doctor(t)
	desk := attempt{email: p.Email, password: testkit.Password, from: "192.0.2.10", device: opened(t, a).signIn(p).device}
	n := many(120)
	began := time.Now()
	counts := siege(t, a.URL, n, func(i int) attempt {
		return attempt{email: p.Email, password: fmt.Sprintf("jacaranda %d", i), from: fmt.Sprintf("198.51.%d.%d", i/250%250, i%250)}
	})
	t.Logf("%d guesses at one account: %v, in %v", n, counts, time.Since(began).Round(time.Millisecond))
	require.Equal(t, map[string]int{"auth.invalid_credentials": guard.ByAccount, "auth.too_many_failures": n - guard.ByAccount}, counts)
	require.Equal(t, "in", try(t, a.URL, desk).code, "who uses this browser is not kept out")

	stranger := desk
	stranger.device = ""
	url := restarted(t, a)
	refused := try(t, url, stranger)
	require.Equal(t, "auth.too_many_failures", refused.code, "a right password among the guesses says no more than a wrong one, also after a restart")
	require.NotEmpty(t, refused.wait)
	require.Equal(t, "in", try(t, url, desk).code)
	a.Fake.Advance(guard.Window + time.Second)
	require.Equal(t, "in", try(t, url, stranger).code)
}

// One password at very many accounts: from one address a hundred are judged, from
// an address for each account every one once, and in each case it is counted. Who
// works behind that address comes in from the browser that she uses.
func TestOnePasswordAtVeryManyDoors(t *testing.T) {
	t.Parallel()
	a := besieged(t)
	n := many(110) / 10
	if n < 11 {
		n = 11
	}
	emails := make([]string, n)
	var mine apitest.Person
	for i := range emails {
		mine = a.Doctor(t)
		emails[i] = mine.Email
	}
	device := opened(t, a).signIn(mine).device
	rounds := guard.ByAddress/n + 2 // so that there are more tries than an address has
	spray := func(from func(i int) string) map[string]int {
		return siege(t, a.URL, n*rounds, func(i int) attempt {
			return attempt{email: emails[i%n], password: "contraseña de muchos", from: from(i)}
		})
	}
	began := time.Now()
	counts := spray(func(int) string { return "203.0.113.9" })
	t.Logf("one password at %d accounts, %d tries from one address: %v, in %v", n, n*rounds, counts, time.Since(began).Round(time.Millisecond))
	require.LessOrEqual(t, counts["auth.invalid_credentials"], guard.ByAddress)
	require.Equal(t, n*rounds, counts["auth.invalid_credentials"]+counts["auth.too_many_failures"])
	require.Equal(t, "in", try(t, a.URL, attempt{mine.Email, testkit.Password, "203.0.113.9", device}).code)

	a.Fake.Advance(guard.Window + time.Second)
	began = time.Now()
	counts = spray(func(i int) string { return fmt.Sprintf("10.%d.%d.%d", i/62500, i/250%250, i%250) })
	t.Logf("one password at %d accounts, %d tries from as many addresses: %v, in %v", n, n*rounds, counts, time.Since(began).Round(time.Millisecond))
	require.LessOrEqual(t, counts["auth.invalid_credentials"], n*guard.ByAccount)
	require.Equal(t, n*rounds, counts["auth.invalid_credentials"]+counts["auth.too_many_failures"]+counts["auth.busy"])
}

// Five colleagues behind one address, each in a browser that is new and with two
// slips, all come in at nine; the program's limits are on.
func TestColleaguesComeInAtNine(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.RateLimited, c.RatePerMinute = true, 100 })
	people := make([]apitest.Person, 5)
	for i := range people {
		people[i] = a.Doctor(t)
	}
	var all sync.WaitGroup
	var in, waited atomic.Int64
	for _, p := range people {
		all.Go(func() {
			for _, password := range []string{"jacaranda", "jacaranda morada", testkit.Password} {
				got := try(t, a.URL, attempt{email: p.Email, password: password})
				for got.code == "auth.busy" { // what the page does for her
					waited.Add(1)
					got = try(t, a.URL, attempt{email: p.Email, password: password})
				}
				if got.code == "in" {
					in.Add(1)
				}
			}
		})
	}
	all.Wait()
	t.Logf("five colleagues, fifteen tries: %d in, %d told to come again", in.Load(), waited.Load())
	require.EqualValues(t, 5, in.Load())
}
