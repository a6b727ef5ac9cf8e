package api_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/audit"
	"historias/internal/whatsapp"
)

// notNow holds an answer against what a caller is told while the program cannot
// work: 503, when to come back, and words that say what to do.
func notNow(t testing.TB, r apitest.Reply, as string) {
	t.Helper()
	require.Equal(t, http.StatusServiceUnavailable, r.Status, "%s: %s", as, r.Body)
	require.Regexp(t, `^[1-9][0-9]*$`, r.Header.Get("Retry-After"), as)
	require.True(t, strings.HasPrefix(r.Code(), "database."), "%s: %s", as, r.Code())
	require.Contains(t, r.JSON()["detail"], "intente de nuevo", as)
}

// trailIsWhole verifies every event and seal.
func (d desk) trailIsWhole() {
	d.t.Helper()
	report, err := d.Trail.Verify(d.t.Context(), audit.VerifyOptions{})
	require.NoError(d.t, err)
	require.True(d.t, report.OK(), "%+v", report.Faults)
}

// fromMemory are operations that can answer, or refuse, without asking the
// database; the webhook is asked with a signature of its own.
var fromMemory = []string{
	"/api/docs", "/api/openapi.json", "/health", "/api/events", "/api/webhooks/whatsapp", "/api/note-types", "/api/favorites/{kind}", "/api/favorites/{kind}/{code}",
	"/api/public/verify/{code}", "/api/permissions",
}

// oneProof is the example body with one proof only, where it shows several ways to
// give one: more are refused before the database is asked.
func (o operation) oneProof(t testing.TB) any {
	t.Helper()
	if o.path != "/api/auth/unlock" {
		return o.body()
	}
	return map[string]any{"pin": o.example(t)["pin"]}
}

// While the database is away every operation says so, signed in or not, and none
// is a fault of the program; it comes back by itself, and nothing is half saved.
func TestTheDatabaseGoesAndComesBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	before := n.Fingerprint(t, n.ClinicID, "audit_events", "audit_event_subjects")
	all := slices.DeleteFunc(operations(t, o.API), func(op operation) bool {
		return strings.HasSuffix(op.path, "/logout") || strings.HasPrefix(op.path, "/api/catalogs/") || slices.Contains(fromMemory, op.path)
	})
	var signedOut []operation
	call := func(op operation, token string) apitest.Reply {
		headers := op.headers()
		headers["Idempotency-Key"] = op.name()
		subject, _, _ := strings.Cut(strings.TrimPrefix(op.path, "/api/"), "/{id}")
		id := cmp.Or(n.ids[subject], uuid.NewString())
		path := strings.NewReplacer("{id}", id, "{slug}", n.Slug).Replace(op.path)
		path = regexp.MustCompile(`\{[a-z_]+\}`).ReplaceAllString(path, uuid.NewString())
		return n.Do(t, apitest.Call{Method: op.method, Path: path, Token: token, Body: op.oneProof(t), Headers: headers, Undocumented: true})
	}
	n.Database.Close(t)
	for range 2 { // once with connections that were open, once without any
		for _, op := range all {
			notNow(t, call(op, n.Token), op.name())
			if op.permission != "" {
				signedOut = append(signedOut, op)
			}
		}
	}
	unknown := n.Forge(t, "HS256", n.Config.JWTSecretKey, nil)
	notNow(t, call(signedOut[0], unknown), "a session that nobody remembers")
	delivery := []byte(`{"object":"whatsapp_business_account","entry":[]}`)
	notNow(t, n.Do(t, apitest.Call{
		Method: http.MethodPost, Path: "/api/webhooks/whatsapp", Body: delivery, Undocumented: true,
		Headers: map[string]string{"X-Hub-Signature-256": whatsapp.Sign("test-app-secret", delivery)},
	}), "a webhook, which Meta then sends again")
	n.Do(t, apitest.Call{Method: http.MethodGet, Path: "/health"}).Want(http.StatusOK)
	page := n.Do(t, apitest.Call{Method: http.MethodGet, Path: "/privacy-notice/" + n.Slug, Undocumented: true})
	require.Equal(t, http.StatusServiceUnavailable, page.Status)

	n.Database.Reopen(t)
	n.Do(t, apitest.Call{Method: http.MethodGet, Path: "/ready"}).Want(http.StatusOK)
	require.Equal(t, before, n.Fingerprint(t, n.ClinicID, "audit_events", "audit_event_subjects"), "something was half saved")
	for _, op := range all {
		r := call(op, n.Token)
		require.Less(t, r.Status, http.StatusInternalServerError, "%s: %s", op.name(), r.Body)
	}
	n.trailIsWhole()
}

// What runs beside the requests survives an outage as well: a question asked
// before it arrives after it, and open pages hear of it.
func TestTheQueueSurvivesAnOutage(t *testing.T) {
	t.Parallel()
	d := newLaptop(t)
	p := d.register(fernanda())
	d.dev(http.MethodPost, "/fail", map[string]any{}).Want(http.StatusNoContent)
	d.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	d.Database.Close(t)
	notNow(t, d.send(http.MethodGet, pathOf(p), nil), "a read")
	d.Database.Reopen(t)
	until(t, "the program serves again", func() bool { return d.send(http.MethodGet, pathOf(p), nil).Status == http.StatusOK })
	again := d.register(canaryPatient())
	d.send(http.MethodPost, pathOf(again)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	until(t, "delivered after the outage", func() bool { return slices.Contains(d.chain(again), "delivered") })
}

// full makes PostgreSQL answer every insert into a table as it does when the disk
// is full.
func (d desk) full(table string) (room func()) {
	d.t.Helper()
	d.Database.Exec(d.t, `create function disk_full() returns trigger language plpgsql as $$ begin
		raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`)
	d.Database.Exec(d.t, `create trigger disk_full before insert on `+table+` for each row execute function disk_full()`)
	return func() {
		d.t.Helper()
		d.Database.Exec(d.t, `drop function disk_full() cascade`)
	}
}

// With a full disk nothing is lost and nothing is half saved, wherever in the
// act the room ends; with room again the same request is done, once. What cannot
// be written into the trail is not shown either.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	seen := d.register(fernanda())
	for i, table := range []string{"patients", "patient_tokens", "patient_versions", "audit_events", "idempotency_keys"} {
		before := d.Fingerprint(t, d.ClinicID, "clinic_counters")
		room := d.full(table)
		key := fmt.Sprint("lleno ", i)
		for range 3 {
			notNow(t, d.registering(canaryPatient(), key), table)
		}
		if table == "audit_events" {
			notNow(t, d.send(http.MethodGet, pathOf(seen), nil), "a read that leaves no event")
		}
		require.Equal(t, before, d.Fingerprint(t, d.ClinicID, "clinic_counters"), table)
		room()
		first := d.registering(canaryPatient(), key).Want(http.StatusCreated)
		again := d.registering(canaryPatient(), key).Want(http.StatusCreated)
		require.Equal(t, first.Header.Get("Location"), again.Header.Get("Location"))
		require.Equal(t, i+2, d.patients())
	}
	d.trailIsWhole()
}

// crammed moves the table of patients onto a disk of a few megabytes. It needs
// to mount one, so it skips where it may not.
func (d desk) crammed(megabytes int) (disk string, undo func()) {
	d.t.Helper()
	data := apitest.Scalar[string](d.t, d.API, `show data_directory`)
	if _, err := os.Stat(data); err != nil {
		d.t.Skip("the server's disks are not this machine's")
	}
	disk = filepath.Join(d.t.TempDir(), "disco")
	require.NoError(d.t, os.MkdirAll(disk, 0o777))
	if out, err := exec.CommandContext(d.t.Context(), "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm,mode=0777", megabytes), "tmpfs", disk).CombinedOutput(); err != nil {
		d.t.Skipf("a small disk cannot be mounted here: %s", out)
	}
	space := "disco_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	d.reachable(disk, data)
	d.Database.Exec(d.t, fmt.Sprintf(`create tablespace %s location '%s'`, space, disk))
	d.Database.Exec(d.t, `alter table patients set tablespace `+space)
	return disk, func() {
		d.Database.Exec(d.t, `alter table patients set tablespace pg_default`)
		d.Database.Exec(d.t, `drop tablespace `+space)
		out, err := exec.CommandContext(d.t.Context(), "umount", disk).CombinedOutput()
		require.NoError(d.t, err, string(out))
	}
}

// reachable gives a disk, and the way to it, to whoever owns the server's data.
func (d desk) reachable(disk, data string) {
	d.t.Helper()
	for dir := filepath.Dir(disk); dir != filepath.Dir(dir) && dir != os.TempDir(); dir = filepath.Dir(dir) {
		require.NoError(d.t, os.Chmod(dir, 0o755))
	}
	out, err := exec.CommandContext(d.t.Context(), "chown", "--reference="+data, disk).CombinedOutput()
	require.NoError(d.t, err, string(out))
}

// A disk that is truly full, and then has room.
func TestADiskThatFillsUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	disk, undo := d.crammed(2)
	defer undo()
	saved := 0
	full := false
	for i := 0; i < 2000 && !full; i++ {
		r := d.registering(dropped(canaryPatient(), "curp"), fmt.Sprint("lleno ", i))
		if full = r.Status != http.StatusCreated; full {
			notNow(t, r, "the disk is full")
			continue
		}
		saved++
	}
	require.True(t, full, "the disk never filled up")
	require.Equal(t, saved, d.patients())
	list := d.send(http.MethodGet, "/api/patients?limit=1", nil).Want(http.StatusOK).JSON()["items"]
	require.Len(t, list, 1, "what was saved is still served")
	out, err := exec.CommandContext(t.Context(), "mount", "-o", "remount,size=64m", disk).CombinedOutput()
	require.NoError(t, err, string(out))
	d.registering(dropped(canaryPatient(), "curp"), fmt.Sprint("lleno ", saved)).Want(http.StatusCreated)
	require.Equal(t, saved+1, d.patients())
	d.trailIsWhole()
}
