package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// rule is one thing that no line of certain files may contain.
type rule struct {
	name    string
	reason  string
	pattern *regexp.Regexp
	applies func(file string) bool
}

func (r rule) appliesTo(file string) bool { return r.applies(file) }

var rules = []rule{
	{
		"unfinished", "finish it, or describe it in an issue",
		regexp.MustCompile(`\b(TODO|FIXME)\b`), isSource,
	},
	{
		"console", "the browser's console belongs to whoever looks for faults",
		regexp.MustCompile(`\bconsole\.(log|debug|info|trace)\(`), isWebSource,
	},
	{
		"print", "use the logger; only commands print",
		regexp.MustCompile(`\bfmt\.Print(f|ln)?\(`), isLibrary,
	},
	{
		"private-key", "a private key",
		regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`), everywhere,
	},
	{
		"aws-key", "an access key of AWS",
		regexp.MustCompile(`\b(AKIA|ASIA)[0-9A-Z]{16}\b`), everywhere,
	},
	{
		"meta-token", "an access token of Meta",
		regexp.MustCompile(`\bEAA[0-9A-Za-z]{40,}`), everywhere,
	},
	{
		"github-token", "an access token of GitHub",
		regexp.MustCompile(`\bgh[pousr]_[0-9A-Za-z]{36}`), everywhere,
	},
	{
		"session-token", "a signed session token",
		regexp.MustCompile(`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}`), everywhere,
	},
	{
		"fernet-key", "an encryption key (32 bytes in base64)",
		regexp.MustCompile(`(^|[^\w+/-])[\w-]{43}=($|[^\w=])`), mayHoldKeys,
	},
	{
		"registry", "packages come from wherever each machine is set up to find them",
		regexp.MustCompile(`"resolved":\s*"http|^\s*registry\s*=|\bGOPROXY=http`), everywhere,
	},
	{
		"machine-path", "a folder of one machine",
		regexp.MustCompile(`(^|[^\w.$}/-])/(root|work|home/\w+|Users/\w+)/`), everywhere,
	},
}

// own is the folder of these rules, whose tests break them all.
const own = "scripts/hygiene/"

func everywhere(file string) bool { return !strings.HasPrefix(file, own) }

func isSource(file string) bool {
	return everywhere(file) && slices.Contains([]string{
		".go", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sql", ".sh", ".yml", ".yaml", ".conf",
	}, path.Ext(file))
}

func isWebSource(file string) bool {
	return isSource(file) && (strings.HasPrefix(file, "frontend/src/") || strings.HasPrefix(file, "frontend/public/"))
}

func isLibrary(file string) bool {
	if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
		return false
	}
	for _, commands := range []string{"cmd/", "scripts/", "bench/"} {
		if strings.HasPrefix(file, commands) {
			return false
		}
	}
	return true
}

// mayHoldKeys leaves out checksums, which look like keys, and the made-up keys of tests.
func mayHoldKeys(file string) bool {
	base := path.Base(file)
	return everywhere(file) && base != "go.sum" && base != "package-lock.json" &&
		!strings.HasSuffix(file, "_test.go") && !strings.Contains(file, "/testdata/")
}
