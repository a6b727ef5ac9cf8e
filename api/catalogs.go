package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/catalog"
	"historias/internal/page"
)

// catalogsAPI searches the catalogs. They hold nobody's data, so their reads
// leave no event.
type catalogsAPI struct{ svc *catalog.Service }

func (h catalogsAPI) routes() []route {
	get := func(name string, handle echo.HandlerFunc) route {
		return route{http.MethodGet, "/api/catalogs/" + name, actor.CatalogRead, handle, routeOptions{}}
	}
	return []route{
		get("diagnoses", h.diagnoses), get("medications", h.medications), get("studies", h.studies),
		get("states", h.states), get("countries", h.countries), get("specialties", h.specialties),
	}
}

// found answers a search; short lists come whole when no limit is asked for.
func found[T, D any](c echo.Context, short bool, search func(ctx context.Context, text string, limit int) ([]T, error), to func(T) D) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	limit := p.Size()
	if short && c.QueryParam("limit") == "" {
		limit = catalog.MaxLimit
	}
	items, err := search(c.Request().Context(), c.QueryParam("q"), limit)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(page.List[T]{Items: items}, to))
}

// diagnoses searches CIE-10.
//
//	@Summary	Buscar diagnósticos de la CIE-10 por código, palabras o como lo dice la gente
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras, sin importar acentos ni orden; sin ellas, los favoritos de quien pregunta"
//	@Param		limit	query		int		false	"Cuántos (1 a 100)"
//	@Success	200		{object}	listDTO[diagnosisDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/diagnoses [get]
func (h catalogsAPI) diagnoses(c echo.Context) error {
	return found(c, false, h.svc.Diagnoses, func(d catalog.Diagnosis) diagnosisDTO {
		return diagnosisDTO{Code: d.Code, Label: d.Label, Parent: d.Parent, Sex: d.Sex, Version: d.Version, Favorite: d.Favourite}
	})
}

// medications searches medicines.
//
//	@Summary	Buscar medicamentos por sustancia, forma o concentración
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras; sin ellas, los favoritos de quien pregunta"
//	@Param		limit	query		int		false	"Cuántos (1 a 100)"
//	@Success	200		{object}	listDTO[medicationDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/medications [get]
func (h catalogsAPI) medications(c echo.Context) error {
	return found(c, false, h.svc.Medications, func(m catalog.Medication) medicationDTO {
		return medicationDTO{
			ID: m.ID.String(), GenericName: m.GenericName, Form: m.Form, Concentration: m.Concentration,
			Route: m.Route, ATC: m.ATC, Antibiotic: m.Antibiotic, Fraction: m.Fraction, Version: m.Version, Favorite: m.Favourite,
		}
	})
}

// studies searches laboratory and imaging studies.
//
//	@Summary	Buscar estudios de laboratorio y gabinete
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras"
//	@Param		limit	query		int		false	"Cuántos (1 a 100)"
//	@Success	200		{object}	listDTO[studyDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/studies [get]
func (h catalogsAPI) studies(c echo.Context) error {
	return found(c, false, h.svc.Studies, func(s catalog.Study) studyDTO {
		return studyDTO{
			Code: s.Code, Name: s.Name, Group: s.Group, Kind: s.Kind, Specimen: s.Specimen,
			Preparation: s.Preparation, Version: s.Version,
		}
	})
}

// states lists the 32 states.
//
//	@Summary	Los 32 estados
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras"
//	@Param		limit	query		int		false	"Cuántos (1 a 100); sin él, todos"
//	@Success	200		{object}	listDTO[stateDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/states [get]
func (h catalogsAPI) states(c echo.Context) error {
	return found(c, true, h.svc.States, func(s catalog.State) stateDTO {
		return stateDTO{Code: s.Code, Name: s.Name, CURPCode: s.CURPCode}
	})
}

// countries lists the countries of ISO 3166-1.
//
//	@Summary	Los países
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras"
//	@Param		limit	query		int		false	"Cuántos (1 a 100); sin él, todos"
//	@Success	200		{object}	listDTO[countryDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/countries [get]
func (h catalogsAPI) countries(c echo.Context) error {
	return found(c, true, h.svc.Countries, func(x catalog.Country) countryDTO {
		return countryDTO{Code: x.Code, Name: x.Name}
	})
}

// specialties lists fields of practice.
//
//	@Summary	Las especialidades
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras"
//	@Param		limit	query		int		false	"Cuántos (1 a 100); sin él, todos"
//	@Success	200		{object}	listDTO[specialtyDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/specialties [get]
func (h catalogsAPI) specialties(c echo.Context) error {
	return found(c, true, h.svc.Specialties, func(s catalog.Specialty) specialtyDTO {
		return specialtyDTO{Code: s.Code, Name: s.Name, Profession: s.Profession}
	})
}

type diagnosisDTO struct {
	Code    string `json:"code" example:"E11.9"`
	Label   string `json:"label" example:"Diabetes mellitus no insulinodependiente, sin mención de complicación"`
	Parent  string `json:"parent,omitempty" example:"E11"`
	Sex     string `json:"sex,omitempty" enums:"H,M"`
	Version string `json:"version" example:"2026.11"`
	// Favorite marks what the caller uses or pinned.
	Favorite bool `json:"favorite,omitempty" example:"true"`
} //@name Diagnosis

type medicationDTO struct {
	ID            string `json:"id" format:"uuid"`
	GenericName   string `json:"generic_name" example:"Amoxicilina"`
	Form          string `json:"form" example:"Suspensión oral"`
	Concentration string `json:"concentration" example:"250 mg/5 mL"`
	Route         string `json:"route" example:"Oral"`
	ATC           string `json:"atc,omitempty" example:"J01CA04"`
	Antibiotic    bool   `json:"antibiotic" example:"true"`
	Fraction      string `json:"fraction" enums:"I,II,III,IV,V,VI" example:"IV"`
	Version       string `json:"version" example:"2026.11"`
	// Favorite marks what the caller uses or pinned.
	Favorite bool `json:"favorite,omitempty" example:"true"`
} //@name Medication

type studyDTO struct {
	Code        string `json:"code" example:"LAB-001"`
	Name        string `json:"name" example:"Biometría hemática completa"`
	Group       string `json:"group" example:"Hematología"`
	Kind        string `json:"kind" example:"laboratorio"`
	Specimen    string `json:"specimen,omitempty" example:"Sangre"`
	Preparation string `json:"preparation,omitempty" example:"Ayuno de 8 a 12 horas"`
	Version     string `json:"version" example:"2026.11"`
} //@name Study

type stateDTO struct {
	Code     string `json:"code" example:"21"`
	Name     string `json:"name" example:"Puebla"`
	CURPCode string `json:"curp_code" example:"PL"`
} //@name State

type countryDTO struct {
	Code string `json:"code" example:"MEX"`
	Name string `json:"name" example:"México"`
} //@name Country

type specialtyDTO struct {
	Code       string `json:"code" example:"medicina-interna"`
	Name       string `json:"name" example:"Medicina interna"`
	Profession string `json:"profession" example:"medico_cirujano"`
} //@name Specialty
