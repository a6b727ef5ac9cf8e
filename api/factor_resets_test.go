package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// membershipOf finds somebody's place in a clinic.
func membershipOf(t testing.TB, a *apitest.API, p apitest.Person, clinic string) string {
	t.Helper()
	return apitest.Scalar[string](t, a, `select id::text from memberships where user_id = $1 and clinic_id = $2`,
		uuid.MustParse(p.UserID), uuid.MustParse(clinic))
}

// onlyHere leaves somebody no place but one clinic.
func onlyHere(t testing.TB, a *apitest.API, p apitest.Person) {
	t.Helper()
	a.Database.Exec(t, `update clinics set status = 'closed' where id in
		(select clinic_id from memberships where user_id = $1 and role = 'owner')`, uuid.MustParse(p.UserID))
}

func TestALostFactorIsTakenAwayByTwoPersons(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	nurse, doctor := a.Colleague(t, owner, actor.RoleNurse), a.Colleague(t, owner, actor.RoleDoctor)
	desk, elsewhere := a.Colleague(t, owner, actor.RoleReceptionist), a.Doctor(t)
	onlyHere(t, a, nurse)
	place := membershipOf(t, a, nurse, owner.ClinicID)
	request := func(token, membership string) apitest.Reply {
		return post(t, a, token, "/api/factor-resets", map[string]any{"membership_id": membership})
	}
	require.Equal(t, "factor_reset.no_factor", request(owner.Token, place).Want(http.StatusUnprocessableEntity).Code())
	enrol(t, a, nurse)
	require.Equal(t, "factor_reset.own", request(owner.Token, membershipOf(t, a, owner, owner.ClinicID)).Want(http.StatusUnprocessableEntity).Code())
	request(doctor.Token, place).Want(http.StatusForbidden)
	request(elsewhere.Token, place).Want(http.StatusNotFound)

	made := request(owner.Token, place).Want(http.StatusCreated).JSON()
	require.Equal(t, "pending", made["status"])
	require.InDelta(t, 1, made["approvals_needed"], 0)
	require.Equal(t, "factor_reset.pending", request(owner.Token, place).Want(http.StatusConflict).Code())
	require.Contains(t, letters(t, a), "Otra persona debe aprobarlo")

	approve := func(p apitest.Person) apitest.Reply {
		return post(t, a, p.Token, "/api/factor-resets/"+made["id"].(string)+"/approve", nil)
	}
	require.Equal(t, "factor_reset.own", approve(owner).Want(http.StatusUnprocessableEntity).Code())
	approve(desk).Want(http.StatusForbidden)
	approve(nurse).Want(http.StatusForbidden)
	approve(elsewhere).Want(http.StatusNotFound)
	newDoor(t, a).enter(nurse, nil).Want(http.StatusUnauthorized)
	require.Equal(t, true, get(t, a, doctor.Token, "/api/factor-resets")["items"].([]any)[0].(map[string]any)["may_approve"])

	require.Equal(t, "done", approve(doctor).Want(http.StatusOK).JSON()["status"])
	require.Equal(t, "factor_reset.closed", approve(doctor).Want(http.StatusConflict).Code())
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: nurse.Token}).Want(http.StatusUnauthorized)
	newDoor(t, a).enter(nurse, nil).Want(http.StatusOK)
	require.Contains(t, letters(t, a), "Se quitó la verificación en dos pasos de su cuenta")
}

func TestWhoWorksElsewhereGetsADaysNotice(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	nurse, doctor := a.Colleague(t, owner, actor.RoleNurse), a.Colleague(t, owner, actor.RoleDoctor)
	enrol(t, a, nurse)
	made := post(t, a, owner.Token, "/api/factor-resets", map[string]any{"membership_id": membershipOf(t, a, nurse, owner.ClinicID)}).Want(http.StatusCreated).JSON()
	done := post(t, a, doctor.Token, "/api/factor-resets/"+made["id"].(string)+"/approve", nil).Want(http.StatusOK).JSON()
	require.Equal(t, "scheduled", done["status"])
	require.NotEmpty(t, done["due_at"])
	require.Regexp(t, link, letters(t, a))
	newDoor(t, a).enter(nurse, nil).Want(http.StatusUnauthorized)
	a.Fake.Advance(24*time.Hour + time.Minute)
	letters(t, a)
	newDoor(t, a).enter(nurse, nil).Want(http.StatusOK)
}

// The owner who lost her own is at the door; two others of her clinic decide.
func TestAnOwnersLostFactorNeedsTwoOthers(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	one, two := a.Colleague(t, owner, actor.RoleDoctor), a.Colleague(t, owner, actor.RolePrivacyOfficer)
	enrol(t, a, owner)
	lost := map[string]any{"email": owner.Email, "password": testkit.Password}
	post(t, a, "", "/api/auth/factor/lost", lost).Want(http.StatusAccepted)
	post(t, a, "", "/api/auth/factor/lost", lost).Want(http.StatusAccepted)
	items := get(t, a, one.Token, "/api/factor-resets")["items"].([]any)
	require.Len(t, items, 1)
	require.NotRegexp(t, link, letters(t, a), "nothing goes by waiting where colleagues can decide")
	path := "/api/factor-resets/" + items[0].(map[string]any)["id"].(string) + "/approve"
	require.Equal(t, "factor_reset.own", post(t, a, owner.Token, path, nil).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "pending", post(t, a, one.Token, path, nil).Want(http.StatusOK).JSON()["status"])
	require.Equal(t, "factor_reset.approved_by_you", post(t, a, one.Token, path, nil).Want(http.StatusConflict).Code())
	require.Equal(t, "done", post(t, a, two.Token, path, nil).Want(http.StatusOK).JSON()["status"])
	newDoor(t, a).enter(owner, nil).Want(http.StatusOK)
}

func TestAResetCanBeCancelledAndRunsOut(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	nurse, doctor := a.Colleague(t, owner, actor.RoleNurse), a.Colleague(t, owner, actor.RoleDoctor)
	enrol(t, a, nurse)
	body := map[string]any{"membership_id": membershipOf(t, a, nurse, owner.ClinicID)}
	first := post(t, a, owner.Token, "/api/factor-resets", body).Want(http.StatusCreated).JSON()["id"].(string)
	cancel := apitest.Call{Method: http.MethodDelete, Path: "/api/factor-resets/" + first, Token: owner.Token}
	a.Do(t, cancel).Want(http.StatusNoContent)
	require.Equal(t, "factor_reset.closed", a.Do(t, cancel).Want(http.StatusConflict).Code())
	require.Equal(t, "factor_reset.closed", post(t, a, doctor.Token, "/api/factor-resets/"+first+"/approve", nil).Want(http.StatusConflict).Code())

	post(t, a, owner.Token, "/api/factor-resets", body).Want(http.StatusCreated)
	a.Fake.Advance(73 * time.Hour)
	in := newDoor(t, a).enter(owner, nil).Want(http.StatusOK).JSON()["access_token"].(string)
	items := get(t, a, in, "/api/factor-resets")["items"].([]any)
	require.Equal(t, "expired", items[0].(map[string]any)["status"])
	post(t, a, in, "/api/factor-resets", body).Want(http.StatusCreated) // one that ran out makes room
}
