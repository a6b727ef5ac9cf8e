package config

import "slices"

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

// Unread lists the variables whose text is not what they need, such as a port
// that is no number.
func (c *Config) Unread() []Fault { return broken(c.unread) }

// Faults lists what is wrong, in Spanish, naming variables and never values.
func (c *Config) Faults() []Fault {
	return broken(slices.Concat(c.unread, c.rules(), c.Telemetry.rules(), c.Backup.rules(), c.contradictions(), c.productionRules()))
}

func broken(rules []rule) []Fault {
	var out []Fault
	for _, r := range rules {
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
		{!level(c.LogLevel), true, "LOG_LEVEL", "no se conoce", "use DEBUG, INFO, WARN o ERROR"},
		{c.Port < 0 || c.Port > lastPort, true, "PORT", "no es un puerto", "use por ejemplo 8000"},
		{!database(c.DatabaseURL), true, "DATABASE_URL", "no es una dirección de PostgreSQL", databaseForm},
		{!database(c.MigrationDatabaseURL), true, "MIGRATION_DATABASE_URL", "no es una dirección de PostgreSQL", databaseForm},
		{!database(c.DatabaseDirectURL), true, "DATABASE_DIRECT_URL", "no es una dirección de PostgreSQL", databaseForm},
		{c.JWTSecretKey != "" && len(secrets) == 0 || slices.ContainsFunc(secrets, short), true, "JWT_SECRET_KEY", "es demasiado corta", "use al menos 32 caracteres al azar en cada una"},
		{c.JWTAlgorithm != "HS256", true, "JWT_ALGORITHM", "no se admite", "use HS256"},
		{slices.ContainsFunc(secrets, weak), true, "JWT_SECRET_KEY", "se adivina", "genere una con «historias keys generate»"},
		{!fernetKeys(c.MedicalEncryptionKey), true, "MEDICAL_ENCRYPTION_KEY", "no es una llave", "genere una con «historias keys generate» y cópiela completa"},
		{!hours, true, "JWT_EXPIRATION_HOURS", "está fuera de rango", "use de 1 a 720 horas"},
		{!validBase(c.Meta.GraphURL), true, "META_GRAPH_BASE_URL", "no es válida", "use https, o http sólo hacia este mismo equipo"},
		{!digits(c.Meta.PhoneID), true, "META_WHATSAPP_PHONE_ID", "no es un identificador", "copie el identificador del número, que sólo tiene cifras, no el número"},
		{!digits(c.Meta.BusinessID), true, "META_WHATSAPP_BUSINESS_ID", "no es un identificador", "copie el identificador de la cuenta, que sólo tiene cifras"},
		{!graphVersion(c.Meta.APIVersion), true, "META_WHATSAPP_API_VERSION", "no es una versión", "escríbala como v26.0"},
		{!printable(c.Meta.Token), true, "META_WHATSAPP_TOKEN", "tiene espacios o letras que un token no lleva", "cópielo otra vez, completo"},
		{!pooler, true, "DATABASE_POOLER", "no se conoce", "use none o transaction"},
		{!connections, true, "DATABASE_MAX_CONNS", "es demasiado bajo", "use 5 o más, o quítelo"},
		{!origins(c.AllowedOrigins), true, "ALLOWED_ORIGINS", "tiene una entrada que no es un origen", "escriba cada uno como https://tudominio.com, sin ruta y sin comodines"},
		{!address(c.FrontendURL), true, "FRONTEND_URL", "no es una dirección", "escríbala como https://tudominio.com"},
		{!address(c.BackendURL), true, "BACKEND_URL", "no es una dirección", "escríbala como https://api.tudominio.com"},
		{!address(c.NoticeURL), true, "PUBLIC_PRIVACY_NOTICE_URL", "no es una dirección", "escríbala como https://tudominio.com/privacy-notice"},
		{!networks(c.TrustedProxies), true, "TRUSTED_PROXIES", "tiene una entrada que no es dirección ni red", "use direcciones o redes separadas por comas, por ejemplo 10.0.0.5 o 172.16.0.0/12"},
		{everybody(c.TrustedProxies), true, "TRUSTED_PROXIES", "confía en cualquier dirección", "nombre sólo la dirección de su proxy"},
		{!sameSite(c.CookieSameSite), true, "SESSION_COOKIE_SAMESITE", "no se conoce", "use lax, strict o none"},
		{c.RateLimited && c.RatePerMinute < 1, true, "RATE_LIMIT_PER_MINUTE", "está fuera de rango", "use 1 o más; el plan usa 100"},
		{!sender(c.SMTP.From), true, "SMTP_FROM", "no es una dirección de correo", "escríbala como Historias <avisos@tudominio.com>"},
		{c.SMTP.Port < 1 || c.SMTP.Port > lastPort, true, "SMTP_PORT", "no es un puerto", "use 587 (STARTTLS) o 465 (TLS)"},
		{(c.SMTP.Host == "") != (c.SMTP.From == ""), false, "SMTP_HOST y SMTP_FROM", "van juntos", "ponga los dos, o ninguno"},
	}
}

const databaseForm = "escríbala como postgresql://usuario:contraseña@equipo:5432/base; los signos especiales de la contraseña van codificados (%40 por @)"

// productionRules hold in production, where nothing is assumed or made up.
func (c *Config) productionRules() []rule {
	if !c.Production() {
		return nil
	}
	plainCookie := c.CookieSecure != nil && !*c.CookieSecure
	return slices.Concat(c.templates(), []rule{
		{c.DatabaseURL == "", true, "DATABASE_URL", "falta", "ponga la dirección de PostgreSQL"},
		{c.MedicalEncryptionKey == "", true, "MEDICAL_ENCRYPTION_KEY", "falta", "genere una con «historias keys generate» y guárdela fuera del servidor"},
		{c.JWTSecretKey == "", true, "JWT_SECRET_KEY", "falta", "genere una con «historias keys generate»"},
		{len(c.AllowedOrigins) == 0 && c.FrontendURL == "", true, "ALLOWED_ORIGINS", "falta", "ponga la dirección de la aplicación, por ejemplo https://tudominio.com"},
		{c.NoticeURL == "" && c.FrontendURL == "", true, "PUBLIC_PRIVACY_NOTICE_URL", "falta", "ponga la dirección pública del aviso, por ejemplo https://tudominio.com/privacy-notice"},
		{slices.ContainsFunc(c.AllowedOrigins, plainHTTP), true, "ALLOWED_ORIGINS", "tiene un origen sin cifrar", "use https en todos"},
		{plainHTTP(c.FrontendURL), true, "FRONTEND_URL", "no va cifrada", "use https"},
		{plainHTTP(c.BackendURL), true, "BACKEND_URL", "no va cifrada", "use https"},
		{plainHTTP(c.NoticeURL), true, "PUBLIC_PRIVACY_NOTICE_URL", "no va cifrada", "use https"},
		{switchedOn(c.Debug), true, "DEBUG", "está encendido", "quítelo: el programa no tiene ese modo; para más detalle use LOG_LEVEL"},
		{plainCookie, true, "SESSION_COOKIE_SECURE", "está apagado", "actívelo: la sesión viajaría sin cifrar"},
		{!c.CookieHTTPOnly, true, "SESSION_COOKIE_HTTPONLY", "está apagado", "actívelo: cualquier código de la página podría leer la sesión"},
		{guessable(c.DatabaseURL), true, "DATABASE_URL", "tiene una contraseña que se adivina", "ponga una de al menos 12 caracteres al azar"},
		{guessable(c.MigrationDatabaseURL), true, "MIGRATION_DATABASE_URL", "tiene una contraseña que se adivina", "ponga una de al menos 12 caracteres al azar"},
		{!c.RateLimited, false, "RATE_LIMIT_ENABLED", "está apagado", "actívelo: los inicios de sesión fallidos se cuentan de todos modos, lo demás no"},
		{c.Meta.Configured() && len(c.Meta.AppSecrets) == 0, false, "META_WHATSAPP_APP_SECRET", "falta", "sin él no se aceptan respuestas de WhatsApp; cópielo de la aplicación de Meta"},
		{c.Meta.PhoneID == "" && c.Meta.Token == "", false, "META_WHATSAPP_PHONE_ID y META_WHATSAPP_TOKEN", "faltan", "sin ellos no salen mensajes de WhatsApp"},
		{c.Meta.VerifyToken == "", false, "META_WHATSAPP_VERIFY_TOKEN", "falta", "sin él Meta no puede verificar el webhook"},
		{plainDatabase(c.DatabaseURL), false, "DATABASE_URL", "no pide cifrado (sslmode)", "añada sslmode=verify-full o require si la base está en otro equipo"},
		{c.SMTP.Host == "" && c.SMTP.From == "", false, "SMTP_HOST y SMTP_FROM", "faltan", "sin ellos no salen correos: nadie puede recuperar su contraseña, y las invitaciones se entregan copiando su enlace; los correos esperan hasta 24 horas"},
		{c.SMTP.Configured() && (c.SMTP.User == "") != (c.SMTP.Password == ""), false, "SMTP_USER y SMTP_PASSWORD", "van juntos", "ponga los dos, o ninguno si su servidor no los pide"},
		{!c.Operator.named(), false, "OPERATOR_NAME y OPERATOR_CONTACT", "faltan", "póngalos: las páginas de términos y cookies no dicen quién responde por el servicio"},
		{c.SentryDSN == "", false, "SENTRY_DSN", "falta", "sin él los errores sólo quedan en la bitácora del servidor"},
	})
}
