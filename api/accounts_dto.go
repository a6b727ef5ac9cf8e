package api

import (
	"time"

	"historias/internal/account"
	"historias/internal/clinic"
	"historias/internal/staff"
)

type registerRequest struct {
	FullName               string `json:"full_name" validate:"max=500" example:"Sofía Núñez Alcaraz"`
	Email                  string `json:"email" validate:"max=500" format:"email" example:"sofia.nunez@jacarandas.example"`
	Password               string `json:"password" validate:"max=5000" minLength:"15" example:"una frase larga y propia"`
	Profession             string `json:"profession" enums:"medico_cirujano,medico_homeopata,cirujano_dentista,enfermeria,psicologia,nutricion,fisioterapia,otra" example:"medico_cirujano"`
	LicenseNumber          string `json:"license_number" validate:"max=50" example:"00123456"`
	TitleInstitution       string `json:"title_institution" validate:"max=500" example:"Universidad Nacional Autónoma de México"`
	Phone                  string `json:"phone" validate:"max=50" example:"55 5555 0100"`
	ClinicName             string `json:"clinic_name,omitempty" validate:"max=500" example:"Clínica Jacarandas"`
	Specialty              string `json:"specialty,omitempty" validate:"max=500" example:"Medicina interna"`
	SpecialtyLicenseNumber string `json:"specialty_license_number,omitempty" validate:"max=50" example:"00654321"`
	AcceptTerms            bool   `json:"accept_terms" example:"true"`
} //@name RegisterRequest

func (r registerRequest) registration() account.Registration {
	return account.Registration{
		Person: account.Person{
			FullName: r.FullName, Email: r.Email, Phone: r.Phone, Profession: account.Profession(r.Profession),
			LicenseNumber: r.LicenseNumber, TitleInstitution: r.TitleInstitution,
			Specialty: r.Specialty, SpecialtyLicenseNumber: r.SpecialtyLicenseNumber,
		},
		Password: r.Password, ClinicName: r.ClinicName, AcceptTerms: r.AcceptTerms,
	}
}

type loginRequest struct {
	Email    string `json:"email" validate:"required,max=500" example:"sofia.nunez@jacarandas.example"`
	Password string `json:"password" validate:"required,max=5000" example:"una frase larga y propia"`
	TOTPCode string `json:"totp_code,omitempty" validate:"max=60" example:"123456"` // o un código de recuperación
	// RememberDevice pide que este navegador no pida el segundo paso durante 30 días.
	RememberDevice bool   `json:"remember_device,omitempty" example:"false"`
	ClinicID       string `json:"clinic_id,omitempty" validate:"omitempty,uuid" format:"uuid"`
} //@name LoginRequest

type userDTO struct {
	ID                     string `json:"id" format:"uuid"`
	FullName               string `json:"full_name" example:"Sofía Núñez Alcaraz"`
	Email                  string `json:"email" example:"sofia.nunez@jacarandas.example"`
	EmailVerified          bool   `json:"email_verified" example:"true"` // the person opened a link sent to her address
	Phone                  string `json:"phone,omitempty" example:"+525555550100"`
	Profession             string `json:"profession" example:"medico_cirujano"`
	LicenseNumber          string `json:"license_number,omitempty" example:"00123456"`
	TitleInstitution       string `json:"title_institution,omitempty" example:"Universidad Nacional Autónoma de México"`
	Specialty              string `json:"specialty,omitempty" example:"Medicina interna"`
	SpecialtyLicenseNumber string `json:"specialty_license_number,omitempty" example:"00654321"`
} //@name User

func userDTOOf(p account.Person) userDTO {
	return userDTO{
		ID: p.ID.String(), FullName: p.FullName, Email: p.Email, EmailVerified: p.EmailVerified, Phone: p.Phone,
		Profession:    string(p.Profession),
		LicenseNumber: p.LicenseNumber, TitleInstitution: p.TitleInstitution,
		Specialty: p.Specialty, SpecialtyLicenseNumber: p.SpecialtyLicenseNumber,
	}
}

// clinicCardDTO is what the shell shows of a clinic.
type clinicCardDTO struct {
	ID       string   `json:"id" format:"uuid"`
	Slug     string   `json:"slug" example:"clinica-jacarandas"`
	Name     string   `json:"name" example:"Clínica Jacarandas"`
	Demo     bool     `json:"demo" example:"false"`
	Complete bool     `json:"complete" example:"true"`
	Missing  []string `json:"missing" example:"address"`
} //@name ClinicCard

func clinicCardOf(p clinic.Profile) clinicCardDTO {
	return clinicCardDTO{
		ID: p.ID.String(), Slug: p.Slug, Name: p.DisplayName(), Demo: p.Demo,
		Complete: p.Complete(), Missing: append([]string{}, p.Missing()...),
	}
}

type membershipDTO struct {
	ClinicID string `json:"clinic_id" format:"uuid"`
	Slug     string `json:"slug" example:"clinica-jacarandas"`
	Name     string `json:"name" example:"Clínica Jacarandas"`
	Role     string `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"owner"`
} //@name Membership

type sessionDTO struct {
	AccessToken string          `json:"access_token" example:"eyJhbGciOi…"`
	TokenType   string          `json:"token_type" example:"Bearer"`
	ExpiresAt   time.Time       `json:"expires_at" example:"2026-11-24T16:00:00Z"`
	User        userDTO         `json:"user"`
	Clinic      clinicCardDTO   `json:"clinic"`
	Clinics     []membershipDTO `json:"clinics,omitempty"`
} //@name Session

type meDTO struct {
	User        userDTO         `json:"user"`
	Clinic      clinicCardDTO   `json:"clinic"`
	Clinics     []membershipDTO `json:"clinics"`
	Role        string          `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"owner"`
	Permissions []string        `json:"permissions" example:"patient:read"`
	// Confidentiality is the letter of this clinic's staff: which edition is in force, and whether the person accepted it.
	Confidentiality confidentialityDTO `json:"confidentiality"`
	ExpiresAt       time.Time          `json:"expires_at" format:"date-time" example:"2026-11-24T16:00:00Z"` // when the session ends at the latest
	// Factor is the second factor: whether she has one, must have one, and by when.
	Factor factorDTO `json:"factor"`
	// Locked says that the session is covered: everything but unlocking, changing user and leaving answers 401 auth.locked.
	Locked bool `json:"locked" example:"false"`
	// HasPIN says that a PIN uncovers it.
	HasPIN bool `json:"has_pin" example:"true"`
	// LockMinutes is after how many minutes without use it is covered.
	LockMinutes int `json:"lock_minutes" example:"15"`
} //@name Me

type confidentialityDTO struct {
	Version  int  `json:"version" example:"1"`
	Accepted bool `json:"accepted" example:"true"`
} //@name Confidentiality

func confidentialityDTOOf(l staff.Letter) confidentialityDTO {
	return confidentialityDTO{Version: l.Version, Accepted: l.Accepted == l.Version}
}
