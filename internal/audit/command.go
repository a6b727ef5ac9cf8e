package audit

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
)

// lateSeal is when an event without a seal is worth a word.
const lateSeal = 10 * time.Minute

// RunVerify is the command "historias audit verify": it proves every chain and
// says in Spanish what it found. ok is false when something is wrong; an error
// means that the proof could not be finished.
func RunVerify(ctx context.Context, w io.Writer, t *Trail) (ok bool, err error) {
	r, err := t.Verify(ctx, VerifyOptions{})
	if err != nil {
		return false, err
	}
	if err := r.write(w, t.clock.Now(), t.checkpoints != nil); err != nil {
		return false, err
	}
	return r.OK(), t.recordVerified(actor.System(ctx, actor.Platform, "command"), r)
}

// write says the report line by line.
func (r Report) write(w io.Writer, now time.Time, watched bool) error {
	p := printer{w: w}
	p.line("Se verificaron %s y %s de %s.", count(r.Events, "evento", "eventos"),
		count(r.Seals, "sello", "sellos"), count(int64(r.Clinics), "cadena", "cadenas"))
	if r.Documents > 0 {
		p.line("Se verificaron %s con sus firmas y sus códigos.", count(r.Documents, "documento firmado", "documentos firmados"))
	}
	switch {
	case !r.Checkpoint.IsZero():
		p.line("Último punto de control: %s UTC.", r.Checkpoint.UTC().Format(faultTime))
	case watched:
		p.line("Todavía no hay puntos de control. Sin ellos no se ve si falta el final de una cadena.")
	default:
		p.line("No hay archivo de puntos de control (AUDIT_CHECKPOINT_FILE). Sin él no se ve si falta el final de una cadena.")
	}
	if r.Open > 0 && now.Sub(r.OldestOpen) > lateSeal {
		p.line("Aviso: hay %s sin sello desde el %s UTC. Una transacción abierta en el servidor de la base de datos lo impide; ciérrela.",
			count(r.Open, "evento", "eventos"), r.OldestOpen.UTC().Format(faultTime))
	}
	for _, v := range r.Recoveries {
		p.line("Restauración declarada el %s UTC en el sello %d de %s: %s", v.At.UTC().Format(faultTime), v.Seal, chainName(v.Clinic), v.Reason)
	}
	p.verdict(r)
	return p.err
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) verdict(r Report) {
	if r.OK() {
		p.line("La bitácora está íntegra.")
		return
	}
	for _, f := range r.Faults {
		p.line("%s: %s", chainName(f.Clinic), f.Text())
	}
	if rest := r.FaultCount - int64(len(r.Faults)); rest > 0 {
		p.line("Además, %s que no se enumeran.", count(rest, "falla", "fallas"))
	}
	p.line("La bitácora NO está íntegra: %s.", count(r.FaultCount, "falla", "fallas"))
}

func chainName(clinic uuid.UUID) string {
	if clinic == actor.Platform {
		return "Plataforma"
	}
	return "Clínica " + clinic.String()
}

// count says a number with its noun, as in 48,213 eventos.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " " + many
}

// RunRecover is the command "historias audit recover": it declares that an
// older copy was restored and says what that copy lacked.
func RunRecover(ctx context.Context, w io.Writer, t *Trail, reason string) error {
	done, err := t.Recover(ctx, reason)
	if err != nil {
		return err
	}
	p := printer{w: w}
	p.line("La restauración quedó declarada en la bitácora.")
	for _, clinic := range done.Clinics {
		p.line("%s: se perdió el final de la cadena que vio el último punto de control.", chainName(clinic))
	}
	return p.err
}
