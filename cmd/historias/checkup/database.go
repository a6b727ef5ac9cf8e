package checkup

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/vault"
)

const (
	serverSubject = "PostgreSQL"
	oldestServer  = 150000
	afterNewest   = 190000
	perMajor      = 10000
)

// database looks at the server, the schema, the login and the keys.
func database(ctx context.Context, o Options) []Finding {
	c := o.Config
	if c.DatabaseURL == "" {
		if c.Production() {
			return nil // told with the variables
		}
		return []Finding{good(serverSubject, "sin DATABASE_URL el programa usa su propia base, en DATA_DIR")}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s, err := db.Examine(ctx, c.DatabaseURL, o.Clock.Now)
	if err != nil {
		return []Finding{unreachable("DATABASE_URL", err)}
	}
	all := []Finding{release(s), encrypted(c.DatabaseURL, s), watches(o, s)}
	all = append(all, login(c, s)...)
	owner := s
	if c.MigrationDatabaseURL != "" {
		if owner, err = db.Examine(ctx, c.MigrationDatabaseURL, o.Clock.Now); err != nil {
			all = append(all, unreachable("MIGRATION_DATABASE_URL", err))
		}
	}
	all = append(all, Schema(owner.Applied, o.Migrations))
	if !s.Zones {
		all = append(all, bad(serverSubject, "no conoce los husos horarios de México", "instale tzdata en su equipo"))
	}
	if len(s.Applied) == 0 || !s.Assumable || s.ReadOnly {
		return all
	}
	return append(all, inside(ctx, o)...)
}

// unreachable tells why a server cannot be spoken with.
func unreachable(name string, err error) Finding {
	text, do := "el servidor no responde", "revise el equipo, el puerto y que PostgreSQL esté en marcha"
	var u *db.Unreachable
	if errors.As(err, &u) {
		switch u.Reason {
		case db.ReasonAddress:
			text, do = "no se entiende", "escríbala como postgresql://usuario:contraseña@equipo:5432/base"
		case db.ReasonPassword:
			text, do = "el servidor rechaza al usuario o su contraseña", "revise ambos; los signos especiales van codificados (%40 por @)"
		case db.ReasonDatabase:
			text, do = "el servidor no tiene esa base", "créela o corrija el nombre"
		case db.ReasonTLS:
			text, do = "la conexión cifrada no se logra", "revise sslmode y el certificado del servidor (sslrootcert)"
		case db.ReasonFull:
			text, do = "el servidor no tiene conexiones o espacio libres", "libérelos, o baje DATABASE_MAX_CONNS"
		case db.ReasonOther:
			text, do = "el servidor no permite preguntarle", "revise los permisos del usuario"
		case db.ReasonAway:
		}
	}
	return bad(name, text, do)
}

// release judges the version of the server.
func release(s db.Server) Finding {
	major := s.Version / perMajor
	switch {
	case s.Version < oldestServer:
		return bad(serverSubject, fmt.Sprintf("es la versión %d", major), "use de la 15 a la 18")
	case s.Version >= afterNewest:
		return bad(serverSubject, fmt.Sprintf("es la versión %d, con la que este programa no se ha probado", major), "use de la 15 a la 18, o un programa más nuevo")
	case s.ReadOnly:
		return bad(serverSubject, "sólo permite leer", "apunte DATABASE_URL al servidor principal, o quítele default_transaction_read_only")
	}
	return good(serverSubject, "versión %d, responde", major)
}

// encrypted judges whether what passes between program and server can be read on
// the way. A name without a dot or a private address is a network of one's own.
func encrypted(address string, s db.Server) Finding {
	const subject = "Cifrado hacia PostgreSQL"
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = u.Hostname()
	}
	ip := net.ParseIP(host)
	switch {
	case s.TLS:
		return good(subject, "TLS")
	case host == "", host == "localhost", ip != nil && ip.IsLoopback():
		return good(subject, "la base está en este equipo")
	case ip != nil && ip.IsPrivate(), ip == nil && !strings.Contains(host, "."):
		return doubt(subject, "no hay; la base está en una red privada", "si la red no es sólo de este equipo, añada sslmode=verify-full o require")
	}
	return bad(subject, "no hay, y la base está en otro equipo", "añada sslmode=verify-full o require a DATABASE_URL")
}

// Bounds of the difference between two clocks: codes of authenticators fail
// beyond the first, signatures and sessions beyond the second.
const (
	clockDoubt = 2 * time.Minute
	clockBad   = 10 * time.Minute
)

// Clock judges the difference between our clock and another's.
func Clock(whose string, ours, theirs time.Time) Finding {
	const subject = "Reloj"
	apart := ours.Sub(theirs).Abs().Round(time.Second)
	do := "ponga los relojes en hora (systemd-timesyncd o chrony) antes de seguir"
	text := fmt.Sprintf("difiere %s del de %s", apart, whose)
	switch {
	case apart >= clockBad:
		return bad(subject, text, do)
	case apart > clockDoubt:
		return doubt(subject, text, do)
	}
	return good(subject, "coincide con el de %s", whose)
}

func watches(_ Options, s db.Server) Finding { return Clock("PostgreSQL", s.Asked, s.Now) }

// login judges what the program's user may do.
func login(c *config.Config, s db.Server) []Finding {
	const subject = "Usuario de la base"
	var all []Finding
	apart := c.MigrationDatabaseURL != ""
	switch {
	case s.Role != "" && !s.Assumable:
		all = append(all, bad(subject, "no puede tomar el rol "+s.Role, "ejecute «historias migrate», que se lo da"))
	case s.Superuser || s.BypassRLS:
		all = append(all, doubt(subject, "es superusuario o pasa los muros entre clínicas; el programa no lo aprovecha", "use dos usuarios, uno dueño y otro sin privilegios (docs/operacion/configuracion.md)"))
	case s.OwnsTables && apart:
		all = append(all, doubt(subject, "es dueño de las tablas, como el de MIGRATION_DATABASE_URL", "use en DATABASE_URL otro usuario, sin privilegios"))
	case s.OwnsTables:
		all = append(all, doubt(subject, "es dueño de las tablas", "use dos usuarios, uno dueño y otro sin privilegios (docs/operacion/configuracion.md)"))
	default:
		all = append(all, good(subject, "sin privilegios de más"))
	}
	return all
}

// Schema compares the migrations that ran with those of this program.
func Schema(applied, ours []int64) Finding {
	const subject = "Esquema"
	missing, foreign := 0, 0
	for _, n := range ours {
		if !slices.Contains(applied, n) {
			missing++
		}
	}
	for _, n := range applied {
		if !slices.Contains(ours, n) {
			foreign++
		}
	}
	switch {
	case len(applied) == 0:
		return bad(subject, "la base está vacía", "ejecute «historias migrate»")
	case missing > 0:
		return bad(subject, fmt.Sprintf("a la base le faltan %d archivos de este programa", missing), "haga un respaldo y ejecute «historias migrate»")
	case foreign > 0:
		return doubt(subject, "la base es de un programa más nuevo que éste", "use el programa más nuevo; sólo vuelva atrás como dice docs/operacion/escala.md")
	}
	return good(subject, "al día")
}

// inside looks through the program's own door: does it write, do the keys open.
func inside(ctx context.Context, o Options) []Finding {
	d, err := open(ctx, o.Config)
	if err != nil {
		return []Finding{bad("DATABASE_URL", "el programa no puede trabajar con la base", "revise los permisos del usuario, o ejecute «historias migrate»")}
	}
	defer d.Close()
	all := []Finding{writes(ctx, d)}
	if o.Config.MedicalEncryptionKey != "" {
		all = append(all, Keys(ctx, o, d))
	}
	return all
}

func writes(ctx context.Context, d *db.DB) Finding {
	err := d.CanWrite(actor.System(ctx, actor.Platform, "check"))
	switch state := db.SQLState(err); {
	case err == nil:
		return good("Escritura", "la base guarda")
	case strings.HasPrefix(state, "53"):
		return bad("Escritura", "la base no tiene espacio", "libere espacio en su disco; lo que no se guardó se contestó con error")
	case state == "25006":
		return bad("Escritura", "la base sólo permite leer", "apunte DATABASE_URL al servidor principal")
	}
	return bad("Escritura", "la base no guarda", "revise su disco y su bitácora")
}

// Keys proves that the master keys open everything that the database holds.
func Keys(ctx context.Context, o Options, d *db.DB) Finding {
	const name = "MEDICAL_ENCRYPTION_KEY"
	ring, err := vault.ParseKeys(o.Config.MedicalEncryptionKey)
	if err != nil {
		return bad(name, "no es una llave", "genere una con «historias keys generate» y cópiela completa")
	}
	v := vault.New(ring, d, o.Clock)
	masters, err := v.Census(ctx, o.Shelves)
	if err != nil {
		return bad(name, "no se pudo comprobar", "revise la base de datos")
	}
	wraps := 0
	for _, m := range masters {
		wraps += m.Keys
		switch {
		case m.Keys > 0 && !m.Configured:
			return bad(name, fmt.Sprintf("no abre %d llaves de esta base", m.Keys), "ponga también la llave con la que se guardaron; está en su respaldo de llaves")
		case m.Newest && m.Retired():
			return bad(name, "su primera llave ya fue retirada", "ponga primero la vigente")
		}
	}
	if wraps == 0 {
		return good(name, "la base aún no guarda nada sellado")
	}
	switch err := v.Probe(ctx); {
	case errors.Is(err, vault.ErrWrongMaster):
		return bad(name, "no abre los datos de esta base", "ponga la llave con la que se guardaron; está en su respaldo de llaves")
	case err != nil:
		return bad(name, "no se pudo comprobar", "revise la base de datos")
	}
	return good(name, "abre lo que la base guarda (%d llaves de datos)", wraps)
}
