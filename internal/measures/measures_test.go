package measures_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/measures"
)

func set(t *testing.T, body string) measures.Set {
	t.Helper()
	var s measures.Set
	require.NoError(t, json.Unmarshal([]byte(body), &s))
	return s
}

func codes(faults []errs.Field) map[string]string {
	out := map[string]string{}
	for _, f := range faults {
		out[f.Field] = f.Code
	}
	return out
}

// What cannot be is refused, and what looks like another unit says which.
func TestWhatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]map[string]string{
		`{}`: {},
		`{"systolic":138,"diastolic":86,"temperature":36.5,"weight_kg":78.6,"height_cm":160}`: {},
		`{"temperature":98}`:              {"temperature": "unit"},
		`{"temperature":98.6}`:            {"temperature": "unit"},
		`{"temperature":50}`:              {"temperature": "range"},
		`{"temperature":36.55}`:           {"temperature": "decimals"},
		`{"height_cm":1.65}`:              {"height_cm": "unit"},
		`{"height_cm":0}`:                 {"height_cm": "range"},
		`{"weight_kg":0}`:                 {"weight_kg": "range"},
		`{"weight_kg":-3}`:                {"weight_kg": "range"},
		`{"weight_kg":3250}`:              {"weight_kg": "unit"},
		`{"weight_kg":0.45}`:              {},
		`{"weight_kg":3.25}`:              {},
		`{"glucose":5.6}`:                 {"glucose": "unit"},
		`{"oxygen_saturation":0.96}`:      {"oxygen_saturation": "unit"},
		`{"oxygen_saturation":101}`:       {"oxygen_saturation": "range"},
		`{"heart_rate":72.5}`:             {"heart_rate": "decimals"},
		`{"systolic":120}`:                {"diastolic": "pair"},
		`{"diastolic":80}`:                {"systolic": "pair"},
		`{"systolic":80,"diastolic":120}`: {"systolic": "order"},
		`{"systolic":80,"diastolic":80}`:  {"systolic": "order"},
		`{"systolic":12,"diastolic":8}`:   {"systolic": "unit", "diastolic": "unit"},
		`{"respiratory_rate":0,"waist_cm":0.9,"height_cm":1e308}`: {"respiratory_rate": "range", "waist_cm": "unit", "height_cm": "range"},
		`{"head_circumference_cm":5}`:                             {"head_circumference_cm": "range"},
	} {
		require.Equal(t, want, codes(set(t, body).Validate()), body)
	}
	require.Equal(t, "¿98 °C? Parece Fahrenheit. En Celsius serían 36.7 °C.", set(t, `{"temperature":98}`).Validate()[0].Message)
	require.Equal(t, "¿1.65 cm? Parece estar en metros. Serían 165 cm.", set(t, `{"height_cm":1.65}`).Validate()[0].Message)
}

// What is rare is asked again and not refused.
func TestWhatIsRareIsAskedAgain(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`{"systolic":120,"diastolic":80,"heart_rate":72}`: nil,
		`{"temperature":42}`:                              {"temperature"},
		`{"systolic":250,"diastolic":140}`:                {"systolic", "diastolic"},
		`{"systolic":120,"diastolic":110}`:                {"diastolic"},
		`{"glucose":35}`:                                  {"glucose"},
		`{"weight_kg":300}`:                               {"weight_kg"},
		`{"weight_kg":16.5,"height_cm":165}`:              {"weight_kg"},
		`{"weight_kg":3.2,"height_cm":50}`:                nil,
		`{"temperature":98}`:                              nil,
	} {
		var got []string
		for _, w := range set(t, body).Warnings() {
			require.NotEmpty(t, w.Message)
			got = append(got, w.Field)
		}
		require.Equal(t, want, got, body)
	}
}

func age(years, months, days int) *measures.Age {
	return &measures.Age{Years: years, Months: months, Days: days}
}

// The same value means different things at different ages.
func TestStatesByAgeAndSex(t *testing.T) {
	t.Parallel()
	adult := measures.Who{Sex: "M", Age: age(46, 3, 0)}
	man := measures.Who{Sex: "H", Age: age(50, 0, 0)}
	for _, c := range []struct {
		body, key string
		who       measures.Who
		level     measures.Level
		label     string
	}{
		{`{"systolic":118,"diastolic":76}`, "blood_pressure", adult, measures.Normal, "En rango"},
		{`{"systolic":138,"diastolic":86}`, "blood_pressure", adult, measures.Elevated, "Elevada"},
		{`{"systolic":128,"diastolic":80}`, "blood_pressure", adult, measures.Elevated, "Elevada"},
		{`{"systolic":140,"diastolic":70}`, "blood_pressure", adult, measures.High, "Alta"},
		{`{"systolic":120,"diastolic":90}`, "blood_pressure", adult, measures.High, "Alta"},
		{`{"systolic":182,"diastolic":100}`, "blood_pressure", adult, measures.High, "Muy alta"},
		{`{"systolic":88,"diastolic":62}`, "blood_pressure", adult, measures.Low, "Baja"},
		{`{"systolic":95,"diastolic":60}`, "blood_pressure", measures.Who{Age: age(6, 0, 0)}, "", ""},
		{`{"systolic":142,"diastolic":92}`, "blood_pressure", measures.Who{Age: age(13, 0, 0)}, measures.High, "Alta"},
		{`{"heart_rate":130}`, "heart_rate", adult, measures.High, "Alta"},
		{`{"heart_rate":130}`, "heart_rate", measures.Who{Age: age(0, 8, 0)}, measures.Normal, "En rango"},
		{`{"heart_rate":130}`, "heart_rate", measures.Who{Age: age(4, 0, 0)}, measures.Normal, "En rango"},
		{`{"heart_rate":100}`, "heart_rate", adult, measures.Normal, "En rango"},
		{`{"heart_rate":101}`, "heart_rate", adult, measures.High, "Alta"},
		{`{"heart_rate":59}`, "heart_rate", adult, measures.Low, "Baja"},
		{`{"respiratory_rate":40}`, "respiratory_rate", measures.Who{Age: age(0, 5, 0)}, measures.Normal, "En rango"},
		{`{"respiratory_rate":40}`, "respiratory_rate", adult, measures.High, "Alta"},
		{`{"temperature":38}`, "temperature", measures.Who{}, measures.High, "Fiebre"},
		{`{"temperature":37.9}`, "temperature", adult, measures.Elevated, "Febrícula"},
		{`{"temperature":37.4}`, "temperature", adult, measures.Normal, "En rango"},
		{`{"temperature":36}`, "temperature", measures.Who{Age: age(0, 0, 5)}, measures.Low, "Baja"},
		{`{"oxygen_saturation":96}`, "oxygen_saturation", adult, measures.Normal, "En rango"},
		{`{"oxygen_saturation":91}`, "oxygen_saturation", adult, measures.Low, "Algo baja"},
		{`{"oxygen_saturation":89}`, "oxygen_saturation", adult, measures.Low, "Baja"},
		{`{"glucose":142}`, "glucose", adult, measures.Elevated, "Alta"},
		{`{"glucose":45}`, "glucose", measures.Who{Age: age(0, 0, 2)}, "", ""},
		{`{"glucose":65}`, "glucose", adult, measures.Low, "Baja"},
		{`{"weight_kg":78.6,"height_cm":160}`, "bmi", adult, measures.High, "Obesidad I"},
		{`{"weight_kg":47,"height_cm":160}`, "bmi", adult, measures.Low, "Bajo peso"},
		{`{"weight_kg":60,"height_cm":160}`, "bmi", measures.Who{Age: age(18, 11, 29)}, "", ""},
		{`{"weight_kg":60,"height_cm":160}`, "bmi", measures.Who{Age: age(19, 0, 0)}, measures.Normal, "En rango"},
		{`{"waist_cm":94}`, "waist_cm", man, measures.Normal, "En rango"},
		{`{"waist_cm":94}`, "waist_cm", adult, measures.High, "Muy alta"},
		{`{"waist_cm":94}`, "waist_cm", measures.Who{Sex: "I", Age: age(40, 0, 0)}, "", ""},
		{`{"heart_rate":130}`, "heart_rate", measures.Who{}, "", ""},
	} {
		state := set(t, c.body).States(c.who)[c.key]
		require.Equal(t, c.level, state.Level, "%s %s %+v", c.body, c.key, c.who.Age)
		require.Equal(t, c.label, state.Label, c.body)
	}
}

func TestBandsForCharts(t *testing.T) {
	t.Parallel()
	adult := measures.Who{Sex: "M", Age: age(46, 0, 0)}
	for key, want := range map[string][2]float64{
		"systolic": {90, 129}, "diastolic": {60, 79}, "heart_rate": {60, 100}, "temperature": {35, 37.4},
		"glucose": {70, 139}, "bmi": {18.5, 24.9}, "respiratory_rate": {12, 20},
	} {
		low, high, ok := measures.Band(key, adult)
		require.True(t, ok, key)
		require.Equal(t, want, [2]float64{*low, *high}, key)
	}
	low, high, ok := measures.Band("oxygen_saturation", adult)
	require.True(t, ok)
	require.Equal(t, 92.0, *low)
	require.Nil(t, high)
	for _, key := range []string{"weight_kg", "height_cm", "nothing"} {
		_, _, ok = measures.Band(key, adult)
		require.False(t, ok, key)
	}
	_, _, ok = measures.Band("systolic", measures.Who{Age: age(5, 0, 0)})
	require.False(t, ok)
}

func TestWhatIsComputed(t *testing.T) {
	t.Parallel()
	s := set(t, `{"systolic":138,"diastolic":86,"weight_kg":78.6,"height_cm":160}`)
	require.Equal(t, 30.7, *s.BMI())
	require.Equal(t, 103.0, *s.MAP())
	require.Nil(t, set(t, `{"weight_kg":78.6}`).BMI())
	require.Nil(t, set(t, `{"height_cm":160}`).BMI())
	require.Nil(t, set(t, `{"systolic":138}`).MAP())
	require.Nil(t, set(t, `{"weight_kg":0,"height_cm":0}`).BMI())
	require.Equal(t, "78.6", measures.Text(78.6))
}

// Every measure is reached by its key, and its key is the one of JSON.
func TestEveryMeasureHasItsKey(t *testing.T) {
	t.Parallel()
	require.Len(t, measures.All(), 11)
	for _, m := range measures.All() {
		v := m.UsualMax
		s := measures.Set{}.With(m.Key, &v)
		require.Equal(t, v, *s.Value(m.Key), m.Key)
		raw, err := json.Marshal(s)
		require.NoError(t, err)
		require.Contains(t, string(raw), `"`+m.Key+`"`)
		require.Equal(t, s, set(t, string(raw)))
		require.Less(t, m.Min, m.UsualMin)
		require.LessOrEqual(t, m.UsualMax, m.Max)
		require.False(t, s.Empty())
		require.True(t, s.With(m.Key, nil).Empty())
		require.True(t, s.Equal(set(t, string(raw))))
		require.False(t, s.Equal(measures.Set{}))
		_, ok := measures.Of(m.Key)
		require.True(t, ok)
	}
	require.Nil(t, measures.Set{}.Value("nothing"))
}
