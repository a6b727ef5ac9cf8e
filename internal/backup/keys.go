package backup

import (
	"strings"

	"filippo.io/age"
)

// KeyPair is an identity of age and the recipient that copies are encrypted to.
type KeyPair struct{ Identity, Recipient string }

// NewKeyPair makes a pair (X25519). The identity must be kept away from the
// server whose copies it opens.
func NewKeyPair() (KeyPair, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return KeyPair{}, err
	}
	return KeyPair{Identity: id.String(), Recipient: id.Recipient().String()}, nil
}

// recipients reads BACKUP_AGE_RECIPIENT.
func recipients(list string) ([]age.Recipient, error) {
	lines := strings.Join(strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(", \t\n", r) }), "\n")
	if lines == "" {
		return nil, fault("no_recipient", "Falta BACKUP_AGE_RECIPIENT: no se hacen respaldos sin cifrar. Ejecute «historias backup keygen», "+
			"ponga la llave pública (age1…) en esa variable y guarde la identidad fuera de este servidor.")
	}
	out, err := age.ParseRecipients(strings.NewReader(lines))
	if err != nil {
		// The library's error may repeat the text.
		return nil, fault("bad_recipient", "BACKUP_AGE_RECIPIENT no es una llave pública de age (age1…). Cópiela completa de la salida de «historias backup keygen».")
	}
	return out, nil
}

// identities reads what opens copies: the contents of an identity file.
func identities(text string) ([]age.Identity, error) {
	if strings.TrimSpace(text) == "" {
		return nil, fault("no_identity", "Falta la identidad que abre los respaldos. Indique su archivo con --identity o con BACKUP_AGE_IDENTITY_FILE.")
	}
	out, err := age.ParseIdentities(strings.NewReader(text))
	if err != nil {
		return nil, fault("bad_identity", "El archivo de la identidad no contiene una identidad de age (AGE-SECRET-KEY-1…).")
	}
	return out, nil
}
