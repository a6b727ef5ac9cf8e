package api_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
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
