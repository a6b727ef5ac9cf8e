package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"github.com/google/uuid"

	"historias/internal/vault"
)

const (
	erasuresFormat  = "historias.erasures.v1"
	erasuresPurpose = "historias.erasures.v1"
	biggestList     = 64 << 20
)

// Erasure is one record whose key was destroyed.
type Erasure struct {
	Clinic  uuid.UUID `json:"clinic"`
	Patient uuid.UUID `json:"patient"`
	At      time.Time `json:"at"`
}

// erasureList is what was erased up to a moment. It lies in clear beside a copy, since it
// holds ids only, so that it can be read after the copy itself has expired.
type erasureList struct {
	Format   string    `json:"format"`
	At       time.Time `json:"at"`
	Erasures []Erasure `json:"erasures"`
}

// stampedList is a list as it lies in a file.
type stampedList struct {
	List  json.RawMessage `json:"list"`
	Key   string          `json:"key"`
	Stamp []byte          `json:"stamp"`
}

func (l erasureList) encode(keys *vault.Keyring) ([]byte, error) {
	raw, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	id, mac := keys.Stamp(erasuresPurpose, raw)
	return json.Marshal(stampedList{List: raw, Key: id, Stamp: mac})
}

// decodeErasures reads a list that this installation made.
func decodeErasures(raw []byte, keys *vault.Keyring) (l erasureList, err error) {
	var s stampedList
	if json.Unmarshal(raw, &s) != nil || json.Unmarshal(s.List, &l) != nil || l.Format != erasuresFormat {
		return l, fault("bad_erasures", "El archivo de supresiones no se entiende. Use uno de los que están junto a los respaldos (.erasures).")
	}
	if err := keys.CheckStamp(erasuresPurpose, s.Key, s.Stamp, s.List); err != nil {
		return l, faultOf(err, "bad_erasures", "El archivo de supresiones no lo hizo esta instalación, o se hizo con otra MEDICAL_ENCRYPTION_KEY. Añada la de entonces, separada por una coma.")
	}
	return l, nil
}

// keepErasures writes the list beside a copy in every place.
func (s *Service) keepErasures(ctx context.Context, from *source, places []shelf, a Archive) error {
	l := erasureList{Format: erasuresFormat, At: a.At}
	var err error
	if l.Erasures, err = from.erasures(ctx); err != nil {
		return err
	}
	raw, err := l.encode(s.o.Keys)
	if err != nil {
		return err
	}
	for _, place := range places {
		if _, err := place.put(ctx, sidecar(a.Name), func(w io.Writer) error {
			_, err := w.Write(raw)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// LaterErasures gives what must be erased again in a restored copy: the list of a
// file or, without one, the newest that lies with the copies. known is false where
// there is none.
func (s *Service) LaterErasures(ctx context.Context, path string) (list []Erasure, known bool, err error) {
	raw, err := s.newestErasures(ctx, path)
	if err != nil || raw == nil {
		return nil, false, err
	}
	l, err := decodeErasures(raw, s.o.Keys)
	if err != nil {
		return nil, false, err
	}
	s.say("Lista de supresiones del %s UTC: %d.", l.At.Format("2006-01-02 15:04"), len(l.Erasures))
	return l.Erasures, true, nil
}

func (s *Service) newestErasures(ctx context.Context, path string) ([]byte, error) {
	if path != "" {
		raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
		if err != nil {
			return nil, faultOf(err, "no_erasures", "No se puede leer el archivo de --erasures. Revise la ruta y sus permisos.")
		}
		return raw, nil
	}
	if s.o.Config.Dir == "" && s.o.Config.S3URL == "" {
		return nil, nil
	}
	all, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var newest Found
	for _, f := range all {
		if f.At.After(newest.At) {
			newest = f
		}
	}
	if newest.in == nil {
		return nil, nil
	}
	return beside(ctx, newest)
}

// beside reads the list that lies with a copy; nil where there is none.
func beside(ctx context.Context, f Found) ([]byte, error) {
	from, err := f.in.open(ctx, sidecar(f.Name))
	if codeOf(err) == "backup.not_found" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	_, err = io.Copy(&raw, io.LimitReader(from, biggestList))
	return raw.Bytes(), errors.Join(err, from.Close())
}
