package measures

// Level is where a value stands beside its range.
type Level string

// The levels. Elevated lies between normal and high; where a measure has no such
// step it is not used.
const (
	Low      Level = "low"
	Normal   Level = "normal"
	Elevated Level = "elevated"
	High     Level = "high"
)

// State is what a value means at an age: a level, a word for people, and the
// normal range it was compared with; nil where the range is open on that side.
type State struct {
	Level Level
	Label string
	Low   *float64
	High  *float64
}

// Age is the age on the day of the measurement: complete years, complete months
// beyond them, days beyond those. It converts from mx.Age.
type Age struct {
	Years  int
	Months int
	Days   int
}

// Who is whose values are judged. Without an age only what holds at every age
// is judged.
type Who struct {
	Sex string // H, M or I, biological
	Age *Age
}

func (w Who) known() bool { return w.Age != nil }

// years is the age in complete years; only of an age that is known.
func (w Who) years() int { return w.Age.Years }

func (w Who) months() int { return w.Age.Years*12 + w.Age.Months }

// newborn says that somebody is known to be in the first 28 days.
func (w Who) newborn() bool { return w.known() && w.months() == 0 && w.Age.Days < 28 }

// States judges every value that has a published range at this age; the others
// have no entry. The keys are those of the measures, with BloodPressure for the
// two pressures together, and BMI.
func (s Set) States(w Who) map[string]State {
	out := map[string]State{}
	put := func(key string, state *State) {
		if state != nil {
			out[key] = *state
		}
	}
	put(BloodPressure, s.pressureState(w))
	for _, key := range []string{HeartRate, RespiratoryRate, Temperature, OxygenSaturation, Glucose, WaistCm, BMI} {
		if v := s.Value(key); v != nil {
			put(key, judge(key, *v, w))
		}
	}
	return out
}

// Band gives the normal range of a measure at an age, for the background of a
// chart; ok is false where there is none. The pressures have their own.
func Band(key string, w Who) (low, high *float64, ok bool) {
	if key == Systolic || key == Diastolic {
		p, known := pressureFor(w)
		if !known {
			return nil, nil, false
		}
		low, high = p.band(key)
		return low, high, true
	}
	state := judge(key, 0, w)
	if state == nil {
		return nil, nil, false
	}
	return state.Low, state.High, true
}

func judge(key string, v float64, w Who) *State {
	scale, ok := scaleOf(key, w)
	if !ok {
		return nil
	}
	return scale.judge(v)
}

// step is one stretch of a scale: it begins at from, which belongs to it, and
// ends where the next one begins.
type step struct {
	from  float64
	level Level
	label string
}

// scale is a row of steps in rising order; the first takes everything below the
// second. grain is the smallest difference that the measure knows.
type scale struct {
	grain float64
	steps []step
}

func (s scale) judge(v float64) *State {
	state := &State{}
	for i, step := range s.steps {
		if i == 0 || v >= step.from {
			state.Level, state.Label = step.level, step.label
		}
	}
	state.Low, state.High = s.normal()
	return state
}

// normal gives both ends of the normal range, nil where it is open.
func (s scale) normal() (low, high *float64) {
	for i, step := range s.steps {
		if step.level != Normal {
			continue
		}
		if i > 0 {
			from := step.from
			low = &from
		}
		if i < len(s.steps)-1 {
			to := round(s.steps[i+1].from-s.grain, 1)
			high = &to
		}
	}
	return low, high
}
