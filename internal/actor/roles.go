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

// The permissions of the subjects that exist.
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

// byRole is the table role x permission. A doctor's work is clinical; the desk
// registers and finds people, asks consent and sees messages, never notes; the
// auditor reads only the trail.
var byRole = map[Role][]Permission{
	RoleOwner: {
		Signed, CatalogRead, PatientRead, PatientWrite, ConsentRead, ConsentRequest,
		MessageRead, MessageWrite, NoticeRead, NoticePublish, AuditRead, ClinicRead, ClinicWrite,
	},
	RoleDoctor: {
		Signed, CatalogRead, PatientRead, PatientWrite, ChartRead, ConsultationRead, ConsultationWrite, ConsultationSign,
		PrescriptionRead, PrescriptionWrite, VitalsRead, VitalsWrite, ConditionRead, ConditionWrite, ConsentRead, ConsentRequest,
		MessageRead, MessageWrite, NoticeRead, ClinicRead,
	},
	RoleNurse: {
		Signed, CatalogRead, PatientRead, PatientWrite, ChartRead, ConsultationRead, PrescriptionRead,
		VitalsRead, VitalsWrite, ConditionRead, ConditionWrite, ConsentRead, ConsentRequest,
		MessageRead, MessageWrite, NoticeRead, ClinicRead,
	},
	RoleReceptionist: {
		Signed, CatalogRead, PatientRead, PatientWrite, ConsentRead, ConsentRequest,
		MessageRead, MessageWrite, NoticeRead, ClinicRead,
	},
	RolePrivacyOfficer: {
		Signed, CatalogRead, PatientRead, ConsentRead, ConsentRequest,
		MessageRead, NoticeRead, NoticePublish, AuditRead, ClinicRead,
	},
	RoleAuditor: {Signed, CatalogRead, AuditRead},
}

// Grants gives the permissions of a role. licensed says that the person has a
// cédula profesional: an owner who has one may do all that a doctor may.
func Grants(role Role, licensed bool) Permissions {
	set := Permissions{}
	for _, p := range byRole[role] {
		set[p] = true
	}
	if role == RoleOwner && licensed {
		for _, p := range byRole[RoleDoctor] {
			set[p] = true
		}
	}
	return set
}
