package connection

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/whatsapp"
)

func judgeTemplate(n *Number, f facts) []Finding {
	if n.AccountID == "" {
		return nil // said of the account
	}
	if errors.Is(f.template.err, errAbsent) {
		return []Finding{fail("template", "La plantilla "+consentTemplate().Name+" no existe en la cuenta: las solicitudes esperan.",
			"Créela con «historias whatsapp template create».")}
	}
	if f.template.err != nil {
		return []Finding{troubled("template", "la plantilla", f.template.err)}
	}
	v := f.template.value
	found := []Finding{judgeApproval(v)}
	if !v.SameText(consentTemplate()) {
		found = append(found, fail("template_text", "El texto de la plantilla en Meta no es el que este sistema guarda como prueba: las solicitudes esperan.",
			"Sustitúyalo con «historias whatsapp template create»."))
	} else {
		found = append(found, okay("template_text", "El texto y el botón de la plantilla son los de este sistema."))
	}
	switch {
	case v.Category != "" && v.Category != consentTemplate().Category:
		found = append(found, warn("template_category", "Meta cobra la plantilla como "+categoryWord(v.Category)+" y no como utilidad.",
			"Pida la revisión de la categoría en el administrador de WhatsApp."))
	case v.Correct != "" && v.Correct != v.Category:
		found = append(found, warn("template_category", "Meta anunció que pasará la plantilla a la categoría "+categoryWord(v.Correct)+".",
			"Pida la revisión de la categoría en el administrador de WhatsApp antes de que ocurra."))
	}
	return found
}

func categoryWord(category string) string {
	if word, known := map[string]string{"MARKETING": "mercadotecnia", "AUTHENTICATION": "autenticación", "UTILITY": "utilidad"}[category]; known {
		return word
	}
	return category
}

func judgeApproval(v whatsapp.TemplateInfo) Finding {
	const code = "template"
	name := "La plantilla " + v.Name
	switch v.Status {
	case whatsapp.TemplateApproved:
		return okay(code, name+" está aprobada.")
	case whatsapp.TemplatePending, "IN_APPEAL":
		return warn(code, name+" está en revisión: las solicitudes esperan.", "Meta tarda hasta un día. No hace falta hacer nada.")
	case whatsapp.TemplateRejected:
		return fail(code, name+" fue rechazada por Meta"+because(v.Reason)+": las solicitudes esperan.",
			"Lea el motivo en el administrador de WhatsApp y pida una revisión.")
	case whatsapp.TemplatePaused:
		return fail(code, name+" está en pausa por su calidad: las solicitudes esperan.",
			"Meta la reactiva en 3 a 6 horas. A la tercera pausa la desactiva: envíe sólo a quien espera el mensaje.")
	case whatsapp.TemplateDisabled:
		return fail(code, name+" fue desactivada por Meta: las solicitudes no salen.", "Pida la revisión en el administrador de WhatsApp.")
	}
	return fail(code, name+" no puede usarse ("+v.Status+"): las solicitudes esperan.", "Vea su estado en el administrador de WhatsApp.")
}

func because(reason string) string {
	if reason == "" || reason == "NONE" {
		return ""
	}
	return " (" + metaWord(reason, 60) + ")"
}

// told are the purposes that the template names, with the words by which a
// notice may name them.
var told = []struct {
	purpose string
	words   []string
}{
	{"Atención médica", []string{"atencion", "atender", "atenderle"}},
	{"Historia clínica", []string{"historia clinica", "expediente"}},
	{"Seguimiento de tratamiento", []string{"seguimiento", "tratamiento"}},
}

// judgeNotice compares the template with the notice in force of the actor's
// clinic: what a person accepts by a tap must stand in it.
func (s *Service) judgeNotice(ctx context.Context) (Finding, error) {
	content, err := s.deps.Notices.InForce(ctx)
	return compare(content), err
}

func compare(content string) Finding {
	const code = "notice"
	if content == "" {
		return warn(code, "No hay un aviso de privacidad en vigor: no se puede solicitar consentimiento.", "Publíquelo en Consentimientos, Aviso de privacidad.")
	}
	text := mx.Normalize(content)
	var missing []string
	for _, t := range told {
		if !containsAny(text, t.words) {
			missing = append(missing, "«"+t.purpose+"»")
		}
	}
	if len(missing) > 0 {
		return warn(code, "El mensaje nombra "+strings.Join(missing, " y ")+", que el aviso en vigor no menciona.", "Publique una versión del aviso que lo diga.")
	}
	return okay(code, "El aviso en vigor dice lo que el mensaje nombra.")
}

func containsAny(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, mx.Normalize(word)) {
			return true
		}
	}
	return false
}

// judgeNotices compares the template with the notices of every clinic: one
// finding for all that are well, one for how many are not.
func (s *Service) judgeNotices(ctx context.Context) ([]Finding, error) {
	clinics, err := s.clinics(ctx)
	if err != nil {
		return nil, err
	}
	counts := map[Finding]int{}
	var order []Finding
	for _, clinic := range clinics {
		f, err := s.judgeNotice(actor.System(ctx, clinic, system))
		if err != nil {
			return nil, err
		}
		if counts[f] == 0 {
			order = append(order, f)
		}
		counts[f]++
	}
	for i, f := range order {
		order[i].Text += ofClinics(counts[f], len(clinics))
	}
	return order, nil
}

func (s *Service) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var all []uuid.UUID
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			all = append(all, id)
			return err
		}, `select id from clinics where status = 'active' and not demo and id <> $1 order by id`, actor.Platform)
		return nil
	})
	return all, err
}

// StatusWords says where the template stands, in Spanish.
func (t Template) StatusWords() string {
	words, known := map[string]string{
		whatsapp.TemplateApproved: "aprobada", whatsapp.TemplatePending: "en revisión", whatsapp.TemplateRejected: "rechazada" + because(t.Reason),
		whatsapp.TemplatePaused: "en pausa", whatsapp.TemplateDisabled: "desactivada", whatsapp.TemplateAbsent: "no existe",
	}[t.Status]
	if !known {
		return t.Status
	}
	return words
}
