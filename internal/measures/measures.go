// Package measures holds vital signs: which there are, in which units, what a
// value can be, what is worth asking again, and what it means at an age.
//
// It describes what was measured and computes nothing that decides: no dose and
// no diagnosis. States compare a value with a published range, named beside it.
package measures

import "strconv"

// The keys of the measures, as the API and the database name them.
const (
	Systolic          = "systolic"
	Diastolic         = "diastolic"
	HeartRate         = "heart_rate"
	RespiratoryRate   = "respiratory_rate"
	Temperature       = "temperature"
	OxygenSaturation  = "oxygen_saturation"
	WeightKg          = "weight_kg"
	HeightCm          = "height_cm"
	WaistCm           = "waist_cm"
	Glucose           = "glucose"
	HeadCircumference = "head_circumference_cm"
)

// The keys of what is computed or judged together.
const (
	BloodPressure = "blood_pressure" // systolic and diastolic
	BMI           = "bmi"            // kg/m²
	MAP           = "map"            // mean arterial pressure, mmHg
)

// Set is what was measured at one moment. What was not measured is nil.
type Set struct {
	Systolic          *float64 `json:"systolic,omitempty"`              // mmHg
	Diastolic         *float64 `json:"diastolic,omitempty"`             // mmHg
	HeartRate         *float64 `json:"heart_rate,omitempty"`            // beats a minute
	RespiratoryRate   *float64 `json:"respiratory_rate,omitempty"`      // breaths a minute
	Temperature       *float64 `json:"temperature,omitempty"`           // °C
	OxygenSaturation  *float64 `json:"oxygen_saturation,omitempty"`     // %
	WeightKg          *float64 `json:"weight_kg,omitempty"`             // kg
	HeightCm          *float64 `json:"height_cm,omitempty"`             // cm
	WaistCm           *float64 `json:"waist_cm,omitempty"`              // cm
	Glucose           *float64 `json:"glucose,omitempty"`               // mg/dL, capillary
	HeadCircumference *float64 `json:"head_circumference_cm,omitempty"` // cm
}

// Measure describes one kind of value: its name for people, its unit, how many
// decimals it may have, and its bounds. Outside Min and Max a value is refused;
// outside UsualMin and UsualMax it is asked again.
type Measure struct {
	Key      string
	Label    string
	Unit     string
	Decimals int
	Min      float64
	Max      float64
	UsualMin float64
	UsualMax float64
}

// The bounds are wide on purpose: they keep out what no living person has and
// what was typed in another unit, and leave everything else to whoever measured.
// They cover the smallest preterm newborn and the largest adult on record.
var all = []Measure{
	{Systolic, "Presión sistólica", "mmHg", 0, 30, 320, 70, 220},
	{Diastolic, "Presión diastólica", "mmHg", 0, 10, 220, 40, 130},
	{HeartRate, "Frecuencia cardiaca", "lpm", 0, 15, 350, 40, 210},
	{RespiratoryRate, "Frecuencia respiratoria", "rpm", 0, 3, 150, 8, 70},
	{Temperature, "Temperatura", "°C", 1, 24, 45, 34, 41.5},
	{OxygenSaturation, "Saturación de oxígeno", "%", 0, 30, 100, 80, 100},
	{WeightKg, "Peso", "kg", 3, 0.2, 650, 1, 250},
	{HeightCm, "Talla", "cm", 1, 20, 275, 40, 215},
	{WaistCm, "Circunferencia de cintura", "cm", 1, 20, 300, 35, 180},
	{Glucose, "Glucosa capilar", "mg/dL", 0, 10, 1500, 40, 600},
	{HeadCircumference, "Perímetro cefálico", "cm", 1, 15, 85, 28, 62},
}

// All lists the measures in the order in which they are shown.
func All() []Measure { return append([]Measure(nil), all...) }

// Of gives the measure of a key; ok is false for a key that is none.
func Of(key string) (m Measure, ok bool) {
	for _, m := range all {
		if m.Key == key {
			return m, true
		}
	}
	return Measure{}, false
}

// Value gives one value of the set, nil where it was not measured or the key is
// none. BMI and MAP are computed.
func (s Set) Value(key string) *float64 {
	switch key {
	case BMI:
		return s.BMI()
	case MAP:
		return s.MAP()
	}
	if at := s.at(key); at != nil {
		return *at
	}
	return nil
}

// With gives the set with one value set, or taken away by nil. A key that is
// none changes nothing.
func (s Set) With(key string, value *float64) Set {
	if at := s.at(key); at != nil {
		*at = value
	}
	return s
}

// at points to the value of a key.
func (s *Set) at(key string) **float64 {
	switch key {
	case Systolic:
		return &s.Systolic
	case Diastolic:
		return &s.Diastolic
	case HeartRate:
		return &s.HeartRate
	case RespiratoryRate:
		return &s.RespiratoryRate
	case Temperature:
		return &s.Temperature
	case OxygenSaturation:
		return &s.OxygenSaturation
	case WeightKg:
		return &s.WeightKg
	case HeightCm:
		return &s.HeightCm
	case WaistCm:
		return &s.WaistCm
	case Glucose:
		return &s.Glucose
	case HeadCircumference:
		return &s.HeadCircumference
	}
	return nil
}

// Empty says that nothing was measured.
func (s Set) Empty() bool { return s == Set{} }

// Equal says that two sets hold the same values.
func (s Set) Equal(other Set) bool {
	for _, m := range all {
		a, b := s.Value(m.Key), other.Value(m.Key)
		if (a == nil) != (b == nil) || a != nil && *a != *b {
			return false
		}
	}
	return true
}

// Text writes a value as people read it: «78.6», «138».
func Text(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
