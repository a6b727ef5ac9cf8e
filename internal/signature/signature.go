// Package signature says that a clinical document was signed: by whom, with which
// cédula, when, in which session, and how she proved just then that it was she.
// The statement covers the SHA-256 of the document's canonical form and the
// statement before it in the patient's record, and carries an Ed25519 signature of
// the clinic's document key. Any later change of the document, of the statement or
// of their order is found by Check.
//
// Sources: Código de Comercio 89, 93 and 97, NOM-004-SSA3-2012 5.10, as read
// through the reference (FS-01, FS-04). It is the simple electronic signature of a
// person whom the program re-authenticates; it is not an e.firma.
package signature

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

// version names the form of a statement; it never changes for what was signed.
const version = "historias.signature.v1"

const purposeDetail = "signature.detail"

// Signer makes and checks signatures.
type Signer struct{ vault *vault.Vault }

// New makes a signer.
func New(v *vault.Vault) *Signer { return &Signer{vault: v} }

// Act is a signature about to be made by the signed-in person of the context.
type Act struct {
	// SubjectType and SubjectID name what is signed; it is signed once.
	SubjectType string
	SubjectID   uuid.UUID
	PatientID   uuid.UUID
	// Key is the patient's; it seals who the signer was.
	Key vault.Key
	// Hash is SHA-256 over the canonical form of what is signed.
	Hash []byte
	// Method is how she proved who she is, Person who she is.
	Method string
	Person Person
	At     time.Time
}

// Person is the signer as she was on that day.
type Person struct {
	FullName   string `json:"full_name"`
	Profession string `json:"profession"`
	License    string `json:"license_number"`
}

// Record is a signature that was made.
type Record struct {
	ClinicID    uuid.UUID
	ID          uuid.UUID
	PatientID   uuid.UUID
	Seq         int64
	SubjectType string
	SubjectID   uuid.UUID
	UserID      uuid.UUID
	SessionID   uuid.UUID
	Method      string
	SignedAt    time.Time
	Hash        []byte
	PrevHash    []byte
	RecordHash  []byte
	PublicKey   []byte
	Signature   []byte
	// Detail is the sealed Person.
	Detail vault.Sealed[Person]
}

// statement is what the Ed25519 signature covers. Names are sealed, so the
// statement covers their token: the chain can be checked without any key, and
// after the patient's key is destroyed.
func (r Record) statement() ([]byte, error) {
	return Canonical(map[string]any{
		"v": version, "clinic_id": r.ClinicID, "id": r.ID, "patient_id": r.PatientID, "seq": r.Seq,
		"subject_type": r.SubjectType, "subject_id": r.SubjectID, "user_id": r.UserID, "session_id": r.SessionID,
		"method": r.Method, "signed_at": r.SignedAt.UTC().Format(time.RFC3339Nano), "hash": hex.EncodeToString(r.Hash),
		"prev_hash": hex.EncodeToString(r.PrevHash), "detail": hex.EncodeToString(Hash([]byte(r.Detail))),
	})
}

// Queue writes the signature of an act into the transaction that freezes what is
// signed. Signatures of one patient are numbered one after the other: two at once
// wait for each other here.
func (s *Signer) Queue(ctx context.Context, t *db.Tx, a Act) (Record, error) {
	who := actor.Must(ctx)
	r := Record{
		ClinicID: who.ClinicID, ID: vault.NewID(), PatientID: a.PatientID, SubjectType: a.SubjectType, SubjectID: a.SubjectID,
		UserID: who.UserID, SessionID: who.SessionID, Method: a.Method, SignedAt: a.At, Hash: a.Hash,
	}
	key, err := s.key(ctx, who.ClinicID)
	if err != nil {
		return r, err
	}
	r.Detail, err = vault.Seal(a.Key, vault.Place{Clinic: r.ClinicID, Purpose: purposeDetail, Row: r.ID}, a.Person)
	if err != nil {
		return r, err
	}
	if err := r.follow(t); err != nil {
		return r, err
	}
	if err := r.sign(key); err != nil {
		return r, err
	}
	t.Exec(insertSignature, r.args()...)
	t.Exec(moveHead, r.ClinicID, r.PatientID, r.Seq, r.RecordHash)
	return r, nil
}

// follow takes the place after the last signature of the patient and holds it.
func (r *Record) follow(t *db.Tx) error {
	err := t.One([]any{&r.Seq, &r.PrevHash}, takeHead, r.ClinicID, r.PatientID, make([]byte, len(r.Hash)))
	if err != nil {
		return fmt.Errorf("signature: head: %w", err)
	}
	r.Seq++
	return nil
}

func (r *Record) sign(key ed25519.PrivateKey) error {
	statement, err := r.statement()
	if err != nil {
		return err
	}
	r.RecordHash = Hash(statement)
	r.PublicKey, _ = key.Public().(ed25519.PublicKey)
	r.Signature = ed25519.Sign(key, statement)
	return nil
}

func (s *Signer) key(ctx context.Context, clinic uuid.UUID) (ed25519.PrivateKey, error) {
	seed, err := s.vault.Key(ctx, clinic, vault.PurposeDocument)
	if err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed[:]), nil
}

// The faults that Check finds.
var (
	ErrStatement = errors.New("signature: the record is not what was signed")
	ErrForged    = errors.New("signature: it was not made with the clinic's key")
	ErrOrder     = errors.New("signature: a record of the patient is missing or out of order")
)

// Check proves one record: that it is unchanged and that the clinic's key made it.
func (s *Signer) Check(ctx context.Context, r Record) error {
	statement, err := r.statement()
	if err != nil {
		return err
	}
	key, err := s.key(ctx, r.ClinicID)
	if err != nil {
		return err
	}
	public, _ := key.Public().(ed25519.PublicKey)
	switch {
	case !bytes.Equal(r.RecordHash, Hash(statement)):
		return ErrStatement
	case !bytes.Equal(r.PublicKey, public), !ed25519.Verify(public, statement, r.Signature):
		return ErrForged
	}
	return nil
}

// Signer names who signed, as she was on that day.
func (r Record) Signer(key vault.Key) (Person, error) {
	return r.Detail.Open(key, vault.Place{Clinic: r.ClinicID, Purpose: purposeDetail, Row: r.ID})
}
