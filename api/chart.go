package api

import (
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/chart"
)

// chartAPI speaks for the first page of a chart.
type chartAPI struct{ svc *chart.Service }

func (h chartAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/patients/:id/summary", actor.ChartRead, h.summary, routeOptions{}},
	}
}

// summary gives the first page of a chart.
//
//	@Summary	Resumen del expediente, en una sola respuesta
//	@Tags		Expediente
//	@Produce	json
//	@Param		id	path		string	true	"Paciente"	format(uuid)
//	@Success	200	{object}	summaryDTO
//	@Failure	404	{object}	Problem	"patient.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/summary [get]
func (h chartAPI) summary(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	sum, err := h.svc.Summary(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return ok(c, summaryDTOOf(sum))
}

// bannerDTO is what stays in sight on every clinical screen.
type bannerDTO struct {
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
	BloodType      string           `json:"blood_type,omitempty" example:"O+"`
	Minor          bool             `json:"minor" example:"false"`
	Representative *contactDTO      `json:"representative,omitempty"`
	Status         string           `json:"status" enums:"active,archived" example:"active"`
	Archive        *archiveDTO      `json:"archive,omitempty"`
	IdentityStatus string           `json:"identity_status" enums:"verified,declared,provisional" example:"declared"`
	Consent        consentStatusDTO `json:"consent"`
	Version        int64            `json:"version" example:"1"`
} //@name Banner

func bannerDTOOf(b chart.Banner) bannerDTO {
	dto := bannerDTO{
		ID: b.ID.String(), RecordNumber: b.RecordNumber, GivenNames: b.GivenNames, FirstSurname: b.FirstSurname,
		SecondSurname: b.SecondSurname, BirthDate: b.BirthDate.String(), Sex: b.Sex, CURP: b.CURP, Phone: b.Phone,
		BloodType: b.BloodType, Minor: b.Minor, Status: b.Status, IdentityStatus: b.IdentityStatus,
		Consent: consentStatusDTO{Status: b.ConsentStatus}, Version: b.Version,
	}
	dto.Age, dto.AgeText = ageDTO(b.Age, !b.BirthDate.IsZero(), b.AgeText)
	if r := b.Representative; r != nil {
		dto.Representative = &contactDTO{FullName: r.FullName, Relationship: r.Relationship, Phone: r.Phone}
	}
	if a := b.Archive; a != nil {
		dto.Archive = &archiveDTO{Reason: a.Reason, At: a.At}
	}
	return dto
}

// chartPurposeDTO is the consent to one purpose.
type chartPurposeDTO struct {
	Purpose string `json:"purpose" enums:"care,reminders,sharing,research,marketing,ai" example:"care"`
	Status  string `json:"status" enums:"none,requested,accepted,refused,revoked,expired" example:"accepted"`
} //@name ChartPurpose

// chartConsentDTO is where the privacy consent stands and its latest events.
type chartConsentDTO struct {
	Purposes []chartPurposeDTO      `json:"purposes"`
	Events   []chartConsentEventDTO `json:"events"`
} //@name ChartConsent

type chartConsentEventDTO struct {
	ID       uuid.UUID `json:"id" format:"uuid"`
	Type     string    `json:"type" example:"accepted"`
	Purposes []string  `json:"purposes" example:"care"`
	At       time.Time `json:"at" format:"date-time"`
	Channel  string    `json:"channel,omitempty" example:"whatsapp"`
} //@name ChartConsentEvent

type chartMessageDTO struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Kind    string    `json:"kind" example:"consent_request"`
	Channel string    `json:"channel" example:"whatsapp"`
	Status  string    `json:"status" example:"delivered"`
	At      time.Time `json:"at" format:"date-time"`
} //@name ChartMessage

// summaryDTO is the first page of a chart. Sections of subjects that do not
// exist yet are absent keys.
type summaryDTO struct {
	Banner      bannerDTO            `json:"banner"`
	Consent     chartConsentDTO      `json:"consent"`
	Messages    []chartMessageDTO    `json:"messages"`
	Allergies   chartAllergiesDTO    `json:"allergies"`
	Problems    []chartProblemDTO    `json:"problems"`
	Medications []chartMedicationDTO `json:"medications"`
	VitalSigns  chartVitalsDTO       `json:"vital_signs"`
	Notes       []chartNoteDTO       `json:"notes"`
	Counts      chartCountsDTO       `json:"counts"`
} //@name Summary

func summaryDTOOf(s chart.Summary) summaryDTO {
	out := summaryDTO{
		Banner:   bannerDTOOf(s.Banner),
		Consent:  chartConsentDTO{Purposes: []chartPurposeDTO{}, Events: []chartConsentEventDTO{}},
		Messages: []chartMessageDTO{}, Allergies: chartAllergiesDTOOf(s.Allergies), Problems: chartProblemsDTOOf(s.Problems),
		Medications: chartMedicationsDTOOf(s.Medications), VitalSigns: chartVitalsDTOOf(s.Vitals),
		Notes: chartNotesDTOOf(s.Notes), Counts: chartCountsDTO(s.Counts),
	}
	for _, p := range s.Consent.Purposes {
		out.Consent.Purposes = append(out.Consent.Purposes, chartPurposeDTO(p))
	}
	for _, e := range s.Consent.Events {
		dto := chartConsentEventDTO(e)
		dto.Purposes = append([]string{}, e.Purposes...)
		out.Consent.Events = append(out.Consent.Events, dto)
	}
	for _, m := range s.Messages {
		out.Messages = append(out.Messages, chartMessageDTO(m))
	}
	return out
}
