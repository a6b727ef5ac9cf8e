package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/testkit"
)

// crowded is a desk whose program has few connections, as a small server has:
// what waits for a second one while it holds the first shows here.
func crowded(t testing.TB, connections int32) desk {
	t.Helper()
	a := apitest.NewWith(t, func(c *config.Config) { c.DatabaseMaxConns = connections })
	return desk{API: a, Person: a.ReadyDoctor(t), t: t}
}

func (d desk) patients() int {
	d.t.Helper()
	return apitest.Scalar[int](d.t, d.API, "select count(*)::int from patients where clinic_id = $1", uuid.MustParse(d.ClinicID))
}

// together sends n requests at the same moment and gives their answers.
func together(n int, send func(i int) apitest.Reply) []apitest.Reply {
	answers := make([]apitest.Reply, n)
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range answers {
		wait.Go(func() {
			<-start
			answers[i] = send(i)
		})
	}
	close(start)
	wait.Wait()
	return answers
}

// Fifty people who each save something else at the same moment are all served,
// however few connections there are: nobody waits for a connection while
// holding another one.
func TestManyAtOnceWithFewConnections(t *testing.T) {
	t.Parallel()
	for _, connections := range []int32{1, 2, 4} {
		d := crowded(t, connections)
		answers := together(50, func(i int) apitest.Reply {
			body := changed(dropped(fernanda(), "curp"), "given_names", fmt.Sprintf("Ana %c", 'a'+rune(i%26)))
			return d.send(http.MethodPost, "/api/patients", body, "Idempotency-Key", fmt.Sprint("clave-", i))
		})
		for _, r := range answers {
			require.Equal(t, http.StatusCreated, r.Status, "%d connections: %s", connections, r.Body)
		}
		require.Equal(t, 50, d.patients())
	}
}

// registering sends a patient under a key.
func (d desk) registering(body any, key string) apitest.Reply {
	d.t.Helper()
	return d.send(http.MethodPost, "/api/patients", body, "Idempotency-Key", key)
}

// Sent at the same moment, the same request acts once; the others hear its
// answer, or that it is being done.
func TestTheSameRequestAtOnceActsOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := map[string]int{}
	for round := range 3 {
		key := fmt.Sprint("al mismo tiempo ", round)
		for _, r := range together(8, func(int) apitest.Reply { return d.registering(fernanda(), key) }) {
			if r.Status == http.StatusConflict {
				require.Equal(t, "idempotency.in_flight", r.Code())
				continue
			}
			made[r.Want(http.StatusCreated).Header.Get("Location")]++
		}
		require.Len(t, made, round+1)
		require.Equal(t, round+1, d.patients())
	}
}

// While the first is at work, the second is told so at once; afterwards it gets
// the first one's answer.
func TestAKeyInFlightIsAConflict(t *testing.T) {
	t.Parallel()
	// As behind a pooler, where a wait for a lock has no limit of the program's.
	a := apitest.NewWith(t, func(c *config.Config) { c.DatabasePooler = "transaction" })
	d := desk{API: a, Person: a.ReadyDoctor(t), t: t}
	d.register(canaryPatient()) // what the first patient of a clinic makes is there
	release := d.Hold(t, `select from clinics where id = '`+d.ClinicID+`' for update`)
	defer release()
	first := make(chan apitest.Reply, 1)
	go func() { first <- d.registering(fernanda(), "lenta") }()
	d.AwaitBlocked(t)
	require.Equal(t, "idempotency.in_flight", d.registering(fernanda(), "lenta").Want(http.StatusConflict).Code())
	release()
	location := (<-first).Want(http.StatusCreated).Header.Get("Location")
	again := d.registering(fernanda(), "lenta").Want(http.StatusCreated)
	require.Equal(t, location, again.Header.Get("Location"))
	require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
	require.Equal(t, 2, d.patients())
}

// A key belongs to one person, one address and one body.
func TestAKeyIsOfOnePersonAndOneRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.registering(fernanda(), "clave-1").Want(http.StatusCreated)
	second := d.registering(fernanda(), "clave-1").Want(http.StatusCreated)
	require.Equal(t, string(first.Body), string(second.Body))
	for _, name := range []string{"Location", "ETag", "Content-Type"} {
		require.NotEmpty(t, first.Header.Get(name), name)
		require.Equal(t, first.Header.Get(name), second.Header.Get(name), name)
	}
	require.NotEqual(t, first.Header.Get("X-Request-Id"), second.Header.Get("X-Request-Id"))
	require.Equal(t, "idempotency.mismatch",
		d.registering(changed(fernanda(), "given_names", "Otra"), "clave-1").Want(http.StatusUnprocessableEntity).Code())
	colleague := desk{API: d.API, Person: d.Colleague(t, d.Person, actor.RoleDoctor), t: t}
	colleague.registering(fernanda(), "clave-1").Want(http.StatusCreated)
	require.Equal(t, 2, d.patients(), "another person's key is another")
	d.send(http.MethodPost, "/api/patients/duplicates", fernanda(), "Idempotency-Key", "clave-1").Want(http.StatusOK)
}

// What was refused leaves nothing behind: the key is free for the corrected form.
func TestARefusalDoesNotUseTheKeyUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, body := range []any{changed(fernanda(), "birth_date", "2026-02-30"), "no es JSON"} {
		d.wrong(http.MethodPost, "/api/patients", body, "Idempotency-Key", "k").Want(http.StatusBadRequest)
	}
	d.registering(fernanda(), "k").Want(http.StatusCreated)
	require.Equal(t, 1, d.patients())
}

// Keys may be any text up to 200 bytes; on a GET or a PUT they say nothing.
func TestOddKeys(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	for range 2 {
		require.Empty(t, d.send(http.MethodGet, pathOf(p), nil, "Idempotency-Key", "leer").Want(http.StatusOK).Header.Get("Idempotent-Replayed"))
	}
	d.send(http.MethodPut, pathOf(p), fernanda(), "Idempotency-Key", "k", "If-Match", `"1"`).Want(http.StatusOK)
	d.send(http.MethodPut, pathOf(p), fernanda(), "Idempotency-Key", "k", "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	office := map[string]any{"name": "Consultorio Norte", "address": testkit.Address(), "time_zone": "America/Mexico_City"}
	for _, key := range []string{strings.Repeat("k", 200), "ñandú", "\x80\xff", "a'; drop table patients; --"} {
		one := d.wrong(http.MethodPost, "/api/offices", office, "Idempotency-Key", key).Want(http.StatusCreated)
		two := d.wrong(http.MethodPost, "/api/offices", office, "Idempotency-Key", key).Want(http.StatusCreated)
		require.Equal(t, one.Header.Get("Location"), two.Header.Get("Location"))
	}
	long := d.wrong(http.MethodPost, "/api/offices", office, "Idempotency-Key", strings.Repeat("k", 201))
	require.Equal(t, "idempotency.key", long.Want(http.StatusBadRequest).Code())
}

// An answer is kept for 24 hours; after them the key is free, and nothing of it
// stays.
func TestAKeyIsFreeAfterADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	post := func() string {
		d.Token = d.again()
		return d.registering(fernanda(), "ayer").Want(http.StatusCreated).Header.Get("Location")
	}
	first := post()
	d.Fake.Advance(23 * time.Hour)
	require.Equal(t, first, post())
	d.Fake.Advance(2 * time.Hour)
	require.NotEqual(t, first, post(), "the day is over")
	d.Fake.Advance(25 * time.Hour)
	require.NoError(t, d.Keys.Forget(t.Context()))
	require.Zero(t, apitest.Scalar[int](t, d.API, "select count(*)::int from idempotency_keys"))
}

// again signs the same person in once more and gives the token: a session is
// over before a day is.
func (d desk) again() string {
	d.t.Helper()
	out := d.Do(d.t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": d.Email, "password": testkit.Password,
	}}).Want(http.StatusOK).JSON()
	return out["access_token"].(string)
}
