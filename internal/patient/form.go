package patient

import (
	"historias/internal/errs"
	"historias/internal/mx"
)

// Form is what somebody typed about a patient: the editable part of a record,
// before anything was checked. What is empty was not given.
type Form struct {
	GivenNames       string
	FirstSurname     string
	SecondSurname    string
	BirthDate        string // YYYY-MM-DD
	Sex              string
	StateOfBirth     string
	CURP             string
	Gender           string
	Phone            string
	Email            string
	Address          *mx.Address
	BloodType        string
	Occupation       string
	MaritalStatus    string
	EmergencyContact *Contact
	Representative   *Contact
	IdentityStatus   string
}

// Longest texts, in characters.
const (
	longestFullName = 120
	longestLine     = 120
	longestShort    = 40
	longestAny      = 1000 // judged elsewhere
)

var (
	sexes            = []string{SexMale, SexFemale, SexIntersex}
	bloodTypes       = []string{"O+", "O-", "A+", "A-", "B+", "B-", "AB+", "AB-"}
	identityStatuses = []string{
		string(IdentityVerified), string(IdentityDeclared), string(IdentityProvisional),
	}
)

// Check reads the form as of a day and gives the identity it describes. Every
// fault of every field comes back at once, as errs.Invalid. A provisional
// identity may lack names, birth date, address and representative, because
// care is not refused for want of them.
func (f Form) Check(today mx.Date) (Identity, error) {
	c := &checker{today: today}
	id := f.read(c)
	f.require(c, id)
	return id, errs.Invalid(c.faults...)
}

// Readable gives what can be understood of a form that is still being typed:
// a field with a fault counts as empty.
func (f Form) Readable(today mx.Date) Identity { return f.read(&checker{today: today}) }

func (f Form) read(c *checker) Identity {
	id := Identity{
		GivenNames:    c.name("given_names", f.GivenNames),
		FirstSurname:  c.name("first_surname", f.FirstSurname),
		SecondSurname: c.name("second_surname", f.SecondSurname),
		BirthDate:     c.birth("birth_date", f.BirthDate),
		Sex:           c.choice("sex", f.Sex, sexes),
		StateOfBirth:  c.stateOfBirth("state_of_birth", f.StateOfBirth),
		CURP:          c.curp("curp", f.CURP),
		Gender:        c.text("gender", f.Gender, longestShort),
		Phone:         c.phone("phone", f.Phone),
		Email:         c.email("email", f.Email),
		BloodType:     c.choice("blood_type", f.BloodType, bloodTypes),
		Occupation:    c.text("occupation", f.Occupation, longestLine),
		MaritalStatus: c.text("marital_status", f.MaritalStatus, longestShort),
	}
	id.Address = c.address("address", f.Address)
	id.EmergencyContact = c.contact("emergency_contact", f.EmergencyContact, true)
	id.Representative = c.contact("representative", f.Representative, false)
	id.IdentityStatus = IdentityStatus(c.choice("identity_status", f.IdentityStatus, identityStatuses))
	if id.IdentityStatus == "" {
		id.IdentityStatus = IdentityDeclared
	}
	if id.StateOfBirth == "" {
		id.StateOfBirth = curpState(id.CURP, c.today)
	}
	return id
}

// require says what is missing. A field that was given and refused has its own
// fault already.
func (f Form) require(c *checker, id Identity) {
	c.required("sex", f.Sex, "Elija el sexo.")
	if id.IdentityStatus == IdentityProvisional {
		return
	}
	c.required("given_names", f.GivenNames, "Escriba el nombre.")
	c.required("first_surname", f.FirstSurname, "Escriba el primer apellido.")
	c.required("birth_date", f.BirthDate, "Escriba la fecha de nacimiento.")
	if f.Address == nil {
		c.fault("address", "required", "Escriba el domicilio.")
	}
	if isMinor(id.BirthDate, c.today) && f.Representative == nil {
		c.fault("representative", "required", "Es menor de edad: escriba los datos de su madre, padre o tutor.")
	}
}

// curpState is the state of birth that a CURP carries, empty without a CURP.
func curpState(curp string, today mx.Date) string {
	parsed, err := mx.ParseCURP(curp, today)
	if err != nil {
		return ""
	}
	return parsed.StateCode()
}
