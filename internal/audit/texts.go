package audit

// texts says every act in Spanish, as a person who looks at the trail reads it.
var texts = map[Action]string{
	SessionOpened:   "Inició sesión",
	SessionRefused:  "Inicio de sesión rechazado",
	SessionClosed:   "Cerró sesión",
	ProofRefused:    "Contraseña rechazada al firmar",
	AccessDenied:    "Acceso denegado",
	ClinicCreated:   "Registró la clínica",
	ClinicRead:      "Consultó los datos de la clínica",
	ClinicUpdated:   "Cambió los datos de la clínica",
	OfficeCreated:   "Registró un consultorio",
	OfficeUpdated:   "Cambió los datos de un consultorio",
	PatientCreated:  "Registró al paciente",
	PatientRead:     "Consultó los datos del paciente",
	PatientSearched: "Buscó pacientes",
	PatientUpdated:  "Cambió los datos del paciente",
	PatientArchived: "Archivó al paciente",
	PatientRestored: "Reactivó al paciente",
	DuplicatesAsked: "Buscó registros duplicados",
	ChartRead:       "Consultó el expediente",

	ConsultationOpened:    "Abrió una consulta",
	ConsultationRead:      "Leyó una nota",
	ConsultationSaved:     "Guardó el borrador de una nota",
	ConsultationSigned:    "Firmó una nota",
	ConsultationAddendum:  "Agregó una adenda a una nota",
	ConsultationDiscarded: "Descartó el borrador de una nota",
	ConsultationListed:    "Consultó la lista de notas",
	ConsultationCopied:    "Conservó otra versión de un borrador",
	ConsultationPrinted:   "Abrió el documento de una nota",
	PrescriptionOpened:    "Comenzó una receta",
	PrescriptionRead:      "Consultó una receta",
	PrescriptionSaved:     "Guardó el borrador de una receta",
	PrescriptionSigned:    "Firmó una receta",
	PrescriptionVoided:    "Anuló una receta",
	PrescriptionDiscarded: "Descartó el borrador de una receta",
	PrescriptionListed:    "Consultó la lista de recetas",
	PrescriptionPrinted:   "Abrió el documento de una receta",
	MedicationsRead:       "Consultó los medicamentos en uso",
	MedicationStopped:     "Suspendió un medicamento",

	VitalsRecorded:   "Registró signos vitales",
	VitalsRead:       "Consultó los signos vitales",
	VitalsVoided:     "Marcó signos vitales como registrados por error",
	AllergyCreated:   "Registró una alergia",
	AllergyUpdated:   "Cambió una alergia",
	AllergiesListed:  "Consultó las alergias",
	AllergiesDenied:  "Registró que no se conocen alergias",
	ProblemCreated:   "Registró un problema",
	ProblemUpdated:   "Cambió un problema",
	ProblemsListed:   "Consultó los problemas",
	DocumentVerified: "Se comprobó la autenticidad de un documento",

	NoticeCreated:   "Creó un aviso de privacidad",
	NoticeUpdated:   "Cambió el borrador del aviso de privacidad",
	NoticePublished: "Publicó el aviso de privacidad",
	ConsentRead:     "Consultó los consentimientos",
	ConsentAsked:    "Solicitó el consentimiento",
	ConsentAccepted: "Recibió el consentimiento",
	ConsentRevoked:  "Registró la revocación del consentimiento",
	ConsentRefused:  "No se tomó como consentimiento una respuesta",
	ConsentExpired:  "Venció sin respuesta una solicitud de consentimiento",
	MessageListed:   "Consultó los mensajes",
	MessageSent:     "Envió un mensaje",
	MessageStatus:   "Se actualizó el estado de un mensaje",
	MessageRetried:  "Reintentó el envío de un mensaje",
	MessageResolved: "Dio por atendido un mensaje",
	WebhookAccepted: "Llegó una notificación de WhatsApp",
	WebhookRefused:  "Se rechazó una notificación de WhatsApp",
	MailSent:        "Envió un correo",
	MailFailed:      "No se pudo entregar un correo",
	AuditRead:       "Consultó la bitácora",
	AuditVerified:   "Verificó la bitácora",
	TrailRecovered:  "Registró la restauración de un respaldo",
	KeysRotated:     "Rotó las claves de cifrado",
}

// Text says the act in Spanish.
func (a Action) Text() string {
	if s, ok := texts[a]; ok {
		return s
	}
	return string(a)
}

// Known tells whether the act exists.
func (a Action) Known() bool { return texts[a] != "" }
