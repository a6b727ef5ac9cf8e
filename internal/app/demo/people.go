package demo

import (
	_ "embed" // the fictional people
	"fmt"
	"strconv"
	"strings"

	"historias/internal/mx"
	"historias/internal/patient"
)

// The people are invented: names, CURP and numbers belong to nobody, and the
// telephone numbers are of a range that is not assigned.
//
//go:embed patients.tsv
var table string

// person is a fictional patient and the story of her consent.
type person struct {
	form patient.Form
	// consent is how far the question came: none, sent, delivered, read,
	// failed, accepted, revoked or asked_twice.
	consent string
	daysAgo int
}

func people() ([]person, error) {
	lines := strings.Split(strings.TrimSpace(table), "\n")
	names := strings.Split(lines[0], "\t")
	out := make([]person, 0, len(lines)-1)
	for n, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(names) {
			return nil, fmt.Errorf("demo: line %d has %d cells", n+2, len(cells))
		}
		row := map[string]string{}
		for i, name := range names {
			row[name] = cells[i]
		}
		p, err := personOf(row)
		if err != nil {
			return nil, fmt.Errorf("demo: line %d: %w", n+2, err)
		}
		out = append(out, p)
	}
	return out, nil
}

func personOf(row map[string]string) (person, error) {
	days, err := strconv.Atoi(row["days_ago"])
	form := patient.Form{
		GivenNames: row["given_names"], FirstSurname: row["first_surname"], SecondSurname: row["second_surname"],
		BirthDate: row["birth_date"], Sex: row["sex"], StateOfBirth: row["state_of_birth"], CURP: row["curp"],
		Phone: row["phone"], Occupation: row["occupation"], BloodType: row["blood_type"],
		Address: &mx.Address{
			Street: row["street"], ExteriorNumber: row["number"], Neighborhood: row["neighborhood"],
			Municipality: "Puebla", State: "21", PostalCode: row["postal_code"], Country: "MEX",
		},
	}
	if row["representative"] != "" {
		form.Representative = &patient.Contact{FullName: row["representative"], Relationship: row["relationship"], Phone: row["phone"]}
	}
	return person{form: form, consent: row["consent"], daysAgo: days}, err
}
