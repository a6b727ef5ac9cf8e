package api

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/prescription"
)

// structuredDTO is a dose as numbers, beside the texts that are printed.
type structuredDTO struct {
	DoseAmount   string `json:"dose_amount,omitempty" example:"1/2"`
	DoseUnit     string `json:"dose_unit,omitempty" example:"tableta"`
	EveryHours   int    `json:"every_hours,omitempty" example:"12"`
	TimesPerDay  int    `json:"times_per_day,omitempty" example:"0"`
	AsNeeded     bool   `json:"as_needed,omitempty" example:"false"`
	DurationDays int    `json:"duration_days,omitempty" example:"60"`
	Continuous   bool   `json:"continuous,omitempty" example:"false"`
} //@name StructuredDose

// prescriptionItemDTO is one medicine. quantity counts whole packages.
type prescriptionItemDTO struct {
	ID                *uuid.UUID     `json:"id,omitempty" format:"uuid"`
	MedicationID      *uuid.UUID     `json:"medication_id,omitempty" format:"uuid"`
	GenericName       string         `json:"generic_name" example:"Metformina"`
	BrandName         string         `json:"brand_name,omitempty" example:""`
	AllowSubstitution bool           `json:"allow_substitution" example:"true"`
	Presentation      string         `json:"presentation" example:"Caja con 30 tabletas de 850 mg"`
	Dose              string         `json:"dose" example:"1 tableta"`
	Route             string         `json:"route" example:"oral"`
	Frequency         string         `json:"frequency" example:"cada 12 horas"`
	Duration          string         `json:"duration" example:"60 días"`
	Quantity          int            `json:"quantity,omitempty" example:"4"`
	Instructions      string         `json:"instructions,omitempty" example:"Tomar con el desayuno y la cena."`
	Structured        *structuredDTO `json:"structured,omitempty"`
	SpecialFormFolio  string         `json:"special_form_folio,omitempty" example:""`
	Fills             int            `json:"fills,omitempty" example:"1"`
	ReplacesCourseID  *uuid.UUID     `json:"replaces_course_id,omitempty" format:"uuid"`
} //@name PrescriptionItem

func (d prescriptionItemDTO) item() prescription.Item {
	i := prescription.Item{
		ID: idOrNil(d.ID), MedicationID: idOrNil(d.MedicationID), GenericName: d.GenericName, BrandName: d.BrandName,
		AllowSubstitution: d.AllowSubstitution, Presentation: d.Presentation, Dose: d.Dose, Route: d.Route,
		Frequency: d.Frequency, Duration: d.Duration, Quantity: d.Quantity, Instructions: d.Instructions,
		SpecialFolio: d.SpecialFormFolio, Fills: d.Fills, Replaces: idOrNil(d.ReplacesCourseID),
	}
	if s := d.Structured; s != nil {
		i.Structured = &prescription.Structured{
			DoseAmount: s.DoseAmount, DoseUnit: s.DoseUnit, EveryHours: s.EveryHours, TimesPerDay: s.TimesPerDay,
			AsNeeded: s.AsNeeded, DurationDays: s.DurationDays, Continuous: s.Continuous,
		}
	}
	return i
}

func prescriptionItemDTOOf(i prescription.Item) prescriptionItemDTO {
	d := prescriptionItemDTO{
		ID: optionalID(i.ID), MedicationID: optionalID(i.MedicationID), GenericName: i.GenericName, BrandName: i.BrandName,
		AllowSubstitution: i.AllowSubstitution, Presentation: i.Presentation, Dose: i.Dose, Route: i.Route,
		Frequency: i.Frequency, Duration: i.Duration, Quantity: i.Quantity, Instructions: i.Instructions,
		SpecialFormFolio: i.SpecialFolio, Fills: i.Fills, ReplacesCourseID: optionalID(i.Replaces),
	}
	if s := i.Structured; s != nil {
		d.Structured = &structuredDTO{
			DoseAmount: s.DoseAmount, DoseUnit: s.DoseUnit, EveryHours: s.EveryHours, TimesPerDay: s.TimesPerDay,
			AsNeeded: s.AsNeeded, DurationDays: s.DurationDays, Continuous: s.Continuous,
		}
	}
	return d
}

func idOrNil(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// acknowledgementDTO is the reason for going on in spite of an alert.
type acknowledgementDTO struct {
	AlertID string `json:"alert_id" validate:"required,max=64" example:"6f1ed002ab5595859014"`
	Reason  string `json:"reason" example:"Toleró amoxicilina en 2024, sin reacción."`
} //@name Acknowledgement

// prescriptionEditRequest is the part of a prescription that its author writes.
type prescriptionEditRequest struct {
	Items            []prescriptionItemDTO `json:"items" validate:"dive"`
	Acknowledgements []acknowledgementDTO  `json:"acknowledgements,omitempty" validate:"dive"`
} //@name PrescriptionEdit

func (r prescriptionEditRequest) edit() prescription.Edit {
	var e prescription.Edit
	for _, i := range r.Items {
		e.Items = append(e.Items, i.item())
	}
	for _, a := range r.Acknowledgements {
		e.Reasons = append(e.Reasons, prescription.Reason{AlertID: a.AlertID, Text: a.Reason})
	}
	return e
}

// newPrescriptionRequest begins a draft; copy_of repeats an earlier one of the
// same patient.
type newPrescriptionRequest struct {
	Items            []prescriptionItemDTO `json:"items,omitempty" validate:"dive"`
	Acknowledgements []acknowledgementDTO  `json:"acknowledgements,omitempty" validate:"dive"`
	CopyOf           *uuid.UUID            `json:"copy_of,omitempty" format:"uuid"`
} //@name NewPrescription

func (r newPrescriptionRequest) opening() prescription.Opening {
	edit := prescriptionEditRequest{Items: r.Items, Acknowledgements: r.Acknowledgements}
	return prescription.Opening{Edit: edit.edit(), CopyOf: idOrNil(r.CopyOf)}
}

// prescriptionKeysRequest are the keys of the server in a PUT, where they may
// come back as they were read.
type prescriptionKeysRequest struct {
	ID             *string    `json:"id,omitempty" format:"uuid"`
	PatientID      *string    `json:"patient_id,omitempty" format:"uuid"`
	ConsultationID *string    `json:"consultation_id,omitempty" format:"uuid"`
	Status         *string    `json:"status,omitempty" enums:"draft,discarded,signed,voided" example:"draft"`
	Reissues       *string    `json:"reissues,omitempty" format:"uuid"`
	Version        *int64     `json:"version,omitempty" example:"1"`
	CreatedAt      *time.Time `json:"created_at,omitempty" format:"date-time"`
	UpdatedAt      *time.Time `json:"updated_at,omitempty" format:"date-time"`
} //@name PrescriptionKeys

type prescriptionUpdateRequest struct {
	prescriptionEditRequest
	prescriptionKeysRequest
	// What follows from the rest is not kept.
	Alerts      json.RawMessage `json:"alerts,omitempty" swaggerignore:"true"`
	Sheets      json.RawMessage `json:"sheets,omitempty" swaggerignore:"true"`
	SpecialForm json.RawMessage `json:"special_form,omitempty" swaggerignore:"true"`
	Author      json.RawMessage `json:"author,omitempty" swaggerignore:"true"`
} //@name PrescriptionUpdate

func (r prescriptionUpdateRequest) serverKeys() any { return r.prescriptionKeysRequest }

func (r prescriptionUpdateRequest) edit() prescription.Edit { return r.prescriptionEditRequest.edit() }

// signRequest proves that it is the author who signs.
type signRequest struct {
	Password string `json:"password,omitempty" validate:"max=1000" example:"jacaranda morada en marzo"`
	TOTPCode string `json:"totp_code,omitempty" validate:"max=60" example:""` // o un código de recuperación
	// Passkey answers a challenge of POST /api/auth/login/passkey/begin.
	Passkey *passkeyProofRequest `json:"passkey,omitempty"`
} //@name SignRequest

type voidRequest struct {
	Reason string `json:"reason" example:"La dosis era de otra presentación."`
} //@name VoidRequest

// personDTO is somebody of the staff.
type personDTO struct {
	ID   uuid.UUID `json:"id" format:"uuid"`
	Name string    `json:"name" example:"Sofía Núñez Alcaraz"`
} //@name StaffPerson

// alertDTO is something to know before signing. item is the id of its item, and
// absent where the whole prescription is meant.
type alertDTO struct {
	ID           string     `json:"id" example:"6f1ed002ab5595859014"`
	Kind         string     `json:"kind" enums:"allergy,allergy_class,cross_reactivity,allergies_unknown,duplicate,in_force,fraction_i,fraction_ii,fraction_iii,fraction_unsure,antibiotic,withdrawn,not_in_catalog,incomplete,weight,profession" example:"allergy_class"`
	Severity     string     `json:"severity" enums:"high,medium,info" example:"high"`
	Item         *uuid.UUID `json:"item,omitempty" format:"uuid"`
	Message      string     `json:"message" example:"Alergia registrada: penicilina (anafilaxia, 2009). Amoxicilina es una penicilina. Retire el medicamento o anote por qué lo indica."`
	Requires     string     `json:"requires" enums:"acknowledgement,change,none" example:"acknowledgement"`
	CourseID     *uuid.UUID `json:"course_id,omitempty" format:"uuid"`
	Acknowledged *answerDTO `json:"acknowledged,omitempty"`
} //@name PrescriptionAlert

type answerDTO struct {
	Reason string    `json:"reason" example:"Toleró amoxicilina en 2024, sin reacción."`
	At     time.Time `json:"at" format:"date-time"`
	By     uuid.UUID `json:"by" format:"uuid"`
} //@name AlertAnswer

func alertDTOOf(a prescription.Alert) alertDTO {
	d := alertDTO{
		ID: a.ID, Kind: string(a.Kind), Severity: string(a.Severity), Item: optionalID(a.Item), Message: a.Message,
		Requires: string(a.Requires), CourseID: optionalID(a.Course),
	}
	if k := a.Acknowledged; k != nil {
		d.Acknowledged = &answerDTO{Reason: k.Reason, At: k.At.UTC(), By: k.By}
	}
	return d
}

// sheetDTO is one paper as it is printed: medicines that a pharmacy keeps stand
// on a paper of their own.
type sheetDTO struct {
	Label   string           `json:"label,omitempty" example:"Fracción II"`
	Items   []printedItemDTO `json:"items"`
	Legends []string         `json:"legends,omitempty"`
} //@name PrescriptionSheet

type printedItemDTO struct {
	Item    uuid.UUID `json:"item" format:"uuid"`
	Number  int       `json:"number" example:"1"`
	Title   string    `json:"title" example:"Metformina, Caja con 30 tabletas de 850 mg"`
	Lines   []string  `json:"lines" example:"Tomar 1 tableta por vía oral cada 12 horas durante 60 días."`
	Legends []string  `json:"legends,omitempty"`
} //@name PrintedItem

func sheetDTOOf(s prescription.Sheet) sheetDTO {
	d := sheetDTO{Label: s.Label, Items: []printedItemDTO{}, Legends: s.Legends}
	for _, i := range s.Items {
		d.Items = append(d.Items, printedItemDTO{Item: i.ID, Number: i.Number, Title: i.Title, Lines: i.Lines, Legends: i.Legends})
	}
	return d
}

type voidedDTO struct {
	Reason string    `json:"reason" example:"La dosis era de otra presentación."`
	At     time.Time `json:"at" format:"date-time"`
	By     personDTO `json:"by"`
} //@name PrescriptionVoided

// prescriptionDTO is a receta. folio, hash, code, header and signer are there
// once it is signed.
type prescriptionDTO struct {
	ID               uuid.UUID             `json:"id" format:"uuid"`
	PatientID        uuid.UUID             `json:"patient_id" format:"uuid"`
	ConsultationID   uuid.UUID             `json:"consultation_id" format:"uuid"`
	Author           personDTO             `json:"author"`
	Status           string                `json:"status" enums:"draft,discarded,signed,voided" example:"draft"`
	Items            []prescriptionItemDTO `json:"items"`
	Acknowledgements []acknowledgementDTO  `json:"acknowledgements"`
	Alerts           []alertDTO            `json:"alerts"`
	Sheets           []sheetDTO            `json:"sheets"`
	SpecialForm      []string              `json:"special_form,omitempty"`
	Reissues         *uuid.UUID            `json:"reissues,omitempty" format:"uuid"`
	ReissuedAs       *uuid.UUID            `json:"reissued_as,omitempty" format:"uuid"`
	Version          int64                 `json:"version" example:"1"`
	CreatedAt        time.Time             `json:"created_at" format:"date-time"`
	UpdatedAt        time.Time             `json:"updated_at" format:"date-time"`
	Folio            string                `json:"folio,omitempty" example:"R-2026-00001"`
	VerificationCode string                `json:"verification_code,omitempty" example:"7K2M-9QXA-T4VB-0C3D"`
	Hash             string                `json:"hash,omitempty" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	SignedAt         *time.Time            `json:"signed_at,omitempty" format:"date-time"`
	Head             *headDTO              `json:"head,omitempty"`
	Voided           *voidedDTO            `json:"voided,omitempty"`
} //@name Prescription

func prescriptionDTOOf(p prescription.Prescription) prescriptionDTO {
	d := prescriptionDTO{
		ID: p.ID, PatientID: p.PatientID, ConsultationID: p.ConsultationID, Author: personDTO{ID: p.AuthorID, Name: p.AuthorName},
		Status: string(p.Status), Items: []prescriptionItemDTO{}, Acknowledgements: []acknowledgementDTO{}, Alerts: []alertDTO{},
		Sheets: []sheetDTO{}, SpecialForm: p.SpecialForm, Reissues: optionalID(p.Reissues), ReissuedAs: optionalID(p.ReissuedAs),
		Version: p.Version, CreatedAt: p.CreatedAt.UTC(), UpdatedAt: p.UpdatedAt.UTC(),
		Hash: hex.EncodeToString(p.Hash), SignedAt: instant(p.SignedAt),
	}
	for _, i := range p.Items {
		d.Items = append(d.Items, prescriptionItemDTOOf(i))
	}
	for _, a := range p.Acknowledgements {
		d.Acknowledgements = append(d.Acknowledgements, acknowledgementDTO{AlertID: a.AlertID, Reason: a.Reason})
	}
	for _, a := range p.Alerts {
		d.Alerts = append(d.Alerts, alertDTOOf(a))
	}
	for _, s := range p.Sheets {
		d.Sheets = append(d.Sheets, sheetDTOOf(s))
	}
	if doc := p.Document; doc != nil {
		d.Folio, d.VerificationCode, d.Head = doc.Folio, doc.Code, headDTOOf(doc.Head)
	}
	if v := p.Voided; v != nil {
		d.Voided = &voidedDTO{Reason: v.Reason, At: v.At.UTC(), By: personDTO{ID: v.By, Name: v.ByName}}
	}
	return d
}
