package measures

import (
	"math"

	"historias/internal/errs"
)

// The codes of faults and warnings.
const (
	// CodeRange says that no living person has this value.
	CodeRange = "range"
	// CodeUnit says that the value looks as if it were in another unit.
	CodeUnit = "unit"
	// CodeDecimals says that the value is finer than the measure is.
	CodeDecimals = "decimals"
	// CodePair says that one half of the blood pressure is missing: a draft may
	// be in this state while somebody types, a record may not.
	CodePair = "pair"
	// CodeOrder says that the systolic pressure is not above the diastolic.
	CodeOrder = "order"
	// CodeImprobable asks to look again at a value that is possible.
	CodeImprobable = "improbable"
)

// Warning is a question about a value that is possible and rare.
type Warning struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Validate lists everything that cannot be, each fault at its field: values out
// of bounds or in another unit, too many decimals, half a blood pressure, a
// systolic pressure that is not above the diastolic. An empty set has no fault.
func (s Set) Validate() []errs.Field {
	var faults []errs.Field
	for _, m := range all {
		if v := s.Value(m.Key); v != nil {
			faults = append(faults, m.faults(*v)...)
		}
	}
	return append(faults, s.pressureFaults()...)
}

func (m Measure) faults(v float64) []errs.Field {
	if math.IsNaN(v) || v < m.Min || v > m.Max {
		code, message := m.outside(v)
		return []errs.Field{{Field: m.Key, Code: code, Message: message}}
	}
	scale := math.Pow(10, float64(m.Decimals))
	if math.Abs(v*scale-math.Round(v*scale)) > 1e-6 {
		return []errs.Field{{Field: m.Key, Code: CodeDecimals, Message: decimalsText(m.Decimals)}}
	}
	return nil
}

func decimalsText(n int) string {
	switch n {
	case 0:
		return "Escriba un número entero."
	case 1:
		return "Escriba como máximo un decimal."
	}
	return "Escriba como máximo " + Text(float64(n)) + " decimales."
}

// outside says why a value out of bounds is refused, and, where it is a likely
// value in another unit, which one.
func (m Measure) outside(v float64) (code, message string) {
	if hint := m.otherUnit(v); hint != "" {
		return CodeUnit, "¿" + Text(v) + " " + m.Unit + "? " + hint
	}
	return CodeRange, "Debe estar entre " + Text(m.Min) + " y " + Text(m.Max) + " " + m.Unit + "."
}

// slip is a value typed in another unit: within from and to it is probably
// that, and convert says how much it would be.
type slip struct {
	key      string
	from, to float64
	message  string
	decimals int
	convert  func(float64) float64
}

func times(factor float64) func(float64) float64 {
	return func(v float64) float64 { return v * factor }
}

// mmol/L of glucose are 18 mg/dL.
const glucoseFactor = 18

var slips = []slip{
	{Temperature, 90, 113, "Parece Fahrenheit. En Celsius serían", 1, func(v float64) float64 { return (v - 32) * 5 / 9 }},
	{HeightCm, 0.3, 2.5, "Parece estar en metros. Serían", 1, times(100)},
	{WaistCm, 0.3, 2, "Parece estar en metros. Serían", 1, times(100)},
	{WeightKg, 651, 20000, "Parece estar en gramos. Serían", 3, times(0.001)},
	{Glucose, 2, 9.99, "Parece estar en mmol/L. Serían", 0, times(glucoseFactor)},
	{Systolic, 5, 29.9, "Parece estar en centímetros de mercurio. Serían", 0, times(10)},
	{Diastolic, 3, 9.9, "Parece estar en centímetros de mercurio. Serían", 0, times(10)},
	{OxygenSaturation, 0.3, 1, "Parece una fracción. Serían", 0, times(100)},
}

// otherUnit recognises the values that are typed in another unit.
func (m Measure) otherUnit(v float64) string {
	for _, s := range slips {
		if s.key == m.Key && v >= s.from && v <= s.to {
			return s.message + " " + Text(round(s.convert(v), s.decimals)) + " " + m.Unit + "."
		}
	}
	return ""
}

func (s Set) pressureFaults() []errs.Field {
	switch {
	case s.Systolic == nil && s.Diastolic == nil:
		return nil
	case s.Systolic == nil:
		return []errs.Field{{Field: Systolic, Code: CodePair, Message: "Falta la presión sistólica."}}
	case s.Diastolic == nil:
		return []errs.Field{{Field: Diastolic, Code: CodePair, Message: "Falta la presión diastólica."}}
	case *s.Systolic <= *s.Diastolic:
		return []errs.Field{{
			Field: Systolic, Code: CodeOrder,
			Message: "La presión sistólica debe ser mayor que la diastólica. Revise si están invertidas.",
		}}
	}
	return nil
}

// Warnings asks about what is possible and rare. Faulty values are left out:
// Validate has said what is wrong with them.
func (s Set) Warnings() []Warning {
	var asked []Warning
	for _, m := range all {
		v := s.Value(m.Key)
		if v == nil || len(m.faults(*v)) > 0 || *v >= m.UsualMin && *v <= m.UsualMax {
			continue
		}
		asked = append(asked, Warning{Field: m.Key, Code: CodeImprobable, Message: m.question(*v)})
	}
	return append(asked, s.together()...)
}

func (m Measure) question(v float64) string {
	text := "¿" + Text(v) + " " + m.Unit + "? "
	if m.Key == Glucose && v < m.UsualMin {
		return text + "Si el medidor está en mmol/L serían " + Text(round(v*glucoseFactor, 0)) + " mg/dL. Revise el valor."
	}
	return text + "Es un valor poco común. Revise que esté bien escrito."
}

// together asks about values that are right one by one and odd in company.
func (s Set) together() []Warning {
	var asked []Warning
	if bmi := s.BMI(); bmi != nil && *s.HeightCm >= 100 && (*bmi < 10 || *bmi > 70) {
		asked = append(asked, Warning{
			Field: WeightKg, Code: CodeImprobable,
			Message: "El índice de masa corporal sería " + Text(*bmi) + ". Revise el peso y la talla.",
		})
	}
	if s.Systolic != nil && s.Diastolic != nil && *s.Systolic-*s.Diastolic > 0 && *s.Systolic-*s.Diastolic < 15 {
		asked = append(asked, Warning{
			Field: Diastolic, Code: CodeImprobable,
			Message: "La sistólica y la diastólica están muy cerca. Revise que estén bien escritas.",
		})
	}
	return asked
}
