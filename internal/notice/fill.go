package notice

import (
	"regexp"
	"strings"
)

// Responsible is the clinic as its notice names it.
type Responsible struct {
	Slug         string
	LegalName    string
	TradeName    string
	Address      string // one line
	ContactName  string
	ContactEmail string
	ContactPhone string // as it is read aloud
	// Missing are the fields of the clinic without which nothing is published.
	Missing []string
}

// DisplayName is the name by which people know the clinic.
func (r Responsible) DisplayName() string {
	if r.TradeName != "" {
		return r.TradeName
	}
	return r.LegalName
}

// fullName names the law's responsable, with the name on the door beside it.
func (r Responsible) fullName() string {
	if strings.Contains(r.LegalName, r.TradeName) {
		return r.LegalName
	}
	return r.LegalName + " (" + r.TradeName + ")"
}

func (r Responsible) contact() string {
	parts := []string{r.ContactName}
	for _, way := range []string{r.ContactEmail, r.ContactPhone} {
		if way != "" {
			parts = append(parts, way)
		}
	}
	return strings.Join(parts, ", ")
}

// The placeholders that the clinic's data fill. Those of the law (autoridad,
// ley) stand in the base notice's parameters.
const (
	fillResponsible = "responsable"
	fillAddress     = "domicilio"
	fillContact     = "contacto"
	fillLink        = "enlace"
)

// Parameters that keep who published a notice beside its words.
const (
	paramLegalName = "razon_social"
	paramTradeName = "nombre_comercial"
	paramContact   = "contacto_nombre"
	paramEmail     = "contacto_correo"
	paramPhone     = "contacto_telefono"
)

// values joins what the law names with what the clinic is.
func values(law map[string]string, r Responsible, link string) map[string]string {
	all := make(map[string]string, len(law)+8)
	for name, value := range law {
		all[name] = value
	}
	for name, value := range map[string]string{
		fillResponsible: r.fullName(), fillAddress: r.Address, fillContact: r.contact(), fillLink: link,
		paramLegalName: r.LegalName, paramTradeName: r.TradeName,
		paramContact: r.ContactName, paramEmail: r.ContactEmail, paramPhone: r.ContactPhone,
	} {
		delete(all, name)
		if value != "" {
			all[name] = value
		}
	}
	return all
}

// responsibleOf reads back who published a notice.
func responsibleOf(parameters map[string]string) Responsible {
	return Responsible{
		LegalName: parameters[paramLegalName], TradeName: parameters[paramTradeName],
		Address: parameters[fillAddress], ContactName: parameters[paramContact],
		ContactEmail: parameters[paramEmail], ContactPhone: parameters[paramPhone],
	}
}

var placeholder = regexp.MustCompile(`\{\{([a-z_]+)\}\}`)

// fill puts values where the text has placeholders; one that nothing fills
// stays as it is.
func fill(text string, with map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(mark string) string {
		if value, ok := with[strings.Trim(mark, "{}")]; ok {
			return value
		}
		return mark
	})
}

// unfilled lists the placeholders left in a text, each once.
func unfilled(text string) []string {
	var names []string
	seen := map[string]bool{}
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		if !seen[match[1]] {
			seen[match[1]] = true
			names = append(names, match[1])
		}
	}
	return names
}
