package api

import "historias/internal/account"

type profileRequest struct {
	FullName               string `json:"full_name" validate:"max=500" example:"Sofía Núñez Alcaraz"`
	Phone                  string `json:"phone,omitempty" validate:"max=50" example:"55 5555 0100"`
	Profession             string `json:"profession" enums:"medico_cirujano,medico_homeopata,cirujano_dentista,enfermeria,psicologia,nutricion,fisioterapia,otra" example:"medico_cirujano"`
	LicenseNumber          string `json:"license_number,omitempty" validate:"max=50" example:"00123456"`
	TitleInstitution       string `json:"title_institution,omitempty" validate:"max=500" example:"Universidad Nacional Autónoma de México"`
	Specialty              string `json:"specialty,omitempty" validate:"max=500" example:"Medicina interna"`
	SpecialtyLicenseNumber string `json:"specialty_license_number,omitempty" validate:"max=50" example:"00654321"`
	profileKeysRequest
} //@name ProfileRequest

type profileKeysRequest struct {
	ID            *string `json:"id,omitempty" swaggerignore:"true"`
	Email         *string `json:"email,omitempty" swaggerignore:"true"`
	EmailVerified *bool   `json:"email_verified,omitempty" swaggerignore:"true"`
	Version       *int64  `json:"version,omitempty" swaggerignore:"true"`
}

func (k profileKeysRequest) serverKeys() any { return k }

func (r profileRequest) person() account.Person {
	return account.Person{
		FullName: r.FullName, Phone: r.Phone, Profession: account.Profession(r.Profession),
		LicenseNumber: r.LicenseNumber, TitleInstitution: r.TitleInstitution,
		Specialty: r.Specialty, SpecialtyLicenseNumber: r.SpecialtyLicenseNumber,
	}
}

type profileDTO struct {
	userDTO
	Version int64 `json:"version" example:"3"`
} //@name Profile

func profileDTOOf(p account.Profile) profileDTO {
	return profileDTO{userDTO: userDTOOf(p.Person), Version: p.Version}
}
