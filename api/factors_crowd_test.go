package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// crowd makes many sign-ins at the same moment and counts the answers by status.
func crowd(t *testing.T, a *apitest.API, bodies []map[string]any) map[int]int {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	answers := map[int]int{}
	for _, body := range bodies {
		all.Go(func() {
			raw := fmt.Sprintf(`{"email":%q,"password":%q,"totp_code":%q}`, body["email"], body["password"], body["totp_code"])
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.URL+"/api/auth/login", strings.NewReader(raw))
			if err != nil {
				return
			}
			req.Header.Set("Content-Type", "application/json")
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return
			}
			_ = res.Body.Close()
			mu.Lock()
			defer mu.Unlock()
			answers[res.StatusCode]++
		})
	}
	all.Wait()
	return answers
}

// Fifty people at once come in, or are told to come again; nobody sees a fault.
func TestFiftySignInsAtOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	var bodies []map[string]any
	for range 50 {
		bodies = append(bodies, map[string]any{"email": p.Email, "password": testkit.Password, "totp_code": ""})
	}
	answers := crowd(t, a, bodies)
	require.Equal(t, 50, answers[http.StatusOK]+answers[http.StatusTooManyRequests], answers)
	require.Positive(t, answers[http.StatusOK])
}

// A code that several give at the same moment lets one of them in.
func TestACodeAtOnceIsGoodForOne(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	g := enrol(t, a, p)
	code := g.code(t, a, 0)
	var bodies []map[string]any
	for range 8 {
		bodies = append(bodies, map[string]any{"email": p.Email, "password": testkit.Password, "totp_code": code})
	}
	answers := crowd(t, a, bodies)
	require.Equal(t, 1, answers[http.StatusOK], answers)
	require.Equal(t, 7, answers[http.StatusUnauthorized], answers)
}
