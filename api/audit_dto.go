package api

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
)

// auditEventDTO is one event of the trail.
type auditEventDTO struct {
	ID          uuid.UUID        `json:"id" format:"uuid"`
	At          time.Time        `json:"at" format:"date-time"`
	ActorKind   string           `json:"actor_kind" enums:"user,system,public" example:"user"`
	ActorID     *uuid.UUID       `json:"actor_id,omitempty" format:"uuid"`
	ActorName   string           `json:"actor_name,omitempty" example:"Sofía Núñez Alcaraz"`
	Role        string           `json:"role" example:"doctor"`
	Action      string           `json:"action" example:"chart.read"`
	ActionText  string           `json:"action_text" example:"Consultó el expediente"`
	SubjectType string           `json:"subject_type,omitempty" example:"patient"`
	SubjectID   *uuid.UUID       `json:"subject_id,omitempty" format:"uuid"`
	PatientID   *uuid.UUID       `json:"patient_id,omitempty" format:"uuid"`
	Patient     *auditPatientDTO `json:"patient,omitempty"`
	// PatientsShown counts the patients that a list or search showed.
	PatientsShown int    `json:"patients_shown,omitempty" example:"20"`
	Outcome       string `json:"outcome" enums:"success,denied,failure" example:"success"`
	Reason        string `json:"reason,omitempty" example:"patient:write"`
	RequestID     string `json:"request_id,omitempty" example:"01999999-1111-7000-8000-000000000000"`
	Address       string `json:"address,omitempty" example:"192.0.2.41"`
} //@name AuditEvent

// auditPatientDTO names the patient of an event. Names are there only for those
// who may read patients.
type auditPatientDTO struct {
	RecordNumber string `json:"record_number" example:"H-000482"`
	Names        string `json:"names,omitempty" example:"María Fernanda Orozco Villaseñor"`
} //@name AuditPatient

// auditDetailDTO is an event with its place in the chain.
type auditDetailDTO struct {
	auditEventDTO
	Chain auditChainDTO `json:"chain"`
} //@name AuditEventDetail

// auditChainDTO is where an event stands. Until a seal holds it, a few seconds
// after it happened, sealed is false and the rest is absent.
type auditChainDTO struct {
	Sealed   bool          `json:"sealed" example:"true"`
	Position int64         `json:"position,omitempty" example:"48409"`
	Hash     string        `json:"hash,omitempty" example:"3be2c5a8d0c1f7e2a9b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f809110f4"`
	Previous *auditLinkDTO `json:"previous,omitempty"`
	Seal     *auditSealDTO `json:"seal,omitempty"`
} //@name AuditChain

// auditLinkDTO is the event before.
type auditLinkDTO struct {
	ID       uuid.UUID `json:"id" format:"uuid"`
	Position int64     `json:"position" example:"48408"`
	Hash     string    `json:"hash" example:"a41c09fed0c1f7e2a9b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f809177d0"`
} //@name AuditLink

// auditSealDTO is the seal that holds the event.
type auditSealDTO struct {
	Number int64     `json:"number" example:"1204"`
	At     time.Time `json:"at" format:"date-time"`
	Hash   string    `json:"hash" example:"5f1c09fed0c1f7e2a9b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f80917000"`
} //@name AuditSeal

// auditVerificationDTO is what the last verification of the clinic found.
type auditVerificationDTO struct {
	State      string     `json:"state" enums:"intact,broken,unverified" example:"intact"`
	Running    bool       `json:"running" example:"false"`
	VerifiedAt *time.Time `json:"verified_at,omitempty" format:"date-time"`
	Events     int64      `json:"events" example:"48213"`
	Seals      int64      `json:"seals" example:"1204"`
	// Documents counts the signed papers that were proved with their signatures and codes.
	Documents int64 `json:"documents" example:"310"`
	// Open counts events that wait for their seal.
	Open         int64              `json:"open" example:"0"`
	CheckpointAt *time.Time         `json:"checkpoint_at,omitempty" format:"date-time"`
	FaultCount   int64              `json:"fault_count" example:"0"`
	FirstFault   *auditFaultDTO     `json:"first_fault,omitempty"`
	Recoveries   []auditRecoveryDTO `json:"recoveries"`
} //@name AuditVerification

// auditFaultDTO is one thing that is wrong.
type auditFaultDTO struct {
	Kind    string     `json:"kind" enums:"event_changed,event_removed,event_inserted,event_forged,seals_missing,seal_changed,seal_forged,chain_broken,tail_cut,chain_rewritten,clinic_missing,subjects_changed,checkpoints_changed,document_changed,document_missing,code_changed,signature_broken,text_changed,text_missing,code_missing" example:"event_changed"`
	Text    string     `json:"text" example:"El evento 01999999-0000-7000-8000-000000000000 del 23/11/2026 18:00:03 UTC fue modificado después de quedar en el sello 1204."`
	EventID *uuid.UUID `json:"event_id,omitempty" format:"uuid"`
	// DocumentID is the paper, the code or the signed subject of a fault of documents.
	DocumentID *uuid.UUID `json:"document_id,omitempty" format:"uuid"`
	Seal       int64      `json:"seal,omitempty" example:"1204"`
	At         *time.Time `json:"at,omitempty" format:"date-time"`
} //@name AuditFault

// auditRecoveryDTO is a restore that the chain declares.
type auditRecoveryDTO struct {
	Seal   int64     `json:"seal" example:"1180"`
	At     time.Time `json:"at" format:"date-time"`
	Reason string    `json:"reason" example:"Falla del disco; se restauró el respaldo de las 06:00."`
} //@name AuditRecovery

func (n auditNames) event(e audit.Record) auditEventDTO {
	return auditEventDTO{
		ID: e.ID, At: e.At, ActorKind: string(e.ActorKind), ActorID: optionalID(e.ActorID), ActorName: n.who(e),
		Role: e.Role, Action: string(e.Action), ActionText: e.Action.Text(), SubjectType: e.SubjectType,
		SubjectID: optionalID(e.SubjectID), PatientID: optionalID(e.PatientID), Patient: n.patient(e.PatientID),
		PatientsShown: e.Shown, Outcome: string(e.Outcome), Reason: e.Reason, RequestID: e.RequestID, Address: e.Address,
	}
}

// channels are the parts of the system that a person knows by name.
var channels = map[string]string{"whatsapp": "WhatsApp"}

func (n auditNames) who(e audit.Record) string {
	if e.ActorKind == actor.KindSystem {
		if name, ok := channels[e.Role]; ok {
			return name
		}
		return "Sistema"
	}
	return n.people[e.ActorID].FullName
}

func (n auditNames) patient(id uuid.UUID) *auditPatientDTO {
	card, ok := n.patients[id]
	if !ok {
		return nil
	}
	dto := &auditPatientDTO{RecordNumber: card.RecordNumber.String()}
	if n.spoken {
		dto.Names = card.FullName()
	}
	return dto
}

func chainDTOOf(p audit.Place) auditChainDTO {
	if !p.Sealed() {
		return auditChainDTO{}
	}
	dto := auditChainDTO{
		Sealed: true, Position: p.Position, Hash: hex.EncodeToString(p.Hash),
		Seal: &auditSealDTO{Number: p.Seal, At: p.SealedAt, Hash: hex.EncodeToString(p.SealHash)},
	}
	if p.Previous != nil {
		dto.Previous = &auditLinkDTO{
			ID: p.Previous.ID, Position: p.Previous.Position, Hash: hex.EncodeToString(p.Previous.Hash),
		}
	}
	return dto
}

func auditVerificationDTOOf(v audit.Verdict) auditVerificationDTO {
	dto := auditVerificationDTO{
		State: "unverified", Running: v.Running, VerifiedAt: optionalTime(v.At), Events: v.Events, Seals: v.Seals,
		Documents: v.Documents,
		Open:      v.Open, CheckpointAt: optionalTime(v.Checkpoint), FaultCount: v.FaultCount, Recoveries: []auditRecoveryDTO{},
	}
	for _, r := range v.Recoveries {
		dto.Recoveries = append(dto.Recoveries, auditRecoveryDTO{Seal: r.Seal, At: r.At.UTC(), Reason: r.Reason})
	}
	switch {
	case v.At.IsZero():
	case v.OK():
		dto.State = "intact"
	default:
		f := v.Faults[0]
		dto.State = "broken"
		dto.FirstFault = &auditFaultDTO{
			Kind: string(f.Kind), Text: f.Text(), EventID: optionalID(f.EventID), DocumentID: optionalID(f.DocumentID), Seal: f.Seal, At: optionalTime(f.At),
		}
	}
	return dto
}

// optionalTime leaves an instant that never came out of an answer.
func optionalTime(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
