package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/prescription"
)

// prescriptionListItemDTO is a receta in a list. Of somebody else's draft it says
// only that it exists: items is empty.
type prescriptionListItemDTO struct {
	ID             uuid.UUID             `json:"id" format:"uuid"`
	Patient        listedPatientDTO      `json:"patient"`
	ConsultationID uuid.UUID             `json:"consultation_id" format:"uuid"`
	Author         personDTO             `json:"author"`
	Status         string                `json:"status" enums:"draft,discarded,signed,voided" example:"signed"`
	Folio          string                `json:"folio,omitempty" example:"R-2026-00001"`
	Reissues       *uuid.UUID            `json:"reissues,omitempty" format:"uuid"`
	Items          []prescriptionLineDTO `json:"items"`
	CreatedAt      time.Time             `json:"created_at" format:"date-time"`
	SignedAt       *time.Time            `json:"signed_at,omitempty" format:"date-time"`
	VoidedAt       *time.Time            `json:"voided_at,omitempty" format:"date-time"`
} //@name PrescriptionListItem

type listedPatientDTO struct {
	ID           uuid.UUID `json:"id" format:"uuid"`
	Name         string    `json:"name" example:"María Fernanda Orozco Villaseñor"`
	RecordNumber string    `json:"record_number" example:"H-000482"`
} //@name PrescriptionPatient

type prescriptionLineDTO struct {
	GenericName  string `json:"generic_name" example:"Metformina"`
	BrandName    string `json:"brand_name,omitempty" example:""`
	Presentation string `json:"presentation" example:"Caja con 30 tabletas de 850 mg"`
	Dosage       string `json:"dosage" example:"Tomar 1 tableta por vía oral cada 12 horas durante 60 días."`
} //@name PrescriptionLine

func prescriptionListItemDTOOf(l prescription.Listed) prescriptionListItemDTO {
	d := prescriptionListItemDTO{
		ID: l.ID, Patient: listedPatientDTO{ID: l.PatientID, Name: l.Patient.FullName, RecordNumber: l.Patient.RecordNumber},
		ConsultationID: l.ConsultationID, Author: personDTO{ID: l.AuthorID, Name: l.AuthorName}, Status: string(l.Status),
		Folio: l.Folio, Reissues: optionalID(l.Reissues), Items: []prescriptionLineDTO{},
		CreatedAt: l.CreatedAt.UTC(), SignedAt: instant(l.SignedAt), VoidedAt: instant(l.VoidedAt),
	}
	for _, i := range l.Items {
		d.Items = append(d.Items, prescriptionLineDTO(i))
	}
	return d
}

// medicationInUseDTO is a medicine that a patient takes, or took, by a signed
// receta. ends_on is absent for continuous use, and where nobody knows.
type medicationInUseDTO struct {
	ID             uuid.UUID  `json:"id" format:"uuid"`
	PrescriptionID uuid.UUID  `json:"prescription_id" format:"uuid"`
	Folio          string     `json:"folio" example:"R-2026-00001"`
	MedicationID   *uuid.UUID `json:"medication_id,omitempty" format:"uuid"`
	GenericName    string     `json:"generic_name" example:"Metformina"`
	BrandName      string     `json:"brand_name,omitempty" example:""`
	Presentation   string     `json:"presentation" example:"Caja con 30 tabletas de 850 mg"`
	Dose           string     `json:"dose" example:"1 tableta"`
	Route          string     `json:"route" example:"oral"`
	Frequency      string     `json:"frequency" example:"cada 12 horas"`
	Duration       string     `json:"duration" example:"60 días"`
	Dosage         string     `json:"dosage" example:"Tomar 1 tableta por vía oral cada 12 horas durante 60 días."`
	Instructions   string     `json:"instructions,omitempty" example:"Tomar con el desayuno y la cena."`
	StartsOn       string     `json:"starts_on" format:"date" example:"2026-11-23"`
	EndsOn         string     `json:"ends_on,omitempty" format:"date" example:"2027-01-21"`
	Status         string     `json:"status" enums:"active,stopped,replaced,voided" example:"active"`
	EndedAt        *time.Time `json:"ended_at,omitempty" format:"date-time"`
	EndReason      string     `json:"end_reason,omitempty" example:"Tos con el medicamento."`
} //@name MedicationInUse

type medicationsInUseDTO struct {
	Items []medicationInUseDTO `json:"items"`
} //@name MedicationsInUse

func medicationInUseDTOOf(c prescription.Course) medicationInUseDTO {
	return medicationInUseDTO{
		ID: c.ID, PrescriptionID: c.PrescriptionID, Folio: c.Folio, MedicationID: optionalID(c.MedicationID),
		GenericName: c.GenericName, BrandName: c.BrandName, Presentation: c.Presentation, Dose: c.Dose, Route: c.Route,
		Frequency: c.Frequency, Duration: c.Duration, Dosage: c.Dosage, Instructions: c.Instructions,
		StartsOn: c.StartsOn.String(), EndsOn: c.EndsOn.String(), Status: string(c.Status),
		EndedAt: instant(c.EndedAt), EndReason: c.EndReason,
	}
}
