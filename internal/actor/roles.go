package actor

import "sort"

// Role is what a person is in one clinic.
type Role string

// The roles of a clinic.
const (
	RoleOwner          Role = "owner"
	RoleDoctor         Role = "doctor"
	RoleNurse          Role = "nurse"
	RoleReceptionist   Role = "receptionist"
	RolePrivacyOfficer Role = "privacy_officer"
	RoleAuditor        Role = "auditor"
)

// Permission is one thing that a route asks for, "subject:action".
type Permission string

// The permissions of the subjects that exist. Who has which stands in rules.go.
const (
	PatientRead  Permission = "patient:read"
	PatientWrite Permission = "patient:write"
	ChartRead    Permission = "chart:read"
	// Clinical work: the desk has none of it.
	ConsultationRead  Permission = "consultation:read"
	ConsultationWrite Permission = "consultation:write"
	ConsultationSign  Permission = "consultation:sign"
	PrescriptionRead  Permission = "prescription:read"
	PrescriptionWrite Permission = "prescription:write"
	VitalsRead        Permission = "vitals:read"
	VitalsWrite       Permission = "vitals:write"
	ConditionRead     Permission = "condition:read"
	ConditionWrite    Permission = "condition:write"

	ConsentRead    Permission = "consent:read"
	ConsentRequest Permission = "consent:request"
	MessageRead    Permission = "message:read"
	MessageWrite   Permission = "message:write"
	NoticeRead     Permission = "notice:read"
	NoticePublish  Permission = "notice:publish"
	AuditRead      Permission = "audit:read"
	ClinicRead     Permission = "clinic:read"
	ClinicWrite    Permission = "clinic:write"
	CatalogRead    Permission = "catalog:read"
	// StaffRead shows who works in the clinic, StaffWrite invites, changes roles
	// and ends access.
	StaffRead  Permission = "staff:read"
	StaffWrite Permission = "staff:write"
	// SecurityWrite sets how the clinic locks and who needs a second factor.
	SecurityWrite Permission = "security:write"
	// WhatsAppRead shows how the installation stands with WhatsApp, WhatsAppCheck
	// asks Meta again.
	WhatsAppRead  Permission = "whatsapp:read"
	WhatsAppCheck Permission = "whatsapp:check"
	// FactorResetApprove is the second pair of eyes when somebody lost her factor.
	FactorResetApprove Permission = "factor_reset:approve"
	// PermissionRead shows the table of all this.
	PermissionRead Permission = "permission:read"
	// Signed is what every signed-in person may do: see and end her own session.
	Signed Permission = "session:own"
)

// Permissions is a set of permissions.
type Permissions map[Permission]bool

// Has tells whether p is in the set.
func (s Permissions) Has(p Permission) bool { return s[p] }

// List gives the names in order, for the API.
func (s Permissions) List() []string {
	names := make([]string, 0, len(s))
	for p := range s {
		names = append(names, string(p))
	}
	sort.Strings(names)
	return names
}
