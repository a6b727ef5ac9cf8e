// Package config reads the environment once into one struct, validated as a
// whole. Every variable may also come from a file named by <NAME>_FILE.
package config

import (
	"fmt"
	"net/url"
	"os"
	"reflect"
	"slices"
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

// Load reads and checks the environment. The error names every fault and
// repeats no value.
func Load() (*Config, error) {
	vars, err := environment()
	if err != nil {
		return nil, err
	}
	c := &Config{}
	if err := env.ParseWithOptions(c, env.Options{Environment: vars}); err != nil {
		return nil, fmt.Errorf("config: %s", parseFaults(err))
	}
	c.trim()
	return c, nil
}

// environment is os.Environ with the contents of <NAME>_FILE files.
func environment() (map[string]string, error) {
	vars := env.ToMap(os.Environ())
	for _, name := range names(reflect.TypeFor[Config]()) {
		path := vars[name+"_FILE"]
		if path == "" || vars[name] != "" {
			continue
		}
		raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
		if err != nil {
			return nil, fmt.Errorf("config: %s_FILE cannot be read", name)
		}
		vars[name] = strings.TrimSpace(string(raw))
	}
	return vars, nil
}

func names(t reflect.Type) []string {
	var out []string
	for field := range t.Fields() {
		if name := field.Tag.Get("env"); name != "" {
			out = append(out, name)
		} else if field.Type.Kind() == reflect.Struct {
			out = append(out, names(field.Type)...)
		}
	}
	return out
}

func parseFaults(err error) string {
	var names []string
	for _, part := range strings.Split(err.Error(), ";") {
		if _, rest, ok := strings.Cut(part, `field "`); ok {
			name, _, _ := strings.Cut(rest, `"`)
			names = append(names, name)
		}
	}
	return "not readable: " + strings.Join(names, ", ")
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

// Fault is one thing that is wrong or missing in the environment.
type Fault struct {
	Name string
	What string
	Do   string
	// Fatal faults stop the start; the others are warnings of `check`.
	Fatal bool
}

// String is one line of `check`.
func (f Fault) String() string { return f.Name + ": " + f.What + "; " + f.Do }

// rule is one check of the environment.
type rule struct {
	broken, fatal  bool
	name, what, do string
}

// Faults lists what is wrong, in Spanish, naming variables and never values.
func (c *Config) Faults() []Fault {
	var out []Fault
	for _, r := range slices.Concat(c.rules(), c.Telemetry.rules(), c.Backup.rules(), c.productionRules()) {
		if r.broken {
			out = append(out, Fault{Name: r.name, What: r.what, Do: r.do, Fatal: r.fatal})
		}
	}
	return out
}

// rules hold everywhere.
func (c *Config) rules() []rule {
	known := c.Production() || c.Environment == "development" || c.Environment == "test"
	hours := c.JWTExpirationHours >= 1 && c.JWTExpirationHours <= 720
	pooler := c.DatabasePooler == "none" || c.DatabasePooler == "transaction"
	secrets := c.JWTSecrets()
	connections := c.DatabaseMaxConns == 0 || c.DatabaseMaxConns >= fewestConns
	return []rule{
		{!known, true, "ENVIRONMENT", "no es un entorno conocido", "use production, development o test"},
		{c.JWTSecretKey != "" && len(secrets) == 0 || slices.ContainsFunc(secrets, short), true, "JWT_SECRET_KEY", "es demasiado corta", "use al menos 32 caracteres al azar en cada una"},
		{c.JWTAlgorithm != "HS256", true, "JWT_ALGORITHM", "no se admite", "use HS256"},
		{slices.ContainsFunc(secrets, weak), true, "JWT_SECRET_KEY", "se adivina", "genere una con «historias keys generate»"},
		{!fernetKeys(c.MedicalEncryptionKey), true, "MEDICAL_ENCRYPTION_KEY", "no es una llave", "genere una con «historias keys generate» y cópiela completa"},
		{!hours, true, "JWT_EXPIRATION_HOURS", "está fuera de rango", "use de 1 a 720 horas"},
		{!validBase(c.Meta.GraphURL), true, "META_GRAPH_BASE_URL", "no es válida", "use https, o http sólo hacia este mismo equipo"},
		{!pooler, true, "DATABASE_POOLER", "no se conoce", "use none o transaction"},
		{!connections, true, "DATABASE_MAX_CONNS", "es demasiado bajo", "use 5 o más, o quítelo"},
		{!origins(c.AllowedOrigins), true, "ALLOWED_ORIGINS", "tiene una entrada que no es un origen", "escriba cada uno como https://tudominio.com, sin ruta y sin comodines"},
		{!networks(c.TrustedProxies), true, "TRUSTED_PROXIES", "tiene una entrada que no es dirección ni red", "use direcciones o redes separadas por comas, por ejemplo 10.0.0.5 o 172.16.0.0/12"},
		{!sender(c.SMTP.From), true, "SMTP_FROM", "no es una dirección de correo", "escríbala como Historias <avisos@tudominio.com>"},
		{c.SMTP.Port < 1 || c.SMTP.Port > lastPort, true, "SMTP_PORT", "no es un puerto", "use 587 (STARTTLS) o 465 (TLS)"},
		{(c.SMTP.Host == "") != (c.SMTP.From == ""), false, "SMTP_HOST y SMTP_FROM", "van juntos", "ponga los dos, o ninguno"},
		{everybody(c.TrustedProxies), true, "TRUSTED_PROXIES", "confía en cualquier dirección", "nombre sólo la dirección de su proxy"},
	}
}

// productionRules hold in production, where nothing is assumed or made up.
func (c *Config) productionRules() []rule {
	if !c.Production() {
		return nil
	}
	plainCookie := c.CookieSecure != nil && !*c.CookieSecure
	return []rule{
		{c.DatabaseURL == "", true, "DATABASE_URL", "falta", "ponga la dirección de PostgreSQL"},
		{c.MedicalEncryptionKey == "", true, "MEDICAL_ENCRYPTION_KEY", "falta", "genere una con «historias keys generate» y guárdela fuera del servidor"},
		{c.JWTSecretKey == "", true, "JWT_SECRET_KEY", "falta", "genere una con «historias keys generate»"},
		{len(c.AllowedOrigins) == 0 && c.FrontendURL == "", true, "ALLOWED_ORIGINS", "falta", "ponga la dirección de la aplicación, por ejemplo https://tudominio.com"},
		{c.NoticeURL == "" && c.FrontendURL == "", true, "PUBLIC_PRIVACY_NOTICE_URL", "falta", "ponga la dirección pública del aviso, por ejemplo https://tudominio.com/privacy-notice"},
		{switchedOn(c.Debug), true, "DEBUG", "está encendido", "quítelo: el programa no tiene ese modo; para más detalle use LOG_LEVEL"},
		{plainCookie, true, "SESSION_COOKIE_SECURE", "está apagado", "actívelo: la sesión viajaría sin cifrar"},
		{c.Meta.Configured() && len(c.Meta.AppSecrets) == 0, false, "META_WHATSAPP_APP_SECRET", "falta", "sin él no se aceptan respuestas de WhatsApp; cópielo de la aplicación de Meta"},
		{!c.Meta.Configured(), false, "META_WHATSAPP_PHONE_ID y META_WHATSAPP_TOKEN", "faltan", "sin ellos no salen mensajes de WhatsApp"},
		{c.Meta.VerifyToken == "", false, "META_WHATSAPP_VERIFY_TOKEN", "falta", "sin él Meta no puede verificar el webhook"},
		{plainDatabase(c.DatabaseURL), false, "DATABASE_URL", "no pide cifrado (sslmode)", "añada sslmode=verify-full o require si la base está en otro equipo"},
		{c.SMTP.Host == "" && c.SMTP.From == "", false, "SMTP_HOST y SMTP_FROM", "faltan", "sin ellos no salen correos: nadie puede recuperar su contraseña, y las invitaciones se entregan copiando su enlace; los correos esperan hasta 24 horas"},
		{c.SMTP.Configured() && (c.SMTP.User == "") != (c.SMTP.Password == ""), false, "SMTP_USER y SMTP_PASSWORD", "van juntos", "ponga los dos, o ninguno si su servidor no los pide"},
		{!c.Operator.named(), false, "OPERATOR_NAME y OPERATOR_CONTACT", "faltan", "póngalos: las páginas de términos y cookies no dicen quién responde por el servicio"},
		{c.SentryDSN == "", false, "SENTRY_DSN", "falta", "sin él los errores sólo quedan en la bitácora del servidor"},
	}
}

func validBase(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "127.0.0.1" || host == "::1" || host == "localhost")
}

func plainDatabase(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || raw == "" {
		return false
	}
	mode := u.Query().Get("sslmode")
	local := u.Hostname() == "" || u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1"
	return !local && (mode == "" || mode == "disable" || mode == "allow" || mode == "prefer")
}
