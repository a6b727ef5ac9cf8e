package main

import (
	"fmt"
	"time"

	"historias/internal/mx"
	"historias/internal/patient"
)

var givenNames = []string{
	"María", "José", "Guadalupe", "Juan", "Ximena", "Mateo", "Renata", "Santiago", "Valentina", "Leonardo", "Regina",
	"Emiliano", "Camila", "Diego", "Fernanda", "Óscar", "Lucía", "Eusebio", "Abril", "Julián", "Socorro", "Tomás",
	"Ignacio", "Paula", "Rodrigo", "Daniela", "Andrés", "Beatriz", "Héctor", "Inés",
}

var surnames = []string{
	"Hernández", "García", "Martínez", "López", "González", "Rodríguez", "Pérez", "Sánchez", "Ramírez", "Cruz", "Flores",
	"Gómez", "Morales", "Vázquez", "Reyes", "Jiménez", "Torres", "Díaz", "Gutiérrez", "Ruiz", "Mendoza", "Aguilar",
	"Ortiz", "Moreno", "Castillo", "Romero", "Álvarez", "Méndez", "Chávez", "Rivera", "Juárez", "Ramos", "Domínguez",
	"Herrera", "Medina", "Castro", "Vargas", "Guzmán", "Velázquez", "Muñoz", "Rojas", "Contreras", "Salazar", "Luna",
	"Zúñiga", "Ibarra", "Quezada", "Peñaloza", "Güemes", "Tlapa", "Ñunco", "Orozco", "Villaseñor", "Carranco", "Montaño",
	"Iturbe", "Estévez", "Cortázar", "Paredes", "Nava", "Marroquín", "Barragán", "Cárdenas", "Mijares",
}

// daysOfBirth are the days between the births of the oldest and the youngest.
const daysOfBirth = 25_000

// person is the i-th fictional patient, an adult, always the same.
func person(i int) patient.Form {
	h := uint64(i)*0x9E3779B97F4A7C15 + 0x7F4A7C15 //nolint:gosec // a spread, not a secret
	pick := func(list []string) string {
		h ^= h >> 31
		h *= 0xBF58476D1CE4E5B9
		return list[h%uint64(len(list))]
	}
	sex := "M"
	if h&1 == 0 {
		sex = "H"
	}
	// People of a clinic are born on any day of a lifetime.
	day := time.Date(1936, time.January, 1+int(h>>20%daysOfBirth), 0, 0, 0, 0, time.UTC)
	return patient.Form{
		GivenNames: pick(givenNames) + " " + pick(givenNames), FirstSurname: pick(surnames), SecondSurname: pick(surnames),
		BirthDate: day.Format(time.DateOnly), Sex: sex,
		Phone: fmt.Sprintf("55%08d", 10000000+i), BloodType: "O+", Occupation: "Comerciante",
		Address: &mx.Address{
			Street: "Calle Ficticia", ExteriorNumber: fmt.Sprint(1 + i%999), Neighborhood: "Centro",
			Municipality: "Puebla", State: "21", PostalCode: "72000", Country: "MEX",
		},
	}
}
