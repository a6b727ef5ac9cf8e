package measures

import "math"

// BMI is the body mass index in kg/m², with one decimal; nil unless weight and
// height were measured together.
func (s Set) BMI() *float64 {
	if s.WeightKg == nil || s.HeightCm == nil || *s.HeightCm <= 0 || *s.WeightKg <= 0 {
		return nil
	}
	metres := *s.HeightCm / 100
	v := round(*s.WeightKg/(metres*metres), 1)
	return &v
}

// MAP is the mean arterial pressure in mmHg, estimated as the diastolic
// pressure and a third of the pulse pressure; nil without both pressures.
func (s Set) MAP() *float64 {
	if s.Systolic == nil || s.Diastolic == nil || *s.Systolic <= *s.Diastolic {
		return nil
	}
	v := round(*s.Diastolic+(*s.Systolic-*s.Diastolic)/3, 0)
	return &v
}

func round(v float64, decimals int) float64 {
	scale := math.Pow(10, float64(decimals))
	return math.Round(v*scale) / scale
}
