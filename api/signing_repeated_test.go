package api_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/idempotency"
	"historias/internal/testkit"
)

// A signature that is asked for again with its key gets its first answer; with
// other words behind the same key it is refused.
func TestASignatureAskedForAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	proof := map[string]any{"password": testkit.Password}
	first := v.send(http.MethodPost, v.path("/sign"), proof, "Idempotency-Key", "una vez").Want(http.StatusOK)
	again := v.send(http.MethodPost, v.path("/sign"), proof, "Idempotency-Key", "una vez").Want(http.StatusOK)
	require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
	require.Equal(t, first.JSON()["hash"], again.JSON()["hash"])
	other := v.send(http.MethodPost, v.path("/sign"), map[string]any{"password": "otra cosa"}, "Idempotency-Key", "una vez")
	require.Equal(t, "idempotency.mismatch", other.Want(http.StatusUnprocessableEntity).Code())
	v.send(http.MethodPost, v.path("/sign"), proof, "Idempotency-Key", "otra vez").Want(http.StatusConflict)
}

// Signing proves a password and draws papers. Meanwhile it holds no transaction, so
// that many who sign at once, each with a key as the application sends it, do not
// take every connection from everybody else.
func TestSigningHoldsNoTransactionMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	who, err := d.Sessions.Authenticate(t.Context(), d.Token)
	require.NoError(t, err)
	ctx := actor.With(t.Context(), who)
	keep := map[string]func(context.Context, idempotency.Request, func(context.Context) (idempotency.Answer, error)) (idempotency.Answer, bool, error){
		"slowly": d.Keys.Slowly, "once": d.Keys.Once,
	}
	held := map[string]int{}
	for name, run := range keep {
		request := idempotency.Request{Key: name, Method: http.MethodPost, Path: "/api/nada"}
		_, _, err := run(ctx, request, func(ctx context.Context) (idempotency.Answer, error) {
			_, err := d.Clinics.Profile(ctx)
			held[name] = apitest.Scalar[int](t, d.API,
				`select count(*)::int from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`)
			return idempotency.Answer{Status: http.StatusOK}, err
		})
		require.NoError(t, err)
	}
	require.Equal(t, map[string]int{"slowly": 0, "once": 1}, held)
	for path, slow := range map[string]bool{"/api/consultations/:id/sign": true, "/api/prescriptions/:id/sign": true} {
		require.Equal(t, slow, d.Face.Slow(http.MethodPost, path), path)
	}
}
