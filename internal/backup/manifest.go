package backup

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/vault"
)

const (
	format       = "historias.backup.v1"
	stampPurpose = "historias.backup.v1"
)

// Manifest says what a copy holds. It is the last member, since it tells the
// hashes of those before.
type Manifest struct {
	Format string `json:"format"`
	// Program is the version that made the copy, Schema its last migration and
	// Server the major version of PostgreSQL.
	Program string `json:"program"`
	Schema  int64  `json:"schema"`
	Server  int    `json:"server"`
	// AppRole is the walled role that grants of the dump name.
	AppRole string `json:"app_role"`
	// At is the moment of the snapshot.
	At time.Time `json:"at"`
	// Tables are the rows of each table, as schema.table.
	Tables map[string]int64 `json:"tables"`
	// Heads are the last seals of the audit chains.
	Heads   []Head   `json:"audit_heads"`
	Members []Member `json:"members"`
}

// Head is the last seal of the audit chain of a clinic.
type Head struct {
	Clinic uuid.UUID `json:"clinic"`
	Seq    int64     `json:"seq"`
	Hash   []byte    `json:"hash"`
}

// Member is one part of a copy.
type Member struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 []byte `json:"sha256"`
}

// Rows counts the rows of all tables.
func (m Manifest) Rows() int64 {
	var n int64
	for _, rows := range m.Tables {
		n += rows
	}
	return n
}

// stamped is a manifest as it lies in the archive.
type stamped struct {
	Manifest json.RawMessage `json:"manifest"`
	// Key names the master key of the stamp without telling anything of it.
	Key   string `json:"key"`
	Stamp []byte `json:"stamp"`
}

func (m Manifest) encode(keys *vault.Keyring) ([]byte, error) {
	raw, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	id, mac := keys.Stamp(stampPurpose, raw)
	return json.Marshal(stamped{Manifest: raw, Key: id, Stamp: mac})
}

// decode reads a manifest; proved is false where no master key is at hand.
func decodeManifest(raw []byte, keys *vault.Keyring) (m Manifest, proved bool, err error) {
	var s stamped
	if json.Unmarshal(raw, &s) != nil || json.Unmarshal(s.Manifest, &m) != nil || m.Format != format {
		return m, false, errForeign
	}
	if keys == nil {
		return m, false, nil
	}
	switch err := keys.CheckStamp(stampPurpose, s.Key, s.Stamp, s.Manifest); {
	case errors.Is(err, vault.ErrWrongMaster):
		return m, false, fault("wrong_master", "El respaldo se hizo con otra MEDICAL_ENCRYPTION_KEY. Añada la de entonces, separada por una coma, y vuelva a intentar.")
	case err != nil:
		return m, false, fault("forged", "El respaldo no lo hizo esta instalación: su sello no corresponde. No lo restaure; averigüe de dónde viene.")
	}
	return m, true, nil
}

var (
	errForeign   = fault("foreign", "El archivo no es un respaldo de Historias. Elija uno de «historias backup list».")
	errDamaged   = fault("damaged", "El respaldo está dañado o incompleto: lo que contiene no es lo que se escribió. Use otro respaldo.")
	errTruncated = fault("truncated", "El respaldo está incompleto: se cortó antes de terminar. Use otro respaldo.")
)
