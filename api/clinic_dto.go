package api

import (
	"historias/internal/clinic"
	"historias/internal/mx"
)

type privacyContactDTO struct {
	Name  string `json:"name" validate:"max=500" example:"Lic. Carmen Arrieta"`
	Email string `json:"email,omitempty" validate:"max=500" example:"privacidad@jacarandas.example"`
	Phone string `json:"phone,omitempty" validate:"max=50" example:"+525555550101"`
} //@name PrivacyContact

// clinicRequest takes the keys that only the server sets as well, so that what
// was read can be sent back.
type clinicRequest struct {
	LegalName      string            `json:"legal_name" validate:"max=500" example:"Clínica Jacarandas, S.C."`
	TradeName      string            `json:"trade_name,omitempty" validate:"max=500" example:"Clínica Jacarandas"`
	RFC            string            `json:"rfc,omitempty" validate:"max=30" example:"CJA260115XX9"`
	Address        mx.Address        `json:"address"`
	PrivacyContact privacyContactDTO `json:"privacy_contact"`
	Custodian      string            `json:"custodian,omitempty" validate:"max=500" example:"Dra. Sofía Núñez Alcaraz"`
	clinicKeysRequest
} //@name ClinicRequest

type clinicKeysRequest struct {
	ID       *string   `json:"id,omitempty" swaggerignore:"true"`
	Slug     *string   `json:"slug,omitempty" swaggerignore:"true"`
	Demo     *bool     `json:"demo,omitempty" swaggerignore:"true"`
	Complete *bool     `json:"complete,omitempty" swaggerignore:"true"`
	Missing  *[]string `json:"missing,omitempty" swaggerignore:"true"`
	Version  *int64    `json:"version,omitempty" swaggerignore:"true"`
}

func (k clinicKeysRequest) serverKeys() any { return k }

func (r clinicRequest) update() clinic.Update {
	return clinic.Update{
		LegalName: r.LegalName, TradeName: r.TradeName, RFC: r.RFC, Address: r.Address,
		PrivacyContact: clinic.Contact(r.PrivacyContact), Custodian: r.Custodian,
	}
}

type clinicDTO struct {
	ID             string            `json:"id" format:"uuid"`
	Slug           string            `json:"slug" example:"clinica-jacarandas"`
	LegalName      string            `json:"legal_name" example:"Clínica Jacarandas, S.C."`
	TradeName      string            `json:"trade_name,omitempty" example:"Clínica Jacarandas"`
	RFC            string            `json:"rfc,omitempty" example:"CJA260115XX9"`
	Address        *mx.Address       `json:"address,omitempty"`
	PrivacyContact privacyContactDTO `json:"privacy_contact"`
	Custodian      string            `json:"custodian,omitempty" example:"Dra. Sofía Núñez Alcaraz"`
	Demo           bool              `json:"demo" example:"false"`
	Complete       bool              `json:"complete" example:"true"`
	Missing        []string          `json:"missing" example:"address"`
	Version        int64             `json:"version" example:"1"`
} //@name Clinic

func clinicDTOOf(p clinic.Profile) clinicDTO {
	return clinicDTO{
		ID: p.ID.String(), Slug: p.Slug, LegalName: p.LegalName, TradeName: p.TradeName, RFC: p.RFC,
		Address: addressDTO(p.Address), PrivacyContact: privacyContactDTO(p.PrivacyContact), Custodian: p.Custodian,
		Demo: p.Demo, Complete: p.Complete(), Missing: append([]string{}, p.Missing()...), Version: p.Version,
	}
}

// addressDTO leaves an address out that nobody wrote.
func addressDTO(a mx.Address) *mx.Address {
	if a.IsZero() {
		return nil
	}
	return &a
}

type officeRequest struct {
	Name     string     `json:"name" validate:"max=500" example:"Consultorio Centro"`
	Address  mx.Address `json:"address"`
	TimeZone string     `json:"time_zone" validate:"max=60" example:"America/Mexico_City"`
	Phone    string     `json:"phone,omitempty" validate:"max=50" example:"55 5555 0102"`
} //@name OfficeRequest

// officeUpdateRequest takes the keys that only the server sets as well, so that
// what was read can be sent back.
type officeUpdateRequest struct {
	officeRequest
	officeKeysRequest
} //@name OfficeUpdate

type officeKeysRequest struct {
	ID      *string `json:"id,omitempty" swaggerignore:"true"`
	Version *int64  `json:"version,omitempty" swaggerignore:"true"`
}

func (k officeKeysRequest) serverKeys() any { return k }

func (r officeRequest) data() clinic.OfficeData {
	return clinic.OfficeData{Name: r.Name, Address: r.Address, TimeZone: r.TimeZone, Phone: r.Phone}
}

type officeDTO struct {
	ID       string     `json:"id" format:"uuid"`
	Name     string     `json:"name" example:"Consultorio Centro"`
	Address  mx.Address `json:"address"`
	TimeZone string     `json:"time_zone" example:"America/Mexico_City"`
	Phone    string     `json:"phone,omitempty" example:"+525555550102"`
	Version  int64      `json:"version" example:"1"`
} //@name Office

func officeDTOOf(o clinic.Office) officeDTO {
	return officeDTO{ID: o.ID.String(), Name: o.Name, Address: o.Address, TimeZone: o.TimeZone, Phone: o.Phone, Version: o.Version}
}
