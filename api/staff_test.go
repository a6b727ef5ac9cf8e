package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// lucia is somebody to invite.
func lucia(role actor.Role) map[string]any {
	return map[string]any{
		"email": "lucia." + uuid.NewString()[:8] + "@jacarandas.example", "full_name": "Lucía Bravo Tenorio", "role": string(role),
	}
}

// invite asks somebody in and gives the token of her link.
func (d desk) invite(body map[string]any) (id, token string) {
	d.t.Helper()
	out := d.send(http.MethodPost, "/api/staff", body).Want(http.StatusCreated).JSON()
	url := out["invitation_url"].(string)
	require.Contains(d.t, url, "/invitacion/")
	return out["id"].(string), url[strings.LastIndex(url, "/")+1:]
}

func answer() map[string]any {
	return map[string]any{"password": testkit.Password, "accept_confidentiality": true}
}

func (d desk) accept(token string, body any) apitest.Reply {
	d.t.Helper()
	return d.Do(d.t, apitest.Call{Method: http.MethodPost, Path: "/api/invitations/" + token + "/accept", Body: body})
}

func (d desk) opened(token string) apitest.Reply {
	d.t.Helper()
	return d.Do(d.t, apitest.Call{Method: http.MethodGet, Path: "/api/invitations/" + token})
}

// as is the same clinic through somebody else's session.
func (d desk) as(p apitest.Person) desk { return desk{API: d.API, Person: p, t: d.t} }

// joined invites and lets her accept.
func (d desk) joined(role actor.Role) (desk, string) {
	d.t.Helper()
	body, a := lucia(role), answer()
	if role == actor.RoleDoctor {
		a["profession"], a["license_number"], a["title_institution"] = "medico_cirujano", "00123456", "Universidad de Puebla"
	}
	id, token := d.invite(body)
	out := d.accept(token, a).Want(http.StatusCreated).JSON()
	return d.as(apitest.Person{
		Token: out["access_token"].(string), Email: body["email"].(string), ClinicID: d.ClinicID, Slug: d.Slug,
		UserID: out["user"].(map[string]any)["id"].(string),
	}), id
}

func (d desk) me() map[string]any {
	d.t.Helper()
	return d.send(http.MethodGet, "/api/auth/me", nil).Want(http.StatusOK).JSON()
}

// member gives a place of the list by its id.
func (d desk) member(id string) map[string]any {
	d.t.Helper()
	for _, m := range list(d.send(http.MethodGet, "/api/staff?status=all", nil).Want(http.StatusOK).JSON()["items"]) {
		if m["id"] == id {
			return m
		}
	}
	d.t.Fatalf("no place %s", id)
	return nil
}

// signedIn signs in once more, after time has passed.
func (d desk) signedIn() desk {
	d.t.Helper()
	out := d.Do(d.t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": d.Email, "password": testkit.Password, "clinic_id": d.ClinicID,
	}}).Want(http.StatusOK).JSON()
	d.Token = out["access_token"].(string)
	return d
}

// An invitation shows where it leads, changes nothing however often a robot opens
// it, makes one account, and works once. The place has the same id all the way.
func TestAnInvitationIsTakenOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	body := lucia(actor.RoleReceptionist)
	id, token := d.invite(body)
	require.Equal(t, "invited", d.member(id)["status"])
	for range 3 {
		shown := d.opened(token).Want(http.StatusOK).JSON()
		require.Equal(t, "Clínica Jacarandas, S.C.", shown["clinic_name"])
		require.Equal(t, "Sofía Núñez Alcaraz", shown["invited_by"])
		require.Equal(t, "receptionist", shown["role"])
		require.Equal(t, false, shown["has_account"])
		require.NotEmpty(t, shown["confidentiality"].(map[string]any)["text"])
	}
	require.Equal(t, "staff.already_invited", d.send(http.MethodPost, "/api/staff", body).Want(http.StatusConflict).Code())

	without := map[string]any{"password": testkit.Password, "accept_confidentiality": false}
	require.Equal(t, map[string]string{"accept_confidentiality": "required"}, d.accept(token, without).Want(http.StatusBadRequest).Fields())
	require.Equal(t, "too_short", d.accept(token, map[string]any{"password": "corta", "accept_confidentiality": true}).Want(http.StatusBadRequest).Fields()["password"])
	entered := d.accept("%20"+token+"%20", answer()).Want(http.StatusCreated) // pasted with spaces
	require.Contains(t, fmt.Sprint(entered.Header.Values("Set-Cookie")), "historias_device=", "her browser has a name from now on")
	in := entered.JSON()
	her := d.as(apitest.Person{Token: in["access_token"].(string)})
	me := her.me()
	require.Equal(t, "receptionist", me["role"])
	require.Equal(t, "Lucía Bravo Tenorio", me["user"].(map[string]any)["full_name"])
	require.Equal(t, map[string]any{"version": float64(1), "accepted": true}, me["confidentiality"])
	require.NotContains(t, me["permissions"], "chart:read")

	require.Equal(t, "invitation.used", d.accept(token, answer()).Want(http.StatusConflict).Code())
	require.Equal(t, "invitation.used", d.opened(token).Want(http.StatusConflict).Code())
	require.Equal(t, "active", d.member(id)["status"])
	taken := d.send(http.MethodPost, "/api/staff", body).Want(http.StatusConflict)
	require.Equal(t, "staff.already_member", taken.Code())
	require.Equal(t, id, taken.JSON()["existing_id"])
	require.Contains(t, letters(t, d.API), token, "the link went by mail")
	require.Zero(t, apitest.Scalar[int](t, d.API, `select count(*)::int from invitations where encode(token_hash, 'escape') like '%' || $1 || '%' or sealed like '%' || $1 || '%'`, token))
}

// Fifty who hold the same link at the same moment: one gets in.
func TestOneOfManyTakesAnInvitation(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, token := d.invite(lucia(actor.RoleNurse))
	var wait sync.WaitGroup
	answers := make([]int, 12)
	for i := range answers {
		wait.Go(func() { answers[i] = d.accept(token, answer()).Status })
	}
	wait.Wait()
	counts := map[int]int{}
	for _, status := range answers {
		counts[status]++
	}
	require.Equal(t, 1, counts[http.StatusCreated], counts)
	require.Equal(t, len(answers)-1, counts[http.StatusConflict], counts)
}

// A link that waited too long, was renewed or taken back leads nowhere.
func TestAnInvitationEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, token := d.invite(lucia(actor.RoleNurse))
	d.Fake.Advance(72*time.Hour + time.Minute)
	require.Equal(t, "invitation.expired", d.opened(token).Want(http.StatusConflict).Code())
	require.Equal(t, "invitation.expired", d.accept(token, answer()).Want(http.StatusConflict).Code())
	d = d.signedIn()
	require.Equal(t, "expired", d.member(id)["status"])

	renewed := d.send(http.MethodPost, "/api/staff/"+id+"/invitation", nil).Want(http.StatusOK).JSON()
	require.Equal(t, id, renewed["id"])
	url := renewed["invitation_url"].(string)
	fresh := url[strings.LastIndex(url, "/")+1:]
	require.Equal(t, "invitation.not_found", d.opened(token).Want(http.StatusNotFound).Code())
	d.opened(fresh).Want(http.StatusOK)
	require.Equal(t, "staff.stale", d.send(http.MethodDelete, "/api/staff/"+id, nil, "If-Match", `"1"`).Want(http.StatusPreconditionFailed).Code())
	d.send(http.MethodDelete, "/api/staff/"+id, nil, "If-Match", `"2"`).Want(http.StatusNoContent)
	d.opened(fresh).Want(http.StatusNotFound)
	d.accept(fresh, answer()).Want(http.StatusNotFound)
	d.accept("not-a-token", answer()).Want(http.StatusNotFound)
	d.send(http.MethodPost, "/api/staff/"+id+"/invitation", nil).Want(http.StatusNotFound)
}

// Who has an account proves that it is hers, as at the door, and then belongs to
// both clinics. Nobody else's account gets in by the link.
func TestAnInvitationForSomebodyWithAnAccount(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.as(d.Doctor(t))
	_, token := d.invite(map[string]any{"email": " " + strings.ToUpper(other.Email) + " ", "full_name": "Sofía Núñez", "role": "doctor"})
	require.Equal(t, true, d.opened(token).Want(http.StatusOK).JSON()["has_account"])
	wrong := map[string]any{"password": "otra frase que no es", "accept_confidentiality": true}
	require.Equal(t, "auth.invalid_credentials", d.accept(token, wrong).Want(http.StatusUnauthorized).Code())
	in := d.accept(token, answer()).Want(http.StatusCreated).JSON()
	require.Equal(t, other.UserID, in["user"].(map[string]any)["id"])
	her := d.as(apitest.Person{Token: in["access_token"].(string)})
	clinics := list(her.me()["clinics"])
	require.Len(t, clinics, 2)
	require.Equal(t, []any{"Clínica Jacarandas", "owner"}, []any{clinics[0]["name"], clinics[0]["role"]})
	require.Equal(t, []any{"Clínica Jacarandas, S.C.", "doctor"}, []any{clinics[1]["name"], clinics[1]["role"]})
	require.Equal(t, true, her.me()["confidentiality"].(map[string]any)["accepted"])
	require.Equal(t, false, other.me()["confidentiality"].(map[string]any)["accepted"], "each clinic has its own letter")
}

// Guesses at an account through an invitation count as those at the door.
func TestGuessesThroughAnInvitationCount(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.as(d.Doctor(t))
	_, token := d.invite(map[string]any{"email": other.Email, "full_name": "Sofía Núñez", "role": "nurse"})
	wrong := map[string]any{"password": "otra frase que no es", "accept_confidentiality": true}
	for range 10 {
		d.accept(token, wrong).Want(http.StatusUnauthorized)
	}
	r := d.accept(token, answer()).Want(http.StatusTooManyRequests)
	require.Equal(t, "auth.too_many_failures", r.Code())
	require.NotEmpty(t, r.Header.Get("Retry-After"))
}

// A doctor who joins says her cédula; every fault of a form comes at once.
func TestFaultsOfInvitationsAndAnswers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Equal(t, map[string]string{"email": "format", "full_name": "required", "role": "enum"},
		d.wrong(http.MethodPost, "/api/staff", map[string]any{"email": "sin-arroba", "full_name": " ", "role": "dios"}).Want(http.StatusBadRequest).Fields())
	id, token := d.invite(lucia(actor.RoleDoctor))
	f := d.accept(token, map[string]any{"password": "          ", "accept_confidentiality": true}).Want(http.StatusBadRequest).Fields()
	for _, name := range []string{"password", "profession", "license_number", "title_institution"} {
		require.Contains(t, f, name)
	}
	long := map[string]any{"password": strings.Repeat("a", 5001), "accept_confidentiality": true}
	require.Equal(t, "too_long", d.wrong(http.MethodPost, "/api/invitations/"+token+"/accept", long).Want(http.StatusBadRequest).Fields()["password"])
	require.Equal(t, "invited", d.member(id)["status"], "what was wrong used nothing up")
	d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "nurse"}, "If-Match", `"1"`).Want(http.StatusOK)
	require.Equal(t, "nurse", d.opened(token).Want(http.StatusOK).JSON()["role"])
}

// A role changes with the next request, is in the trail with what it was and
// what it is, and nobody gives one to herself.
func TestARoleChanges(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nurse, id := d.joined(actor.RoleNurse)
	require.Contains(t, nurse.me()["permissions"], "chart:read")
	put := func(d desk, id, role, version string) apitest.Reply {
		return d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": role}, "If-Match", `"`+version+`"`)
	}
	require.Equal(t, "staff.stale", put(d, id, "receptionist", "7").Want(http.StatusPreconditionFailed).Code())
	changed := put(d, id, "receptionist", "1").Want(http.StatusOK).JSON()
	require.Equal(t, []any{"receptionist", float64(2)}, []any{changed["role"], changed["version"]})
	require.NotContains(t, nurse.me()["permissions"], "chart:read")
	require.Equal(t, "nurse>receptionist", apitest.Scalar[string](t, d.API,
		`select reason from audit_events where clinic_id = $1 and action = 'staff.role_changed'`, uuid.MustParse(d.ClinicID)))
	require.Contains(t, letters(t, d.API), "recepción")

	own := ""
	for _, m := range list(d.send(http.MethodGet, "/api/staff", nil).Want(http.StatusOK).JSON()["items"]) {
		if m["own"] == true {
			own = m["id"].(string)
		}
	}
	require.Equal(t, "staff.own_role", put(d, own, "doctor", "1").Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "staff.own_access", d.send(http.MethodDelete, "/api/staff/"+own, nil, "If-Match", `"1"`).Want(http.StatusUnprocessableEntity).Code())
	refused := put(nurse, id, "owner", "2").Want(http.StatusForbidden)
	require.Equal(t, "staff:write", refused.JSON()["permission"])
}

// Whatever makes or unmakes an owner asks who it is once more; so does leaving.
func TestOwnersAreMadeWithAFreshProof(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, id := d.joined(actor.RoleNurse)
	d.Fake.Advance(6 * time.Minute)
	for name, r := range map[string]apitest.Reply{
		"inviting an owner": d.send(http.MethodPost, "/api/staff", lucia(actor.RoleOwner)),
		"making an owner":   d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "owner"}, "If-Match", `"1"`),
		"handing over":      d.send(http.MethodPost, "/api/staff/transfer-ownership", map[string]any{"membership_id": id}),
	} {
		r.Want(http.StatusForbidden)
		require.Equal(t, []any{"auth.proof_required", "staff:write"}, []any{r.Code(), r.JSON()["permission"]}, name)
	}
	require.Equal(t, "auth.proof_required", d.send(http.MethodPost, "/api/staff/leave", map[string]any{}).Want(http.StatusForbidden).Code())
	d.send(http.MethodPost, "/api/staff", lucia(actor.RoleNurse)).Want(http.StatusCreated)
	d = d.signedIn()
	d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "owner"}, "If-Match", `"1"`).Want(http.StatusOK)
}

// The last owner cannot leave; of two who leave at once one stays.
func TestAClinicKeepsAnOwner(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Equal(t, "staff.last_owner", d.send(http.MethodPost, "/api/staff/leave", map[string]any{}).Want(http.StatusUnprocessableEntity).Code())
	for round := range 3 {
		d := d.as(d.ReadyDoctor(t))
		second, _ := d.joined(actor.RoleOwner)
		var wait sync.WaitGroup
		var answers [2]int
		for i, who := range []desk{d, second} {
			wait.Go(func() { answers[i] = who.send(http.MethodPost, "/api/staff/leave", map[string]any{}).Status })
		}
		wait.Wait()
		require.ElementsMatch(t, []int{http.StatusNoContent, http.StatusUnprocessableEntity}, answers[:], "round %d", round)
		require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from memberships where clinic_id = $1 and role = 'owner' and status = 'active'`, uuid.MustParse(d.ClinicID)))
	}
}

// Who leaves has no access from the next request on. Her drafts go on with a
// colleague who writes notes; what she signed stays hers.
func TestWhoLeavesHandsHerDraftsOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	doctor, id := d.joined(actor.RoleDoctor)
	_, frontID := d.joined(actor.RoleReceptionist)
	patient := d.register(fernanda())
	signed := doctor.openVisit(patient, "evolucion")
	signed.put("1", evolution()).Want(http.StatusOK)
	signed.sign().Want(http.StatusOK)
	draft := doctor.openVisit(patient, "evolucion")
	draft.put("1", evolution()).Want(http.StatusOK)
	receta := doctor.send(http.MethodPost, "/api/consultations/"+draft.id+"/prescriptions", map[string]any{}).Want(http.StatusCreated).JSON()["id"].(string)

	end := func(query string) apitest.Reply {
		return d.send(http.MethodDelete, "/api/staff/"+id+query, nil, "If-Match", `"1"`)
	}
	require.Equal(t, "staff.handover_required", end("").Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "staff.handover_refused", end("?handover_to="+frontID).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "staff.not_found", end("?handover_to="+uuid.NewString()).Want(http.StatusNotFound).Code())
	require.Equal(t, "staff.handover_required", doctor.send(http.MethodPost, "/api/staff/leave", map[string]any{}).Want(http.StatusUnprocessableEntity).Code())
	doctor.send(http.MethodGet, "/api/auth/me", nil).Want(http.StatusOK)

	own := d.send(http.MethodGet, "/api/staff", nil).Want(http.StatusOK).JSON()
	mine := list(own["items"])[0]
	require.Equal(t, true, mine["own"])
	end("?handover_to=" + mine["id"].(string)).Want(http.StatusNoContent)
	doctor.send(http.MethodGet, "/api/auth/me", nil).Want(http.StatusUnauthorized)
	require.Equal(t, "ended", d.member(id)["status"])

	mineNow := noteVisit{desk: d, id: draft.id}
	got := mineNow.read()
	require.Equal(t, d.UserID, got["author"].(map[string]any)["id"])
	require.Equal(t, "draft", got["status"])
	mineNow.put(fmt.Sprint(got["version"]), evolution()).Want(http.StatusOK)
	mineNow.sign().Want(http.StatusOK)
	require.Equal(t, doctor.UserID, noteVisit{desk: d, id: signed.id}.read()["author"].(map[string]any)["id"], "a signature stays")
	d.send(http.MethodGet, "/api/prescriptions/"+receta, nil).Want(http.StatusOK)
	require.Contains(t, letters(t, d.API), "Terminó su acceso")

	// Invited again, she has the same place.
	again, token := d.invite(map[string]any{"email": doctor.Email, "full_name": "Lucía Bravo", "role": "nurse"})
	require.Equal(t, id, again)
	d.accept(token, answer()).Want(http.StatusCreated)
	require.Equal(t, []any{"active", "nurse"}, []any{d.member(id)["status"], d.member(id)["role"]})
}

// The database lets no draft pass from somebody who still writes here, nor to
// somebody who does not, nor anything that was signed.
func TestDraftsPassOnlyFromWhoLeft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	doctor, _ := d.joined(actor.RoleDoctor)
	nurse, _ := d.joined(actor.RoleNurse)
	draft := doctor.openVisit(d.register(fernanda()), "evolucion")
	conn, err := pgx.Connect(t.Context(), d.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	take := `update consultations set author_id = $2 where id = $1`
	for name, to := range map[string]string{"a colleague while she is here": d.UserID, "a nurse": nurse.UserID} {
		_, err := conn.Exec(t.Context(), take, uuid.MustParse(draft.id), uuid.MustParse(to))
		require.ErrorContains(t, err, "keeps its author", name)
	}
}

// waiting is what the person is told of a change of ownership.
func (d desk) waiting() map[string]any {
	return d.send(http.MethodGet, "/api/staff/ownership-offer", nil).Want(http.StatusOK).JSON()
}

// A clinic changes hands when both sides want it, in one act.
func TestAClinicChangesHands(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	doctor, id := d.joined(actor.RoleDoctor)
	nurse, _ := d.joined(actor.RoleNurse)
	offer := func() apitest.Reply {
		return d.send(http.MethodPost, "/api/staff/transfer-ownership", map[string]any{"membership_id": id})
	}
	require.Equal(t, "offered", offer().Want(http.StatusOK).JSON()["status"])
	require.Equal(t, "ownership.already_offered", offer().Want(http.StatusConflict).Code())
	for _, side := range []struct {
		d        desk
		received bool
	}{{d, false}, {doctor, true}} {
		got, waits := side.d.waiting()["offer"].(map[string]any)
		require.True(t, waits)
		require.Equal(t, []any{side.received, "doctor"}, []any{got["received"], got["former_role"]})
	}
	require.Empty(t, nurse.waiting(), "it concerns nobody but the two")
	nurse.send(http.MethodPost, "/api/staff/accept-ownership", nil).Want(http.StatusNotFound)
	d.send(http.MethodPost, "/api/staff/accept-ownership", nil).Want(http.StatusNotFound)
	require.Equal(t, "owner", d.me()["role"], "nothing changed yet")

	doctor.send(http.MethodDelete, "/api/staff/ownership-offer", nil).Want(http.StatusNoContent)
	require.Empty(t, d.waiting(), "that nothing waits is an answer and no fault")
	doctor.send(http.MethodDelete, "/api/staff/ownership-offer", nil).Want(http.StatusNotFound)
	doctor.send(http.MethodPost, "/api/staff/accept-ownership", nil).Want(http.StatusNotFound)
	offer().Want(http.StatusOK)
	require.Equal(t, "owner", doctor.send(http.MethodPost, "/api/staff/accept-ownership", nil).Want(http.StatusOK).JSON()["role"])
	require.Equal(t, []any{"owner", "doctor"}, []any{doctor.me()["role"], d.me()["role"]})
	require.Contains(t, doctor.me()["permissions"], "staff:write")
	require.NotContains(t, d.me()["permissions"], "staff:write")
	doctor.send(http.MethodPost, "/api/staff/accept-ownership", nil).Want(http.StatusNotFound)
}

// The letter is accepted by edition, and only the one in force.
func TestTheLetterOfConfidentiality(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	l := d.send(http.MethodGet, "/api/confidentiality-letter", nil).Want(http.StatusOK).JSON()
	require.NotContains(t, l, "accepted_version")
	require.Equal(t, false, d.me()["confidentiality"].(map[string]any)["accepted"])
	accept := func(version int) apitest.Reply {
		return d.send(http.MethodPost, "/api/confidentiality-letter/accept", map[string]any{"version": version})
	}
	require.Equal(t, "confidentiality.version", accept(7).Want(http.StatusUnprocessableEntity).Code())
	for range 2 {
		accept(1).Want(http.StatusNoContent)
	}
	require.Equal(t, true, d.me()["confidentiality"].(map[string]any)["accepted"])
	require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from confidentiality_acceptances where clinic_id = $1`, uuid.MustParse(d.ClinicID)))
}

// Drafts go to nobody of another clinic, whoever asks.
func TestDraftsGoToNobodyElsewhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.as(d.ReadyDoctor(t))
	_, theirs := other.joined(actor.RoleDoctor)
	doctor, id := d.joined(actor.RoleDoctor)
	doctor.openVisit(d.register(fernanda()), "evolucion")
	for name, r := range map[string]apitest.Reply{
		"leaving":         doctor.send(http.MethodPost, "/api/staff/leave", map[string]any{"handover_to": theirs}),
		"ending access":   d.send(http.MethodDelete, "/api/staff/"+id+"?handover_to="+theirs, nil, "If-Match", `"1"`),
		"changing a role": d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "nurse", "handover_to": theirs}, "If-Match", `"1"`),
	} {
		require.Equal(t, "staff.not_found", r.Want(http.StatusNotFound).Code(), name)
	}
	require.Equal(t, []any{"active", "doctor"}, []any{d.member(id)["status"], d.member(id)["role"]})
}
