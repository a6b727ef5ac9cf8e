package checkup

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/mail"
	"historias/internal/vault"
)

// A server that is too old or too new stops; so does one that only reads.
func TestTheVersionOfTheServer(t *testing.T) {
	t.Parallel()
	for version, want := range map[int]Mark{140012: Bad, 90600: Bad, 150000: Good, 150017: Good, 180001: Good, 190000: Bad} {
		require.Equal(t, want, release(db.Server{Version: version}).Mark, "%d", version)
	}
	require.Equal(t, Bad, release(db.Server{Version: 170000, ReadOnly: true}).Mark)
}

// Two minutes between two clocks are told, ten minutes stop.
func TestClocks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for apart, want := range map[time.Duration]Mark{
		0: Good, 2 * time.Minute: Good, 2*time.Minute + time.Second: Doubt, 10*time.Minute - time.Second: Doubt, 10 * time.Minute: Bad, 24 * time.Hour: Bad,
	} {
		require.Equal(t, want, Clock("Meta", now, now.Add(apart)).Mark, apart)
		require.Equal(t, want, Clock("Meta", now, now.Add(-apart)).Mark, apart)
	}
}

// Whoever works with more rights than needed is told so; who cannot work is stopped.
func TestTheLogin(t *testing.T) {
	t.Parallel()
	two := &config.Config{MigrationDatabaseURL: "x"}
	for _, c := range []struct {
		cfg  *config.Config
		s    db.Server
		want Mark
	}{
		{two, db.Server{Role: "h_app", Assumable: true}, Good},
		{two, db.Server{Role: "h_app", Assumable: true, OwnsTables: true}, Doubt},
		{&config.Config{}, db.Server{Role: "h_app", Assumable: true, OwnsTables: true}, Doubt},
		{two, db.Server{Role: "h_app", Assumable: true, BypassRLS: true}, Doubt},
		{two, db.Server{Role: "h_app"}, Bad},
	} {
		require.Equal(t, c.want, login(c.cfg, c.s)[0].Mark, "%+v", c)
	}
}

// What crosses a network in the clear stops, unless the network is one's own.
func TestEncryptionTowardsTheServer(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]Mark{
		"postgresql://u@localhost/h": Good, "postgresql:///h?host=/run/postgresql": Good, "postgresql://u@127.0.0.1/h": Good,
		"postgresql://u@postgres-db:5432/h": Doubt, "postgresql://u@10.0.0.7/h": Doubt,
		"postgresql://u@db.proveedor.example/h": Bad, "postgresql://u@203.0.113.9/h": Bad,
	} {
		require.Equal(t, want, encrypted(address, db.Server{}).Mark, address)
		require.Equal(t, Good, encrypted(address, db.Server{TLS: true}).Mark, address)
	}
}

// A file that others can read stops; so does one of somebody else.
func TestTheFileOfVariables(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "variables")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	for mode, want := range map[os.FileMode]Mark{0o600: Good, 0o400: Good, 0o640: Bad, 0o604: Bad, 0o644: Bad, 0o700: Bad, 0o660: Bad} {
		require.NoError(t, os.Chmod(path, mode))
		require.Equal(t, want, guarded(path).Mark, "%o", mode)
	}
	require.Equal(t, Bad, guarded(filepath.Dir(path)).Mark)
	require.Equal(t, Bad, guarded(path+".no").Mark)
}

// How the server of letters takes us is told in words.
func TestTheServerOfLetters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want Mark
		text string
	}{
		{nil, Good, "nos recibe"},
		{&mail.Fault{Class: mail.Config, Code: 535}, Bad, "535"},
		{&mail.Fault{Class: mail.Config}, Bad, "cifrada"},
		{&mail.Fault{Class: mail.Temporary, Code: 421}, Doubt, "421"},
		{&mail.Fault{Class: mail.Temporary}, Bad, "no responde"},
		{errors.New("x"), Bad, "no responde"},
	} {
		f := Post(c.err)
		require.Equal(t, c.want, f.Mark)
		require.Contains(t, f.Text, c.text)
	}
}

// A production installation without a server for letters is told once, by the
// variables; what is configured elsewhere is not looked at.
func TestNothingIsAskedThatIsNotConfigured(t *testing.T) {
	t.Parallel()
	c := &config.Config{Environment: "production"}
	require.Empty(t, post(t.Context(), c))
	require.Empty(t, meta(t.Context(), Options{Config: c}))
	require.Empty(t, database(t.Context(), Options{Config: c, Shelves: []vault.Shelf{vault.Own}}))
}

// A name that nobody has, a certificate that nobody vouches for and an address
// without encryption are told, and with them that the rest could not be seen.
func TestWhatTheWorldSees(t *testing.T) {
	t.Parallel()
	now := time.Now()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	require.Equal(t, Bad, resolved(t.Context(), []string{"https://nadie.invalid"}).Mark)
	require.Contains(t, certified(t.Context(), []string{server.URL}, now).Text, "certificado válido")
	require.Contains(t, certified(t.Context(), []string{"http://127.0.0.1"}, now).Text, "no usa https")
	p := look(t.Context(), &config.Config{FrontendURL: server.URL}, now)
	for _, f := range []Finding{p.names, p.tls, p.webhook, p.limits} {
		require.Equal(t, Bad, f.Mark, "%v", f)
	}
	p = look(t.Context(), &config.Config{}, now)
	require.Contains(t, p.names.Text, "ninguna dirección")
}
