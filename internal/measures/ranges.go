package measures

// The words for people.
const (
	wordLow    = "Baja"
	wordNormal = "En rango"
	wordHigh   = "Alta"
)

// scaleOf gives the scale of a measure at an age; ok is false where there is
// none.
func scaleOf(key string, w Who) (s scale, ok bool) {
	switch key {
	case Temperature:
		s = temperatureFor(w)
	case OxygenSaturation:
		s = saturation
	case Glucose:
		s = glucoseFor(w)
	case HeartRate:
		s = rateFor(heartRates, w)
	case RespiratoryRate:
		s = rateFor(breathRates, w)
	case WaistCm:
		s = waistFor(w)
	case BMI:
		s = bmiFor(w)
	}
	return s, s.steps != nil
}

// Temperature: fever from 38.0 °C, hypothermia below 35.0 °C; in newborns the
// World Health Organization keeps 36.5 to 37.5 °C as normal (Thermal protection
// of the newborn, WHO, 1997).
func temperatureFor(w Who) scale {
	if w.newborn() {
		return scale{0.1, []step{{0, Low, wordLow}, {36.5, Normal, wordNormal}, {37.6, Elevated, "Febrícula"}, {38, High, "Fiebre"}}}
	}
	return scale{0.1, []step{{0, Low, "Hipotermia"}, {35, Normal, wordNormal}, {37.5, Elevated, "Febrícula"}, {38, High, "Fiebre"}}}
}

// Saturation: hypoxaemia is below 90 % (WHO, Oxygen therapy for children, 2016).
// The normal range begins at 92 % and not at 95 %, because half of the country
// lives above 1,500 metres, where healthy people have 92 to 96 %.
var saturation = scale{1, []step{{0, Low, wordLow}, {90, Low, "Algo baja"}, {92, Normal, wordNormal}}}

// Glucose: the meter does not know of meals, so the range is that of any hour:
// hypoglycaemia below 70 mg/dL, and from 200 mg/dL what with symptoms is
// diabetes; above 140 is what two hours after a load is no longer normal
// (American Diabetes Association, Standards of Care). Newborns have other
// limits, hour by hour; they are not judged.
func glucoseFor(w Who) scale {
	if w.newborn() {
		return scale{}
	}
	return scale{1, []step{{0, Low, wordLow}, {70, Normal, wordNormal}, {140, Elevated, wordHigh}, {200, High, "Muy alta"}}}
}

// band is a range of rates from an age in months on, both ends normal.
type band struct {
	months    int
	low, high float64
}

// Rates of children awake and at rest: the tables of Pediatric Advanced Life
// Support (American Heart Association, 2006); from 13 years as in adults.
var (
	heartRates  = []band{{0, 85, 205}, {3, 100, 190}, {24, 60, 140}, {120, 60, 100}}
	breathRates = []band{{0, 30, 60}, {12, 24, 40}, {48, 22, 34}, {72, 18, 30}, {156, 12, 20}}
)

func rateFor(bands []band, w Who) scale {
	if !w.known() {
		return scale{}
	}
	found := bands[0]
	for _, b := range bands {
		if w.months() >= b.months {
			found = b
		}
	}
	return scale{1, []step{{0, Low, wordLow}, {found.low, Normal, wordNormal}, {found.high + 1, High, wordHigh}}}
}

// adult is the age from which the limits of adults hold for weight and waist:
// the growth reference of the WHO ends at 19 years.
const adult = 19

// BMI: the classes of the World Health Organization for adults (Technical
// Report Series 894). Under 19 years the index is read by age and sex on the
// growth reference, so it has no class here.
func bmiFor(w Who) scale {
	if !w.known() || w.years() < adult {
		return scale{}
	}
	return scale{0.1, []step{
		{0, Low, "Bajo peso"},
		{18.5, Normal, wordNormal},
		{25, Elevated, "Sobrepeso"},
		{30, High, "Obesidad I"},
		{35, High, "Obesidad II"},
		{40, High, "Obesidad III"},
	}}
}

// Waist: risk rises above 94 cm in men and 80 cm in women, and more so above 102
// and 88 (WHO, Waist circumference and waist-hip ratio, 2008).
func waistFor(w Who) scale {
	if !w.known() || w.years() < adult {
		return scale{}
	}
	switch w.Sex {
	case "H":
		return scale{0.1, []step{{0, Normal, wordNormal}, {94.1, Elevated, wordHigh}, {102.1, High, "Muy alta"}}}
	case "M":
		return scale{0.1, []step{{0, Normal, wordNormal}, {80.1, Elevated, wordHigh}, {88.1, High, "Muy alta"}}}
	}
	return scale{}
}

// pressure holds the limits of the blood pressure: low is below, the others are
// reached.
type pressure struct {
	lowSystolic, lowDiastolic   float64
	systolic, diastolic         float64 // elevated from here
	highSystolic, highDiastolic float64
}

// band is the normal range of one of the two.
func (p pressure) band(key string) (low, high *float64) {
	from, to := p.lowSystolic, p.systolic-1
	if key == Diastolic {
		from, to = p.lowDiastolic, p.diastolic-1
	}
	return &from, &to
}

// The limits of ACC/AHA 2017 for adults, 130/80 and 140/90, hold from 13 years
// (American Academy of Pediatrics, 2017). In younger children the pressure is
// read by age, sex and height, so it is not judged here.
const pressureAge = 13

var adultPressure = pressure{90, 60, 130, 80, 140, 90}

func pressureFor(w Who) (pressure, bool) {
	if !w.known() || w.years() < pressureAge {
		return pressure{}, false
	}
	return adultPressure, true
}

// crisis is where the pressure is very high (ACC/AHA 2017).
var crisis = pressure{systolic: 180, diastolic: 120}

// pressureState judges both pressures together: the worse one decides.
func (s Set) pressureState(w Who) *State {
	p, ok := pressureFor(w)
	if !ok || s.Systolic == nil || s.Diastolic == nil {
		return nil
	}
	systolic, diastolic := *s.Systolic, *s.Diastolic
	state := &State{Level: Normal, Label: wordNormal}
	switch {
	case systolic >= crisis.systolic || diastolic >= crisis.diastolic:
		state.Level, state.Label = High, "Muy alta"
	case systolic >= p.highSystolic || diastolic >= p.highDiastolic:
		state.Level, state.Label = High, wordHigh
	case systolic >= p.systolic || diastolic >= p.diastolic:
		state.Level, state.Label = Elevated, "Elevada"
	case systolic < p.lowSystolic || diastolic < p.lowDiastolic:
		state.Level, state.Label = Low, wordLow
	}
	return state
}
