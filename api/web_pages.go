package api

import (
	"regexp"
	"sort"
	"strings"
)

// The shell that every signed-in page stands in, and the font of all pages, by
// their sources in Vite's manifest.
const (
	shellChunk = "src/app/layouts/shell.tsx"
	latinFont  = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"
)

// spaPage is one address of the SPA, with the chunks that it needs first, so
// that the browser fetches them beside the entry instead of after it.
type spaPage struct {
	pattern *regexp.Regexp
	chunks  []string
	// dev pages do not exist in production.
	dev bool
}

const (
	id = `[0-9a-fA-F-]{36}`
	// token is what vault.NewToken gives.
	token = `[0-9A-Za-z_-]{20,128}` //nolint:gosec // the shape of one, no secret
)

// spaPages are all of them; whatever matches none answers 404.
func spaPages() []spaPage {
	page := func(pattern string, chunks ...string) spaPage {
		return spaPage{pattern: regexp.MustCompile("^" + pattern + "$"), chunks: chunks}
	}
	inside := func(pattern string, chunks ...string) spaPage {
		return page(pattern, append([]string{shellChunk}, chunks...)...)
	}
	chart := "src/features/chart/pages/chart-layout.tsx"
	settings := "src/app/layouts/settings.tsx"
	return []spaPage{
		inside(`/`),
		page(`/entrar`, "src/features/auth/pages/sign-in-page.tsx"),
		page(`/registro`, "src/features/auth/pages/register-page.tsx"),
		page(`/recuperar`, "src/features/auth/pages/recover-page.tsx"),
		page(`/restablecer`, "src/features/auth/pages/reset-page.tsx"),
		page(`/verificar-correo`, "src/features/auth/pages/verify-email-page.tsx"),
		page(`/segundo-factor-perdido`, "src/features/auth/pages/lost-factor-page.tsx"),
		page(`/cancelar-reposicion`, "src/features/auth/pages/cancel-lost-page.tsx"),
		page(`/invitacion/`+token, "src/features/auth/pages/invitation-page.tsx"),
		inside(`/inicio`, "src/features/clinic/pages/start-page.tsx"),
		inside(`/ajustes`, settings),
		inside(`/ajustes/mi-cuenta`, settings, "src/features/account/pages/account-page.tsx"),
		inside(`/ajustes/personal`, settings, "src/features/staff/pages/staff-page.tsx"),
		inside(`/ajustes/permisos`, settings, "src/features/permissions/pages/permissions-page.tsx"),
		inside(`/ajustes/seguridad`, settings, "src/features/security/pages/security-page.tsx"),
		inside(`/ajustes/whatsapp`, settings, "src/features/whatsapp/pages/whatsapp-page.tsx"),
		inside(`/clinica`, settings, "src/features/clinic/pages/clinic-page.tsx"),
		inside(`/hoy`, "src/features/today/pages/today-page.tsx"),
		inside(`/pacientes`, "src/features/patients/pages/patients-page.tsx"),
		inside(`/pacientes/nuevo`, "src/features/patients/pages/new-patient-page.tsx"),
		inside(`/pacientes/`+id, chart, "src/features/chart/pages/summary-page.tsx"),
		inside(`/pacientes/`+id+`/consultas`, chart, "src/features/consultation/pages/patient-consultations.tsx"),
		inside(`/pacientes/`+id+`/consultas/`+id, "src/features/consultation/pages/consultation-page.tsx"),
		inside(`/pacientes/`+id+`/recetas`, chart, "src/features/prescription/pages/patient-prescriptions.tsx"),
		inside(`/pacientes/`+id+`/recetas/`+id, "src/features/prescription/pages/prescription-page.tsx"),
		inside(`/pacientes/`+id+`/signos`, chart, "src/features/vitals/pages/patient-vitals.tsx"),
		inside(`/pacientes/`+id+`/consentimientos`, chart, "src/features/consents/pages/patient-consents.tsx"),
		inside(`/pacientes/`+id+`/mensajes`, chart, "src/features/messages/pages/patient-messages.tsx"),
		inside(`/pacientes/`+id+`/datos`, chart, "src/features/chart/pages/data-page.tsx"),
		inside(`/pacientes/`+id+`/datos/editar`, chart, "src/features/chart/pages/edit-page.tsx"),
		inside(`/recetas`, "src/features/prescription/pages/prescriptions-page.tsx"),
		inside(`/mensajes`, "src/features/messages/pages/messages-page.tsx"),
		inside(`/consentimientos`, "src/features/consents/pages/consents-page.tsx"),
		inside(`/consentimientos/aviso`, "src/features/notices/pages/notice-page.tsx"),
		inside(`/consentimientos/aviso/`+id, "src/features/notices/pages/notice-version-page.tsx"),
		inside(`/bitacora`, "src/features/audit/pages/audit-page.tsx"),
		{pattern: regexp.MustCompile(`^/dev/whatsapp$`), chunks: []string{"src/features/simulator/pages/simulator-page.tsx"}, dev: true},
	}
}

// withPreloads adds what a page needs first to the head of the shell document.
func (w *Web) withPreloads(p spaPage) string {
	if w.shell == "" {
		return notBuilt
	}
	files, styles := map[string]bool{}, map[string]bool{}
	for _, chunk := range p.chunks {
		w.collect(chunk, files, styles)
	}
	var head strings.Builder
	if font, ok := w.manifest[latinFont]; ok {
		head.WriteString(`<link rel="preload" as="font" type="font/woff2" crossorigin href="/` + font.File + "\">\n")
	}
	for _, file := range w.missing(files) {
		head.WriteString(`<link rel="modulepreload" crossorigin href="/` + file + "\">\n")
	}
	for _, file := range w.missing(styles) {
		head.WriteString(`<link rel="preload" as="style" crossorigin href="/` + file + "\">\n")
	}
	return strings.Replace(w.shell, "</head>", head.String()+"</head>", 1)
}

func (w *Web) collect(source string, files, styles map[string]bool) {
	e, ok := w.manifest[source]
	if !ok || files[e.File] {
		return
	}
	files[e.File] = true
	for _, css := range e.CSS {
		styles[css] = true
	}
	for _, next := range e.Imports {
		w.collect(next, files, styles)
	}
}

// missing leaves out what the document names already.
func (w *Web) missing(files map[string]bool) []string {
	var out []string
	for file := range files {
		if !strings.Contains(w.shell, file) {
			out = append(out, file)
		}
	}
	sort.Strings(out)
	return out
}
