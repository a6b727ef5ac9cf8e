// Package docs holds what people read: the manual, how to operate, the legal
// folder, the guide of the API. Its tests hold the words to the program.
package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// documents are all pages, by their path from the root of the repository.
func documents(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", "nginx/README.md", "frontend/README.md"} {
		pages[name] = read(t, "../"+name)
	}
	require.NoError(t, filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			pages["docs/"+filepath.ToSlash(path)] = read(t, path)
		}
		return err
	}))
	require.Greater(t, len(pages), 30)
	return pages
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(raw)
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	span    = regexp.MustCompile("`([^`\n]+)`")
	fence   = regexp.MustCompile("(?ms)^ *```[a-z]*\n(.*?)^ *```")
)

// code gives what a page shows as code: the lines of its blocks, and its spans.
func code(page string) []string {
	var lines []string
	for _, m := range fence.FindAllStringSubmatch(page, -1) {
		lines = append(lines, strings.Split(m[1], "\n")...)
	}
	for _, m := range span.FindAllStringSubmatch(fence.ReplaceAllString(page, ""), -1) {
		lines = append(lines, m[1])
	}
	return lines
}

// A link leads to a file that exists, and to a heading that the file has.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	for name, page := range documents(t) {
		page = span.ReplaceAllString(fence.ReplaceAllString(page, ""), "")
		for _, m := range link.FindAllStringSubmatch(page, -1) {
			if strings.Contains(m[1], "://") || strings.Contains(m[1], "{{") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			path, anchor, _ := strings.Cut(m[1], "#")
			target := name
			if path != "" {
				target = filepath.Join(filepath.Dir(name), path)
			}
			if _, err := os.Stat(filepath.Join("..", target)); err != nil {
				t.Errorf("%s: %s leads nowhere", name, m[1])
				continue
			}
			if anchor != "" && !slices.Contains(anchors(read(t, filepath.Join("..", target))), anchor) {
				t.Errorf("%s: %s names no heading", name, m[1])
			}
		}
	}
}

// anchors are the headings of a page as a forge makes addresses of them.
func anchors(page string) []string {
	var out []string
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		kept := strings.Map(func(r rune) rune {
			if r == ' ' {
				return '-'
			}
			if r == '-' || r == '_' || strings.ContainsRune("áéíóúñü", r) || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, strings.ToLower(m[1]))
		out = append(out, kept)
	}
	return out
}

// Exclamation marks and words of machines do not belong in what people read.
func TestNobodyIsShoutedAt(t *testing.T) {
	t.Parallel()
	for name, page := range documents(t) {
		if strings.HasPrefix(name, "docs/") {
			require.NotContains(t, page, "¡", name)
		}
	}
}
