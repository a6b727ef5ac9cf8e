package staff

import (
	"historias/internal/actor"
	"historias/internal/errs"
)

// What cannot be done, whoever asks.
var (
	errLastOwner = errs.Rule("staff.last_owner",
		"La clínica no puede quedarse sin titular. Ofrezca antes la titularidad a otra persona.")
	errOwnRole = errs.Rule("staff.own_role",
		"Nadie cambia su propia función. Pídalo a otra persona titular o transfiera la titularidad.")
	errOwnAccess = errs.Rule("staff.own_access",
		"Para terminar su propio acceso use «Dejar la clínica».")
	errAlreadyMember = errs.Conflict("staff.already_member", "Esa persona ya trabaja en la clínica.")
	errAlreadyAsked  = errs.Conflict("staff.already_invited",
		"Esa persona ya tiene una invitación pendiente. Puede enviarle un enlace nuevo desde la lista del personal.")
	errNotActive = errs.Rule("staff.not_active", "Esa persona no tiene acceso a la clínica en este momento.")
	errHandover  = errs.Rule("staff.handover_required",
		"Hay borradores sin firmar. Elija quién del personal médico los continuará.",
		errs.Field{Field: "handover_to", Code: "required", Message: "Elija quién continuará los borradores."})
	errReceiver = errs.Rule("staff.handover_refused",
		"Los borradores sólo pueden pasar a otra persona activa que escriba notas en esta clínica.",
		errs.Field{Field: "handover_to", Code: "refused", Message: "Elija a una persona activa del personal médico."})
	errUsed = errs.Conflict("invitation.used",
		"Esta invitación ya se usó. Si fue usted, entre con su correo y su contraseña.")
	errInvitationChanged = errs.Conflict("invitation.changed",
		"La invitación cambió mientras usted la contestaba. Ábrala de nuevo para ver qué se le ofrece.")
	// A doctor writes notes and recetas, for which LGS 83 asks for a cédula.
	errUnlicensed = errs.Rule("staff.license_required",
		"Esa persona no ha registrado su cédula profesional. Pídale que la registre en «Mi cuenta» y vuelva a intentarlo.",
		errs.Field{Field: "role", Code: "license_required", Message: "El personal médico necesita cédula profesional."})
	errUnlicensedSelf = errs.Rule("staff.license_required",
		"Para entrar como personal médico hace falta su cédula profesional. Entre con su cuenta, regístrela en «Mi cuenta» y abra la invitación de nuevo.")
	errUnlicensedOwner = errs.Rule("staff.license_required",
		"Para quedar como personal médico hace falta su cédula profesional. Regístrela en «Mi cuenta» o elija otra función.",
		errs.Field{Field: "former_role", Code: "license_required", Message: "El personal médico necesita cédula profesional."})
	errExpired = errs.Conflict("invitation.expired",
		"La invitación venció. Pida a la clínica que le envíe una nueva.")
	errOfferPending = errs.Conflict("ownership.already_offered",
		"Ya hay un ofrecimiento de titularidad pendiente. Cancélelo antes de hacer otro.")
	errOfferStale = errs.Conflict("ownership.changed",
		"Las condiciones del ofrecimiento cambiaron. Pida que se lo ofrezcan de nuevo.")
)

// writes tells whether a role writes notes and recetas, with a cédula.
func writes(role actor.Role, licensed bool) bool {
	return actor.Grants(role, licensed).Has(actor.ConsultationWrite)
}

// unfit tells that somebody without a cédula cannot have a role.
func unfit(role actor.Role, licensed bool) bool { return role == actor.RoleDoctor && !licensed }

// grave says that a change gives or takes what an owner has, so that who makes
// it must have proved a moment ago that it is she.
func grave(before, after actor.Role) bool {
	return before == actor.RoleOwner || after == actor.RoleOwner
}
