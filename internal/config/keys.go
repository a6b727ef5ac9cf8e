package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// DevKeys fills the keys that a development installation lacks from files under
// DATA_DIR/keys (0600), which it makes once with make. It gives the files it
// made, so that a start that fails for a lost key can take them back.
func (c *Config) DevKeys(master, secret func() string) (made []string, err error) {
	dir := filepath.Join(c.DataDir, "keys")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("config: keys: %w", err)
	}
	for _, k := range []struct {
		name string
		into *string
		make func() string
	}{
		{"medical_encryption_key", &c.MedicalEncryptionKey, master},
		{"jwt_secret_key", &c.JWTSecretKey, secret},
		{"whatsapp_verify_token", &c.Meta.VerifyToken, secret},
		{"whatsapp_app_secret", appSecret(&c.Meta), secret},
	} {
		path := filepath.Join(dir, k.name)
		isNew, err := fill(path, k.into, k.make)
		if err != nil {
			return made, err
		}
		if isNew {
			made = append(made, path)
		}
	}
	return made, nil
}

// appSecret gives the first app secret a place to stand.
func appSecret(m *Meta) *string {
	if len(m.AppSecrets) == 0 {
		m.AppSecrets = []string{""}
	}
	return &m.AppSecrets[0]
}

func fill(path string, into *string, make func() string) (made bool, err error) {
	if *into != "" {
		return false, nil
	}
	raw, err := os.ReadFile(path) //nolint:gosec // a file of our own data folder
	if err == nil {
		*into = strings.TrimSpace(string(raw))
		return false, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return false, fmt.Errorf("config: keys: %w", err)
	}
	*into = make()
	if err := os.WriteFile(path, []byte(*into+"\n"), 0o600); err != nil {
		return false, fmt.Errorf("config: keys: %w", err)
	}
	return true, nil
}

const marker = "development"

// MarkDevelopment notes in DATA_DIR that it belongs to a development
// installation, so that later commands there need no environment.
func (c *Config) MarkDevelopment() error {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	return os.WriteFile(filepath.Join(c.DataDir, marker), nil, 0o600)
}

// AdoptDevelopment makes the configuration a development one when nothing in the
// environment says otherwise and DATA_DIR carries the mark of `run`.
func (c *Config) AdoptDevelopment() {
	_, named := os.LookupEnv("ENVIRONMENT")
	if _, err := os.Stat(filepath.Join(c.DataDir, marker)); err == nil && !named && c.DatabaseURL == "" {
		c.Environment = "development"
	}
}
