package config

import (
	"net/url"
	"slices"
	"strings"
)

// contradictions are variables that are right alone and wrong together.
func (c *Config) contradictions() []rule {
	masters := clean(strings.Split(c.MedicalEncryptionKey, ","), "")
	secrets := c.JWTSecrets()
	shared := slices.ContainsFunc(secrets, func(s string) bool { return slices.Contains(masters, s) })
	plain := c.CookieSecure != nil && !*c.CookieSecure && strings.EqualFold(c.CookieSameSite, "none")
	apart := c.CookieSameSite != "none" && foreign(c.FrontendURL, c.BackendURL)
	return []rule{
		{shared, true, "MEDICAL_ENCRYPTION_KEY y JWT_SECRET_KEY", "son la misma", "genere cada una por su lado con «historias keys generate»"},
		{repeated(masters), true, "MEDICAL_ENCRYPTION_KEY", "repite una llave", "deje cada llave una vez, la más nueva primero"},
		{repeated(secrets), true, "JWT_SECRET_KEY", "repite un secreto", "deje cada secreto una vez, el más nuevo primero"},
		{plain, true, "SESSION_COOKIE_SAMESITE y SESSION_COOKIE_SECURE", "se contradicen", "none sólo funciona con SESSION_COOKIE_SECURE=true"},
		{(c.Meta.PhoneID == "") != (c.Meta.Token == ""), true, "META_WHATSAPP_PHONE_ID y META_WHATSAPP_TOKEN", "van juntos", "ponga los dos, o ninguno"},
		{c.otherPassword(), true, "POSTGRES_PASSWORD y DATABASE_URL", "dan contraseñas distintas para el mismo usuario", "ponga la misma en las dos; en la dirección, con los signos especiales codificados"},
		{c.otherDatabase(), false, "POSTGRES_DB y DATABASE_URL", "nombran bases distintas", "use el mismo nombre en las dos"},
		{c.DatabasePooler == "transaction" && c.DatabaseDirectURL == "", false, "DATABASE_POOLER y DATABASE_DIRECT_URL", "falta la segunda", "póngala: sin conexión directa no llegan las novedades en vivo de otros procesos"},
		{apart, false, "FRONTEND_URL y BACKEND_URL", "no comparten dominio", "use SESSION_COOKIE_SAMESITE=none, o el navegador no enviará la sesión"},
	}
}

func repeated(list []string) bool {
	sorted := slices.Sorted(slices.Values(list))
	return len(slices.Compact(sorted)) < len(list)
}

// owner is the address that POSTGRES_* describe: the image of PostgreSQL makes
// that user and that database, which are the owner's where there are two users.
func (c *Config) owner() *url.URL {
	text := c.MigrationDatabaseURL
	if text == "" {
		text = c.DatabaseURL
	}
	u, err := url.Parse(text)
	if err != nil || u.User == nil || u.User.Username() != c.given["POSTGRES_USER"] {
		return nil
	}
	return u
}

func (c *Config) otherPassword() bool {
	given := c.given["POSTGRES_PASSWORD"]
	u := c.owner()
	if u == nil || given == "" {
		return false
	}
	password, said := u.User.Password()
	return said && password != given
}

func (c *Config) otherDatabase() bool {
	given := c.given["POSTGRES_DB"]
	u := c.owner()
	return u != nil && given != "" && strings.Trim(u.Path, "/") != given
}

// foreign tells whether two addresses share no domain, so that a browser takes
// them for different sites.
func foreign(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	if errX != nil || errY != nil || x.Hostname() == "" || y.Hostname() == "" {
		return false
	}
	return site(x.Hostname()) != site(y.Hostname())
}

// site is the last two labels of a name; under a suffix such as com.mx it takes
// different sites for one, and warns of nothing.
func site(host string) string {
	labels := strings.Split(host, ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}
