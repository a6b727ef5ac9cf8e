package pdf_test

import (
	"testing"
	"time"

	"historias/internal/letterhead"
	"historias/internal/pdf"
)

// signedAt is when the fictional documents were signed: 10:31 in Puebla.
var signedAt = time.Date(2026, 11, 23, 16, 31, 0, 0, time.UTC)

func press() *pdf.Press { return pdf.NewPress(2) }

func heading() letterhead.Head {
	return letterhead.Head{
		Establishment: letterhead.Establishment{
			Name: "Clínica Jacarandas", LegalName: "Clínica Jacarandas, S.C.", Office: "Consultorio Centro",
			Address: "Calle Ficticia 12, Centro, C.P. 72000, Puebla, Puebla", City: "Puebla", Phone: "5555550100",
			TimeZone: "America/Mexico_City",
		},
		Professional: letterhead.Professional{
			FullName: "Dra. Sofía Núñez Alcaraz", Profession: "medico_cirujano", License: "00123456",
			Institution: "Universidad Ejemplo de Puebla", Specialty: "Medicina familiar", SpecialtyLicense: "00654321",
		},
		Patient: letterhead.Patient{
			FullName: "María Fernanda Orozco Villaseñor", RecordNumber: "H-000482", Sex: "M", BirthDate: "1980-08-14",
			Age: "46 años 3 meses", AgeMonths: 555, Address: "Privada de los Fresnos 8, La Paz, C.P. 72160, Puebla, Puebla",
			CURP: "OOVF800814MPLRLR05",
		},
	}
}

func signed(folio string) *pdf.Signed {
	return &pdf.Signed{
		By: heading().Professional, At: signedAt, Method: "password", Folio: folio,
		Hash: "9f2c4e0b7a6d1f3855c0e9b4a2d7f6183c5e0a9b8d7c6f5e4d3c2b1a09f8e7d6",
		Code: "7K3M-Q9TA-0XWD-5H2R", URL: "https://historias.example/verificar/7K3M-Q9TA-0XWD-5H2R",
	}
}

func prescription() pdf.Prescription {
	return pdf.Prescription{
		Head: heading(), IssuedAt: signedAt, Allergies: "penicilina, naproxeno", Signed: signed("R-2026-03318"),
		Sheets: []pdf.Sheet{{Items: []pdf.Item{
			{Number: 1, Title: "Metformina 850 mg, tableta", Lines: []string{
				"Tomar 1 tableta por vía oral cada 12 horas durante 60 días.",
				"Con el desayuno y la cena. Surtir 4 (cuatro) cajas con 30 tabletas.",
			}},
			{Number: 2, Title: "Azitromicina 500 mg, tableta", Lines: []string{
				"Tomar 1 tableta por vía oral cada 24 horas durante 3 días.", "Surtir 1 (una) caja con 3 tabletas.",
			}, Legends: []string{"Antibiótico: sin resurtido."}},
			{Number: 3, Title: "Losartán 50 mg, tableta", Lines: []string{
				"Tomar 1 tableta por vía oral cada 24 horas, uso continuo.", "Por la mañana. Surtir 2 (dos) cajas con 30 tabletas.",
			}},
		}}},
	}
}

func note() pdf.Note {
	return pdf.Note{
		Head: heading(), TypeLabel: "Nota de evolución", OpenedAt: signedAt.Add(-9 * time.Minute), Signed: signed("N-2026-00711"),
		Sections: []pdf.Section{
			{Title: "Evolución y actualización del cuadro clínico", Numeral: "6.2.1", Text: "Acude a control de hipertensión y diabetes. " +
				"Refiere apego al tratamiento, sin cefalea, acúfenos ni fosfenos. Niega poliuria. ¿Edema vespertino? Ocasional, de tobillos.\n" +
				"Camina treinta minutos, cinco días a la semana."},
			{Title: "Signos vitales", Numeral: "6.2.2", Vitals: []pdf.Measure{
				{Label: "Presión arterial", Value: "128/82", Unit: "mmHg"},
				{Label: "Frecuencia cardiaca", Value: "74", Unit: "lpm"},
				{Label: "Frecuencia respiratoria", Value: "16", Unit: "rpm"},
				{Label: "Temperatura", Value: "36.4", Unit: "°C"},
				{Label: "Peso", Value: "71.5", Unit: "kg"},
				{Label: "Índice de masa corporal", Value: "27.2", Unit: "kg/m²"},
			}},
			{Title: "Exploración física", Text: "Consciente, orientada. Ruidos cardiacos rítmicos, sin soplos. Campos pulmonares limpios. Sin edema."},
			{Title: "Resultados de estudios", Numeral: "6.2.3", Answer: pdf.NotApplicable},
			{Title: "Diagnósticos o problemas clínicos", Numeral: "6.2.4", Diagnoses: []pdf.Diagnosis{
				{Code: "I10X", Label: "Hipertensión esencial (primaria)", Kind: "principal"},
				{Code: "E119", Label: "Diabetes mellitus tipo 2, sin mención de complicación", Kind: "secundario"},
			}},
			{Title: "Pronóstico", Numeral: "6.2.5", Text: "Bueno para la vida y la función, con apego al tratamiento."},
			{Title: "Tratamiento e indicaciones", Numeral: "6.2.6", Text: "Continúa metformina 850 mg por vía oral cada 12 horas y losartán 50 mg cada 24 horas.\n" +
				"Dieta baja en sodio. Cita en tres meses con química sanguínea."},
		},
	}
}

// made draws or stops the test.
func made(t testing.TB) func(raw []byte, err error) []byte {
	t.Helper()
	return func(raw []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
}
