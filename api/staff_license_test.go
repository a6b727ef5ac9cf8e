package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// licensing registers a cédula in one's own data.
func (d desk) licensing() apitest.Reply {
	d.t.Helper()
	read := d.send(http.MethodGet, "/api/auth/profile", nil).Want(http.StatusOK)
	body := read.JSON()
	body["license_number"], body["profession"], body["title_institution"] = "00123456", "medico_cirujano", "Universidad de Puebla"
	return d.send(http.MethodPut, "/api/auth/profile", body, "If-Match", read.Header.Get("ETag"))
}

// Nobody becomes a doctor without a cédula, by none of the ways there are; with one
// she does.
func TestADoctorHasALicence(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nurse, id := d.joined(actor.RoleNurse)
	promote := func() apitest.Reply {
		return d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "doctor"}, "If-Match", `"1"`)
	}
	refused := promote().Want(http.StatusUnprocessableEntity)
	require.Equal(t, "staff.license_required", refused.Code())
	require.Contains(t, refused.JSON()["detail"], "cédula profesional")
	require.Equal(t, "nurse", d.member(id)["role"])

	elsewhere := d.as(d.Doctor(t))
	_, token := elsewhere.invite(map[string]any{"email": nurse.Email, "full_name": "Lucía Bravo", "role": "doctor"})
	require.Equal(t, "staff.license_required", d.accept(token, answer()).Want(http.StatusUnprocessableEntity).Code())
	wrong := map[string]any{"password": "otra frase que no es", "accept_confidentiality": true}
	d.accept(token, wrong).Want(http.StatusUnauthorized) // nothing is told to whoever is not she

	nurse.licensing().Want(http.StatusOK)
	promote().Want(http.StatusOK)
	require.Contains(t, nurse.me()["permissions"], "consultation:sign")
	d.accept(token, answer()).Want(http.StatusCreated)
}

// An owner without a cédula does not stay on as a doctor.
func TestWhoHandsOverStaysAsWhatSheMayBe(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	owner, _ := d.joined(actor.RoleOwner)
	_, heir := d.joined(actor.RoleDoctor)
	offer := func(former string) apitest.Reply {
		return owner.send(http.MethodPost, "/api/staff/transfer-ownership", map[string]any{"membership_id": heir, "former_role": former})
	}
	require.Equal(t, "staff.license_required", offer("doctor").Want(http.StatusUnprocessableEntity).Code())
	offer("nurse").Want(http.StatusOK)
}

// To register a first cédula asks for a proof of the last five minutes, and its
// event says so; to correct it does not.
func TestAFirstLicenceAsksForAFreshProof(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nurse, _ := d.joined(actor.RoleNurse)
	d.Fake.Advance(6 * time.Minute)
	refused := nurse.licensing().Want(http.StatusForbidden)
	require.Equal(t, []any{"auth.proof_required", "session:own"}, []any{refused.Code(), refused.JSON()["permission"]})
	nurse.send(http.MethodPost, "/api/auth/unlock", map[string]any{"password": testkit.Password}).Want(http.StatusOK)
	nurse.licensing().Want(http.StatusOK)
	d.Fake.Advance(6 * time.Minute)
	nurse.licensing().Want(http.StatusOK)
	require.Equal(t, "licensed;", apitest.Scalar[string](t, d.API, `select string_agg(coalesce(reason, ''), ';' order by id) from audit_events
		where clinic_id = $1 and action = 'account.updated'`, uuid.MustParse(d.ClinicID)))
}

// Somebody who answers an invitation gets what it offered when she read it, or is
// asked to read it again.
func TestAnInvitationThatChangesWhileItIsAnswered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, token := d.invite(lucia(actor.RoleAuditor))
	release := d.Hold(t, `lock table users in share mode`)
	defer release()
	var answered apitest.Reply
	done := make(chan struct{})
	go func() {
		defer close(done)
		answered = d.accept(token, answer())
	}()
	d.AwaitBlocked(t)
	d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": "receptionist"}, "If-Match", `"1"`).Want(http.StatusOK)
	release()
	<-done
	require.Equal(t, "invitation.changed", answered.Want(http.StatusConflict).Code())
	require.Equal(t, []any{"invited", "receptionist"}, []any{d.member(id)["status"], d.member(id)["role"]})
	d.accept(token, answer()).Want(http.StatusCreated)
	require.Equal(t, "receptionist", d.member(id)["role"])
}

// A link is shown once: no repetition of the request gets it back, and none is
// kept.
func TestTheLinkOfAnInvitationIsNotKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	body := lucia(actor.RoleNurse)
	first := d.send(http.MethodPost, "/api/staff", body, "Idempotency-Key", "invitar").Want(http.StatusCreated).JSON()
	again := d.send(http.MethodPost, "/api/staff", body, "Idempotency-Key", "invitar").Want(http.StatusConflict)
	require.Equal(t, []any{"staff.already_invited", first["id"]}, []any{again.Code(), again.JSON()["existing_id"]})
	renew := func() string {
		r := d.send(http.MethodPost, fmt.Sprint("/api/staff/", first["id"], "/invitation"), nil, "Idempotency-Key", "renovar").Want(http.StatusOK)
		return r.JSON()["invitation_url"].(string)
	}
	old, last := renew(), renew()
	require.NotEqual(t, old, last)
	d.opened(old[strings.LastIndex(old, "/")+1:]).Want(http.StatusNotFound)
	require.Zero(t, apitest.Scalar[int](t, d.API, `select count(*)::int from idempotency_keys where clinic_id = $1`, uuid.MustParse(d.ClinicID)))
}

// The days of grace for a second factor are given once: a role that is taken away
// and given back does not begin them again.
func TestARoleGivenBackBeginsNoNewGrace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	her, id := d.joined(actor.RolePrivacyOfficer)
	due := func() any { return her.me()["factor"].(map[string]any)["due_at"] }
	first := due()
	require.NotNil(t, first)
	put := func(role, version string) {
		d.send(http.MethodPut, "/api/staff/"+id, map[string]any{"role": role}, "If-Match", `"`+version+`"`).Want(http.StatusOK)
	}
	d.Fake.Advance(time.Hour)
	put("receptionist", "1")
	d.Fake.Advance(time.Minute)
	put("privacy_officer", "2")
	require.Equal(t, first, due())
}
