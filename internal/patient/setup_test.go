package patient_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"testing"
	"time"

	"historias/internal/live"
	"historias/internal/mx"
	"historias/internal/patient"
	"historias/internal/testkit"
)

// register is a clinic with its register of patients.
type register struct {
	*testkit.Kit
	*patient.Service
	ctx context.Context
}

type fixedZone struct{ zone *time.Location }

func (z fixedZone) Zone(context.Context) (*time.Location, error) { return z.zone, nil }

func newRegister(t testing.TB) register {
	t.Helper()
	k := testkit.New(t)
	return register{Kit: k, Service: serviceOn(t, k), ctx: k.Doctor(t)}
}

func serviceOn(t testing.TB, k *testkit.Kit) *patient.Service {
	t.Helper()
	return serviceIn(t, k, time.FixedZone("centro", -6*3600))
}

func serviceIn(t testing.TB, k *testkit.Kit, zone *time.Location) *patient.Service {
	t.Helper()
	hub := live.New(live.Options{DB: k.DB, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(hub.Close)
	return serviceWith(t, k, zone, hub)
}

func serviceWith(t testing.TB, k *testkit.Kit, zone *time.Location, hub *live.Hub) *patient.Service {
	t.Helper()
	s, err := patient.New(patient.Deps{
		DB: k.DB, Vault: k.Vault, Trail: k.Trail, Clock: k.Fake, Live: hub, Zones: fixedZone{zone},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// add registers a patient that must be accepted.
func (r register) add(t testing.TB, form patient.Form) patient.Patient {
	t.Helper()
	p, _, err := r.Create(r.ctx, form)
	if err != nil {
		t.Fatalf("create: %v", err)
	}
	return p
}

// renata is a fictional adult with every fact.
func renata() patient.Form {
	address := testkit.Address()
	return patient.Form{
		GivenNames: "Renata", FirstSurname: "Zúñiga", SecondSurname: "Barragán", BirthDate: "1987-04-13", Sex: "M",
		CURP: curp("ZUBR870413MPLXRN0"), Phone: "222 555 0177", Email: "Renata.Zuniga@correo.example", Address: &address,
		BloodType: "O+", Occupation: "Ceramista", MaritalStatus: "Casada", Gender: "Femenino",
		EmergencyContact: &patient.Contact{FullName: "Julián Estévez", Relationship: "Esposo", Phone: "2225550199"},
	}
}

// named is an adult of whom little is known.
func named(given, first, second string) patient.Form {
	address := testkit.Address()
	return patient.Form{
		GivenNames: given, FirstSurname: first, SecondSurname: second,
		BirthDate: "1980-08-14", Sex: "M", Address: &address,
	}
}

const (
	hour   = time.Hour
	second = time.Second
)

// child is a girl of four whose mother answers for her.
func child() patient.Form {
	form := named("Emilia", "Ruiz", "Cárdenas")
	form.BirthDate = "2022-02-03"
	form.Representative = &patient.Contact{FullName: "Paula Cárdenas Mijares", Relationship: "Madre", Phone: "5555550188"}
	return form
}

// crowd makes the i-th of many different people.
func crowd(i int) patient.Form {
	form := named(crowdGiven[i%len(crowdGiven)]+" "+crowdGiven[(i/7)%len(crowdGiven)],
		crowdSurname[(i/3)%len(crowdSurname)], crowdSurname[(i/11)%len(crowdSurname)]+crowdTail[i%len(crowdTail)])
	form.Phone = fmt.Sprintf("55%08d", i+20000000)
	form.BirthDate = mx.MustDate("1940-01-01").AddDays(i % 25000).String()
	return form
}

var (
	crowdGiven = []string{
		"María", "José", "Guadalupe", "Juan", "Fernanda", "Luis", "Sofía", "Mateo", "Ximena", "Ignacio", "Renata",
		"Marcos", "Mariana", "Marisol", "Tomás", "Lucía", "Óscar", "Abril", "Socorro", "Julián",
	}
	crowdSurname = []string{
		"Hernández", "García", "Martínez", "López", "González", "Pérez", "Rodríguez", "Sánchez", "Ramírez", "Cruz",
		"Flores", "Gómez", "Morales", "Vázquez", "Reyes", "Jiménez", "Torres", "Díaz", "Gutiérrez", "Ruiz",
		"Mendoza", "Aguilar", "Ortiz", "Moreno", "Castillo", "Romero", "Álvarez", "Méndez", "Chávez", "Rivera",
	}
	crowdTail = []string{"", "án", "ero", "ela", "ino", "osa", "uela", "isco"}
)

// curp completes the first 17 characters with their check digit.
func curp(first17 string) string {
	alphabet := []rune("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")
	sum := 0
	for i, c := range first17 {
		sum += slices.Index(alphabet, c) * (18 - i)
	}
	return first17 + strconv.Itoa((10-sum%10)%10)
}

// phone reads a number that is right.
func phone(s string) mx.Phone {
	p, err := mx.ParsePhone(s)
	if err != nil {
		panic(err)
	}
	return p
}

func matches(l patient.Listed, query string) bool {
	return mx.Matches(query, l.GivenNames, l.FirstSurname, l.SecondSurname)
}
