package backup

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tools is a folder with pg_dump and pg_restore, and the version they are.
type tools struct {
	dir   string
	major int
}

var toolVersion = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// findTools looks for a pg_dump that understands a server: of its major version,
// or else the oldest of the newer ones.
func (s *Service) findTools(ctx context.Context, server int) (tools, error) {
	var usable []tools
	for _, dir := range s.toolDirs() {
		t, ok := openTools(ctx, dir)
		if ok && t.major >= server {
			usable = append(usable, t)
		}
	}
	if len(usable) == 0 {
		return tools{}, fault("no_pg_dump", fmt.Sprintf("No se encontró pg_dump de PostgreSQL %d o más nuevo, que es la versión del servidor. "+
			"Instálelo (sudo apt-get install postgresql-client-%d) o indique su carpeta con PG_BIN_DIR.", server, server))
	}
	return slices.MinFunc(usable, func(a, b tools) int { return a.major - b.major }), nil
}

func (s *Service) toolDirs() []string {
	if s.o.BinDir != "" {
		return []string{s.o.BinDir}
	}
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is right
	brew, _ := filepath.Glob("/opt/homebrew/opt/postgresql@*/bin")
	dirs = append(dirs, brew...)
	if path, err := exec.LookPath("pg_dump"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	return dirs
}

func openTools(ctx context.Context, dir string) (tools, bool) {
	if _, err := os.Stat(filepath.Join(dir, "pg_restore")); err != nil {
		return tools{}, false
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "pg_dump"), "--version").Output()
	m := toolVersion.FindSubmatch(out)
	if err != nil || m == nil {
		return tools{}, false
	}
	major, err := strconv.Atoi(string(m[1]))
	return tools{dir: dir, major: major}, err == nil
}

// command is one of the tools against a database, as the maintenance policy lets
// its owner see every row. The password travels in the environment, which only
// the same user can read, not among the arguments.
func (t tools) command(ctx context.Context, name, address string, args ...string) (*exec.Cmd, error) {
	dsn, password, err := forLibpq(address)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(t.dir, name), append(args, "--no-password", "--dbname="+dsn)...)
	cmd.Env = append(os.Environ(), "PGAPPNAME=historias backup", "LC_MESSAGES=C")
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	return cmd, nil
}

// libpqKnows are the parameters of an address that libpq and the program share.
var libpqKnows = []string{
	"host", "hostaddr", "port", "user", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword",
	"connect_timeout", "target_session_attrs", "channel_binding",
}

// forLibpq turns the program's address into one that libpq takes, without the
// password.
func forLibpq(address string) (dsn, password string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", "", fault("bad_address", "La dirección de la base de datos no se entiende; escríbala como postgresql://usuario:clave@equipo:5432/base.")
	}
	given, query := u.Query(), url.Values{}
	for _, name := range libpqKnows {
		if given.Has(name) {
			query.Set(name, given.Get(name))
		}
	}
	query.Set("options", strings.TrimSpace(given.Get("options")+" -c app.maintenance=on"))
	password, _ = u.User.Password()
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	if password == "" {
		password = given.Get("password")
	}
	// libpq reads a plus sign as itself.
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	return u.String(), password, nil
}

// lastWords keeps the end of what a tool says, for the operator.
type lastWords struct{ bytes.Buffer }

const mostWords = 4 << 10

// Write keeps the first few kilobytes: the first fault is the cause of the rest.
func (l *lastWords) Write(raw []byte) (int, error) {
	if room := mostWords - l.Len(); room > 0 {
		l.Buffer.Write(raw[:min(room, len(raw))])
	}
	return len(raw), nil
}

// first is the first line that tells of an error. Details are left out: they can
// hold values of rows.
func (l *lastWords) first() string {
	for line := range strings.Lines(l.String()) {
		if strings.Contains(line, "error:") || strings.Contains(line, "ERROR:") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
