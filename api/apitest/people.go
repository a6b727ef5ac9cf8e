package apitest

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/testkit"
)

var serial atomic.Int64

// Person is somebody with a session.
type Person struct {
	Token    string
	Email    string
	UserID   string
	ClinicID string
	Slug     string
}

// RegisterBody is a valid registration.
func RegisterBody() map[string]any {
	n := serial.Add(1)
	return map[string]any{
		"full_name": "Sofía Núñez Alcaraz", "email": fmt.Sprintf("sofia.%d@jacarandas.example", n),
		"password": testkit.Password, "profession": "medico_cirujano", "license_number": "00123456",
		"title_institution": "Universidad Nacional Autónoma de México", "phone": "55 5555 0100",
		"clinic_name": "Clínica Jacarandas", "accept_terms": true,
	}
}

// Doctor registers a doctor, who owns her clinic.
func (a *API) Doctor(t testing.TB) Person {
	t.Helper()
	body := RegisterBody()
	out := a.Do(t, Call{Method: http.MethodPost, Path: "/api/auth/register", Body: body}).Want(http.StatusCreated).JSON()
	clinic, _ := out["clinic"].(map[string]any)
	user, _ := out["user"].(map[string]any)
	return Person{
		Token: text(out["access_token"]), Email: text(body["email"]), UserID: text(user["id"]),
		ClinicID: text(clinic["id"]), Slug: text(clinic["slug"]),
	}
}

func text(v any) string { s, _ := v.(string); return s }

// ReadyDoctor is a Doctor whose clinic is complete, with one office.
func (a *API) ReadyDoctor(t testing.TB) Person {
	t.Helper()
	p := a.Doctor(t)
	a.Do(t, Call{
		Method: http.MethodPut, Path: "/api/clinic", Token: p.Token, Headers: map[string]string{"If-Match": `"1"`},
		Body: map[string]any{
			"legal_name": "Clínica Jacarandas, S.C.", "address": testkit.Address(),
			"privacy_contact": map[string]any{"name": "Carmen Arrieta", "email": "privacidad@jacarandas.example", "phone": "5555550101"},
		},
	}).Want(http.StatusOK)
	a.Do(t, Call{
		Method: http.MethodPost, Path: "/api/offices", Token: p.Token,
		Body: map[string]any{"name": "Consultorio Centro", "address": testkit.Address(), "time_zone": "America/Mexico_City"},
	}).Want(http.StatusCreated)
	return p
}

// Colleague is somebody with a role in the clinic of p. Staff arrive with their
// own screens later, so the membership is written as the database's owner.
func (a *API) Colleague(t testing.TB, p Person, role actor.Role) Person {
	t.Helper()
	c := a.Doctor(t)
	a.Database.Exec(t, `update users set licensed = $2 where id = $1`, c.UserID, role == actor.RoleDoctor)
	a.Database.Exec(t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, $4, now())`,
		p.ClinicID, uuid.New(), c.UserID, string(role))
	out := a.Do(t, Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": c.Email, "password": testkit.Password, "clinic_id": p.ClinicID,
	}}).Want(http.StatusOK).JSON()
	c.Token, c.ClinicID, c.Slug = text(out["access_token"]), p.ClinicID, p.Slug
	return c
}
