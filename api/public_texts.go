package api

import (
	"cmp"
	"embed"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"historias/internal/notice"
)

// Operator is who runs this installation for its clinics, as the public pages
// name it.
type Operator struct {
	Name string
	// Contact is how to reach it, in words that follow «diríjase a».
	Contact string
}

// The words that stand for an operator that the environment does not name.
const (
	someOperator = "quien administra esta instalación"
	someContact  = "la persona que administra esta instalación"
)

// publicTextsAPI shows the texts of the service itself, the same to everybody
// whatever the clinic: what one accepts by using it and what it leaves in a
// browser. The files are their only copy; docs/legal says what a lawyer reviews.
type publicTextsAPI struct {
	publicPages
	texts map[string]textPage
}

//go:embed texts/*.md
var textFiles embed.FS

// publicTexts are their addresses and files.
var publicTexts = map[string]string{"/terminos": "texts/terminos.md", "/cookies": "texts/cookies.md"}

// textPage is what the template shows.
type textPage struct {
	pageHead
	Heading, Edition, Operator string
	Sections                   []notice.Section
}

func newPublicTextsAPI(operator Operator, pages publicPages) (publicTextsAPI, error) {
	h := publicTextsAPI{publicPages: pages, texts: map[string]textPage{}}
	for path, file := range publicTexts {
		raw, err := textFiles.ReadFile(file)
		if err != nil {
			return h, fmt.Errorf("api: public texts: %w", err)
		}
		h.texts[path] = h.page(string(raw), operator)
	}
	return h, nil
}

// page reads a file: «# » and its title, the line of its edition, then the markup
// of notices.
func (h publicTextsAPI) page(raw string, operator Operator) textPage {
	title, rest, _ := strings.Cut(strings.TrimPrefix(raw, "# "), "\n")
	edition, body, _ := strings.Cut(strings.TrimSpace(rest), "\n")
	filled := strings.NewReplacer(
		"{{operador}}", cmp.Or(operator.Name, someOperator), "{{contacto}}", cmp.Or(operator.Contact, someContact),
	).Replace(body)
	return textPage{
		pageHead: h.head(title+" · Historias", title+" de Historias.", ""),
		Heading:  title, Edition: edition, Operator: operator.Name, Sections: notice.Sections(filled),
	}
}

func (h publicTextsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/terminos", public, h.show, routeOptions{crowded: h.busy}},
		{http.MethodGet, "/cookies", public, h.show, routeOptions{crowded: h.busy}},
	}
}

func (h publicTextsAPI) show(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "public, max-age="+fmt.Sprint(int(versionAge.Seconds())))
	return h.render(c, http.StatusOK, "text", publicCSP, h.texts[c.Path()])
}
