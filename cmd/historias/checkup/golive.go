package checkup

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"historias/internal/backup"
	"historias/internal/db"
	"historias/internal/golive"
	"historias/internal/vault"
)

// Site is what the boxes of the start are judged by.
type Site struct {
	Options
	// Version is this program's.
	Version string
	// Hardened is the file in which the server's script notes that it ran.
	Hardened string

	now       time.Time
	plain     []Finding // what Run found
	db        *db.DB    // nil where it cannot be reached
	evidence  golive.Evidence
	confirmed map[string]golive.Confirmation
	backups   backup.Status
	public    public
}

// box is one line of the plan's last list.
type box struct {
	text string
	// name is how a person confirms it; empty where a program can see for itself.
	name string
	// judge says what was found; nil where only a person can tell.
	judge func(*Site) Finding
	// how says what to do before confirming.
	how string
}

// boxes are the nineteen of the plan's last list, in its order and words.
var boxes = []box{
	{text: "Código en repositorio con tag de versión", judge: (*Site).tagged},
	{text: "Servidor configurado y seguro", name: "servidor", judge: (*Site).hardened, how: "ejecute scripts/server/harden.sh en el servidor"},
	{text: "Dominio apuntando correctamente", judge: (*Site).named},
	{text: "SSL activo (HTTPS)", judge: (*Site).secured},
	{text: "Base de datos migrada y respaldada", judge: (*Site).kept},
	{text: "Variables de entorno de producción configuradas", judge: (*Site).configured},
	{text: "Encriptación real activada", judge: (*Site).sealed},
	{text: "WhatsApp Business configurado y probado", judge: (*Site).messages},
	{text: "Webhooks funcionando", judge: (*Site).webhooks},
	{text: "Nginx configurado con rate limiting", judge: (*Site).limited},
	{text: "Backups automáticos programados", judge: (*Site).scheduled},
	{text: "Monitoreo activo (Uptime Robot)", name: "monitoreo", how: "vigile desde fuera la página y /health cada cinco minutos (docs/operacion/observabilidad.md)"},
	{text: "Logs centralizados", name: "logs", how: "envíe la salida de los procesos a Loki o a otro servicio (docs/operacion/observabilidad.md)"},
	{text: "Aviso de privacidad actualizado", name: "aviso", judge: (*Site).notices, how: "que su abogado revise el aviso en vigor de cada clínica"},
	{text: "Documentación legal lista", name: "documentos", how: "que su abogado revise docs/legal y se firme lo que lleva firma"},
	{text: "Training completado", name: "capacitacion", how: "que cada persona lea las hojas de docs/legal/capacitacion que le tocan"},
	{text: "Testing completo realizado", name: "pruebas", how: "recorra la lista de docs/operacion/fase-6.md en la instalación real"},
	{text: "Plan de rollback preparado", name: "rollback", judge: (*Site).rehearsed, how: "ensaye una restauración con «historias backup drill» y lea docs/operacion/fase-9.md"},
	{text: "Equipo de soporte listo", name: "soporte", how: "acuerde quién atiende, a qué horas y por dónde"},
}

// ConfirmableBoxes names the boxes that a person may confirm.
func ConfirmableBoxes() []string {
	var out []string
	for _, b := range boxes {
		if b.name != "" {
			out = append(out, b.name)
		}
	}
	return out
}

// Confirmable says whether a person may confirm a box of this name.
func Confirmable(name string) bool { return slices.Contains(ConfirmableBoxes(), name) }

// GoLive judges the nineteen boxes. A box is good only by evidence, or by the word
// of a person where no program can see.
func GoLive(ctx context.Context, s Site) []Finding {
	s.now = s.Clock.Now()
	s.plain = Run(ctx, s.Options)
	s.reachDatabase(ctx)
	if s.db != nil {
		defer s.db.Close()
	}
	s.public = look(ctx, s.Config, s.now)
	var out []Finding
	for i, b := range boxes {
		f := s.judge(b)
		f.Subject = fmt.Sprintf("%d. %s", i+1, b.text)
		out = append(out, f)
	}
	return out
}

// judge holds evidence against what a person said: what a program sees to be
// wrong nobody confirms away.
func (s *Site) judge(b box) Finding {
	f := unseen(b.how)
	if b.judge != nil {
		f = b.judge(s)
	}
	said, there := s.confirmed[b.name]
	if f.Mark != Doubt || b.name == "" {
		return f
	}
	if there {
		return good("", "lo confirmó %s el %s", said.By, said.At.Format(time.DateOnly))
	}
	f.Do = strings.TrimPrefix(f.Do+"; después confírmelo con --confirm "+b.name+" --by «su nombre»", "; ")
	return f
}

func unseen(how string) Finding { return doubt("", "sin comprobar", how) }

// reachDatabase reads what speaks for the installation inside its database.
func (s *Site) reachDatabase(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ring, err := vault.ParseKeys(s.Config.MedicalEncryptionKey)
	if err != nil || s.Config.DatabaseURL == "" {
		return
	}
	d, err := open(ctx, s.Config)
	if err != nil {
		return
	}
	book := golive.New(d, vault.New(ring, d, s.Clock), s.Clock)
	if s.evidence, err = book.Evidence(ctx); err == nil {
		s.backups, err = backup.Latest(ctx, d)
	}
	if err != nil {
		d.Close()
		return
	}
	s.db = d
	if s.confirmed, err = book.Confirmed(ctx); err != nil {
		s.confirmed = nil // the platform has no keys yet, or they do not open: nothing is confirmed
	}
}

// found gives what Run found of a subject, the worst of it.
func (s *Site) found(subject string) (Finding, bool) {
	var worst Finding
	for _, f := range s.plain {
		if f.Subject == subject && (worst.Mark == "" || f.Mark == Bad) {
			worst = f
		}
	}
	return worst, worst.Mark != ""
}

const noDatabase = "la base de datos no se pudo consultar"

// needs is the finding where the database could not be asked.
func (s *Site) needs() (Finding, bool) {
	if s.db == nil {
		return bad("", noDatabase, "vea las líneas con ✗ de «historias check»"), true
	}
	return Finding{}, false
}

var tag = regexp.MustCompile(`^v?[0-9]+\.[0-9]+\.[0-9]+$`)

// Untagged is the version of a program that was made without a tag.
const Untagged = "0.1.0"

func (s *Site) tagged() Finding {
	switch {
	case s.Version == Untagged:
		return doubt("", "este programa no dice de qué tag se hizo", "ponga el tag y haga el programa desde él (docs/operacion/fase-1.md)")
	case !tag.MatchString(s.Version):
		return bad("", "este programa no se hizo de un tag ("+s.Version+")", "haga el programa desde el tag, sin cambios")
	case s.public.version != "" && strings.TrimPrefix(s.public.version, "v") != strings.TrimPrefix(s.Version, "v"):
		return bad("", "el que atiende es otro ("+s.public.version+")", "ponga en marcha "+s.Version)
	}
	return good("", "versión %s", s.Version)
}

func (s *Site) hardened() Finding {
	raw, err := os.ReadFile(s.Hardened)
	when, unread := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
	if err != nil || unread != nil {
		return unseen("ejecute scripts/server/harden.sh en el servidor")
	}
	return good("", "scripts/server/harden.sh lo dejó listo el %s", when.Format(time.DateOnly))
}

// Bounds of how old what is done daily and monthly may be.
const (
	dailyAge   = 26 * time.Hour
	monthlyAge = 35 * 24 * time.Hour
	fewBackups = 2
)

func (s *Site) kept() Finding {
	if f, without := s.needs(); without {
		return f
	}
	if f, _ := s.found("Esquema"); f.Mark != Good {
		return bad("", f.Text, f.Do)
	}
	last := s.backups.LastBackup
	switch {
	case last.Never():
		return bad("", "migrada, y nunca respaldada", "ejecute «historias backup create» (docs/operacion/respaldos.md)")
	case s.now.Sub(last.SucceededAt) > dailyAge:
		return bad("", "migrada; el último respaldo es del "+last.SucceededAt.Format(time.DateOnly), "ejecute «historias backup create» y revise por qué no corrió")
	}
	return good("", "migrada; último respaldo el %s", last.SucceededAt.UTC().Format("2006-01-02 15:04 UTC"))
}

func (s *Site) configured() Finding {
	var wrong []string
	for _, f := range variables(s.Options) {
		if f.Mark == Bad {
			wrong = append(wrong, f.Subject)
		}
	}
	switch {
	case !s.Config.Production():
		return bad("", "ENVIRONMENT no es production", "póngalo")
	case len(wrong) > 0:
		return bad("", "con faltas: "+strings.Join(slices.Compact(wrong), ", "), "vea «historias check»")
	case s.File == nil:
		return doubt("", "las variables permiten empezar; su archivo está sin comprobar", "diga cuál es con --env-file")
	}
	return good("", "permiten empezar, y sólo su dueño lee el archivo")
}

func (s *Site) sealed() Finding {
	f, looked := s.found("MEDICAL_ENCRYPTION_KEY")
	switch {
	case !looked:
		return bad("", noDatabase, "vea «historias check»")
	case f.Mark != Good:
		return bad("", f.Text, f.Do)
	}
	return good("", "la llave %s", f.Text)
}

func (s *Site) messages() Finding {
	if !s.Config.Meta.Configured() {
		return bad("", "no está configurado", "siga docs/operacion/whatsapp.md")
	}
	for _, f := range s.plain {
		if strings.HasPrefix(f.Subject, "WhatsApp") && f.Mark == Bad {
			return bad("", f.Text, f.Do)
		}
	}
	switch {
	case s.db == nil:
		return bad("", noDatabase, "vea «historias check»")
	case !s.evidence.Delivered:
		return doubt("", "configurado; ningún mensaje ha llegado todavía a un teléfono", "pida un consentimiento a un paciente de prueba con su propio teléfono")
	}
	return good("", "hay mensajes entregados")
}

func (s *Site) webhooks() Finding {
	if f, without := s.needs(); without {
		return f
	}
	if s.public.webhook.Mark == Bad {
		return s.public.webhook
	}
	if s.evidence.LastWebhook.IsZero() {
		return doubt("", "Meta no ha entregado nada en los últimos 30 días", "verifique el webhook en Meta, suscriba messages y responda un mensaje")
	}
	if s.public.webhook.Mark != Good {
		return s.public.webhook
	}
	return good("", "la verificación contesta; lo último de Meta llegó el %s", s.evidence.LastWebhook.UTC().Format("2006-01-02 15:04 UTC"))
}

func (s *Site) scheduled() Finding {
	if f, without := s.needs(); without {
		return f
	}
	last := s.backups.LastBackup
	switch {
	case last.Never() || s.now.Sub(last.SucceededAt) > dailyAge:
		return bad("", "no hay un respaldo de las últimas 26 horas", "active el temporizador o el cron de las 2:00 (docs/operacion/respaldos.md)")
	case s.evidence.Backups < fewBackups:
		return doubt("", "hay un solo respaldo; con el segundo se verá que se hacen solos", "vuelva a mirar mañana")
	}
	return good("", "%d en ocho días, el último hace menos de 26 horas", s.evidence.Backups)
}

func (s *Site) notices() Finding {
	e := s.evidence
	switch {
	case s.db == nil:
		return bad("", noDatabase, "vea «historias check»")
	case e.Clinics == 0:
		return bad("", "todavía no hay una clínica", "abra la dirección de la aplicación y cree su cuenta")
	case e.WithoutNotice > 0:
		return bad("", fmt.Sprintf("%d de %d clínicas sin aviso en vigor", e.WithoutNotice, e.Clinics), "complete los datos de la clínica y publique su aviso")
	case e.BaseNotice > 0:
		return doubt("", fmt.Sprintf("%d de %d clínicas usan el texto base", e.BaseNotice, e.Clinics), "que su abogado lo revise; publique una versión nueva si lo cambia")
	}
	return doubt("", "cada clínica publicó una versión propia", "que su abogado la haya revisado")
}

func (s *Site) rehearsed() Finding {
	if f, without := s.needs(); without {
		return f
	}
	drill := s.backups.LastDrill
	if drill.Never() || s.now.Sub(drill.SucceededAt) > monthlyAge {
		return bad("", "no se ha ensayado una restauración en los últimos 35 días", "ejecute «historias backup drill» (docs/operacion/respaldos.md)")
	}
	return doubt("", "restauración ensayada el "+drill.SucceededAt.Format(time.DateOnly), "lea docs/operacion/fase-9.md y acuerde quién decide volver atrás")
}

// hosts are the addresses that people, Meta and patients open, each once.
func hosts(addresses ...string) []string {
	seen := map[string]bool{}
	for _, a := range addresses {
		if a != "" {
			seen[a] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
