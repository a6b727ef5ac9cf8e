package api

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

const spaSources = "../frontend"

// Every address that the SPA knows is one that the server answers, and the other
// way round: a page reached by its address or reloaded is found.
func TestTheServerKnowsThePagesOfTheSPA(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(spaSources, "src/config/paths.ts"))
	require.NoError(t, err)
	known := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^  \w+: '(/[^']*)',$`).FindAllStringSubmatch(string(text), -1) {
		address := regexp.MustCompile(`\$\w+`).ReplaceAllString(found[1], uuid.NewString())
		for _, page := range spaPages() {
			if page.pattern.MatchString(address) {
				known[page.pattern.String()] = true
				address = ""
				break
			}
		}
		require.Empty(t, address, "the server answers 404")
	}
	require.Len(t, known, len(spaPages()), "a page of the server that the SPA does not have")
}

// What a page is said to need first exists: a renamed file would silently cost
// the preload.
func TestThePreloadedSourcesExist(t *testing.T) {
	t.Parallel()
	for _, page := range spaPages() {
		for _, source := range page.chunks {
			require.FileExists(t, filepath.Join(spaSources, source))
		}
	}
}
