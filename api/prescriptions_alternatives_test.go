package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// To who is allergic to penicillin the antibiotics are offered that are none and
// do not cross with one: not amoxicillin itself, and no cephalosporin.
func TestAlternativesLeaveOutWhatTheAllergiesWarnOf(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	d.allergic(p, "Penicilinas", "class:penicillins")
	draft := d.prescribe(d.visit(p), rx(drug("Amoxicilina"), metformin()))
	ask := func(item int, query string) []map[string]any {
		at := rxPath(draft) + "/items/" + list(draft["items"])[item]["id"].(string) + "/alternatives"
		return list(d.send(http.MethodGet, at+query, nil).Want(http.StatusOK).JSON()["items"])
	}
	found := ask(0, "?limit=100")
	require.NotEmpty(t, found)
	names := map[string]bool{}
	for _, m := range found {
		names[m["generic_name"].(string)] = true
		require.True(t, strings.HasPrefix(m["atc"].(string), "J01"), "the same use: %v", m)
		for _, barred := range []string{"J01C", "J01DB", "J01DC", "J01DD", "J01DE", "J01DH", "J01DI"} {
			require.False(t, strings.HasPrefix(m["atc"].(string), barred), "%v", m)
		}
	}
	require.True(t, names["Azitromicina"])
	require.Equal(t, "oral", found[0]["route"], "the route of the item comes first")

	require.Empty(t, ask(0, "?q=cefalexina"), "nor does a search find them")
	require.Equal(t, "Claritromicina", ask(0, "?q=claritro")[0]["generic_name"])
	for _, m := range ask(1, "") {
		require.NotEqual(t, "Metformina", m["generic_name"], "the same substance is no alternative")
	}
	require.Empty(t, ask(0, "?q=%00"), "what is no word finds nothing")
}

// Who may not write the draft, and what does not exist, get nothing.
func TestAlternativesAreTheAuthors(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	draft := d.prescribe(d.visit(d.register(fernanda())), rx(metformin()))
	item := list(draft["items"])[0]["id"].(string)
	for at, status := range map[string]int{
		rxPath(draft) + "/items/" + draft["id"].(string) + "/alternatives": http.StatusNotFound,
		rxPath(draft) + "/items/x/alternatives":                            http.StatusNotFound,
		"/api/prescriptions/" + item + "/items/" + item + "/alternatives":  http.StatusNotFound,
		rxPath(draft) + "/items/" + item + "/alternatives?limit=0":         http.StatusBadRequest,
	} {
		d.send(http.MethodGet, at, nil).Want(status)
	}
	d.send(http.MethodPost, rxPath(draft)+"/discard", nil).Want(http.StatusNoContent)
	d.send(http.MethodGet, rxPath(draft)+"/items/"+item+"/alternatives", nil).Want(http.StatusConflict)
}
