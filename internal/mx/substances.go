package mx

import (
	_ "embed" // the list of common names
	"strings"
)

//go:embed substances.tsv
var substanceFile string

// CommonName is a word or phrase by which people call a substance that Mexican
// catalogs of medicines have under another name: acetaminofén is paracetamol.
// Trademarks are left out, but for those that became the common word (aspirina).
type CommonName struct {
	// Said is what people say, as it is written; whoever compares folds it.
	Said string
	// Called are the names that it leads to.
	Called []string
	// Same says that it is the one substance of Called and nothing else. What is
	// not only helps a search: «suero», «hierro», abbreviations.
	Same bool
}

// CommonNames gives the list, in the order of what is said.
func CommonNames() []CommonName {
	lines := strings.Split(strings.TrimSuffix(substanceFile, "\n"), "\n")[1:]
	out := make([]CommonName, 0, len(lines))
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		name := CommonName{Said: cells[0], Same: cells[2] == "same"}
		name.Called = strings.Split(cells[1], "; ")
		out = append(out, name)
	}
	return out
}
