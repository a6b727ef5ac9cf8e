package prescription

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/mx"
)

// CourseStatus is where a course of medicine stands.
type CourseStatus string

// The states of a course.
const (
	CourseActive   CourseStatus = "active"
	CourseStopped  CourseStatus = "stopped"
	CourseReplaced CourseStatus = "replaced"
	CourseVoided   CourseStatus = "voided" // its prescription was voided
)

// CourseFacts are the sealed part of a course.
type CourseFacts struct {
	GenericName  string    `json:"generic_name"`
	BrandName    string    `json:"brand_name,omitempty"`
	Presentation string    `json:"presentation"`
	Dose         string    `json:"dose"`
	Route        string    `json:"route"`
	Frequency    string    `json:"frequency"`
	Duration     string    `json:"duration"`
	Dosage       string    `json:"dosage"`
	Instructions string    `json:"instructions,omitempty"`
	Substances   []string  `json:"substances"` // folded
	Folio        string    `json:"folio"`
	IssuedAt     time.Time `json:"issued_at"`
}

// Course is a medicine that a patient takes, or took, by a signed prescription.
type Course struct {
	CourseFacts
	ID             uuid.UUID
	PatientID      uuid.UUID
	PrescriptionID uuid.UUID
	ItemID         uuid.UUID
	MedicationID   uuid.UUID
	StartsOn       mx.Date
	EndsOn         mx.Date // zero for continuous use, and where nobody knows
	Status         CourseStatus
	EndedAt        time.Time
	EndReason      string // of a stopped one
}

// InForce tells whether the patient takes it on a day.
func (c Course) InForce(day mx.Date) bool {
	return c.Status == CourseActive && (c.EndsOn.IsZero() || !c.EndsOn.Before(day))
}

func (c Course) sameSubstances(all []Ingredient) bool {
	return len(all) > 0 && len(all) == len(c.Substances) && !slices.ContainsFunc(all, func(i Ingredient) bool {
		return !slices.Contains(c.Substances, i.Name)
	})
}

// sameDose tells whether an item goes on with the course as it was.
func (c Course) sameDose(i Item) bool {
	return fold(c.Presentation) == fold(i.Presentation) && fold(c.Dose) == fold(i.Dose) &&
		fold(c.Route) == fold(i.Route) && fold(c.Frequency) == fold(i.Frequency)
}

// courseOf is the course that an item begins on the day of signing.
func courseOf(d Document, item Item, p Product, day mx.Date) Course {
	c := Course{
		PatientID: d.PatientID, PrescriptionID: d.PrescriptionID, ItemID: item.ID, MedicationID: item.MedicationID,
		StartsOn: day, Status: CourseActive,
		CourseFacts: CourseFacts{
			GenericName: item.GenericName, BrandName: item.BrandName, Presentation: item.Presentation, Dose: item.Dose,
			Route: item.Route, Frequency: item.Frequency, Duration: item.Duration, Dosage: item.Dosage(),
			Instructions: item.Instructions, Folio: d.Folio, IssuedAt: d.IssuedAt,
		},
	}
	for _, i := range p.Ingredients {
		c.Substances = append(c.Substances, i.Name)
	}
	if days, continuous := item.days(); days > 0 && !continuous {
		c.EndsOn = day.AddDays(days - 1)
	}
	return c
}
