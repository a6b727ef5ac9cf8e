package audit

import (
	"fmt"
	"time"

	"github.com/google/uuid"
)

// FaultKind says in which way a trail is not what it was.
type FaultKind string

// The kinds of fault.
const (
	EventChanged       FaultKind = "event_changed"       // a sealed event has other contents
	EventRemoved       FaultKind = "event_removed"       // a sealed event is gone
	EventInserted      FaultKind = "event_inserted"      // an event stands where no seal lists it
	EventForged        FaultKind = "event_forged"        // an event without the program's MAC
	SealsMissing       FaultKind = "seals_missing"       // a gap in the numbers of the seals
	SealChanged        FaultKind = "seal_changed"        // a seal does not hash to its hash
	SealForged         FaultKind = "seal_forged"         // a seal without the clinic's signature
	ChainBroken        FaultKind = "chain_broken"        // a seal does not continue the one before
	TailCut            FaultKind = "tail_cut"            // a checkpoint saw seals that are gone
	ChainRewritten     FaultKind = "chain_rewritten"     // a checkpoint saw another chain
	ClinicMissing      FaultKind = "clinic_missing"      // a checkpoint saw a clinic that is gone
	SubjectsChanged    FaultKind = "subjects_changed"    // the patients that a list showed are recorded otherwise
	DocumentChanged    FaultKind = "document_changed"    // a kept paper is not what was signed
	DocumentMissing    FaultKind = "document_missing"    // a verification code without its paper
	CodeChanged        FaultKind = "code_changed"        // a verification code says something else
	SignatureBroken    FaultKind = "signature_broken"    // the signature of a document is missing or does not hold
	TextChanged        FaultKind = "text_changed"        // a note, an addendum or a receta is not what was signed
	TextMissing        FaultKind = "text_missing"        // a signature whose note, addendum or receta is gone
	CodeMissing        FaultKind = "code_missing"        // something signed without its verification code
	CheckpointsChanged FaultKind = "checkpoints_changed" // lines of the checkpoint file are not signed by the program
)

// Fault is one thing that is wrong with a trail. Ids are nil and numbers 0
// where they do not apply.
type Fault struct {
	Kind    FaultKind
	Clinic  uuid.UUID
	EventID uuid.UUID
	// DocumentID is the paper, the code or the signed subject of a fault of documents.
	DocumentID uuid.UUID
	// Seal is the seal in which the fault shows; To ends a gap.
	Seal, To int64
	// At is when the event happened, or when the checkpoint was written.
	At time.Time
}

const faultTime = "02/01/2006 15:04:05"

// Text says in Spanish what is wrong, naming the event or the seal.
func (f Fault) Text() string {
	at := f.At.UTC().Format(faultTime) + " UTC"
	switch f.Kind {
	case EventChanged:
		return fmt.Sprintf("El evento %s del %s fue modificado después de quedar en el sello %d.", f.EventID, at, f.Seal)
	case EventRemoved:
		return fmt.Sprintf("Falta el evento %s del %s, que está en la lista del sello %d.", f.EventID, at, f.Seal)
	case EventInserted:
		return fmt.Sprintf("El evento %s del %s se agregó después: el sello %d no lo tiene en su lista.", f.EventID, at, f.Seal)
	case EventForged:
		return fmt.Sprintf("El evento %s del %s no lo escribió el programa: su código de autenticidad no es válido.", f.EventID, at)
	case SealsMissing:
		return fmt.Sprintf("Faltan los sellos %d a %d.", f.Seal, f.To)
	case SealChanged:
		return fmt.Sprintf("El sello %d fue modificado.", f.Seal)
	case SealForged:
		return fmt.Sprintf("El sello %d no lleva la firma de la clínica.", f.Seal)
	case ChainBroken:
		return fmt.Sprintf("El sello %d no continúa al anterior.", f.Seal)
	}
	return f.chainText(at)
}

func (f Fault) documentText() string {
	switch f.Kind {
	case DocumentChanged:
		return fmt.Sprintf("El documento %s no es el que se firmó.", f.DocumentID)
	case DocumentMissing:
		return fmt.Sprintf("Falta el documento del código de verificación %s.", f.DocumentID)
	case CodeChanged:
		return fmt.Sprintf("El código de verificación %s fue modificado.", f.DocumentID)
	case SignatureBroken:
		return fmt.Sprintf("Falta la firma de %s o no corresponde a lo que se firmó.", f.DocumentID)
	case TextChanged:
		return fmt.Sprintf("El contenido de %s no es el que se firmó.", f.DocumentID)
	case TextMissing:
		return fmt.Sprintf("Falta el contenido de %s, que está firmado.", f.DocumentID)
	case CodeMissing:
		return fmt.Sprintf("Falta el código de verificación de %s, que está firmado.", f.DocumentID)
	}
	return string(f.Kind)
}

func (f Fault) chainText(at string) string {
	switch f.Kind {
	case TailCut:
		return fmt.Sprintf("Falta el final de la cadena: el %s un punto de control vio el sello %d y hoy la cadena termina en el %d.", at, f.Seal, f.To)
	case ChainRewritten:
		return fmt.Sprintf("La cadena fue reescrita: el sello %d no es el que vio el punto de control del %s.", f.Seal, at)
	case ClinicMissing:
		return fmt.Sprintf("Falta la clínica entera: el %s un punto de control vio su sello %d.", at, f.Seal)
	case SubjectsChanged:
		if f.EventID == uuid.Nil {
			return "La relación de pacientes mostrados en listas y búsquedas no coincide con los eventos."
		}
		return fmt.Sprintf("La relación de pacientes que mostró el evento %s no coincide con lo que se guardó.", f.EventID)
	case CheckpointsChanged:
		return "El archivo de puntos de control tiene líneas que el programa no firmó."
	}
	return f.documentText()
}

// Recovery is a legitimate loss that a chain declares.
type Recovery struct {
	Clinic uuid.UUID
	Seal   int64
	At     time.Time
	Reason string
}

// Report is what a verification found.
type Report struct {
	// At is when it ended.
	At      time.Time
	Clinics int
	Events  int64 // sealed and compared
	Seals   int64
	// Documents are the signed papers that were proved.
	Documents int64
	// Open counts events that no seal holds yet because a transaction that
	// began before them still runs; of these only the MAC was checked.
	Open       int64
	OldestOpen time.Time
	// Checkpoint is when the last checkpoint was written, zero without one.
	Checkpoint time.Time
	Recoveries []Recovery
	// Faults are the first ones of each clinic; FaultCount counts all.
	Faults     []Fault
	FaultCount int64
}

// OK tells whether nothing is wrong.
func (r Report) OK() bool { return r.FaultCount == 0 }

// maxFaults bounds the faults that are kept of one clinic: a dropped partition
// would name every event of a month.
const maxFaults = 100

func (r *Report) fault(f Fault) {
	r.FaultCount++
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, f)
	}
}

// add takes in the report of one clinic.
func (r *Report) add(c Report) {
	r.Clinics++
	r.Events += c.Events
	r.Seals += c.Seals
	r.Documents += c.Documents
	r.Open += c.Open
	if r.OldestOpen.IsZero() || !c.OldestOpen.IsZero() && c.OldestOpen.Before(r.OldestOpen) {
		r.OldestOpen = c.OldestOpen
	}
	r.Recoveries = append(r.Recoveries, c.Recoveries...)
	r.Faults = append(r.Faults, c.Faults...)
	r.FaultCount += c.FaultCount
}
