package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the machine may have no time zones

	"github.com/labstack/echo/v4"

	"historias/internal/errs"
	"historias/internal/notice"
)

// publicNoticeAPI shows a clinic's notice to anybody, rendered here, so that it
// reads without script, on any telephone and on paper.
type publicNoticeAPI struct {
	publicPages
	svc  *notice.Service
	zone *time.Location
}

// publicZone dates a notice: the law is federal, and a page without a session
// has no zone of its own.
const publicZone = "America/Mexico_City"

func newPublicNoticeAPI(svc *notice.Service, pages publicPages) (publicNoticeAPI, error) {
	zone, err := time.LoadLocation(publicZone)
	return publicNoticeAPI{publicPages: pages, svc: svc, zone: zone}, err
}

func (h publicNoticeAPI) routes() []route {
	open := routeOptions{}
	return []route{
		{http.MethodGet, "/api/public/clinics/:slug/privacy-notice", public, h.document, open},
		{http.MethodGet, "/privacy-notice/:slug", public, h.current, open},
		{http.MethodGet, "/privacy-notice/:slug/v/:version", public, h.version, open},
		{http.MethodGet, "/privacy-notice", public, h.bare, open},
		{http.MethodGet, "/privacy", public, h.bare, open},
		{http.MethodGet, "/aviso-privacidad", public, h.bare, open},
	}
}

// document gives the notice as data.
//
//	@Summary		El aviso de privacidad de una clínica
//	@Description	Sin v, el vigente; con v, esa versión. hash es el SHA-256 de content en UTF-8.
//	@Tags			Aviso de privacidad
//	@Produce		json
//	@Param			slug	path		string	true	"Nombre público de la clínica"
//	@Param			v		query		int		false	"Versión"
//	@Success		200		{object}	publicNoticeDTO
//	@Success		304		"No ha cambiado desde ETag"
//	@Failure		404		{object}	Problem	"notice.not_found"
//	@Router			/api/public/clinics/{slug}/privacy-notice [get]
func (h publicNoticeAPI) document(c echo.Context) error {
	n, err := h.find(c, c.QueryParam("v"))
	if err != nil {
		return err
	}
	if fresh(c, n, 0) {
		return c.NoContent(http.StatusNotModified)
	}
	return ok(c, publicNoticeDTO{
		Clinic: n.Responsible.DisplayName(), Address: n.Responsible.Address, Lang: n.Lang, Version: n.Version,
		Hash: n.HashHex(), InForce: n.InForce, EffectiveFrom: n.EffectiveFrom.UTC(), Content: n.Content,
		URL: h.svc.VersionLink(c.Param("slug"), n.Version),
	})
}

// find reads the notice that the address names; a version that is no number
// does not exist.
func (h publicNoticeAPI) find(c echo.Context, version string) (notice.Notice, error) {
	n := 0
	if version != "" {
		var err error
		if n, err = strconv.Atoi(version); err != nil || n < 1 || n > 1<<30 {
			return notice.Notice{}, errs.NotFound("notice")
		}
	}
	return h.svc.Public(c.Request().Context(), c.Param("slug"), n)
}

// How long caches may keep a page: the one in force changes when the clinic
// publishes, a version never does, but it may cease to be in force.
const (
	currentAge = 60 * time.Second
	versionAge = 5 * time.Minute
)

// fresh sets the validator and tells whether the caller has this page already.
func fresh(c echo.Context, n notice.Notice, age time.Duration) bool {
	tag := fmt.Sprintf(`"%d-%t-%s"`, n.Version, n.InForce, n.HashHex()[:16])
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(max(age, currentAge).Seconds())))
	return strings.Contains(c.Request().Header.Get("If-None-Match"), tag)
}

// current shows the notice in force; ?v= leads to a version's own address.
func (h publicNoticeAPI) current(c echo.Context) error {
	if v := c.QueryParam("v"); v != "" {
		return h.toVersion(c, v)
	}
	return h.show(c, "", currentAge)
}

func (h publicNoticeAPI) toVersion(c echo.Context, version string) error {
	n, err := h.find(c, version)
	if err != nil {
		return h.missing(c, err)
	}
	return c.Redirect(http.StatusMovedPermanently, versionPath(c.Param("slug"), n.Version))
}

func (h publicNoticeAPI) version(c echo.Context) error {
	return h.show(c, c.Param("version"), versionAge)
}

func currentPath(slug string) string { return "/privacy-notice/" + slug }

func versionPath(slug string, version int) string {
	return currentPath(slug) + "/v/" + strconv.Itoa(version)
}

// noticePage is what the template shows.
type noticePage struct {
	pageHead
	Clinic, Address, Since, Hash, Permanent string
	CurrentLink, PrintLink                  string
	Version                                 int
	InForce, Print                          bool
	Sections                                []notice.Section
}

func (h publicNoticeAPI) show(c echo.Context, version string, age time.Duration) error {
	n, err := h.find(c, version)
	if err != nil {
		return h.missing(c, err)
	}
	if fresh(c, n, age) {
		return c.NoContent(http.StatusNotModified)
	}
	slug, name := c.Param("slug"), n.Responsible.DisplayName()
	path := versionPath(slug, n.Version)
	return h.render(c, http.StatusOK, "notice", publicCSP, noticePage{
		pageHead: h.head("Aviso de privacidad · "+name, "Aviso de privacidad de "+name+", versión "+strconv.Itoa(n.Version)+".",
			h.svc.VersionLink(slug, n.Version)),
		Clinic: name, Address: n.Responsible.Address, Since: longDate(n.EffectiveFrom.In(h.zone)), Hash: n.HashHex(),
		Permanent: h.svc.VersionLink(slug, n.Version), CurrentLink: currentPath(slug), PrintLink: path + "?print=1",
		Version: n.Version, InForce: n.InForce, Print: c.QueryParam("print") != "", Sections: notice.Sections(n.Content),
	})
}

// missing explains an address without a notice; other failures stay failures.
func (h publicNoticeAPI) missing(c echo.Context, err error) error {
	if !errs.Is(err, "notice.not_found") {
		return err
	}
	return h.explain(c, http.StatusNotFound, "No encontramos este aviso de privacidad",
		"Revise que la dirección esté completa, tal como aparece en el mensaje o en el papel que le dieron.",
		"Si sigue sin abrir, pida el aviso en su consultorio: debe tenerlo a la vista de quien lo solicite.")
}

// bare leads to the only clinic's notice, or explains how to reach one.
func (h publicNoticeAPI) bare(c echo.Context) error {
	slug, err := h.svc.OnlySlug(c.Request().Context())
	if err != nil {
		return err
	}
	if slug != "" {
		return c.Redirect(http.StatusFound, currentPath(slug))
	}
	return h.explain(c, http.StatusOK, "Aviso de privacidad",
		"Cada consultorio tiene su propio aviso de privacidad y su propia dirección para leerlo.",
		"Encontrará la de su consultorio en el mensaje de WhatsApp que le enviaron, en su receta o en el mostrador.")
}
