//go:build linux

package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/cmd/historias/checkup"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// site is a production installation: a file of variables and a database.
type site struct {
	installation
	database *dbtest.Database
	file     string
	vars     map[string]string
}

// newSite fills the plan's file of variables (3.3) with what can be reached from
// here: a database, a Meta of this machine and a port.
func newSite(t *testing.T, database *dbtest.Database) *site {
	t.Helper()
	graph := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(graph.Close)
	raw, err := os.ReadFile("../../internal/config/testdata/plan.env")
	require.NoError(t, err)
	s := &site{installation: installation{t: t, dir: t.TempDir()}, database: database, vars: map[string]string{
		"DATABASE_URL": database.AdminURL, "META_GRAPH_BASE_URL": graph.URL, "PORT": freePort(t),
		"AUDIT_CHECKPOINT_FILE": "none", "DATA_DIR": "/proc/nowhere",
	}}
	text := strings.NewReplacer(
		"[GENERAR_PASSWORD_FUERTE_32_CHARS]", vault.NewToken(24), "[CLAVE_GENERADA_EN_3.1]", vault.NewMaster(),
		"[CLAVE_GENERADA_EN_3.2]", vault.NewToken(32), "[TU_PHONE_ID_PRODUCCION]", "555000111222333", "[TU_TOKEN_PRODUCCION]", vault.NewToken(60),
		"[TU_BUSINESS_ID]", "555000111222444", "[GENERAR_TOKEN_UNICO]", vault.NewToken(24), "[APP_PASSWORD]", vault.NewToken(12),
		"POSTGRES_USER=historias_prod_user\n", "", "smtp.gmail.com", "127.0.0.1", "SMTP_PORT=587", "SMTP_PORT="+freePort(t),
	).Replace(string(raw))
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if _, ours := s.vars[name]; ok && !ours && !strings.HasPrefix(name, "#") {
			s.vars[name] = value
		}
	}
	s.write()
	return s
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func (s *site) write() {
	s.t.Helper()
	var text strings.Builder
	for name, value := range s.vars {
		text.WriteString(name + "='" + value + "'\n")
	}
	s.file = filepath.Join(s.dir, ".env.production")
	require.NoError(s.t, os.WriteFile(s.file, []byte(text.String()), 0o600))
}

// with changes variables and gives the same installation.
func (s *site) with(pairs ...string) *site {
	s.t.Helper()
	other := *s
	other.dir, other.vars = s.t.TempDir(), map[string]string{}
	for name, value := range s.vars {
		other.vars[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		other.vars[pairs[i]] = pairs[i+1]
	}
	other.write()
	return &other
}

// says runs a command with the site's file and holds its output to repeat no
// secret.
func (s *site) says(args ...string) (int, string) {
	s.t.Helper()
	code, said := s.run(append(args, "--env-file", s.file)...)
	for _, name := range []string{
		"DATABASE_URL", "POSTGRES_PASSWORD", "MEDICAL_ENCRYPTION_KEY", "JWT_SECRET_KEY", "META_WHATSAPP_TOKEN", "META_WHATSAPP_VERIFY_TOKEN", "SMTP_PASSWORD",
	} {
		if value := s.vars[name]; len(value) > 5 {
			require.NotContains(s.t, said, value, "%v repeats %s", args, name)
		}
	}
	return code, said
}

// checked gives the findings of a check by their subjects, the worst of each.
func (s *site) checked() (int, map[string]checkup.Finding) {
	s.t.Helper()
	code, said := s.says("check", "--json")
	var out struct{ Findings []checkup.Finding }
	require.NoError(s.t, json.NewDecoder(strings.NewReader(said)).Decode(&out), said)
	found := map[string]checkup.Finding{}
	for _, f := range out.Findings {
		if old, there := found[f.Subject]; !there || old.Mark != checkup.Bad {
			found[f.Subject] = f
		}
	}
	return code, found
}

// bads are the subjects of what is bad, but for the account at Meta, which
// nobody plays here.
func bads(found map[string]checkup.Finding) []string {
	out := []string{}
	for subject, f := range found {
		if f.Mark == checkup.Bad && subject != "WhatsApp" {
			out = append(out, subject)
		}
	}
	return out
}

// The plan's file, filled in, with one superuser and no lasting disk, brings the
// database up, serves, and is found sound but for the server of letters, which
// nobody plays here.
func TestThePlansFileStarts(t *testing.T) {
	t.Parallel()
	s := newSite(t, dbtest.Empty(t))
	code, found := s.checked()
	require.Equal(t, exitFault, code)
	require.Equal(t, "la base está vacía", found["Esquema"].Text)
	code, said := s.says("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "historias migrate")

	code, said = s.says("migrate")
	require.Zero(t, code, said)
	code, found = s.checked()
	require.Equal(t, exitFault, code)
	require.Equal(t, []string{"Correo"}, bads(found), "%v", found)
	for subject, want := range map[string]checkup.Mark{
		"Variables": checkup.Good, "Archivo de variables": checkup.Good, "PostgreSQL": checkup.Good, "Escritura": checkup.Good, "Esquema": checkup.Good,
		"Reloj": checkup.Good, "MEDICAL_ENCRYPTION_KEY": checkup.Good, "PORT": checkup.Good, "Usuario de la base": checkup.Doubt, "AUDIT_CHECKPOINT_FILE": checkup.Doubt,
	} {
		require.Equal(t, want, found[subject].Mark, "%s: %s", subject, found[subject].Text)
	}

	s.serveSite()
	_, found = s.checked()
	require.Contains(t, found["PORT"].Text, "ya atiende")
	require.Contains(t, found["MEDICAL_ENCRYPTION_KEY"].Text, "abre lo que la base guarda")
	code, said = s.says("keys", "status")
	require.Zero(t, code, said)
	code, said = s.says("audit", "verify")
	require.Zero(t, code, said)
}

// A folder that cannot be written stops nobody's work: the checkpoints are missed,
// check says so, and the log as well.
func TestWithoutAFolderOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t, dbtest.New(t)).with("AUDIT_CHECKPOINT_FILE", "")
	_, found := s.checked()
	require.Equal(t, checkup.Bad, found["AUDIT_CHECKPOINT_FILE"].Mark)
	require.Contains(t, found["AUDIT_CHECKPOINT_FILE"].Text, "puntos de control")
	s.serveSite()
}

// serveSite serves until the test ends.
func (s *site) serveSite() {
	s.t.Helper()
	cmd := s.command("serve", "--env-file", s.file)
	said := &lockedText{}
	cmd.Stdout, cmd.Stderr = said, said
	require.NoError(s.t, cmd.Start())
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	s.t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	until(s.t, "it serves", func() bool {
		answer, err := http.Get("http://127.0.0.1:" + s.vars["PORT"] + "/ready")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// A database that is half migrated, newer than the program, read-only, full or
// sealed with another key is told in plain words, and by name.
func TestADatabaseThatIsNotAsItShouldBe(t *testing.T) {
	t.Parallel()
	s := newSite(t, dbtest.New(t))
	last := `(select max(version_id) from goose_db_version)`
	for _, c := range []struct {
		name, spoil, mend, subject, text string
		mark                             checkup.Mark
	}{
		{"half migrated", `create table gone as select version_id from goose_db_version where version_id = ` + last +
			`; delete from goose_db_version where version_id = ` + last, `insert into goose_db_version (version_id, is_applied) select version_id, true from gone; drop table gone`, "Esquema", "le faltan", checkup.Bad},
		{"newer", `insert into goose_db_version (version_id, is_applied) values (99999, true)`, `delete from goose_db_version where version_id = 99999`, "Esquema", "más nuevo", checkup.Doubt},
		{
			"full", `create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'x' using errcode = '53100'; end $$;
			insert into master_keys (id, first_used_at) values ('00000001', now());
			create trigger full_disk before update on master_keys for each row execute function full_disk()`,
			`drop function full_disk cascade; delete from master_keys where id = '00000001'`, "Escritura", "no tiene espacio", checkup.Bad,
		},
	} {
		s.database.Exec(t, c.spoil)
		_, found := s.checked()
		require.Equal(t, c.mark, found[c.subject].Mark, "%s: %v", c.name, found)
		require.Contains(t, found[c.subject].Text, c.text, c.name)
		if c.subject == "Esquema" && c.mark == checkup.Bad {
			code, said := s.says("serve")
			require.Equal(t, exitFault, code)
			require.Contains(t, said, "no está al día")
		}
		s.database.Exec(t, c.mend)
	}
	admin := s.vars["DATABASE_URL"]
	joined := "?"
	if strings.Contains(admin, "?") {
		joined = "&"
	}
	_, found := s.with("DATABASE_URL", admin+joined+"default_transaction_read_only=on").checked()
	require.Equal(t, checkup.Bad, found["PostgreSQL"].Mark)
	require.Contains(t, found["PostgreSQL"].Text, "sólo permite leer")
	s.serveSite()
	code, said := s.with("MEDICAL_ENCRYPTION_KEY", vault.NewMaster(), "PORT", freePort(t)).says("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "no abre los datos de esta base")
	_, found = s.with("MEDICAL_ENCRYPTION_KEY", vault.NewMaster()).checked()
	require.Equal(t, checkup.Bad, found["MEDICAL_ENCRYPTION_KEY"].Mark)
	require.Contains(t, found["MEDICAL_ENCRYPTION_KEY"].Do, "respaldo de llaves")
}

// Whatever cannot be reached or used is told once each, all at once.
func TestWhatCannotBeReached(t *testing.T) {
	t.Parallel()
	s := newSite(t, dbtest.New(t))
	taken, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	defer func() { _ = taken.Close() }()
	notFolder := filepath.Join(t.TempDir(), "archivo")
	require.NoError(t, os.WriteFile(notFolder, nil, 0o600))
	other := s.with(
		"PORT", strconv.Itoa(taken.Addr().(*net.TCPAddr).Port), "META_GRAPH_BASE_URL", "http://127.0.0.1:"+freePort(t),
		"AUDIT_CHECKPOINT_FILE", filepath.Join(notFolder, "puntos.log"), "BACKUP_DIR", notFolder,
		"DATABASE_URL", "postgresql://nadie:canario-9xQw0bT@127.0.0.1:"+freePort(t)+"/historias",
	)
	require.NoError(t, os.Chmod(other.file, 0o640))
	code, found := other.checked()
	require.Equal(t, exitFault, code)
	require.ElementsMatch(t, []string{"Archivo de variables", "DATABASE_URL", "AUDIT_CHECKPOINT_FILE", "BACKUP_DIR", "PORT", "Correo"}, bads(found))
	require.Contains(t, found["WhatsApp"].Text, "Meta no responde")
	code, said := other.says("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "No se pudo llegar a la base de datos")
	code, said = s.with("PORT", other.vars["PORT"]).says("serve")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "El puerto ya está en uso")
	code, said = s.run("check", "--env-file", notFolder+".no")
	require.Equal(t, exitFault, code)
	require.Contains(t, said, "No se puede leer el archivo de variables")
}

// A database that is not there, a server without the encryption that is asked
// for, and an address that is none are told apart.
func TestWhyADatabaseIsNotReached(t *testing.T) {
	t.Parallel()
	s := newSite(t, dbtest.New(t))
	admin := s.vars["DATABASE_URL"]
	name := admin[strings.LastIndex(admin, "/historias_test_")+1:]
	if cut := strings.IndexByte(name, '?'); cut > 0 {
		name = name[:cut]
	}
	_, found := s.with("DATABASE_URL", strings.Replace(admin, name, "no_existe_ninguna", 1)).checked()
	require.Contains(t, found["DATABASE_URL"].Text, "no tiene esa base")

	plain, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = plain.Close() })
	go func() {
		for {
			c, err := plain.Accept()
			if err != nil {
				return
			}
			_, _ = io.CopyN(io.Discard, c, 8) // «do you speak TLS?»
			_, _ = c.Write([]byte{'N'})
			_ = c.Close()
		}
	}()
	_, found = s.with("DATABASE_URL", "postgresql://u:canario-9xQw0bT@"+plain.Addr().String()+"/h?sslmode=require").checked()
	require.Contains(t, found["DATABASE_URL"].Text, "la conexión cifrada no se logra")
	_, found = s.with("DATABASE_URL", "postgresql://u:canario-9xQw0bT@127.0.0.1:x/h").checked()
	require.Contains(t, found["DATABASE_URL"].Text, "no es una dirección")
}

// A clock that is ten minutes off stops, whoever is right.
func TestAClockThatIsOff(t *testing.T) {
	t.Parallel()
	graph := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(11*time.Minute).UTC().Format(http.TimeFormat))
	}))
	t.Cleanup(graph.Close)
	_, found := newSite(t, dbtest.New(t)).with("META_GRAPH_BASE_URL", graph.URL).checked()
	require.Equal(t, checkup.Bad, found["Reloj"].Mark)
	require.Regexp(t, "difiere 1[01]m.* del de Meta", found["Reloj"].Text)
}

// A file of variables and folders of somebody else are told, to whoever is not
// the administrator.
func TestWhatBelongsToSomebodyElse(t *testing.T) {
	t.Parallel()
	const nobody = 65534
	if os.Geteuid() != 0 {
		t.Skip("SKIP: only the administrator can start a program as somebody else")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	public, err := os.MkdirTemp("", "historias-check-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(public) })
	require.NoError(t, os.Chmod(public, 0o755))
	program := filepath.Join(public, "historias")
	raw, err := os.ReadFile(self)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(program, raw, 0o755))
	s := newSite(t, dbtest.New(t))
	for name, where := range map[string]string{"AUDIT_CHECKPOINT_FILE": filepath.Join(public, "puntos.log"), "BACKUP_DIR": public} {
		s = s.with(name, where)
	}
	as := func(file string) string {
		cmd := exec.Command(program, "check", "--env-file", file)
		cmd.Env, cmd.Dir = []string{asProgram + "=1"}, "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		out, err := cmd.CombinedOutput()
		require.Error(t, err)
		require.Equal(t, exitFault, cmd.ProcessState.ExitCode(), string(out))
		return string(out)
	}
	text, err := os.ReadFile(s.file)
	require.NoError(t, err)
	theirs := filepath.Join(public, ".env.production")
	require.NoError(t, os.WriteFile(theirs, text, 0o600))
	require.Contains(t, as(theirs), "No se puede leer el archivo de variables")
	require.NoError(t, os.Chmod(theirs, 0o644))
	require.Contains(t, as(theirs), "alguien más (permisos 644)")
	require.NoError(t, os.Chown(theirs, nobody, nobody))
	require.NoError(t, os.Chmod(theirs, 0o600))
	said := as(theirs)
	require.Contains(t, said, "✓ Archivo de variables")
	require.Contains(t, said, "✗ AUDIT_CHECKPOINT_FILE: no se puede escribir en su carpeta")
	require.Contains(t, said, "✗ BACKUP_DIR: no se puede escribir en su carpeta")
}
