package api

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/patient"
)

// contactDTO is somebody who answers for the patient or is called for her.
type contactDTO struct {
	FullName     string `json:"full_name" validate:"max=500" example:"Paula Cárdenas Mijares"`
	Relationship string `json:"relationship" validate:"max=500" example:"Madre"`
	Phone        string `json:"phone,omitempty" validate:"max=50" example:"+525555550177"`
	Email        string `json:"email,omitempty" validate:"max=500" format:"email" example:"paula@correo.example"`
} //@name Contact

func contactOf(dto *contactDTO) *patient.Contact {
	if dto == nil {
		return nil
	}
	c := patient.Contact(*dto)
	return &c
}

func contactDTOOf(c *patient.Contact) *contactDTO {
	if c == nil {
		return nil
	}
	dto := contactDTO(*c)
	return &dto
}

// patientRequest is the editable part of a patient. What is required depends on
// identity_status and on the age, so the service says what is missing.
type patientRequest struct {
	GivenNames       string      `json:"given_names,omitempty" validate:"max=500" example:"María Fernanda"`
	FirstSurname     string      `json:"first_surname,omitempty" validate:"max=500" example:"Orozco"`
	SecondSurname    string      `json:"second_surname,omitempty" validate:"max=500" example:"Villaseñor"`
	BirthDate        string      `json:"birth_date,omitempty" validate:"max=50" format:"date" example:"1980-08-14"`
	Sex              string      `json:"sex,omitempty" validate:"max=50" enums:"H,M,I" example:"M"`
	StateOfBirth     string      `json:"state_of_birth,omitempty" validate:"max=50" example:"21"`
	CURP             string      `json:"curp,omitempty" validate:"max=100" example:"OOVF800814MPLRLR00"`
	Gender           string      `json:"gender,omitempty" validate:"max=500" example:"Femenino"`
	Phone            string      `json:"phone,omitempty" validate:"max=50" example:"55 5555 0142"`
	Email            string      `json:"email,omitempty" validate:"max=500" format:"email" example:"fernanda.orozco@correo.example"`
	Address          *mx.Address `json:"address,omitempty"`
	BloodType        string      `json:"blood_type,omitempty" validate:"max=50" enums:"O+,O-,A+,A-,B+,B-,AB+,AB-" example:"O+"`
	Occupation       string      `json:"occupation,omitempty" validate:"max=500" example:"Ceramista"`
	MaritalStatus    string      `json:"marital_status,omitempty" validate:"max=500" example:"Casada"`
	EmergencyContact *contactDTO `json:"emergency_contact,omitempty"`
	Representative   *contactDTO `json:"representative,omitempty"`
	IdentityStatus   string      `json:"identity_status,omitempty" validate:"max=50" enums:"verified,declared,provisional" example:"declared"`
} //@name PatientInput

func (r patientRequest) form() patient.Form {
	return patient.Form{
		GivenNames: r.GivenNames, FirstSurname: r.FirstSurname, SecondSurname: r.SecondSurname,
		BirthDate: r.BirthDate, Sex: r.Sex, StateOfBirth: r.StateOfBirth, CURP: r.CURP, Gender: r.Gender,
		Phone: r.Phone, Email: r.Email, Address: r.Address, BloodType: r.BloodType, Occupation: r.Occupation,
		MaritalStatus: r.MaritalStatus, IdentityStatus: r.IdentityStatus,
		EmergencyContact: contactOf(r.EmergencyContact), Representative: contactOf(r.Representative),
	}
}

// consentStatusDTO is where the privacy consent of a patient stands.
type consentStatusDTO struct {
	Status string `json:"status" enums:"none,requested,queued,sent,delivered,read,failed,accepted,refused,revoked,expired" example:"accepted"`
} //@name ConsentStatus

// archiveDTO says why, when and by whom a record was put away.
type archiveDTO struct {
	Reason string     `json:"reason" example:"Cambió de médico."`
	At     time.Time  `json:"at" format:"date-time"`
	By     *uuid.UUID `json:"by,omitempty" format:"uuid"`
} //@name Archive

// patientFactsDTO are what only the server sets.
type patientFactsDTO struct {
	ID           string           `json:"id" format:"uuid"`
	RecordNumber string           `json:"record_number" example:"H-000482"`
	Age          *int             `json:"age,omitempty" example:"46"`
	AgeText      *string          `json:"age_text,omitempty" example:"46 años 3 meses"`
	Minor        bool             `json:"minor" example:"false"`
	Status       string           `json:"status" enums:"active,archived" example:"active"`
	Archive      *archiveDTO      `json:"archive,omitempty"`
	Consent      consentStatusDTO `json:"consent"`
	Version      int64            `json:"version" example:"1"`
	CreatedAt    time.Time        `json:"created_at" format:"date-time"`
	UpdatedAt    time.Time        `json:"updated_at" format:"date-time"`
} //@name PatientFacts

// patientKeysRequest are the same keys in a PUT, where they may come back as
// they were read.
type patientKeysRequest struct {
	ID           *string           `json:"id,omitempty" format:"uuid"`
	RecordNumber *string           `json:"record_number,omitempty" example:"H-000482"`
	Age          *int              `json:"age,omitempty" example:"46"`
	AgeText      *string           `json:"age_text,omitempty" example:"46 años 3 meses"`
	Minor        *bool             `json:"minor,omitempty" example:"false"`
	Status       *string           `json:"status,omitempty" enums:"active,archived" example:"active"`
	Archive      *archiveDTO       `json:"archive,omitempty"`
	Consent      *consentStatusDTO `json:"consent,omitempty"`
	Version      *int64            `json:"version,omitempty" example:"1"`
	CreatedAt    *time.Time        `json:"created_at,omitempty" format:"date-time"`
	UpdatedAt    *time.Time        `json:"updated_at,omitempty" format:"date-time"`
} //@name PatientKeys

type patientUpdateRequest struct {
	patientRequest
	patientKeysRequest
	Warnings json.RawMessage `json:"warnings,omitempty" swaggerignore:"true"` // of an earlier answer, never kept
} //@name PatientUpdate

// unchanged refuses keys of the server that differ from what they are.
func (r patientKeysRequest) unchanged(now patientFactsDTO) error {
	if faults := changedKeys(r, now); len(faults) > 0 {
		return errs.Rule("patient.read_only", readOnlyText, faults...)
	}
	return nil
}

// patientDTO is a patient. What is not known is an absent key; so are warnings
// where nothing was saved.
type patientDTO struct {
	patientRequest
	patientFactsDTO
	Sex      string        `json:"sex" enums:"H,M,I" example:"M"` // always known, unlike in a form
	Warnings *[]warningDTO `json:"warnings,omitempty"`
} //@name Patient

func patientDTOOf(p patient.Patient) patientDTO {
	return patientDTO{patientRequest: patientDataOf(p.Identity), patientFactsDTO: patientFactsOf(p), Sex: p.Sex}
}

func patientDataOf(i patient.Identity) patientRequest {
	return patientRequest{
		GivenNames: i.GivenNames, FirstSurname: i.FirstSurname, SecondSurname: i.SecondSurname,
		BirthDate: i.BirthDate.String(), Sex: i.Sex, StateOfBirth: i.StateOfBirth, CURP: i.CURP, Gender: i.Gender,
		Phone: i.Phone, Email: i.Email, Address: i.Address, BloodType: i.BloodType, Occupation: i.Occupation,
		MaritalStatus: i.MaritalStatus, IdentityStatus: string(i.IdentityStatus),
		EmergencyContact: contactDTOOf(i.EmergencyContact), Representative: contactDTOOf(i.Representative),
	}
}

func patientFactsOf(p patient.Patient) patientFactsDTO {
	dto := patientFactsDTO{
		ID: p.ID.String(), RecordNumber: p.RecordNumber.String(), Minor: p.Minor(), Status: string(p.Status),
		Consent: consentStatusDTO{Status: string(p.ConsentStatus)}, Version: p.Version,
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
	years, known := p.Age()
	dto.Age, dto.AgeText = ageDTO(years, known, p.AgeText())
	if a := p.Archive; a != nil {
		dto.Archive = &archiveDTO{Reason: a.Reason, At: a.At, By: optionalID(a.By)}
	}
	return dto
}

// ageDTO leaves an age out that nobody knows.
func ageDTO(years int, known bool, text string) (*int, *string) {
	if !known {
		return nil, nil
	}
	return &years, &text
}

// warningDTO is something to confirm with the person; it never stops a save.
type warningDTO struct {
	Code         string     `json:"code" enums:"curp_mismatch,possible_duplicate" example:"possible_duplicate"`
	Field        string     `json:"field,omitempty" example:"phone"`
	Message      string     `json:"message" example:"El expediente H-001107 tiene el mismo teléfono."`
	PatientID    *uuid.UUID `json:"patient_id,omitempty" format:"uuid"`
	RecordNumber string     `json:"record_number,omitempty" example:"H-001107"`
} //@name PatientWarning

// patientSavedDTOOf is a patient as it was just saved.
func patientSavedDTOOf(p patient.Patient, warnings []patient.Warning) patientDTO {
	list := make([]warningDTO, 0, len(warnings))
	for _, w := range warnings {
		dto := warningDTO{Code: w.Code, Field: w.Field, Message: w.Message, PatientID: optionalID(w.PatientID)}
		if w.RecordNumber > 0 {
			dto.RecordNumber = w.RecordNumber.String()
		}
		list = append(list, dto)
	}
	out := patientDTOOf(p)
	out.Warnings = &list
	return out
}

// patientItemDTO is a patient in a list.
type patientItemDTO struct {
	ID             string           `json:"id" format:"uuid"`
	RecordNumber   string           `json:"record_number" example:"H-000482"`
	GivenNames     string           `json:"given_names,omitempty" example:"María Fernanda"`
	FirstSurname   string           `json:"first_surname,omitempty" example:"Orozco"`
	SecondSurname  string           `json:"second_surname,omitempty" example:"Villaseñor"`
	BirthDate      string           `json:"birth_date,omitempty" format:"date" example:"1980-08-14"`
	Age            *int             `json:"age,omitempty" example:"46"`
	AgeText        *string          `json:"age_text,omitempty" example:"46 años 3 meses"`
	Sex            string           `json:"sex" enums:"H,M,I" example:"M"`
	CURP           string           `json:"curp,omitempty" example:"OOVF800814MPLRLR00"`
	Phone          string           `json:"phone,omitempty" example:"+525555550142"`
	Status         string           `json:"status" enums:"active,archived" example:"active"`
	IdentityStatus string           `json:"identity_status" enums:"verified,declared,provisional" example:"declared"`
	Consent        consentStatusDTO `json:"consent"`
	LastSeenAt     time.Time        `json:"last_seen_at" format:"date-time"`
} //@name PatientListItem

func patientItemDTOOf(l patient.Listed) patientItemDTO {
	dto := patientItemDTO{
		ID: l.ID.String(), RecordNumber: l.RecordNumber.String(), GivenNames: l.GivenNames,
		FirstSurname: l.FirstSurname, SecondSurname: l.SecondSurname, BirthDate: l.BirthDate.String(),
		Sex: l.Sex, CURP: l.CURP, Phone: l.Phone, Status: string(l.Status), IdentityStatus: string(l.IdentityStatus),
		Consent: consentStatusDTO{Status: string(l.ConsentStatus)}, LastSeenAt: l.LastSeenAt,
	}
	years, known := l.Age()
	dto.Age, dto.AgeText = ageDTO(years, known, l.AgeText())
	return dto
}

// duplicateDTO is a record that may be the same person's.
type duplicateDTO struct {
	patientItemDTO
	Score   int      `json:"score" minimum:"0" maximum:"100" example:"95"`
	Reasons []string `json:"reasons" enums:"same_curp,same_name_and_birth_date,similar_name_same_birth_date,same_phone" example:"same_name_and_birth_date"`
} //@name Duplicate

type duplicatesDTO struct {
	Items []duplicateDTO `json:"items"`
} //@name Duplicates

func duplicatesDTOOf(found []patient.Duplicate) duplicatesDTO {
	out := duplicatesDTO{Items: make([]duplicateDTO, 0, len(found))}
	for _, d := range found {
		dto := duplicateDTO{patientItemDTO: patientItemDTOOf(d.Listed), Score: d.Score, Reasons: []string{}}
		for _, reason := range d.Reasons {
			dto.Reasons = append(dto.Reasons, string(reason))
		}
		out.Items = append(out.Items, dto)
	}
	return out
}

type archiveRequest struct {
	Reason string `json:"reason" validate:"max=5000" example:"Cambió de médico."`
} //@name ArchiveRequest
