package api

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/conditions"
)

// allergyRequest is the editable part of an allergy.
type allergyRequest struct {
	Substance     string `json:"substance" validate:"max=2000" example:"Penicilina"`
	SubstanceCode string `json:"substance_code,omitempty" validate:"max=200" example:"class:penicillins"`
	Reaction      string `json:"reaction,omitempty" validate:"max=2000" example:"Anafilaxia"`
	Severity      string `json:"severity,omitempty" validate:"max=50" enums:"mild,moderate,severe" example:"severe"`
	Status        string `json:"status,omitempty" validate:"max=50" enums:"active,inactive,error" example:"active"`
	OnsetOn       string `json:"onset_on,omitempty" validate:"max=50" example:"2009"` // AAAA, AAAA-MM o AAAA-MM-DD
} //@name AllergyInput

func (r allergyRequest) data() (conditions.Allergy, conditions.Status) {
	return conditions.Allergy{
		Substance: r.Substance, Code: r.SubstanceCode, Reaction: r.Reaction, Severity: r.Severity, OnsetOn: r.OnsetOn,
	}, conditions.Status(r.Status)
}

// conditionKeysRequest are what only the server sets, as they may come back in a
// PUT.
type conditionKeysRequest struct {
	ID         *uuid.UUID `json:"id,omitempty" swaggerignore:"true"`
	RecordedBy *personDTO `json:"recorded_by,omitempty" swaggerignore:"true"`
	CreatedAt  *time.Time `json:"created_at,omitempty" swaggerignore:"true"`
	UpdatedAt  *time.Time `json:"updated_at,omitempty" swaggerignore:"true"`
	Version    *int64     `json:"version,omitempty" swaggerignore:"true"`
}

type allergyUpdateRequest struct {
	allergyRequest
	conditionKeysRequest
} //@name AllergyUpdate

func (r allergyUpdateRequest) serverKeys() any            { return r.conditionKeysRequest }
func (r allergyUpdateRequest) same() allergyUpdateRequest { return r }

// conditionFactsDTO are what only the server sets.
type conditionFactsDTO struct {
	ID         uuid.UUID `json:"id" format:"uuid"`
	RecordedBy personDTO `json:"recorded_by"`
	CreatedAt  time.Time `json:"created_at" format:"date-time"`
	UpdatedAt  time.Time `json:"updated_at" format:"date-time"`
	Version    int64     `json:"version" example:"1"`
} //@name ConditionFacts

func conditionFactsOf(h conditions.Head) conditionFactsDTO {
	return conditionFactsDTO{
		ID: h.ID, RecordedBy: personDTO{ID: h.RecordedBy, Name: h.RecordedByName},
		CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt, Version: h.Version,
	}
}

// allergyDTO is one allergy.
type allergyDTO struct {
	allergyRequest
	conditionFactsDTO
} //@name Allergy

func allergyDTOOf(e conditions.Entry[conditions.Allergy]) allergyDTO {
	return allergyDTO{allergyRequest: allergyRequest{
		Substance: e.Data.Substance, SubstanceCode: e.Data.Code, Reaction: e.Data.Reaction, Severity: e.Data.Severity,
		Status: string(e.Status), OnsetOn: e.Data.OnsetOn,
	}, conditionFactsDTO: conditionFactsOf(e.Head)}
}

// allergyDenialDTO is the answer of a patient who knows of no allergy.
type allergyDenialDTO struct {
	At time.Time `json:"at" format:"date-time"`
	By personDTO `json:"by"`
} //@name AllergyDenial

// allergiesDTO is what is known of a patient's allergies.
type allergiesDTO struct {
	Status     string            `json:"status" enums:"not_asked,none_known,listed" example:"listed"`
	NoneKnown  *allergyDenialDTO `json:"none_known,omitempty"`
	Items      []allergyDTO      `json:"items"`
	NextCursor *string           `json:"next_cursor" extensions:"x-nullable"`
} //@name Allergies

func allergiesDTOOf(a conditions.Allergies) allergiesDTO {
	out := allergiesDTO{Status: string(a.Status), Items: make([]allergyDTO, 0, len(a.Items))}
	if d := a.Denial; d != nil {
		out.NoneKnown = &allergyDenialDTO{At: d.At, By: personDTO{ID: d.By, Name: d.ByName}}
	}
	for _, e := range a.Items {
		out.Items = append(out.Items, allergyDTOOf(e))
	}
	return out
}

// problemRequest is the editable part of a problem.
type problemRequest struct {
	Code       string `json:"code" validate:"max=50" example:"E11.9"`
	Label      string `json:"label,omitempty" validate:"max=2000" example:"Diabetes mellitus tipo 2"` // como la llama el médico; sin ella, el nombre de la CIE-10
	Status     string `json:"status,omitempty" validate:"max=50" enums:"active,resolved,inactive,error" example:"active"`
	OnsetOn    string `json:"onset_on,omitempty" validate:"max=50" example:"2019-03"`    // AAAA, AAAA-MM o AAAA-MM-DD
	ResolvedOn string `json:"resolved_on,omitempty" validate:"max=50" example:"2025-06"` // AAAA, AAAA-MM o AAAA-MM-DD
} //@name MedicalProblemInput

func (r problemRequest) data() (conditions.Problem, conditions.Status) {
	return conditions.Problem{Code: r.Code, Label: r.Label, OnsetOn: r.OnsetOn, ResolvedOn: r.ResolvedOn}, conditions.Status(r.Status)
}

type problemKeysRequest struct {
	conditionKeysRequest
	CatalogLabel   *string `json:"catalog_label,omitempty" swaggerignore:"true"`
	CatalogVersion *string `json:"catalog_version,omitempty" swaggerignore:"true"`
}

type problemUpdateRequest struct {
	problemRequest
	problemKeysRequest
	Warnings json.RawMessage `json:"warnings,omitempty" swaggerignore:"true"` // of an earlier answer, never kept
} //@name MedicalProblemUpdate

// serverKeys leaves the names of the catalog to the code: with another code they
// are others.
func (r problemUpdateRequest) serverKeys() any            { return r.conditionKeysRequest }
func (r problemUpdateRequest) same() problemUpdateRequest { return r }

// problemDTO is one problem.
type problemDTO struct {
	problemRequest
	CatalogLabel   string `json:"catalog_label" example:"Diabetes mellitus no insulinodependiente, sin mención de complicación"`
	CatalogVersion string `json:"catalog_version" example:"2026.11"`
	conditionFactsDTO
	Warnings *[]fieldWarningDTO `json:"warnings,omitempty"`
} //@name MedicalProblem

func problemDTOOf(e conditions.Entry[conditions.Problem]) problemDTO {
	return problemDTO{
		problemRequest: problemRequest{
			Code: e.Data.Code, Label: e.Data.Label, Status: string(e.Status), OnsetOn: e.Data.OnsetOn, ResolvedOn: e.Data.ResolvedOn,
		},
		CatalogLabel: e.Data.CatalogLabel, CatalogVersion: e.Data.CatalogVersion, conditionFactsDTO: conditionFactsOf(e.Head),
	}
}

func problemSavedDTOOf(e conditions.Entry[conditions.Problem], asked []conditions.Warning) problemDTO {
	dto := problemDTOOf(e)
	warnings := make([]fieldWarningDTO, 0, len(asked))
	for _, w := range asked {
		warnings = append(warnings, fieldWarningDTO(w))
	}
	dto.Warnings = &warnings
	return dto
}

type allergenDTO struct {
	Code  string `json:"code" example:"class:penicillins"`
	Label string `json:"label" example:"Penicilinas"`
} //@name Allergen
