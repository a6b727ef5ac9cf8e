package prescription

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestQuantitiesAreSaidInWordsOfTheirGender(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][2]string{
		0: {"cero", "cero"}, 1: {"un", "una"}, 2: {"dos", "dos"}, 4: {"cuatro", "cuatro"}, 16: {"dieciséis", "dieciséis"},
		20: {"veinte", "veinte"}, 21: {"veintiún", "veintiuna"}, 22: {"veintidós", "veintidós"}, 30: {"treinta", "treinta"},
		31: {"treinta y un", "treinta y una"}, 45: {"cuarenta y cinco", "cuarenta y cinco"}, 99: {"noventa y nueve", "noventa y nueve"},
		100: {"cien", "cien"}, 101: {"ciento un", "ciento una"}, 115: {"ciento quince", "ciento quince"},
		121: {"ciento veintiún", "ciento veintiuna"}, 200: {"doscientos", "doscientas"}, 500: {"quinientos", "quinientas"},
		531: {"quinientos treinta y un", "quinientas treinta y una"}, 700: {"setecientos", "setecientas"}, 900: {"novecientos", "novecientas"},
		999: {"novecientos noventa y nueve", "novecientas noventa y nueve"}, 1000: {"mil", "mil"}, 1001: {"mil un", "mil una"},
		1100: {"mil cien", "mil cien"}, 2000: {"dos mil", "dos mil"}, 21000: {"veintiún mil", "veintiún mil"},
		21021: {"veintiún mil veintiún", "veintiún mil veintiuna"}, 31000: {"treinta y un mil", "treinta y un mil"},
		100000: {"cien mil", "cien mil"}, 101000: {"ciento un mil", "ciento un mil"}, 200000: {"doscientos mil", "doscientas mil"},
		999999: {"novecientos noventa y nueve mil novecientos noventa y nueve", "novecientas noventa y nueve mil novecientas noventa y nueve"},
		-1:     {"", ""}, 1000000: {"", ""},
	} {
		require.Equal(t, want, [2]string{InWords(n, Masculine), InWords(n, Feminine)}, n)
	}
}

func TestAmountsAreReadExactly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1": "1/1", "2": "2/1", "1/2": "1/2", "½": "1/2", "1 1/2": "3/2", "1½": "3/2", "2,5": "5/2", "2.5": "5/2",
		"0,125": "1/8", " 3 ": "3/1", "¾": "3/4", "10/4": "5/2",
	} {
		got, err := ParseAmount(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{
		"", " ", "0", "0/5", "-1", "1/0", "1/", "/2", "a", "1 tableta", "1e9", "1 2", "1/2 1/2", "1.5 1/2", "1,2,3", ".5", "5.",
		"1 1 1/2", "99999999999999999999", "½½", "0x10", "1_0", "+1", "1/2.5",
	} {
		_, err := ParseAmount(text)
		require.ErrorIs(t, err, ErrAmount, text)
	}
}

func TestTheLineSaysHowToTakeIt(t *testing.T) {
	t.Parallel()
	for want, item := range map[string]Item{
		"Tomar 1 tableta por vía oral cada 12 horas durante 60 días.": {
			Dose: "1 tableta", Route: "Oral", Frequency: "Cada 12 horas", Duration: "60 días",
		},
		"Tomar 1 tableta por vía oral cada 24 horas, uso continuo.": {
			Dose: "1 tableta", Route: "oral", Frequency: "cada 24 horas.", Duration: "Uso continuo",
		},
		"Tomar 1/2 tableta por vía oral cada hora, en caso necesario durante 1 día.": {
			Route: "oral", Structured: &Structured{DoseAmount: "1/2", DoseUnit: "tableta", EveryHours: 1, AsNeeded: true, DurationDays: 1},
		},
		"Tomar 2,5 mL por vía oral 3 veces al día durante 7 días.": {
			Route: "Vía oral", Structured: &Structured{DoseAmount: "2,5", DoseUnit: "mL", TimesPerDay: 3, DurationDays: 7},
		},
		"Aplicar 2 gotas por vía oftálmica en caso necesario, hasta nueva valoración.": {
			Route: "oftálmica", Duration: "Hasta nueva valoración", Structured: &Structured{DoseAmount: "2", DoseUnit: "gota", AsNeeded: true},
		},
		"Inhalar 2 inhalaciones por vía inhalada 1 vez al día, uso continuo.": {
			Route: "inhalada", Structured: &Structured{DoseAmount: "2", DoseUnit: "inhalación", TimesPerDay: 1, Continuous: true},
		},
		"Aplicar 10 UI por vía subcutánea cada 24 horas durante 30 días.": {
			Dose: "10 UI", Route: "subcutánea", Frequency: "Cada 24 horas", Duration: "30 días",
		},
	} {
		if item.Route == "Vía oral" {
			want = "Tomar 2,5 mL vía oral 3 veces al día durante 7 días."
		}
		item.fill()
		require.Equal(t, want, item.Dosage())
	}
}

func TestTheQuantityIsPrintedInFiguresAndWords(t *testing.T) {
	t.Parallel()
	for want, item := range map[string]Item{
		"Surtir 4 (cuatro) cajas.":          {Presentation: "Caja con 30 tabletas", Quantity: 4},
		"Surtir 1 (una) caja.":              {Presentation: "caja con 30 tabletas", Quantity: 1},
		"Surtir 21 (veintiún) frascos.":     {Presentation: "Frasco de 120 mL", Quantity: 21},
		"Surtir 1 (un) envase.":             {Presentation: "tableta 850 mg", Quantity: 1},
		"Surtir 31 (treinta y un) envases.": {Quantity: 31},
		"":                                  {Presentation: "caja"},
	} {
		require.Equal(t, want, item.Supply())
	}
}

func TestADurationInWordsHasItsDays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"7 días": 7, "7 DIAS": 7, "2 semanas": 14, "1 mes": 30, "durante 10 días": 10, "3 meses": 90, "": 0,
		"hasta terminar": 0, "Uso continuo": -1, "uso contínuo": -1, "0 días": 0, "99999 días": 0, "3 tomas": 0,
	} {
		days, continuous := Item{Duration: text}.days()
		if continuous {
			days = -1
		}
		require.Equal(t, want, days, text)
	}
	days, _ := Item{Duration: "7 días", Structured: &Structured{DurationDays: 10}}.days()
	require.Equal(t, 7, days, "the paper prints the text")
	days, _ = Item{Duration: "hasta terminar", Structured: &Structured{DurationDays: 10}}.days()
	require.Equal(t, 10, days, "a text without a number leaves it to the numbers")
}
