package mx

import (
	"strings"
	"testing"
)

func fictionalAddress() Address {
	return Address{
		Street: "Calle Ficticia", ExteriorNumber: "48", InteriorNumber: "2", Neighborhood: "Centro",
		Municipality: "Puebla", State: "21", PostalCode: "72000", Country: "MEX",
	}
}

func TestAddressFaults(t *testing.T) {
	if faults := fictionalAddress().Faults(); len(faults) != 0 {
		t.Errorf("a whole address: %v", faults)
	}
	for field, change := range map[string]func(*Address){
		"street":       func(a *Address) { a.Street = "" },
		"neighborhood": func(a *Address) { a.Neighborhood = strings.Repeat("x", 121) },
		"state":        func(a *Address) { a.State = "33" },
		"postal_code":  func(a *Address) { a.PostalCode = "7200" },
		"country":      func(a *Address) { a.Country = "México" },
	} {
		address := fictionalAddress()
		change(&address)
		faults := address.Faults()
		if len(faults) != 1 || faults[0].Field != field || faults[0].Message == "" {
			t.Errorf("%s: %v", field, faults)
		}
	}
	abroad := fictionalAddress()
	abroad.Country, abroad.State, abroad.PostalCode = "USA", "TX", "78701-1234"
	if faults := abroad.Faults(); len(faults) != 0 {
		t.Errorf("an address abroad keeps its own forms: %v", faults)
	}
}

func TestAddressTrim(t *testing.T) {
	if got := (Address{}).Trim(); !got.IsZero() {
		t.Errorf("nothing written became %+v", got)
	}
	if got := (Address{Street: " Calle Ficticia "}).Trim(); got.Street != "Calle Ficticia" || got.Country != "MEX" {
		t.Errorf("%+v", got)
	}
}

func TestAddressLine(t *testing.T) {
	if got := fictionalAddress().Line(); got != "Calle Ficticia 48 int. 2, Centro, C.P. 72000, Puebla, Puebla" {
		t.Error(got)
	}
	if got := (Address{Municipality: "Puebla"}).Line(); got != "Puebla" {
		t.Error(got)
	}
	for code, want := range map[string]string{"01": "Aguascalientes", "09": "Ciudad de México", "32": "Zacatecas", "00": "", "33": "", "1": "", "NE": ""} {
		if got := StateName(code); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}
