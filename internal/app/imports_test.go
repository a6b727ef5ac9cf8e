package app_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "historias/"

// The rings of the import rule (ARCHITECTURE.md, "Who may import whom").
var (
	kernel         = set("errs", "actor", "clock", "page", "mx", "letterhead", "measures")
	infrastructure = set("config", "db", "pgembed", "pgembed/filelock", "vault", "audit", "guard", "jobs", "files", "live", "mail", "whatsapp", "whatsapp/whatsapptest", "pdf", "obs", "signature", "backup", "golive")
	features       = set("account", "session", "clinic", "patient", "chart", "consultation", "vitals", "prescription",
		"study", "appointment", "schedule", "notice", "consent", "arco", "retention", "document", "catalog", "messaging",
		"integration", "factor", "fhir", "report", "export", "idempotency", "conditions", "staff", "connection")
)

// homes says which packages may use a library of the program's outside.
var homes = map[string][]string{
	"github.com/labstack/echo/v4":     {"api"},
	"github.com/jackc/pgx/v5":         {"internal/db", "internal/jobs", "internal/live", "internal/pgembed", "internal/backup", "internal/catalog", "internal/app/schema", "internal/testkit", "api/apitest", "bench"},
	"github.com/golang-jwt/jwt/v5":    {"internal/session"},
	"github.com/fernet/fernet-go":     {"internal/vault"},
	"github.com/getsentry/sentry-go":  {"internal/obs"},
	"github.com/prometheus":           {"internal/obs"},
	"go.opentelemetry.io":             {"internal/obs"},
	"codeberg.org/go-pdf/fpdf":        {"internal/pdf"},
	"github.com/boombuler/barcode":    {"internal/pdf"},
	"github.com/go-webauthn/webauthn": {"internal/factor"},
	"github.com/pquerna/otp":          {"internal/factor"},
	"github.com/wneessen/go-mail":     {"internal/mail"},
	"filippo.io/age":                  {"internal/backup"},
	"github.com/minio/minio-go/v7":    {"internal/backup"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out["internal/"+n] = true
	}
	return out
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "historias/...").Output()
	require.NoError(t, err)
	var all []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, p)
	}
}

// mayImport says why a package of ours may not use another one, empty when it may.
func mayImport(from, to string) string {
	switch {
	case kernel[from]:
		if to == "internal/errs" {
			return ""
		}
		return "the kernel imports nothing of ours but errs"
	case infrastructure[from]:
		if kernel[to] || infrastructure[to] {
			return ""
		}
		return "infrastructure imports the kernel and infrastructure"
	case features[from]:
		if kernel[to] || infrastructure[to] || strings.HasPrefix(to, from+"/") {
			return ""
		}
		return "a feature imports rings 0 and 1, never another feature nor api"
	case from == "api":
		if kernel[to] || features[to] || to == "internal/obs" || to == "internal/audit" || to == "openapi" ||
			to == "internal/live" || to == "internal/whatsapp/whatsapptest" || to == "internal/mail" {
			return ""
		}
		return "api knows features and errors, never the database"
	case from == "internal/app":
		if to != "api" && !strings.HasPrefix(to, "api/") {
			return ""
		}
		return "the composition root knows no HTTP"
	}
	return ""
}

func TestTheImportRuleHolds(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			if to, ours := strings.CutPrefix(imported, module); ours {
				require.Empty(t, mayImport(from, to), "%s imports %s", from, to)
				continue
			}
			if features[from] {
				require.NotEqual(t, "net/http", imported, "%s: a feature knows no HTTP", from)
			}
		}
	}
}

func TestEveryPackageHasAPlace(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if !strings.HasPrefix(name, "internal/") || strings.HasPrefix(name, "internal/app") || strings.HasPrefix(name, "internal/testkit") {
			continue
		}
		require.True(t, kernel[name] || infrastructure[name] || features[name], "%s stands in no ring", name)
	}
}

func TestEveryLibraryHasOneHome(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			for library, allowed := range homes {
				if imported != library && !strings.HasPrefix(imported, library+"/") {
					continue
				}
				ok := false
				for _, home := range allowed {
					ok = ok || from == home || strings.HasPrefix(from, home+"/") || home == "store" && features[from]
				}
				require.True(t, ok, "%s uses %s, whose home is %v", from, library, allowed)
			}
		}
	}
}
