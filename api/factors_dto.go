package api

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/factor"
	"historias/internal/session"
)

// totpSetupDTO is shown once.
type totpSetupDTO struct {
	Secret     string `json:"secret" example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"`                                       // para escribirlo a mano (base32)
	OTPAuthURL string `json:"otpauth_url" example:"otpauth://totp/Historias:sofia@jacarandas.example?secret=JBSWY3DP"` // lo que dice el código QR
	QRSVG      string `json:"qr_svg" example:"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"`
} //@name TOTPSetup

type codeRequest struct {
	Code string `json:"code" validate:"required,max=60" example:"123456"`
} //@name CodeRequest

// recoveryCodesDTO is shown once.
type recoveryCodesDTO struct {
	RecoveryCodes []string `json:"recovery_codes" example:"ABCD-EFGH-IJKL-MNOP-QRST-UVWX"`
} //@name RecoveryCodes

type challengeDTO struct {
	ChallengeID uuid.UUID `json:"challenge_id" format:"uuid"`
	// Options es lo que toma el navegador: bajo publicKey, las opciones de WebAuthn en JSON.
	Options any `json:"options" swaggertype:"object"`
} //@name PasskeyChallenge

func challengeDTOOf(c factor.Challenge) challengeDTO {
	return challengeDTO{ChallengeID: c.ID, Options: c.Options}
}

type emptyRequest struct{} //@name EmptyRequest

type newPasskeyRequest struct {
	ChallengeID string          `json:"challenge_id" validate:"required,uuid" format:"uuid"`
	Name        string          `json:"name" validate:"max=500" example:"Teléfono"`
	Credential  json.RawMessage `json:"credential" validate:"required" swaggertype:"object"` // PublicKeyCredential.toJSON()
} //@name NewPasskey

type passkeyDTO struct {
	ID         uuid.UUID  `json:"id" format:"uuid"`
	Name       string     `json:"name" example:"Teléfono"`
	CreatedAt  time.Time  `json:"created_at" format:"date-time" example:"2026-11-24T16:00:00Z"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" format:"date-time" example:"2026-11-24T16:00:00Z"`
} //@name Passkey

func passkeyDTOOf(k factor.Key) passkeyDTO {
	return passkeyDTO{ID: k.ID, Name: k.Name, CreatedAt: k.CreatedAt, LastUsedAt: k.LastUsedAt}
}

// newPasskeyDTO is a passkey that was just kept.
type newPasskeyDTO struct {
	passkeyDTO
	// RecoveryCodes vienen con el primer segundo paso de la persona y se muestran una sola vez.
	RecoveryCodes []string `json:"recovery_codes,omitempty" example:"ABCD-EFGH-IJKL-MNOP-QRST-UVWX"`
} //@name CreatedPasskey

// passkeyProofRequest is the answer of a passkey to a challenge of
// POST /api/auth/login/passkey/begin.
type passkeyProofRequest struct {
	ChallengeID string          `json:"challenge_id" validate:"required,uuid" format:"uuid"`
	Credential  json.RawMessage `json:"credential" validate:"required" swaggertype:"object"` // PublicKeyCredential.toJSON()
} //@name PasskeyProof

// proof is nil for an answer that was not given.
func (r *passkeyProofRequest) proof() *account.PasskeyProof {
	if r == nil {
		return nil
	}
	return &account.PasskeyProof{ChallengeID: parsedID(r.ChallengeID), Credential: r.Credential}
}

type passkeyLoginRequest struct {
	ChallengeID string          `json:"challenge_id" validate:"required,uuid" format:"uuid"`
	Credential  json.RawMessage `json:"credential" validate:"required" swaggertype:"object"` // PublicKeyCredential.toJSON()
	ClinicID    string          `json:"clinic_id,omitempty" validate:"omitempty,uuid" format:"uuid"`
} //@name PasskeyLogin

// proofRequest is one proof of who acts.
type proofRequest struct {
	Password string               `json:"password,omitempty" validate:"max=5000" example:"una frase larga y propia"`
	TOTPCode string               `json:"totp_code,omitempty" validate:"max=60" example:""` // o un código de recuperación
	Passkey  *passkeyProofRequest `json:"passkey,omitempty"`
} //@name ProofRequest

func (r proofRequest) proof() account.Proof {
	return account.Proof{Password: r.Password, TOTPCode: r.TOTPCode, Passkey: r.Passkey.proof()}
}

type provedDTO struct {
	ProvedUntil time.Time `json:"proved_until" format:"date-time" example:"2026-11-24T16:05:00Z"`
} //@name Proved

// factorDTO is what the shell shows of a person's duty.
type factorDTO struct {
	Enrolled bool `json:"enrolled" example:"true"`
	Required bool `json:"required" example:"true"`
	// DueAt es cuándo termina el plazo de quien todavía no tiene segundo paso.
	DueAt *time.Time `json:"due_at,omitempty" format:"date-time" example:"2026-12-08T16:00:00Z"`
	// Overdue dice que el plazo terminó: todo lo demás responde 403 auth.factor_required.
	Overdue bool     `json:"overdue" example:"false"`
	Methods []string `json:"methods" enums:"totp,passkey,recovery_code" example:"totp"`
} //@name Factor

func factorDTOOf(who *actor.Actor, methods []factor.Method) factorDTO {
	f := factorDTO{
		Enrolled: who.HasFactor, Required: who.FactorDuty.Required, Overdue: who.FactorOverdue,
		Methods: make([]string, 0, len(methods)),
	}
	for _, m := range methods {
		f.Methods = append(f.Methods, string(m))
	}
	if f.Required && !f.Enrolled {
		f.DueAt = &who.FactorDuty.DueAt
	}
	return f
}

type totpStateDTO struct {
	Enabled   bool       `json:"enabled" example:"true"`
	EnabledAt *time.Time `json:"enabled_at,omitempty" format:"date-time" example:"2026-11-24T16:00:00Z"`
} //@name TOTPState

// guardsDTO is how a person's account is guarded.
type guardsDTO struct {
	TOTP              totpStateDTO `json:"totp"`
	RecoveryCodesLeft int          `json:"recovery_codes_left" example:"10"`
	Passkeys          []passkeyDTO `json:"passkeys"`
	TrustedDevices    []deviceDTO  `json:"trusted_devices"`
	Required          bool         `json:"required" example:"true"`
	DueAt             *time.Time   `json:"due_at,omitempty" format:"date-time" example:"2026-12-08T16:00:00Z"`
	// RemovalDueAt es cuándo se quitará su segundo paso, si alguien avisó que lo perdió.
	RemovalDueAt *time.Time `json:"removal_due_at,omitempty" format:"date-time" example:"2026-11-25T16:00:00Z"`
} //@name Guards

func guardsDTOOf(o factor.Overview, who *actor.Actor) guardsDTO {
	g := guardsDTO{
		TOTP: totpStateDTO{Enabled: o.TOTPEnabledAt != nil, EnabledAt: o.TOTPEnabledAt}, RecoveryCodesLeft: o.RecoveryLeft,
		Passkeys: make([]passkeyDTO, 0, len(o.Passkeys)), TrustedDevices: deviceDTOs(o.Devices),
		Required: o.Duty.Required, RemovalDueAt: o.RemovalDueAt,
	}
	for _, k := range o.Passkeys {
		g.Passkeys = append(g.Passkeys, passkeyDTOOf(k))
	}
	if o.Duty.Required && !who.HasFactor {
		g.DueAt = &o.Duty.DueAt
	}
	return g
}

type deviceDTO struct {
	ID         uuid.UUID `json:"id" format:"uuid"`
	Device     string    `json:"device" example:"Chrome en Windows"` // lo que el navegador dice de sí mismo
	Address    string    `json:"address" example:"192.0.2.41"`
	CreatedAt  time.Time `json:"created_at" format:"date-time" example:"2026-11-24T16:00:00Z"`
	LastUsedAt time.Time `json:"last_used_at" format:"date-time" example:"2026-11-24T16:00:00Z"`
	ExpiresAt  time.Time `json:"expires_at" format:"date-time" example:"2026-12-24T16:00:00Z"`
	Current    bool      `json:"current" example:"true"`
} //@name TrustedDevice

func deviceDTOs(all []factor.Device) []deviceDTO {
	out := make([]deviceDTO, 0, len(all))
	for _, d := range all {
		out = append(out, deviceDTO{
			ID: d.ID, Device: session.Device(d.Agent), Address: d.Address, CreatedAt: d.CreatedAt, LastUsedAt: d.LastUsedAt,
			ExpiresAt: d.ExpiresAt, Current: d.Current,
		})
	}
	return out
}

type lostFactorRequest struct {
	Email    string `json:"email" validate:"required,max=500" format:"email" example:"sofia.nunez@jacarandas.example"`
	Password string `json:"password" validate:"required,max=5000" example:"una frase larga y propia"`
} //@name LostFactor

type removalRequest struct {
	Token string `json:"token" validate:"required,max=500" example:"Zm9uZG8gZGUgdW4gcG96byBzaW4gYWd1YSBjbGFyYQ"`
} //@name KeepFactor

type resetFactorRequest struct {
	MembershipID string `json:"membership_id" validate:"required,uuid" format:"uuid"`
} //@name FactorResetRequest

type factorResetDTO struct {
	ID              uuid.UUID  `json:"id" format:"uuid"`
	MembershipID    uuid.UUID  `json:"membership_id" format:"uuid"`
	FullName        string     `json:"full_name" example:"Sofía Núñez Alcaraz"`
	Status          string     `json:"status" enums:"pending,scheduled,done,cancelled,expired" example:"pending"`
	RequestedBy     personDTO  `json:"requested_by"`
	ApprovalsNeeded int        `json:"approvals_needed" example:"1"` // las que faltan
	RequestedAt     time.Time  `json:"requested_at" format:"date-time" example:"2026-11-24T16:00:00Z"`
	ExpiresAt       time.Time  `json:"expires_at" format:"date-time" example:"2026-11-27T16:00:00Z"`
	DueAt           *time.Time `json:"due_at,omitempty" format:"date-time" example:"2026-11-25T16:00:00Z"` // cuándo se quitará, si espera su plazo
	MayApprove      bool       `json:"may_approve" example:"true"`
} //@name FactorReset

func factorResetDTOOf(r factor.Reset) factorResetDTO {
	return factorResetDTO{
		ID: r.ID, MembershipID: r.MembershipID, FullName: r.FullName, Status: string(r.Status),
		RequestedBy: personDTO{ID: r.RequestedBy, Name: r.RequestedByName}, ApprovalsNeeded: max(r.Needed-r.Approvals, 0),
		RequestedAt: r.RequestedAt, ExpiresAt: r.ExpiresAt, DueAt: r.DueAt, MayApprove: r.MayApprove,
	}
}
