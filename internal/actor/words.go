package actor

// roleWords say the roles in Spanish.
var roleWords = map[Role]string{
	RoleOwner:          "Titular",
	RoleDoctor:         "Personal médico",
	RoleNurse:          "Enfermería",
	RoleReceptionist:   "Recepción",
	RolePrivacyOfficer: "Responsable de privacidad",
	RoleAuditor:        "Auditoría",
}

// Label says the role in Spanish.
func (r Role) Label() string { return roleWords[r] }

// permissionWords say in Spanish what a permission lets somebody do.
var permissionWords = map[Permission]string{
	Signed:             "Ver y administrar su propia cuenta y sus sesiones",
	PermissionRead:     "Ver quién puede qué",
	PatientRead:        "Buscar pacientes y ver sus datos",
	PatientWrite:       "Registrar pacientes y corregir sus datos",
	ChartRead:          "Abrir el expediente clínico",
	ConsultationRead:   "Leer notas de consulta",
	ConsultationWrite:  "Escribir notas de consulta",
	ConsultationSign:   "Firmar notas y adendas",
	PrescriptionRead:   "Ver recetas y medicamentos en uso",
	PrescriptionWrite:  "Escribir, firmar y anular recetas",
	VitalsRead:         "Ver signos vitales",
	VitalsWrite:        "Registrar signos vitales",
	ConditionRead:      "Ver alergias y problemas de salud",
	ConditionWrite:     "Registrar alergias y problemas de salud",
	ConsentRead:        "Ver los consentimientos",
	ConsentRequest:     "Solicitar y revocar consentimientos",
	MessageRead:        "Ver los mensajes y a quién llamar",
	MessageWrite:       "Reintentar mensajes y darlos por atendidos",
	NoticeRead:         "Ver los avisos de privacidad",
	NoticePublish:      "Redactar y publicar avisos de privacidad",
	AuditRead:          "Consultar y verificar la bitácora",
	ClinicRead:         "Ver los datos de la clínica y sus consultorios",
	ClinicWrite:        "Cambiar los datos de la clínica y sus consultorios",
	CatalogRead:        "Consultar catálogos de diagnósticos y medicamentos",
	StaffRead:          "Ver quién trabaja en la clínica",
	StaffWrite:         "Invitar personas, cambiar su función y terminar su acceso",
	SecurityWrite:      "Decidir el bloqueo por inactividad y la verificación en dos pasos",
	WhatsAppRead:       "Ver la conexión con WhatsApp",
	WhatsAppCheck:      "Revisar ahora la conexión con WhatsApp",
	FactorResetApprove: "Aprobar que se quite un segundo paso perdido",
}

// Label says in Spanish what the permission lets somebody do.
func (p Permission) Label() string { return permissionWords[p] }
