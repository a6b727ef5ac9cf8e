package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/chart"
	"historias/internal/vitals"
)

type chartAllergyDTO struct {
	ID            uuid.UUID `json:"id" format:"uuid"`
	Substance     string    `json:"substance" example:"Penicilina"`
	SubstanceCode string    `json:"substance_code,omitempty" example:"class:penicillins"`
	Reaction      string    `json:"reaction,omitempty" example:"Anafilaxia"`
	Severity      string    `json:"severity,omitempty" enums:"mild,moderate,severe" example:"severe"`
	OnsetOn       string    `json:"onset_on,omitempty" example:"2009"`
	Version       int64     `json:"version" example:"1"`
} //@name ChartAllergy

// chartAllergiesDTO tells «not asked» from «none known».
type chartAllergiesDTO struct {
	Status string            `json:"status" enums:"not_asked,none_known,listed" example:"listed"`
	Items  []chartAllergyDTO `json:"items"`
} //@name ChartAllergies

func chartAllergiesDTOOf(a chart.Allergies) chartAllergiesDTO {
	out := chartAllergiesDTO{Status: a.Status, Items: make([]chartAllergyDTO, 0, len(a.Items))}
	for _, one := range a.Items {
		out.Items = append(out.Items, chartAllergyDTO{
			ID: one.ID, Substance: one.Substance, SubstanceCode: one.Code, Reaction: one.Reaction,
			Severity: one.Severity, OnsetOn: one.OnsetOn, Version: one.Version,
		})
	}
	return out
}

type chartProblemDTO struct {
	ID         uuid.UUID `json:"id" format:"uuid"`
	Code       string    `json:"code" example:"E11.9"`
	Label      string    `json:"label" example:"Diabetes mellitus tipo 2"`
	Status     string    `json:"status" enums:"active,resolved" example:"active"`
	OnsetOn    string    `json:"onset_on,omitempty" example:"2019-03"`
	ResolvedOn string    `json:"resolved_on,omitempty" example:"2025-06"`
	Version    int64     `json:"version" example:"1"`
} //@name ChartProblem

func chartProblemsDTOOf(all []chart.Problem) []chartProblemDTO {
	out := make([]chartProblemDTO, 0, len(all))
	for _, p := range all {
		out = append(out, chartProblemDTO(p))
	}
	return out
}

// chartMedicationDTO is a medicine in force. ends_on is absent for continuous
// use, and where nobody knows.
type chartMedicationDTO struct {
	ID             uuid.UUID  `json:"id" format:"uuid"`
	PrescriptionID uuid.UUID  `json:"prescription_id" format:"uuid"`
	MedicationID   *uuid.UUID `json:"medication_id,omitempty" format:"uuid"`
	GenericName    string     `json:"generic_name" example:"Metformina"`
	BrandName      string     `json:"brand_name,omitempty" example:""`
	Presentation   string     `json:"presentation" example:"Caja con 30 tabletas de 850 mg"`
	Dosage         string     `json:"dosage" example:"Tomar 1 tableta por vía oral cada 12 horas durante 60 días."`
	Frequency      string     `json:"frequency" example:"cada 12 horas"`
	StartsOn       string     `json:"starts_on" format:"date" example:"2026-11-23"`
	EndsOn         string     `json:"ends_on,omitempty" format:"date" example:"2027-01-21"`
} //@name ChartMedication

func chartMedicationsDTOOf(all []chart.Medication) []chartMedicationDTO {
	out := make([]chartMedicationDTO, 0, len(all))
	for _, m := range all {
		out = append(out, chartMedicationDTO{
			ID: m.ID, PrescriptionID: m.PrescriptionID, MedicationID: optionalID(m.MedicationID), GenericName: m.GenericName,
			BrandName: m.BrandName, Presentation: m.Presentation, Dosage: m.Dosage, Frequency: m.Frequency,
			StartsOn: m.StartsOn.String(), EndsOn: m.EndsOn.String(),
		})
	}
	return out
}

// chartVitalsDTO is what was measured lately. previous holds, for each measure of
// latest, its last value before; series have at most 12 points each.
type chartVitalsDTO struct {
	Latest   *readingDTO                `json:"latest,omitempty"`
	Previous map[string]measurePointDTO `json:"previous"`
	Series   []measureSeriesDTO         `json:"series"`
} //@name ChartVitalSigns

func chartVitalsDTOOf(v chart.Vitals) chartVitalsDTO {
	out := chartVitalsDTO{Previous: make(map[string]measurePointDTO, len(v.Previous)), Series: seriesDTOOf(v.Series)}
	for key, p := range v.Previous {
		out.Previous[key] = measurePointDTOOf(p)
	}
	if r := v.Latest; r != nil {
		dto := readingDTOOf(vitals.Reading{
			ID: r.ID, ConsultationID: r.ConsultationID, MeasuredAt: r.MeasuredAt, TakenBy: r.TakenBy,
			TakenByName: r.TakenByName, Set: r.Set, States: r.States,
		})
		out.Latest = &dto
	}
	return out
}

// chartNoteDTO is one of the latest notes. Of somebody else's draft the text is
// not shown.
type chartNoteDTO struct {
	ID            uuid.UUID  `json:"id" format:"uuid"`
	Type          string     `json:"type" example:"evolucion"`
	Label         string     `json:"label" example:"Nota de evolución"`
	Status        string     `json:"status" enums:"draft,signed" example:"signed"`
	OpenedAt      time.Time  `json:"opened_at" format:"date-time"`
	SignedAt      *time.Time `json:"signed_at,omitempty" format:"date-time"`
	Author        personDTO  `json:"author"`
	Excerpt       string     `json:"excerpt,omitempty" example:"Cifras tensionales en descenso."`
	Prescriptions int        `json:"prescriptions" example:"1"`
} //@name ChartNote

func chartNotesDTOOf(all []chart.Note) []chartNoteDTO {
	out := make([]chartNoteDTO, 0, len(all))
	for _, n := range all {
		out = append(out, chartNoteDTO{
			ID: n.ID, Type: n.Type, Label: n.Label, Status: n.Status, OpenedAt: n.OpenedAt, SignedAt: instant(n.SignedAt),
			Author: personDTO{ID: n.AuthorID, Name: n.AuthorName}, Excerpt: n.Excerpt, Prescriptions: n.Prescriptions,
		})
	}
	return out
}

// chartCountsDTO counts what was signed.
type chartCountsDTO struct {
	Consultations int `json:"consultations" example:"14"`
	Prescriptions int `json:"prescriptions" example:"9"`
} //@name ChartCounts
