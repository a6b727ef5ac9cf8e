package api

import "historias/internal/letterhead"

// headDTO is the header of a signed document, as it was on its day.
type headDTO struct {
	Establishment establishmentDTO `json:"establishment"`
	Professional  professionalDTO  `json:"professional"`
	Patient       headPatientDTO   `json:"patient"`
} //@name DocumentHead

type establishmentDTO struct {
	Name      string `json:"name" example:"Clínica Jacarandas"`
	LegalName string `json:"legal_name" example:"Clínica Jacarandas, S.C."`
	Office    string `json:"office,omitempty" example:"Consultorio Centro"`
	Address   string `json:"address" example:"Calle Ficticia 48, Centro, C.P. 72000, Puebla, Puebla"`
	City      string `json:"city" example:"Puebla"`
	Phone     string `json:"phone,omitempty" example:"+525555550102"`
	TimeZone  string `json:"time_zone" example:"America/Mexico_City"`
} //@name DocumentEstablishment

type professionalDTO struct {
	UserID           string `json:"user_id" format:"uuid"`
	FullName         string `json:"full_name" example:"Sofía Núñez Alcaraz"`
	Profession       string `json:"profession" example:"medico_cirujano"`
	License          string `json:"license_number" example:"00123456"`
	Institution      string `json:"title_institution" example:"Universidad Ejemplo de Puebla"`
	Specialty        string `json:"specialty,omitempty" example:"Medicina familiar"`
	SpecialtyLicense string `json:"specialty_license_number,omitempty" example:"00654321"`
} //@name DocumentProfessional

type headPatientDTO struct {
	ID           string `json:"id" format:"uuid"`
	FullName     string `json:"full_name" example:"María Fernanda Orozco Villaseñor"`
	RecordNumber string `json:"record_number" example:"H-000482"`
	Sex          string `json:"sex" enums:"H,M,I" example:"M"`
	BirthDate    string `json:"birth_date,omitempty" format:"date" example:"1980-08-14"`
	Age          string `json:"age" example:"46 años"`
	AgeMonths    int    `json:"age_months" example:"555"`
	Address      string `json:"address,omitempty" example:"Calle Ficticia 12, Centro, C.P. 72000, Puebla, Puebla"`
	CURP         string `json:"curp,omitempty" example:"OOVF800814MPLRLR00"`
} //@name DocumentPatient

func headDTOOf(h letterhead.Head) *headDTO {
	return &headDTO{
		Establishment: establishmentDTO(h.Establishment), Professional: professionalDTO(h.Professional), Patient: headPatientDTO(h.Patient),
	}
}
