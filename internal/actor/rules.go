package actor

import (
	"slices"
	"strings"
)

// Object is what a permission is about.
type Object string

// The objects of which not everybody who may read them sees every field.
const (
	ObjectPatient Object = "patient"
	ObjectStaff   Object = "staff"
)

// Fields names what may be seen of an object, by the keys of its JSON. Every
// (one "*") is all of it.
type Fields []string

// Every field of an object.
var Every = Fields{"*"}

// Has tells whether a field may be seen.
func (f Fields) Has(name string) bool {
	return slices.Contains(f, name) || slices.Contains(f, "*")
}

// Rule is one row of the table role x action x object x fields.
type Rule struct {
	Role       Role
	Object     Object
	Action     string
	Permission Permission
	Fields     Fields
}

// What is seen of a patient by who has no clinical work with her: who she is,
// how she is reached, and where her consent stands. Of her staff, everybody but
// the owner sees who it is and as what.
var (
	identity = Fields{
		"id", "record_number", "given_names", "first_surname", "second_surname", "birth_date", "age", "age_text", "minor",
		"sex", "state_of_birth", "curp", "phone", "email", "address", "emergency_contact", "representative",
		"identity_status", "consent", "status", "archive", "version", "created_at", "updated_at", "last_seen_at",
		"warnings", "score", "reasons",
	}
	colleague = Fields{"id", "user_id", "full_name", "role", "status", "prescribes", "own", "version"}
)

// Short names of the roles, in the order of the table.
const (
	own = RoleOwner
	doc = RoleDoctor
	nur = RoleNurse
	rec = RoleReceptionist
	off = RolePrivacyOfficer
	aud = RoleAuditor
)

// grant is one permission with the roles that have it; limited says what the
// roles in it see, where that is not everything.
type grant struct {
	permission Permission
	roles      []Role
	limited    map[Role]Fields
}

// grants is the table. From it come the check of every route, the fields of the
// answers, GET /api/permissions and docs/permisos.md. An owner with a cédula
// profesional has the doctor's rows as well as her own.
//
// A doctor's work is clinical; the nurse takes readings and reads notes; the
// desk registers and finds people, asks consent and sees messages, never notes;
// the auditor reads only the trail.
var grants = []grant{
	{Signed, []Role{own, doc, nur, rec, off, aud}, nil},
	{PermissionRead, []Role{own, doc, nur, rec, off, aud}, nil},
	{PatientRead, []Role{own, doc, nur, rec, off}, map[Role]Fields{own: identity, rec: identity, off: identity}},
	{PatientWrite, []Role{own, doc, nur, rec}, map[Role]Fields{own: identity, rec: identity}},
	{ChartRead, []Role{doc, nur}, nil},
	{ConsultationRead, []Role{doc, nur}, nil},
	{ConsultationWrite, []Role{doc}, nil},
	{ConsultationSign, []Role{doc}, nil},
	{PrescriptionRead, []Role{doc, nur}, nil},
	{PrescriptionWrite, []Role{doc}, nil},
	{VitalsRead, []Role{doc, nur}, nil},
	{VitalsWrite, []Role{doc, nur}, nil},
	{ConditionRead, []Role{doc, nur}, nil},
	{ConditionWrite, []Role{doc, nur}, nil},
	{ConsentRead, []Role{own, doc, nur, rec, off}, nil},
	{ConsentRequest, []Role{own, doc, nur, rec, off}, nil},
	{MessageRead, []Role{own, doc, nur, rec, off}, nil},
	{MessageWrite, []Role{own, doc, nur, rec}, nil},
	{NoticeRead, []Role{own, doc, nur, rec, off}, nil},
	{NoticePublish, []Role{own, off}, nil},
	{AuditRead, []Role{own, off, aud}, nil},
	{ClinicRead, []Role{own, doc, nur, rec, off}, nil},
	{ClinicWrite, []Role{own}, nil},
	{CatalogRead, []Role{own, doc, nur, rec, off, aud}, nil},
	{StaffRead, []Role{own, doc, off}, map[Role]Fields{doc: colleague, off: colleague}},
	{StaffWrite, []Role{own}, nil},
	{SecurityWrite, []Role{own}, nil},
	{WhatsAppRead, []Role{own, off}, nil},
	{WhatsAppCheck, []Role{own}, nil},
	{FactorResetApprove, []Role{own, doc, off}, nil},
}

// Roles lists every role, in the order of the table.
func Roles() []Role { return []Role{own, doc, nur, rec, off, aud} }

// Known tells whether r is a role.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Parts gives object and action of a permission.
func (p Permission) Parts() (Object, string) {
	object, action, _ := strings.Cut(string(p), ":")
	return Object(object), action
}

// Rules gives the whole table, permission by permission.
func Rules() []Rule {
	var all []Rule
	for _, g := range grants {
		object, action := g.permission.Parts()
		for _, role := range g.roles {
			all = append(all, Rule{Role: role, Object: object, Action: action, Permission: g.permission, Fields: g.fields(role)})
		}
	}
	return all
}

func (g grant) fields(role Role) Fields {
	if f, ok := g.limited[role]; ok {
		return f
	}
	return Every
}

// Ruled tells whether any rule mentions a permission: a route that asks for
// another one could be reached by nobody, and stops the start.
func Ruled(p Permission) bool {
	return slices.ContainsFunc(grants, func(g grant) bool { return g.permission == p })
}

// Grants gives the permissions of a role. licensed says that the person has a
// cédula profesional: an owner who has one may do all that a doctor may.
func Grants(role Role, licensed bool) Permissions {
	set := Permissions{}
	for _, g := range grants {
		for _, as := range acting(role, licensed) {
			if slices.Contains(g.roles, as) {
				set[g.permission] = true
			}
		}
	}
	return set
}

// acting are the rows of the table that hold for somebody.
func acting(role Role, licensed bool) []Role {
	if role == RoleOwner && licensed {
		return []Role{RoleOwner, RoleDoctor}
	}
	return []Role{role}
}

// Sees gives the fields that the actor sees of an object; none where she may
// not do this to it at all.
func (a *Actor) Sees(p Permission) Fields {
	var seen Fields
	if !a.Permissions.Has(p) {
		return seen
	}
	// Only a doctor's rows let an owner sign.
	licensed := a.Permissions.Has(ConsultationSign)
	for _, g := range grants {
		for _, as := range acting(a.Role, licensed) {
			if g.permission == p && slices.Contains(g.roles, as) {
				seen = append(seen, g.fields(as)...)
			}
		}
	}
	return seen
}
