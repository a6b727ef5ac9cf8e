// Package config reads the environment once into one struct, validated as a
// whole. Every variable may also come from a file named by <NAME>_FILE.
package config

import (
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is everything the program takes from its environment. Names and
// defaults follow the deployment plan, 3.3.
type Config struct {
	Environment string `env:"ENVIRONMENT" envDefault:"production"`
	LogLevel    string `env:"LOG_LEVEL" envDefault:"INFO"`
	Port        int    `env:"PORT" envDefault:"8000"`
	Bind        string `env:"BIND_ADDRESS"`
	DataDir     string `env:"DATA_DIR" envDefault:"./data"`
	// Debug is known so that it can be refused: there is nothing to switch on.
	Debug string `env:"DEBUG"`

	DatabaseURL          string `env:"DATABASE_URL"`
	MigrationDatabaseURL string `env:"MIGRATION_DATABASE_URL"`
	DatabaseDirectURL    string `env:"DATABASE_DIRECT_URL"`
	DatabasePooler       string `env:"DATABASE_POOLER" envDefault:"none"`
	DatabaseMaxConns     int32  `env:"DATABASE_MAX_CONNS"`
	PostgresBinDir       string `env:"PG_BIN_DIR"`

	MedicalEncryptionKey string `env:"MEDICAL_ENCRYPTION_KEY"`
	// JWTSecretKey is one secret or several, newest first, separated by commas.
	JWTSecretKey       string `env:"JWT_SECRET_KEY"`
	JWTAlgorithm       string `env:"JWT_ALGORITHM" envDefault:"HS256"`
	JWTExpirationHours int    `env:"JWT_EXPIRATION_HOURS" envDefault:"24"`

	AllowedOrigins  []string `env:"ALLOWED_ORIGINS"`
	FrontendURL     string   `env:"FRONTEND_URL"`
	BackendURL      string   `env:"BACKEND_URL"`
	NoticeURL       string   `env:"PUBLIC_PRIVACY_NOTICE_URL"`
	TrustedProxies  []string `env:"TRUSTED_PROXIES"`
	CookieSecure    *bool    `env:"SESSION_COOKIE_SECURE"`
	CookieHTTPOnly  bool     `env:"SESSION_COOKIE_HTTPONLY" envDefault:"true"`
	CookieSameSite  string   `env:"SESSION_COOKIE_SAMESITE" envDefault:"lax"`
	RateLimited     bool     `env:"RATE_LIMIT_ENABLED" envDefault:"true"`
	RatePerMinute   int      `env:"RATE_LIMIT_PER_MINUTE" envDefault:"100"`
	SentryDSN       string   `env:"SENTRY_DSN"`
	AuditCheckpoint string   `env:"AUDIT_CHECKPOINT_FILE"`

	SMTP      SMTP
	Meta      Meta
	Backup    Backup
	Telemetry Telemetry
	Operator  Operator

	// unread are variables whose text is not what they need.
	unread []rule
	// given are the texts of the variables, those of others beside ours.
	given map[string]string
}

// SMTP is the server that letters leave by (RFC 5321).
type SMTP struct {
	Host     string `env:"SMTP_HOST"`
	Port     int    `env:"SMTP_PORT" envDefault:"587"`
	User     string `env:"SMTP_USER"`
	Password string `env:"SMTP_PASSWORD"`
	// From is the sender, with or without a name: Historias <avisos@tudominio.com>.
	From string `env:"SMTP_FROM"`
}

// Configured says that letters can leave.
func (s SMTP) Configured() bool { return s.Host != "" && s.From != "" }

// Meta is the WhatsApp Business Cloud API.
type Meta struct {
	PhoneID     string   `env:"META_WHATSAPP_PHONE_ID"`
	Token       string   `env:"META_WHATSAPP_TOKEN"`
	BusinessID  string   `env:"META_WHATSAPP_BUSINESS_ID"`
	APIVersion  string   `env:"META_WHATSAPP_API_VERSION" envDefault:"v26.0"`
	VerifyToken string   `env:"META_WHATSAPP_VERIFY_TOKEN"`
	AppSecrets  []string `env:"META_WHATSAPP_APP_SECRET"`
	GraphURL    string   `env:"META_GRAPH_BASE_URL" envDefault:"https://graph.facebook.com"`
}

// Configured says that messages can leave for Meta.
func (m Meta) Configured() bool { return m.PhoneID != "" && m.Token != "" }

// Production says that nothing may be assumed or made up.
func (c *Config) Production() bool { return c.Environment == "production" }

// Load reads the environment. What cannot be read is a fault of Faults, and the
// default stands in its place.
func Load() *Config {
	vars, given, unread := environment()
	c := &Config{given: given, unread: unread}
	if err := env.ParseWithOptions(c, env.Options{Environment: vars}); err != nil {
		// Every value was tried before; the error could repeat one.
		c.unread = append(c.unread, rule{true, true, "ENVIRONMENT", "no se entiende", "compare sus variables con .env.example"})
	}
	c.trim()
	return c
}

func (c *Config) trim() {
	c.FrontendURL = strings.TrimRight(c.FrontendURL, "/")
	c.BackendURL = strings.TrimRight(c.BackendURL, "/")
	c.NoticeURL = strings.TrimRight(c.NoticeURL, "/")
	c.AllowedOrigins = clean(c.AllowedOrigins, "/")
	c.TrustedProxies = clean(c.TrustedProxies, "")
	c.Meta.AppSecrets = clean(c.Meta.AppSecrets, "")
	c.Meta.GraphURL = strings.TrimRight(c.Meta.GraphURL, "/")
}

// clean drops blanks and, at the end of each entry, what cut names.
func clean(list []string, cut string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimRight(strings.TrimSpace(s), cut); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// JWTSecrets are the secrets of JWT_SECRET_KEY, newest first.
func (c *Config) JWTSecrets() []string { return clean(strings.Split(c.JWTSecretKey, ","), "") }

// Checkpoints is the file that signed heads of the audit chains are appended to;
// it should live on another volume than the database. AUDIT_CHECKPOINT_FILE=none
// is an installation without a lasting disk, which has none.
func (c *Config) Checkpoints() string {
	switch c.AuditCheckpoint {
	case "":
		return filepath.Join(c.DataDir, "checkpoints", "audit.log")
	case "none":
		return ""
	}
	return c.AuditCheckpoint
}
