package api

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/consultation"
	"historias/internal/measures"
)

// newConsultationRequest opens a visit.
type newConsultationRequest struct {
	Type     string     `json:"type" validate:"required,max=50" example:"evolucion"` // una clave de /api/note-types
	OfficeID *uuid.UUID `json:"office_id,omitempty" format:"uuid"`
} //@name NewConsultation

func (r newConsultationRequest) opening(patient uuid.UUID) consultation.Opening {
	o := consultation.Opening{PatientID: patient, Type: r.Type}
	if r.OfficeID != nil {
		o.OfficeID = *r.OfficeID
	}
	return o
}

// noteDiagnosisDTO is a diagnosis of a note. label is the catalog's where it is left out.
type noteDiagnosisDTO struct {
	Code    string `json:"code" validate:"max=20" example:"I10"`
	Label   string `json:"label,omitempty" validate:"max=2000" example:"Hipertensión esencial (primaria)"`
	Kind    string `json:"kind" validate:"max=50" enums:"principal,secundario" example:"principal"`
	Version string `json:"catalog_version,omitempty" example:"2025"` // edición del catálogo; la pone el sistema
} //@name NoteDiagnosis

// consultationTextRequest is what an author writes: the whole of it in each PUT.
type consultationTextRequest struct {
	Sections   map[string]string  `json:"sections,omitempty"`  // texto por clave; las claves de cada tipo están en /api/note-types
	Omissions  map[string]string  `json:"omissions,omitempty"` // negado, no_aplica o no_valorable, por clave
	VitalSigns *vitalSignsDTO     `json:"vital_signs,omitempty"`
	Diagnoses  []noteDiagnosisDTO `json:"diagnoses,omitempty" validate:"max=200,dive"`
	Prognosis  string             `json:"prognosis,omitempty" example:"Bueno para la vida y la función."`
	Plan       string             `json:"plan,omitempty" example:"Losartán 50 mg por vía oral cada 24 horas. Cita en un mes."`
} //@name ConsultationText

func (r consultationTextRequest) content() consultation.Content {
	c := consultation.Content{Sections: r.Sections, Prognosis: r.Prognosis, Plan: r.Plan}
	if len(r.Omissions) > 0 {
		c.Omissions = make(map[string]consultation.Omission, len(r.Omissions))
	}
	for key, answer := range r.Omissions {
		c.Omissions[key] = consultation.Omission(answer)
	}
	if r.VitalSigns != nil {
		c.Vitals = measures.Set(*r.VitalSigns)
	}
	for _, d := range r.Diagnoses {
		c.Diagnoses = append(c.Diagnoses, consultation.Diagnosis{Code: d.Code, Label: d.Label, Kind: d.Kind})
	}
	return c
}

// consultationFactsDTO are what only the server sets.
type consultationFactsDTO struct {
	ID          uuid.UUID  `json:"id" format:"uuid"`
	PatientID   uuid.UUID  `json:"patient_id" format:"uuid"`
	OfficeID    *uuid.UUID `json:"office_id,omitempty" format:"uuid"`
	TypeVersion int        `json:"type_version" example:"1"`
	TypeLabel   string     `json:"type_label" example:"Nota de evolución"`
	Status      string     `json:"status" enums:"draft,signed,discarded" example:"draft"`
	Author      personDTO  `json:"author"`
	OpenedAt    time.Time  `json:"opened_at" format:"date-time"`
	UpdatedAt   time.Time  `json:"updated_at" format:"date-time"`
	Version     int64      `json:"version" example:"1"`
	Missing     int        `json:"missing" example:"1"`
} //@name ConsultationFacts

// consultationKeysRequest are the same keys in a PUT, where they may come back as
// they were read.
type consultationKeysRequest struct {
	ID          *uuid.UUID `json:"id,omitempty" format:"uuid"`
	PatientID   *uuid.UUID `json:"patient_id,omitempty" format:"uuid"`
	OfficeID    *uuid.UUID `json:"office_id,omitempty" format:"uuid"`
	TypeVersion *int       `json:"type_version,omitempty" example:"1"`
	TypeLabel   *string    `json:"type_label,omitempty" example:"Nota de evolución"`
	Status      *string    `json:"status,omitempty" enums:"draft,signed,discarded" example:"draft"`
	Author      *personDTO `json:"author,omitempty"`
	OpenedAt    *time.Time `json:"opened_at,omitempty" format:"date-time"`
	UpdatedAt   *time.Time `json:"updated_at,omitempty" format:"date-time"`
	Version     *int64     `json:"version,omitempty" example:"1"`
	Missing     *int       `json:"missing,omitempty" example:"1"`
} //@name ConsultationKeys

// consultationUpdateRequest is the body of the autosave. What was computed of an
// earlier answer may come back and is never kept.
type consultationUpdateRequest struct {
	Type string `json:"type,omitempty" validate:"max=50" example:"evolucion"` // otro tipo cambia el de la nota
	consultationTextRequest
	consultationKeysRequest
	Completeness json.RawMessage `json:"completeness,omitempty" swaggerignore:"true"`
	Warnings     json.RawMessage `json:"warnings,omitempty" swaggerignore:"true"`
	Taken        json.RawMessage `json:"vital_signs_taken,omitempty" swaggerignore:"true"`
} //@name ConsultationUpdate

type discardRequest struct {
	Reason string `json:"reason,omitempty" validate:"max=1000" example:"Se abrió por error."`
} //@name DiscardRequest

type addendumRequest struct {
	signRequest
	Text string `json:"text" validate:"required" example:"El paciente llamó: el dolor cedió con el tratamiento indicado."`
} //@name AddendumRequest

// takenDTO is when and by whom vital signs were measured.
type takenDTO struct {
	At time.Time `json:"at" format:"date-time"`
	By personDTO `json:"by"`
} //@name VitalSignsTaken

// completenessItemDTO is one part of a note. optional is one that may stay empty.
type completenessItemDTO struct {
	Key      string `json:"key" example:"prognosis"` // clave de la sección, o vital_signs, diagnoses, prognosis, plan
	Title    string `json:"title" example:"Pronóstico"`
	Numeral  string `json:"numeral,omitempty" example:"6.2.5"`
	Required bool   `json:"required" example:"true"`
	State    string `json:"state" enums:"complete,answered,in_progress,missing,optional" example:"missing"`
	Answer   string `json:"answer,omitempty" enums:"negado,no_aplica,no_valorable" example:"no_aplica"`
	Why      string `json:"why,omitempty" example:"Falta escribir esta parte."`
} //@name CompletenessItem

// completenessDTO is what NOM-004 still asks of a note; done and total count the
// required parts.
type completenessDTO struct {
	Complete bool                  `json:"complete" example:"false"`
	Done     int                   `json:"done" example:"5"`
	Total    int                   `json:"total" example:"6"`
	Items    []completenessItemDTO `json:"items"`
} //@name Completeness

func completenessDTOOf(c consultation.Completeness) completenessDTO {
	out := completenessDTO{Complete: c.Complete, Done: c.Done, Total: c.Total, Items: []completenessItemDTO{}}
	for _, i := range c.Items {
		out.Items = append(out.Items, completenessItemDTO{
			Key: i.Key, Title: i.Title, Numeral: i.Numeral, Required: i.Required, State: string(i.State),
			Answer: string(i.Answer), Why: i.Why,
		})
	}
	return out
}

// noteWarningDTO is worth a second look and stops nothing.
type noteWarningDTO struct {
	Field   string `json:"field" example:"vital_signs.heart_rate"`
	Code    string `json:"code" example:"improbable"`
	Message string `json:"message" example:"¿230 lpm? Es un valor poco común. Revise que esté bien escrito."`
} //@name NoteWarning

// addendumDTO is a signed text appended to a signed note.
type addendumDTO struct {
	ID               uuid.UUID `json:"id" format:"uuid"`
	Number           int       `json:"number" example:"1"`
	Author           personDTO `json:"author"`
	LicenseNumber    string    `json:"license_number" example:"00123456"`
	Text             string    `json:"text" example:"El paciente llamó: el dolor cedió con el tratamiento indicado."`
	SignedAt         time.Time `json:"signed_at" format:"date-time"`
	Hash             string    `json:"hash" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	Folio            string    `json:"folio" example:"A-2026-00001"`
	VerificationCode string    `json:"verification_code" example:"7K2M-9QXA-T4VB-0C3D"`
} //@name Addendum

// consultationDTO is a visit with its note. What a signed note has beyond a draft
// are absent keys before.
type consultationDTO struct {
	consultationFactsDTO
	Type         string             `json:"type" example:"evolucion"`
	Sections     map[string]string  `json:"sections"`
	Omissions    map[string]string  `json:"omissions"`
	VitalSigns   vitalSignsDTO      `json:"vital_signs"`
	Taken        *takenDTO          `json:"vital_signs_taken,omitempty"`
	Diagnoses    []noteDiagnosisDTO `json:"diagnoses"`
	Prognosis    string             `json:"prognosis" example:"Bueno para la vida y la función."`
	Plan         string             `json:"plan" example:"Losartán 50 mg por vía oral cada 24 horas. Cita en un mes."`
	Completeness completenessDTO    `json:"completeness"`
	Warnings     []noteWarningDTO   `json:"warnings"`
	signedDTO
} //@name Consultation

// signedDTO is what only a signed note has.
type signedDTO struct {
	Hash             string         `json:"hash,omitempty" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	SignedAt         *time.Time     `json:"signed_at,omitempty" format:"date-time"`
	Method           string         `json:"signature_method,omitempty" enums:"password,totp,passkey" example:"password"`
	Folio            string         `json:"folio,omitempty" example:"N-2026-00001"`
	VerificationCode string         `json:"verification_code,omitempty" example:"7K2M-9QXA-T4VB-0C3D"`
	Head             *headDTO       `json:"head,omitempty"`
	Addenda          *[]addendumDTO `json:"addenda,omitempty"`
} //@name SignedNote

func factsOf(c consultation.Consultation) consultationFactsDTO {
	return consultationFactsDTO{
		ID: c.ID, PatientID: c.PatientID, OfficeID: optionalID(c.OfficeID), TypeVersion: c.Type.Version, TypeLabel: c.Type.Label,
		Status: string(c.Status), Author: personDTO{ID: c.AuthorID, Name: c.AuthorName}, OpenedAt: c.OpenedAt.UTC(),
		UpdatedAt: c.UpdatedAt.UTC(), Version: c.Version, Missing: c.Missing,
	}
}

func consultationDTOOf(c consultation.Consultation) consultationDTO {
	out := consultationDTO{
		consultationFactsDTO: factsOf(c), Type: c.Type.Key, Sections: map[string]string{}, Omissions: map[string]string{},
		VitalSigns: vitalSignsDTO(c.Content.Vitals), Diagnoses: noteDiagnosesDTOOf(c.Content.Diagnoses),
		Prognosis: c.Content.Prognosis, Plan: c.Content.Plan,
		Completeness: completenessDTOOf(c.Completeness), Warnings: []noteWarningDTO{}, signedDTO: signedDTOOf(c),
	}
	for key, text := range c.Content.Sections {
		out.Sections[key] = text
	}
	for key, answer := range c.Content.Omissions {
		out.Omissions[key] = string(answer)
	}
	if !c.Taken.At.IsZero() {
		out.Taken = &takenDTO{At: c.Taken.At.UTC(), By: personDTO{ID: c.Taken.By, Name: c.Taken.Name}}
	}
	for _, w := range c.Warnings {
		out.Warnings = append(out.Warnings, noteWarningDTO(w))
	}
	return out
}

func noteDiagnosesDTOOf(all []consultation.Diagnosis) []noteDiagnosisDTO {
	out := []noteDiagnosisDTO{}
	for _, d := range all {
		out = append(out, noteDiagnosisDTO(d))
	}
	return out
}

func signedDTOOf(c consultation.Consultation) signedDTO {
	s := c.Signature
	if s == nil {
		return signedDTO{}
	}
	addenda := []addendumDTO{}
	for _, a := range c.Addenda {
		addenda = append(addenda, addendumDTO{
			ID: a.ID, Number: a.Seq, Author: personDTO{ID: a.AuthorID, Name: a.AuthorName}, LicenseNumber: a.License, Text: a.Text,
			SignedAt: a.At.UTC(), Hash: hex.EncodeToString(a.Hash), Folio: a.Folio, VerificationCode: a.Code,
		})
	}
	return signedDTO{
		Hash: hex.EncodeToString(s.Hash), SignedAt: instant(s.At), Method: s.Method, Folio: s.Folio, VerificationCode: s.Code,
		Head: headDTOOf(s.Head), Addenda: &addenda,
	}
}

// consultationCopyDTO is a version of a draft that lost against another one.
type consultationCopyDTO struct {
	ID uuid.UUID `json:"id" format:"uuid"`
	At time.Time `json:"at" format:"date-time"`
	consultationTextRequest
} //@name ConsultationCopy

type consultationCopiesDTO struct {
	Items []consultationCopyDTO `json:"items"`
} //@name ConsultationCopies

func consultationCopyDTOOf(c consultation.Copy) consultationCopyDTO {
	vitals := vitalSignsDTO(c.Content.Vitals)
	out := consultationCopyDTO{ID: c.ID, At: c.At.UTC(), consultationTextRequest: consultationTextRequest{
		Sections: c.Content.Sections, VitalSigns: &vitals, Diagnoses: noteDiagnosesDTOOf(c.Content.Diagnoses),
		Prognosis: c.Content.Prognosis, Plan: c.Content.Plan,
	}}
	for key, answer := range c.Content.Omissions {
		if out.Omissions == nil {
			out.Omissions = map[string]string{}
		}
		out.Omissions[key] = string(answer)
	}
	return out
}
