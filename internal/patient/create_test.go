package patient_test

import (
	"testing"

	"historias/internal/patient"
)

func TestAPatientIsFoundAgainAsSheWasRegistered(t *testing.T) {
	r := newRegister(t)
	made, warnings, err := r.Create(r.ctx, renata())
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings for a CURP that agrees: %+v", warnings)
	}
	got, err := r.Get(r.ctx, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.FullName() != "Renata Zúñiga Barragán" || got.Phone != "+522225550177" || got.Address.PostalCode != "72000" {
		t.Errorf("read back %+v", got.Identity)
	}
	if got.RecordNumber != 1 || got.RecordNumber.String() != "H-000001" || got.Version != 1 {
		t.Errorf("record %v version %d", got.RecordNumber, got.Version)
	}
	if age, known := got.Age(); !known || age != 39 || got.AgeText() != "39 años 7 meses" {
		t.Errorf("age %d %q", age, got.AgeText())
	}
	if got.StateOfBirth != "21" {
		t.Errorf("the state of birth comes from the CURP: %q", got.StateOfBirth)
	}
	_ = patient.StatusActive
}
