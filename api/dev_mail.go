package api

import (
	"context"
	_ "embed" // the page
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/mail"
)

// Letters are those that were not sent but kept to be read.
type Letters interface {
	// Latest gives the newest first.
	Latest(ctx context.Context) ([]mail.Shown, error)
}

// lettersAPI is the page /dev/mail: what would have left by mail. It exists
// outside production only, and only where no SMTP is configured.
type lettersAPI struct {
	publicPages
	letters Letters
}

func (h lettersAPI) routes() []route {
	return []route{{http.MethodGet, "/dev/mail", public, h.page, routeOptions{unlimited: true}}}
}

//go:embed dev_mail.html
var devMailHTML string

type devMailPage struct {
	pageHead
	Letters []devLetter
}

// devLetter is one letter. Its text says what the HTML says.
type devLetter struct {
	ID, Kind, To, At, When, Subject, Link string
	Paragraphs                            []string
}

func (h lettersAPI) page(c echo.Context) error {
	all, err := h.letters.Latest(c.Request().Context())
	if err != nil {
		return err
	}
	data := devMailPage{pageHead: h.head("Correos de prueba · Historias", "Correos que no salieron de este equipo", "")}
	for _, l := range all {
		one := devLetter{
			ID: l.ID.String(), Kind: string(l.Kind), To: l.To, At: l.At.Format(time.RFC3339), When: l.When,
			Subject: l.Subject, Link: l.Link,
		}
		for _, p := range strings.Split(strings.TrimSpace(l.Text), "\n\n") {
			button, signature := l.Link != "" && strings.HasSuffix(p, l.Link), strings.HasPrefix(p, "--\n")
			if !button && !signature {
				one.Paragraphs = append(one.Paragraphs, p)
			}
		}
		data.Letters = append(data.Letters, one)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return h.render(c, http.StatusOK, "dev-mail", publicCSP, data)
}
