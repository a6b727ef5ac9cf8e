package docs

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An order of the program at the beginning of code, or after another one.
var order = regexp.MustCompile(`(?:^|&& |bin/|backend /)historias ([a-z][^|&#«\n]*)`)

// program asks the built program about its own orders.
type program struct {
	t    *testing.T
	path string
	help map[string]string
}

func build(t *testing.T) program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "historias")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "historias/cmd/historias").CombinedOutput()
	require.NoError(t, err, string(out))
	return program{t: t, path: path, help: map[string]string{}}
}

// about gives the help of an order.
func (p program) about(words []string) string {
	p.t.Helper()
	name := strings.Join(words, " ")
	if _, asked := p.help[name]; !asked {
		out, err := exec.Command(p.path, append(slices.Clone(words), "--help")...).CombinedOutput()
		require.NoError(p.t, err, "%s: %s", name, out)
		p.help[name] = string(out)
	}
	return p.help[name]
}

var (
	listed = regexp.MustCompile(`(?m)^  ([a-z][a-z-]*) `)
	option = regexp.MustCompile(`--[a-z][a-z-]*`)
)

// orders are those below an order; none below one that takes arguments.
func (p program) orders(words []string) []string {
	_, list, found := strings.Cut(p.about(words), "Órdenes:")
	if !found {
		return nil
	}
	list, _, _ = strings.Cut(list, "\n\n")
	var names []string
	for _, m := range listed.FindAllStringSubmatch(list, -1) {
		names = append(names, m[1])
	}
	return names
}

// Every order that a page tells to run exists, with the options it is given.
func TestOrdersExist(t *testing.T) {
	t.Parallel()
	p := build(t)
	seen := 0
	for name, page := range documents(t) {
		for _, line := range code(page) {
			for _, m := range order.FindAllStringSubmatch(line, -1) {
				p.check(name, m[1])
				seen++
			}
		}
	}
	require.Greater(t, seen, 30)
}

func (p program) check(page, line string) {
	var words []string
	for _, word := range strings.Fields(line) {
		below := p.orders(words)
		if len(below) == 0 || strings.HasPrefix(word, "-") {
			break
		}
		if !slices.Contains(below, word) {
			p.t.Errorf("%s: «historias %s» is no order: %s has %v", page, line, strings.Join(words, " "), below)
			return
		}
		words = append(words, word)
	}
	for _, o := range option.FindAllString(line, -1) {
		if !strings.Contains(p.about(words), o) {
			p.t.Errorf("%s: «historias %s» has no %s", page, strings.Join(words, " "), o)
		}
	}
}
