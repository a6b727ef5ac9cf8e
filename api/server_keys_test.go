package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever reads a resource may send it back; a key that only the server sets
// must come back as it was, so that nobody believes to have changed it, and
// another clinic's id there is refused like any other.
func TestKeysOfTheServerMayComeBackUnchanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	patient := o.register(fernanda())
	office := o.first("/api/offices")
	draft := o.send(http.MethodPost, "/api/privacy-notices", map[string]any{"kind": "integral"}).Want(http.StatusCreated).JSON()["id"].(string)
	archived := map[string]any{"reason": "x", "at": "2026-11-23T18:00:00Z", "by": n.UserID}
	for path, keys := range map[string]map[string]any{
		"/api/clinic":            {"id": n.ClinicID, "slug": n.Slug, "demo": true, "complete": false, "missing": []string{"address"}, "version": 7},
		"/api/offices/" + office: {"id": n.ids["offices"], "version": 7},
		"/api/privacy-notices/" + draft: {
			"id": n.ids["privacy-notices"], "kind": "simplified", "status": "published", "version": 1, "revision": 7, "content": "x",
			"hash": "x", "in_force": true, "published_at": "2026-11-23T18:00:00Z", "created_at": "2020-01-01T00:00:00Z",
		},
		pathOf(patient): {"id": n.ids["patients"], "record_number": "H-000777", "status": "archived", "archive": archived, "version": 7},
	} {
		read := o.send(http.MethodGet, path, nil).Want(http.StatusOK)
		tag := read.Header.Get("ETag")
		for key, value := range keys {
			r := o.wrong(http.MethodPut, path, changed(read.JSON(), key, value), "If-Match", tag).Want(http.StatusUnprocessableEntity)
			require.Equal(t, map[string]string{key: "read_only"}, r.Fields(), path)
		}
		o.wrong(http.MethodPut, path, changed(read.JSON(), "clave", 1), "If-Match", tag).Want(http.StatusBadRequest)
		require.Equal(t, tag, o.send(http.MethodGet, path, nil).Header.Get("ETag"), path)
		o.send(http.MethodPut, path, read.JSON(), "If-Match", tag).Want(http.StatusOK)
	}
}
