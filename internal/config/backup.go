package config

import (
	"net/url"
	"strings"
)

// Backup says where copies of the installation go and whom they are encrypted to.
type Backup struct {
	// Recipients are age public keys («age1…»), separated by commas; any of their
	// identities opens a copy.
	Recipients string `env:"BACKUP_AGE_RECIPIENT"`
	// Identity is what opens copies («AGE-SECRET-KEY-1…»). It is needed to verify,
	// restore and drill, never to make a copy, and better kept elsewhere.
	Identity string `env:"BACKUP_AGE_IDENTITY"`
	// DrillDatabaseURL is an empty database for drills, where the owner of the
	// database may not create one.
	DrillDatabaseURL string `env:"BACKUP_DRILL_DATABASE_URL"`
	// Dir is the folder of the copies.
	Dir string `env:"BACKUP_DIR"`
	// RetentionDays is how long copies are kept; the newest is never deleted.
	RetentionDays int `env:"BACKUP_RETENTION_DAYS" envDefault:"30"`
	// S3URL is where copies go besides or instead: s3://bucket/prefix.
	S3URL string `env:"BACKUP_S3_URL"`
	// S3Endpoint is the address of the service that speaks S3.
	S3Endpoint string `env:"BACKUP_S3_ENDPOINT" envDefault:"https://s3.amazonaws.com"`
	S3Region   string `env:"BACKUP_S3_REGION" envDefault:"us-east-1"`
	S3Access   string `env:"BACKUP_S3_ACCESS_KEY"`
	S3Secret   string `env:"BACKUP_S3_SECRET_KEY"`
}

// Configured says that copies can be made.
func (b Backup) Configured() bool { return b.Recipients != "" && (b.Dir != "" || b.S3URL != "") }

// mostDays is the longest that copies may be kept: ten years.
const mostDays = 3660

func (b Backup) rules() []rule {
	days := b.RetentionDays >= 1 && b.RetentionDays <= mostDays
	keys := b.S3URL == "" || b.S3Access != "" && b.S3Secret != ""
	return []rule{
		{!days, true, "BACKUP_RETENTION_DAYS", "está fuera de rango", "use de 1 a 3660 días"},
		{b.S3URL != "" && !bucket(b.S3URL), true, "BACKUP_S3_URL", "no es un depósito", "escríbala como s3://depósito/carpeta"},
		{b.S3URL != "" && !validBase(b.S3Endpoint), true, "BACKUP_S3_ENDPOINT", "no es válida", "use https, o http sólo hacia este mismo equipo"},
		{!keys, true, "BACKUP_S3_ACCESS_KEY y BACKUP_S3_SECRET_KEY", "faltan", "pida al proveedor un par que sólo pueda leer, escribir y borrar en ese depósito"},
		{strings.Contains(b.Recipients, "SECRET"), true, "BACKUP_AGE_RECIPIENT", "tiene una identidad, que es secreta", "ponga la llave pública (age1…) y guarde la identidad fuera del servidor"},
	}
}

func bucket(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Scheme == "s3" && u.Host != "" && u.User == nil && u.RawQuery == ""
}
