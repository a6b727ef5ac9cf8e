package audit

// Action names an act, "subject.verb". The list is closed: the audit view has a
// Spanish text for each, which a test compares with it.
type Action string

// The acts that exist.
const (
	SessionOpened   Action = "session.opened"
	SessionRefused  Action = "session.refused"
	SessionClosed   Action = "session.closed"
	ProofRefused    Action = "session.proof_refused"
	ResetAsked      Action = "account.reset_requested"
	PasswordReset   Action = "account.password_reset"
	PasswordChanged Action = "account.password_changed"
	EmailVerified   Action = "account.email_verified"
	AccountUpdated  Action = "account.updated"
	AccessDenied    Action = "access.denied"
	SessionProved   Action = "session.proved"
	SessionEnded    Action = "session.ended"
	SessionLocked   Action = "session.locked"
	SessionUnlocked Action = "session.unlocked"
	SessionResumed  Action = "session.resumed"
	PINSet          Action = "pin.set"
	PINRemoved      Action = "pin.removed"
	PINRefused      Action = "pin.refused"
	SecurityUpdated Action = "clinic.security_updated"
	TOTPEnabled     Action = "factor.totp_enabled"
	TOTPDisabled    Action = "factor.totp_disabled"
	RecoveryRenewed Action = "factor.recovery_renewed"
	RecoveryUsed    Action = "factor.recovery_used"
	PasskeyAdded    Action = "factor.passkey_added"
	PasskeyRemoved  Action = "factor.passkey_removed"
	PasskeyRefused  Action = "factor.passkey_refused"
	DeviceForgotten Action = "factor.device_forgotten"
	ResetRequested  Action = "factor.reset_requested"
	ResetApproved   Action = "factor.reset_approved"
	ResetCancelled  Action = "factor.reset_cancelled"
	ResetListed     Action = "factor.reset_listed"
	RemovalNoticed  Action = "factor.removal_noticed"
	RemovalStopped  Action = "factor.removal_stopped"
	FactorsRemoved  Action = "factor.removed"
	ClinicCreated   Action = "clinic.created"
	ClinicRead      Action = "clinic.read"
	ClinicUpdated   Action = "clinic.updated"
	OfficeCreated   Action = "office.created"
	OfficeUpdated   Action = "office.updated"
	PatientCreated  Action = "patient.created"
	PatientRead     Action = "patient.read"
	PatientSearched Action = "patient.searched"
	PatientUpdated  Action = "patient.updated"
	PatientArchived Action = "patient.archived"
	PatientRestored Action = "patient.unarchived"
	DuplicatesAsked Action = "patient.duplicates_asked"
	ChartRead       Action = "chart.read"

	ConsultationOpened    Action = "consultation.opened"
	ConsultationRead      Action = "consultation.read"
	ConsultationSaved     Action = "consultation.saved"
	ConsultationSigned    Action = "consultation.signed"
	ConsultationAddendum  Action = "consultation.addendum"
	ConsultationDiscarded Action = "consultation.discarded"
	ConsultationListed    Action = "consultation.listed"
	ConsultationCopied    Action = "consultation.copy_kept"
	ConsultationPrinted   Action = "consultation.document_read"
	PrescriptionOpened    Action = "prescription.opened"
	PrescriptionRead      Action = "prescription.read"
	PrescriptionSaved     Action = "prescription.saved"
	PrescriptionSigned    Action = "prescription.signed"
	PrescriptionVoided    Action = "prescription.voided"
	PrescriptionDiscarded Action = "prescription.discarded"
	PrescriptionListed    Action = "prescription.listed"
	PrescriptionPrinted   Action = "prescription.document_read"
	MedicationsRead       Action = "medication.read"
	MedicationStopped     Action = "medication.stopped"

	VitalsRecorded  Action = "vitals.recorded"
	VitalsRead      Action = "vitals.read"
	VitalsVoided    Action = "vitals.voided"
	AllergyCreated  Action = "allergy.created"
	AllergyUpdated  Action = "allergy.updated"
	AllergiesListed Action = "allergy.listed"
	AllergiesDenied Action = "allergy.none_known"
	ProblemCreated  Action = "problem.created"
	ProblemUpdated  Action = "problem.updated"
	ProblemsListed  Action = "problem.listed"

	DocumentVerified Action = "document.verified"

	NoticeCreated   Action = "notice.created"
	NoticeUpdated   Action = "notice.updated"
	NoticePublished Action = "notice.published"
	ConsentRead     Action = "consent.read"
	ConsentAsked    Action = "consent.requested"
	ConsentAccepted Action = "consent.accepted"
	ConsentRevoked  Action = "consent.revoked"
	ConsentRefused  Action = "consent.tap_refused"
	ConsentExpired  Action = "consent.expired"
	MessageListed   Action = "message.listed"
	MessageSent     Action = "message.submitted"
	MessageStatus   Action = "message.status"
	MessageRetried  Action = "message.retried"
	MessageResolved Action = "message.resolved"
	WebhookAccepted Action = "webhook.accepted"
	WebhookRefused  Action = "webhook.refused"
	WhatsAppChecked Action = "whatsapp.checked"
	MailSent        Action = "mail.sent"
	MailFailed      Action = "mail.failed"
	AuditRead       Action = "audit.read"
	AuditVerified   Action = "audit.verified"
	TrailRecovered  Action = "audit.recovered"
	KeysRotated     Action = "keys.rotated"

	WhatsAppTemplateSent Action = "whatsapp.template_sent"

	StaffInvited             Action = "staff.invited"
	StaffInvitationRenewed   Action = "staff.invitation_renewed"
	StaffInvitationCancelled Action = "staff.invitation_cancelled"
	StaffInvitationRead      Action = "staff.invitation_read"
	StaffJoined              Action = "staff.joined"
	StaffListed              Action = "staff.listed"
	StaffRoleChanged         Action = "staff.role_changed"
	StaffHandedOver          Action = "staff.drafts_handed_over"
	StaffAccessEnded         Action = "staff.access_ended"
	StaffLeft                Action = "staff.left"
	OwnershipOffered         Action = "staff.ownership_offered"
	OwnershipWithdrawn       Action = "staff.ownership_withdrawn"
	OwnershipAccepted        Action = "staff.ownership_accepted"
	ConfidentialityAccepted  Action = "confidentiality.accepted"
)

// Actions lists every act in the order above.
func Actions() []Action {
	return []Action{
		SessionEnded, SessionLocked, SessionUnlocked, SessionResumed, PINSet, PINRemoved, PINRefused, SecurityUpdated,
		SessionOpened, SessionRefused, SessionClosed, ProofRefused,
		ResetAsked, PasswordReset, PasswordChanged, EmailVerified, AccountUpdated, AccessDenied,
		SessionProved, TOTPEnabled, TOTPDisabled, RecoveryRenewed, RecoveryUsed, PasskeyAdded, PasskeyRemoved, PasskeyRefused,
		DeviceForgotten, ResetRequested, ResetApproved, ResetCancelled, ResetListed, RemovalNoticed, RemovalStopped, FactorsRemoved,
		ClinicCreated, ClinicRead, ClinicUpdated, OfficeCreated, OfficeUpdated,
		PatientCreated, PatientRead, PatientSearched, PatientUpdated, PatientArchived,
		PatientRestored, DuplicatesAsked, ChartRead,
		ConsultationOpened, ConsultationRead, ConsultationSaved, ConsultationSigned, ConsultationAddendum,
		ConsultationDiscarded, ConsultationListed, ConsultationCopied, ConsultationPrinted,
		PrescriptionOpened, PrescriptionRead, PrescriptionSaved, PrescriptionSigned, PrescriptionVoided,
		PrescriptionDiscarded, PrescriptionListed, PrescriptionPrinted, MedicationsRead, MedicationStopped,
		VitalsRecorded, VitalsRead, VitalsVoided,
		AllergyCreated, AllergyUpdated, AllergiesListed, AllergiesDenied, ProblemCreated, ProblemUpdated, ProblemsListed,
		DocumentVerified,
		NoticeCreated, NoticeUpdated, NoticePublished,
		ConsentRead, ConsentAsked, ConsentAccepted, ConsentRevoked, ConsentRefused, ConsentExpired,
		MessageListed, MessageSent, MessageStatus, MessageRetried, MessageResolved,
		WebhookAccepted, WebhookRefused, WhatsAppChecked, WhatsAppTemplateSent, MailSent, MailFailed, AuditRead, AuditVerified, TrailRecovered, KeysRotated,
		StaffInvited, StaffInvitationRenewed, StaffInvitationCancelled, StaffInvitationRead,
		StaffJoined, StaffListed, StaffRoleChanged, StaffHandedOver, StaffAccessEnded,
		StaffLeft, OwnershipOffered, OwnershipWithdrawn, OwnershipAccepted, ConfidentialityAccepted,
	}
}
