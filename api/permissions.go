package api

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/errs"
)

// permissionsAPI shows the table of who may do what.
type permissionsAPI struct{}

func (h permissionsAPI) routes() []route {
	return []route{{http.MethodGet, "/api/permissions", actor.PermissionRead, h.list, routeOptions{}}}
}

// list gives the table.
//
//	@Summary		Quién puede qué
//	@Description	La tabla de la que salen la revisión de cada ruta y los datos que ve cada función: un renglón por función y permiso. fields son los datos que se ven del objeto; «*» son todos. Quien es titular y tiene cédula profesional suma los renglones del personal médico.
//	@Tags			Personal y permisos
//	@Produce		json
//	@Success		200	{object}	permissionsDTO
//	@Failure		401	{object}	Problem	"auth.required"
//	@Failure		403	{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/permissions [get]
func (h permissionsAPI) list(c echo.Context) error {
	out := permissionsDTO{}
	for _, r := range actor.Roles() {
		out.Roles = append(out.Roles, roleDTO{Role: string(r), Label: r.Label()})
	}
	for _, r := range actor.Rules() {
		out.Items = append(out.Items, permissionDTO{
			Role: string(r.Role), Object: string(r.Object), Action: r.Action, Permission: string(r.Permission),
			Label: r.Permission.Label(), Fields: r.Fields,
		})
	}
	return ok(c, out)
}

type permissionsDTO struct {
	Roles []roleDTO       `json:"roles"`
	Items []permissionDTO `json:"items"`
} //@name Permissions

type roleDTO struct {
	Role  string `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"receptionist"`
	Label string `json:"label" example:"Recepción"`
} //@name Role

type permissionDTO struct {
	Role       string   `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"receptionist"`
	Object     string   `json:"object" example:"patient"`
	Action     string   `json:"action" example:"read"`
	Permission string   `json:"permission" example:"patient:read"`
	Label      string   `json:"label" example:"Buscar pacientes y ver sus datos"`
	Fields     []string `json:"fields" example:"given_names"`
} //@name PermissionRule

// unruled names the first route whose permission no rule mentions: nobody could
// ever reach it, or somebody meant another one.
func unruled(table []route) error {
	for _, r := range table {
		if r.permission != public && !actor.Ruled(r.permission) {
			return fmt.Errorf("api: %s %s asks for %q, which no rule of internal/actor mentions", r.method, r.path, r.permission)
		}
	}
	return nil
}

// visible leaves out of an answer what the caller does not see of its object.
// What may be hidden is omitted when empty; a test holds every DTO to that.
func visible[T any](c echo.Context, p actor.Permission, dto T) T {
	seen := actor.Must(c.Request().Context()).Sees(p)
	if seen.Has("*") {
		return dto
	}
	v := reflect.ValueOf(&dto).Elem()
	for _, f := range fieldsOfDTO(v.Type()) {
		if !seen.Has(f.name) {
			v.FieldByIndex(f.index).SetZero()
		}
	}
	return dto
}

// keepUnseen gives the keys that the caller does not see of an object what they
// are now: who cannot see a fact neither clears nor replaces it. One that was sent
// nevertheless is a fault.
func keepUnseen[T any](c echo.Context, p actor.Permission, sent *T, now T) []errs.Field {
	seen := actor.Must(c.Request().Context()).Sees(p)
	if seen.Has("*") {
		return nil
	}
	var faults []errs.Field
	to, from := reflect.ValueOf(sent).Elem(), reflect.ValueOf(now)
	for _, f := range fieldsOfDTO(to.Type()) {
		if seen.Has(f.name) {
			continue
		}
		if !to.FieldByIndex(f.index).IsZero() {
			faults = append(faults, errs.Field{Field: f.name, Code: "not_allowed", Message: "Su función no ve este dato y no puede cambiarlo."})
		}
		to.FieldByIndex(f.index).Set(from.FieldByIndex(f.index))
	}
	return faults
}

// dtoField is a field of a DTO with its place.
type dtoField struct {
	name  string
	index []int
}

var knownKeys sync.Map // reflect.Type -> []dtoField

// fieldsOfDTO lists the keys of a DTO, those of embedded ones among them.
func fieldsOfDTO(t reflect.Type) []dtoField {
	if known, ok := knownKeys.Load(t); ok {
		return known.([]dtoField)
	}
	var keys []dtoField
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			keys = append(keys, dtoField{name: name, index: f.Index})
		}
	}
	knownKeys.Store(t, keys)
	return keys
}
