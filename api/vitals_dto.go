package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/measures"
	"historias/internal/page"
	"historias/internal/vitals"
)

// vitalSignsDTO are vital signs as they are sent and read; what was not
// measured is an absent key.
type vitalSignsDTO struct {
	Systolic          *float64 `json:"systolic,omitempty" example:"138"`             // mmHg
	Diastolic         *float64 `json:"diastolic,omitempty" example:"86"`             // mmHg
	HeartRate         *float64 `json:"heart_rate,omitempty" example:"78"`            // latidos por minuto
	RespiratoryRate   *float64 `json:"respiratory_rate,omitempty" example:"16"`      // respiraciones por minuto
	Temperature       *float64 `json:"temperature,omitempty" example:"36.5"`         // °C
	OxygenSaturation  *float64 `json:"oxygen_saturation,omitempty" example:"96"`     // %
	WeightKg          *float64 `json:"weight_kg,omitempty" example:"78.6"`           // kg
	HeightCm          *float64 `json:"height_cm,omitempty" example:"160"`            // cm
	WaistCm           *float64 `json:"waist_cm,omitempty" example:"94"`              // cm
	Glucose           *float64 `json:"glucose,omitempty" example:"142"`              // mg/dL, capilar
	HeadCircumference *float64 `json:"head_circumference_cm,omitempty" example:"56"` // cm
} //@name VitalSigns

type readingRequest struct {
	vitalSignsDTO
	MeasuredAt *time.Time `json:"measured_at,omitempty" format:"date-time"`
} //@name VitalSignsInput

func (r readingRequest) entry() vitals.Entry {
	e := vitals.Entry{Set: measures.Set(r.vitalSignsDTO)}
	if r.MeasuredAt != nil {
		e.MeasuredAt = *r.MeasuredAt
	}
	return e
}

type readingVoidRequest struct {
	Reason string `json:"reason" validate:"max=2000" example:"La medición es de otra persona."`
} //@name VitalSignsVoidInput

// measureStateDTO is what a value means at the age of that day. low and high are
// the normal range; an open side is an absent key.
type measureStateDTO struct {
	State string   `json:"state" enums:"low,normal,elevated,high" example:"elevated"`
	Label string   `json:"label" example:"Elevada"`
	Low   *float64 `json:"low,omitempty" example:"60"`
	High  *float64 `json:"high,omitempty" example:"100"`
} //@name MeasureState

func statesDTOOf(states map[string]measures.State) map[string]measureStateDTO {
	out := make(map[string]measureStateDTO, len(states))
	for key, s := range states {
		out[key] = measureStateDTO{State: string(s.Level), Label: s.Label, Low: s.Low, High: s.High}
	}
	return out
}

type readingVoidDTO struct {
	Reason string    `json:"reason" example:"La medición es de otra persona."`
	At     time.Time `json:"at" format:"date-time"`
	By     personDTO `json:"by"`
} //@name VitalSignsVoid

// readingDTO is one set of vital signs. The keys of states are those of the
// measures, blood_pressure for both pressures together, and bmi.
type readingDTO struct {
	ID             uuid.UUID  `json:"id" format:"uuid"`
	ConsultationID *uuid.UUID `json:"consultation_id,omitempty" format:"uuid"`
	vitalSignsDTO
	BMI        *float64                   `json:"bmi,omitempty" example:"30.7"` // kg/m²
	MAP        *float64                   `json:"map,omitempty" example:"103"`  // mmHg
	States     map[string]measureStateDTO `json:"states"`
	MeasuredAt time.Time                  `json:"measured_at" format:"date-time"`
	TakenBy    personDTO                  `json:"taken_by"`
	Voided     *readingVoidDTO            `json:"voided,omitempty"`
} //@name VitalSignsReading

func readingDTOOf(r vitals.Reading) readingDTO {
	dto := readingDTO{
		ID: r.ID, ConsultationID: optionalID(r.ConsultationID), vitalSignsDTO: vitalSignsDTO(r.Set),
		BMI: r.Set.BMI(), MAP: r.Set.MAP(), States: statesDTOOf(r.States), MeasuredAt: r.MeasuredAt,
		TakenBy: personDTO{ID: r.TakenBy, Name: r.TakenByName},
	}
	if v := r.Void; v != nil {
		dto.Voided = &readingVoidDTO{Reason: v.Reason, At: v.At, By: personDTO{ID: v.By, Name: v.ByName}}
	}
	return dto
}

// fieldWarningDTO asks to look at a value again.
type fieldWarningDTO struct {
	Field   string `json:"field" example:"temperature"`
	Code    string `json:"code" example:"improbable"`
	Message string `json:"message" example:"¿42 °C? Es un valor poco común. Revise que esté bien escrito."`
} //@name FieldWarning

type readingSavedDTO struct {
	readingDTO
	Warnings []fieldWarningDTO `json:"warnings"`
} //@name VitalSignsSaved

func readingSavedDTOOf(r vitals.Reading, warnings []measures.Warning) readingSavedDTO {
	dto := readingSavedDTO{readingDTO: readingDTOOf(r), Warnings: []fieldWarningDTO{}}
	for _, w := range warnings {
		dto.Warnings = append(dto.Warnings, fieldWarningDTO(w))
	}
	return dto
}

type measurePointDTO struct {
	At        time.Time `json:"at" format:"date-time"`
	Value     float64   `json:"value" example:"138"`
	ReadingID uuid.UUID `json:"reading_id" format:"uuid"`
} //@name MeasurePoint

func measurePointDTOOf(p measures.Point) measurePointDTO {
	return measurePointDTO{At: p.At, Value: p.Value, ReadingID: p.Reading}
}

// measureSeriesDTO is one measure over time, the oldest first. low and high are
// the normal range at the patient's age now.
type measureSeriesDTO struct {
	Key    string            `json:"key" example:"systolic"`
	Label  string            `json:"label" example:"Presión sistólica"`
	Unit   string            `json:"unit" example:"mmHg"`
	Low    *float64          `json:"low,omitempty" example:"90"`
	High   *float64          `json:"high,omitempty" example:"129"`
	Points []measurePointDTO `json:"points"`
} //@name MeasureSeries

func seriesDTOOf(all []measures.Series) []measureSeriesDTO {
	out := make([]measureSeriesDTO, 0, len(all))
	for _, s := range all {
		dto := measureSeriesDTO{Key: s.Key, Label: s.Label, Unit: s.Unit, Low: s.Low, High: s.High, Points: []measurePointDTO{}}
		for _, p := range s.Points {
			dto.Points = append(dto.Points, measurePointDTOOf(p))
		}
		out = append(out, dto)
	}
	return out
}

// readingsDTO is a page of readings, with the series where they were asked for.
type readingsDTO struct {
	Items      []readingDTO        `json:"items"`
	NextCursor *string             `json:"next_cursor" extensions:"x-nullable"`
	Series     *[]measureSeriesDTO `json:"series,omitempty"`
} //@name VitalSignsList

func readingsDTOOf(l vitals.List, series bool) readingsDTO {
	p := pageDTO(l.List, readingDTOOf)
	out := readingsDTO{Items: p.Items, NextCursor: p.NextCursor}
	if series {
		all := seriesDTOOf(l.Series)
		out.Series = &all
	}
	return out
}

// measureDTO describes one measure.
type measureDTO struct {
	Key      string  `json:"key" example:"temperature"`
	Label    string  `json:"label" example:"Temperatura"`
	Unit     string  `json:"unit" example:"°C"`
	Decimals int     `json:"decimals" example:"1"`
	Min      float64 `json:"min" example:"24"`
	Max      float64 `json:"max" example:"45"`
	UsualMin float64 `json:"usual_min" example:"34"`
	UsualMax float64 `json:"usual_max" example:"41.5"`
} //@name Measure

func measuresDTO() listDTO[measureDTO] {
	return pageDTO(page.List[measures.Measure]{Items: measures.All()}, func(m measures.Measure) measureDTO { return measureDTO(m) })
}
