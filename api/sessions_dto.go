package api

import (
	"time"

	"historias/internal/session"
)

type seatDTO struct {
	ID         string        `json:"id" format:"uuid"`
	Device     string        `json:"device" example:"Chrome en Windows"`
	Address    string        `json:"address,omitempty" example:"192.0.2.41"`
	CreatedAt  time.Time     `json:"created_at" format:"date-time" example:"2026-11-23T16:00:00Z"`
	LastSeenAt time.Time     `json:"last_seen_at" format:"date-time" example:"2026-11-23T18:00:00Z"`
	ExpiresAt  time.Time     `json:"expires_at" format:"date-time" example:"2026-11-24T16:00:00Z"`
	Current    bool          `json:"current" example:"true"`
	Clinic     seatClinicDTO `json:"clinic"`
} //@name OpenSession

type seatClinicDTO struct {
	ID   string `json:"id" format:"uuid"`
	Name string `json:"name" example:"Clínica Jacarandas"`
} //@name OpenSessionClinic

func seatDTOOf(s session.Seat, clinic string) seatDTO {
	return seatDTO{
		ID: s.ID.String(), Device: s.Device, Address: s.Address, CreatedAt: s.CreatedAt, LastSeenAt: s.LastSeen,
		ExpiresAt: s.ExpiresAt, Current: s.Current, Clinic: seatClinicDTO{ID: s.ClinicID.String(), Name: clinic},
	}
}

type switchClinicRequest struct {
	ClinicID string `json:"clinic_id" validate:"required,uuid" format:"uuid" example:"01999999-0000-7000-8000-000000000000"`
} //@name SwitchClinicRequest
