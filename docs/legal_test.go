package docs

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cited are the articles and numerals that a page may name: those whose text, or
// a document that quotes it, was read. A new one is read first.
var cited = map[string][]string{
	"LFPDPPP": {
		"2", "4", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
		"30", "31", "32", "33", "34", "35", "36", "38", "39", "40", "43", "58", "60",
	},
	"LGS":             {"83", "225", "226", "388", "392"},
	"LFPA":            {"28"},
	"LFT":             {"74"},
	"CPF":             {"210", "211"},
	"Reglamento 2011": {"50", "52"},
	"NOM-004": {
		"2", "5.1", "5.2.1", "5.2.2", "5.2.3", "5.4", "5.5", "5.5.1", "5.6", "5.7", "5.9", "5.10", "5.11", "5.12", "6.1.1", "6.1.2", "6.1.3", "6.1.4", "6.1.5", "6.1.6",
		"6.2", "6.3", "6.4", "7.1", "7.2", "7.3", "8.9", "9.1", "9.2", "10.1.1", "10.1.2", "10.2", "10.3",
	},
}

var (
	citation = regexp.MustCompile(`\b(LFPDPPP|LGS|LFPA|LFT|CPF|Reglamento 2011|NOM-004)[ ,(]+(?:artículos? )?(\d[\d.]*(?:-[IVX]+)?(?:(?:, | y | a )\d[\d.]*(?:-[IVX]+)?)*)`)
	article  = regexp.MustCompile(`[Aa]rtículos? (\d+(?:(?:, | y | a )\d+)*)`)
	row      = regexp.MustCompile(`(?m)^\| (\d[\d.]*¹?(?:, \d[\d.]*¹?)*) \|`)
	number   = regexp.MustCompile(`\d[\d.]*\d|\d`)
)

// No page names an article that nobody read.
func TestCitationsWereRead(t *testing.T) {
	t.Parallel()
	for name, page := range documents(t) {
		if !strings.HasPrefix(name, "docs/legal/") && !strings.HasPrefix(name, "docs/operacion/") {
			continue
		}
		for _, m := range citation.FindAllStringSubmatch(page, -1) {
			wereRead(t, name, m[1], m[2])
		}
		for _, m := range article.FindAllStringSubmatch(citation.ReplaceAllString(page, ""), -1) {
			wereRead(t, name, "LFPDPPP", m[1])
		}
		require.NotContains(t, strings.ReplaceAll(page, "plan", ""), "certificado NOM-024", name)
	}
	for _, m := range row.FindAllStringSubmatch(read(t, "legal/lista-nom-004.md"), -1) {
		wereRead(t, "docs/legal/lista-nom-004.md", "NOM-004", strings.ReplaceAll(m[1], "¹", ""))
	}
}

func wereRead(t *testing.T, page, law, list string) {
	t.Helper()
	for _, n := range number.FindAllString(list, -1) {
		if !slices.Contains(cited[law], n) {
			t.Errorf("%s cites %s %s, which is not among what was read", page, law, n)
		}
	}
}

// Every model says first what a lawyer reviews, and names no authority that has
// ceased to exist.
func TestModelsSayWhatALawyerReviews(t *testing.T) {
	t.Parallel()
	for name, page := range documents(t) {
		if !strings.HasPrefix(name, "docs/legal/") {
			continue
		}
		require.NotContains(t, page, "INAI", name)
		if filepath.Base(name) != "README.md" {
			require.Contains(t, page, "\n## Qué debe revisar su abogado\n", name)
		}
	}
}

var (
	summary = regexp.MustCompile(`(?s)select\n\$base\$(.*?)\$base\$ as summary`)
	element = regexp.MustCompile(`(?s)'title', '([^']+)', 'text',\n\$base\$(.*?)\$base\$`)
)

// The copies in the folder say what the program says.
func TestCopiesSayWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	base := read(t, "../migrations/00011_notices.sql")
	notice := read(t, "legal/aviso-integral.md")
	whole := summary.FindStringSubmatch(base)[1]
	elements := element.FindAllStringSubmatch(base, -1)
	require.Len(t, elements, 9)
	for _, e := range elements {
		whole += "\n\n## " + e[1] + "\n\n" + e[2]
	}
	require.Contains(t, notice, "\n---\n\n"+whole+"\n")

	letter := strings.TrimSpace(read(t, "../internal/staff/letters/1.txt"))
	_, body, _ := strings.Cut(letter, "\n\n")
	require.Contains(t, read(t, "legal/carta-de-confidencialidad.md"), body)
}
