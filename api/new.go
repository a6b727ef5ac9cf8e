package api

import (
	"net"
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/audit"
	"historias/internal/catalog"
	"historias/internal/chart"
	"historias/internal/clinic"
	"historias/internal/conditions"
	"historias/internal/connection"
	"historias/internal/consent"
	"historias/internal/consultation"
	"historias/internal/document"
	"historias/internal/factor"
	"historias/internal/live"
	"historias/internal/messaging"
	"historias/internal/notice"
	"historias/internal/patient"
	"historias/internal/prescription"
	"historias/internal/session"
	"historias/internal/staff"
	"historias/internal/vitals"
)

// Services are the features that the API speaks for.
type Services struct {
	Accounts      *account.Service
	Factors       *factor.Service
	Sessions      *session.Service
	Clinics       *clinic.Service
	Patients      *patient.Service
	Charts        *chart.Service
	Catalogs      *catalog.Service
	Vitals        *vitals.Service
	Conditions    *conditions.Service
	Consultations *consultation.Service
	Prescriptions *prescription.Service
	Notices       *notice.Service
	Consents      *consent.Service
	Documents     *document.Service
	Messages      *messaging.Service
	Connection    *connection.Service
	Staff         *staff.Service
	Live          *live.Hub
	// Letters are shown on a page where they are not sent; nil elsewhere.
	Letters Letters
	// Simulator plays Meta outside production; nil in production.
	Simulator Simulator
	Keys      Idempotency
	Trail     *audit.Trail
}

// New assembles the server. web serves the SPA and may be nil in tests.
func New(o Options, sv Services, web *Web) (*Server, error) {
	docs, err := newDocsAPI()
	if err != nil {
		return nil, err
	}
	s := &Server{
		opts: o, sessions: sv.Sessions, keys: sv.Keys, trail: sv.Trail,
		limits: newLimits(o.RatePerMinute), address: addresses(o.Proxies), origins: map[string]bool{},
	}
	asset := func(string) string { return "" }
	if web != nil {
		s.web, asset = web, web.Asset
	}
	pages, err := newPublicPages(asset)
	if err != nil {
		return nil, err
	}
	public, err := newPublicNoticeAPI(sv.Notices, pages)
	if err != nil {
		return nil, err
	}
	texts, err := newPublicTextsAPI(o.Operator, pages)
	if err != nil {
		return nil, err
	}
	for _, origin := range o.Origins {
		s.origins[origin] = true
	}
	if s.opts.Report == nil {
		s.opts.Report = noReport
	}
	entry := accountsAPI{accounts: sv.Accounts, sessions: sv.Sessions, clinics: sv.Clinics, staff: sv.Staff, factors: sv.Factors, cookie: o.Cookie}
	s.subjects = []subject{
		entry,
		sessionsAPI{svc: sv.Sessions, entry: entry},
		lockAPI{svc: sv.Sessions, entry: entry},
		securityAPI{svc: sv.Sessions},
		factorsAPI{svc: sv.Factors},
		passkeysAPI{svc: sv.Factors, entry: entry},
		factorResetsAPI{svc: sv.Factors},
		permissionsAPI{},
		staffAPI{svc: sv.Staff, entry: entry},
		invitationsAPI{svc: sv.Staff, entry: entry},
		recoveryAPI{svc: sv.Accounts},
		profileAPI{svc: sv.Accounts},
		clinicAPI{svc: sv.Clinics},
		patientsAPI{svc: sv.Patients},
		chartAPI{svc: sv.Charts},
		catalogsAPI{svc: sv.Catalogs},
		vitalsAPI{svc: sv.Vitals},
		conditionsAPI{svc: sv.Conditions},
		favoritesAPI{svc: sv.Catalogs},
		consultationsAPI{svc: sv.Consultations},
		signingAPI{svc: sv.Consultations},
		prescriptionsAPI{svc: sv.Prescriptions},
		medicationsInUseAPI{svc: sv.Prescriptions},
		auditAPI{trail: sv.Trail, people: sv.Accounts, patients: sv.Patients},
		noticesAPI{svc: sv.Notices},
		public,
		texts,
		verifyAPI{publicPages: pages, svc: sv.Documents},
		consentsAPI{svc: sv.Consents},
		messagesAPI{svc: sv.Messages},
		newWebhooksAPI(sv.Messages),
		whatsappSettingsAPI{svc: sv.Connection},
		eventsAPI{hub: sv.Live},
		docs,
	}
	if sv.Letters != nil && !o.Production {
		s.subjects = append(s.subjects, lettersAPI{publicPages: pages, letters: sv.Letters})
	}
	if sv.Simulator != nil && !o.Production {
		s.subjects = append(s.subjects, newSimulatorAPI(sv.Simulator, sv.Messages))
	}
	return s, unruled(s.table())
}

// addresses tells who a request comes from: the peer, or, behind a proxy that
// is trusted by name, the last address that is not a trusted one.
func addresses(proxies []string) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		if _, network, err := net.ParseCIDR(p); err == nil {
			trust = append(trust, echo.TrustIPRange(network))
			continue
		}
		if ip := net.ParseIP(p); ip != nil {
			bits := 8 * len(ip)
			if v4 := ip.To4(); v4 != nil {
				ip, bits = v4, 32
			}
			trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: ip, Mask: net.CIDRMask(bits, bits)}))
		}
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// sameSiteOf reads SESSION_COOKIE_SAMESITE.
func sameSiteOf(name string) http.SameSite {
	switch name {
	case "strict":
		return http.SameSiteStrictMode
	case "none":
		return http.SameSiteNoneMode
	}
	return http.SameSiteLaxMode
}

// Cookies reads the cookie settings of the environment.
func Cookies(secure, httpOnly bool, sameSite string) CookieOptions {
	return CookieOptions{Secure: secure, HTTPOnly: httpOnly, SameSite: sameSiteOf(sameSite)}
}
