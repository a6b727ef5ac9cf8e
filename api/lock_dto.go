package api

import (
	"time"

	"historias/internal/account"
)

type unlockRequest struct {
	PIN      string `json:"pin,omitempty" validate:"max=20" example:"4917"`
	Password string `json:"password,omitempty" validate:"max=5000" example:""`
	TOTPCode string `json:"totp_code,omitempty" validate:"max=60" example:""`
	// Passkey answers a challenge of POST /api/auth/login/passkey/begin.
	Passkey *passkeyProofRequest `json:"passkey,omitempty"`
} //@name UnlockRequest

func (r unlockRequest) proof() account.Proof {
	return account.Proof{Password: r.Password, TOTPCode: r.TOTPCode, Passkey: r.Passkey.proof()}
}

type unlockedDTO struct {
	ExpiresAt time.Time `json:"expires_at" format:"date-time" example:"2026-11-24T16:00:00Z"` // when the session ends at the latest
} //@name Unlocked

type pinRequest struct {
	PIN string `json:"pin" validate:"required,max=20" example:"4917"`
} //@name PinRequest

type deskDTO struct {
	Items []deskPersonDTO `json:"items"`
} //@name Desk

type deskPersonDTO struct {
	UserID   string `json:"user_id" format:"uuid"`
	FullName string `json:"full_name" example:"Sofía Núñez Alcaraz"`
	Role     string `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"nurse"`
	HasPIN   bool   `json:"has_pin" example:"true"`
} //@name DeskPerson

type deskSwitchRequest struct {
	UserID string `json:"user_id" validate:"required,uuid" format:"uuid" example:"01999999-0000-7000-8000-000000000000"`
	PIN    string `json:"pin" validate:"required,max=20" example:"4917"`
} //@name DeskSwitchRequest
