package api

import (
	"time"

	"historias/internal/document"
)

// verificationDTO is what anybody who holds the paper may read.
type verificationDTO struct {
	Kind             string     `json:"kind" enums:"prescription,note,addendum" example:"prescription"`
	Status           string     `json:"status" enums:"in_force,voided" example:"in_force"`
	IssuedAt         time.Time  `json:"issued_at" format:"date-time"`
	VoidedAt         *time.Time `json:"voided_at,omitempty" format:"date-time"`
	Folio            string     `json:"folio" example:"R-2026-03318"`
	Issuer           string     `json:"issuer" example:"Dra. Sofía Núñez Alcaraz"`
	LicenseNumber    string     `json:"license_number" example:"00123456"`
	TitleInstitution string     `json:"title_institution" example:"Universidad Ejemplo de Puebla"`
	Establishment    string     `json:"establishment" example:"Clínica Jacarandas, Puebla"`
} //@name DocumentVerification

func verificationDTOOf(f document.Face) verificationDTO {
	dto := verificationDTO{
		Kind: string(f.Kind), Status: string(f.Status), IssuedAt: f.IssuedAt.UTC(), Folio: f.Folio,
		Issuer: f.Issuer.FullName, LicenseNumber: f.Issuer.License,
		TitleInstitution: f.Issuer.TitleInstitution, Establishment: f.Issuer.Establishment,
	}
	if !f.VoidedAt.IsZero() {
		dto.VoidedAt = &f.VoidedAt
	}
	return dto
}
