package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/consultation"
)

// consultationItemDTO is one note of a list. excerpt and diagnosis are absent in
// somebody else's draft; missing counts what a draft still lacks.
type consultationItemDTO struct {
	ID        uuid.UUID  `json:"id" format:"uuid"`
	PatientID uuid.UUID  `json:"patient_id" format:"uuid"`
	OfficeID  *uuid.UUID `json:"office_id,omitempty" format:"uuid"`
	Type      string     `json:"type" example:"evolucion"`
	TypeLabel string     `json:"type_label" example:"Nota de evolución"`
	Status    string     `json:"status" enums:"draft,signed,discarded" example:"signed"`
	Author    personDTO  `json:"author"`
	OpenedAt  time.Time  `json:"opened_at" format:"date-time"`
	UpdatedAt time.Time  `json:"updated_at" format:"date-time"`
	SignedAt  *time.Time `json:"signed_at,omitempty" format:"date-time"`
	Missing   int        `json:"missing" example:"0"`
	Excerpt   string     `json:"excerpt,omitempty" example:"Acude a control mensual. Refiere mejor apego a la dieta…"`
	Diagnosis string     `json:"diagnosis,omitempty" example:"Hipertensión esencial (primaria)"`
} //@name ConsultationItem

func consultationItemDTOOf(l consultation.Listed) consultationItemDTO {
	return consultationItemDTO{
		ID: l.ID, PatientID: l.PatientID, OfficeID: optionalID(l.OfficeID), Type: l.Type.Key, TypeLabel: l.Type.Label,
		Status: string(l.Status), Author: personDTO{ID: l.AuthorID, Name: l.AuthorName}, OpenedAt: l.OpenedAt.UTC(),
		UpdatedAt: l.UpdatedAt.UTC(), SignedAt: instant(l.SignedAt), Missing: l.Missing, Excerpt: l.Excerpt, Diagnosis: l.Diagnosis,
	}
}

// patientConsultationsDTO is a page of a patient's notes. suggested_type is the
// kind that the next visit begins with.
type patientConsultationsDTO struct {
	listDTO[consultationItemDTO]
	SuggestedType string `json:"suggested_type" example:"historia_clinica"`
} //@name PatientConsultations

// notePatientDTO is whose note it is.
type notePatientDTO struct {
	ID           uuid.UUID `json:"id" format:"uuid"`
	FullName     string    `json:"full_name,omitempty" example:"María Fernanda Orozco Villaseñor"`
	RecordNumber string    `json:"record_number" example:"H-000482"`
	AgeText      string    `json:"age_text,omitempty" example:"46 años 3 meses"`
	Sex          string    `json:"sex" enums:"H,M,I" example:"M"`
} //@name NotePatient

// myConsultationDTO is one of the caller's notes, with its patient.
type myConsultationDTO struct {
	consultationItemDTO
	Patient notePatientDTO `json:"patient"`
} //@name MyConsultation

func myConsultationDTOOf(m consultation.Mine) myConsultationDTO {
	return myConsultationDTO{consultationItemDTO: consultationItemDTOOf(m.Listed), Patient: notePatientDTO{
		ID: m.PatientID, FullName: m.Patient.FullName, RecordNumber: m.Patient.RecordNumber, AgeText: m.Patient.AgeText, Sex: m.Patient.Sex,
	}}
}

// noteSectionDTO is one part of a kind of note, in the order of the norm.
type noteSectionDTO struct {
	Key       string          `json:"key" example:"evolution"`
	Title     string          `json:"title" example:"Evolución del cuadro"`
	Numeral   string          `json:"numeral,omitempty" example:"6.2.1"`
	Kind      string          `json:"kind" enums:"text,vital_signs,diagnoses,prognosis,plan" example:"text"`
	Required  bool            `json:"required" example:"true"`
	Hint      string          `json:"hint,omitempty" example:"Evolución y actualización del cuadro clínico."`
	Omissions []string        `json:"omissions" example:"no_aplica"`          // respuestas que admite en lugar de un texto
	Measures  []string        `json:"measures,omitempty" example:"weight_kg"` // signos vitales necesarios
	Applies   *noteAppliesDTO `json:"applies,omitempty"`
} //@name NoteSection

// noteAppliesDTO says of whom a part is asked, by biological sex and age in whole
// months; an age that is not known excludes nothing.
type noteAppliesDTO struct {
	Sexes       []string `json:"sexes,omitempty" example:"M"`
	FromMonths  int      `json:"from_months,omitempty" example:"108"`
	BelowMonths int      `json:"below_months,omitempty" example:"60"`
} //@name NoteApplies

// noteTypeDTO is a kind of note.
type noteTypeDTO struct {
	Key      string           `json:"key" example:"evolucion"`
	Version  int              `json:"version" example:"1"`
	Label    string           `json:"label" example:"Nota de evolución"`
	Numeral  string           `json:"numeral" example:"6.2"`
	Offered  string           `json:"offered" enums:"first,later,any" example:"later"`
	Sections []noteSectionDTO `json:"sections"`
} //@name NoteType

type noteTypesDTO struct {
	Items []noteTypeDTO `json:"items"`
} //@name NoteTypes

func noteTypeDTOOf(t *consultation.NoteType) noteTypeDTO {
	out := noteTypeDTO{Key: t.Key, Version: t.Version, Label: t.Label, Numeral: t.Numeral, Offered: t.Offered}
	for _, s := range t.Sections {
		section := noteSectionDTO{
			Key: s.Key, Title: s.Title, Numeral: s.Numeral, Kind: string(s.Kind), Required: s.Required, Hint: s.Hint,
			Omissions: []string{}, Measures: s.Measures,
		}
		for _, o := range s.Omissions {
			section.Omissions = append(section.Omissions, string(o))
		}
		if a := s.Applies; a != nil {
			section.Applies = &noteAppliesDTO{Sexes: a.Sexes, FromMonths: a.FromMonths, BelowMonths: a.BelowMonths}
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}
