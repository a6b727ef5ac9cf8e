package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// versionsFile declares which version of each file this binary carries.
const versionsFile = "data/versions.tsv"

// column is one column of a file and of its table. cast is the SQL type of the
// table's column where it is not text.
type column struct{ name, cast string }

// file describes one file of the catalogs and the table it fills. Its columns
// have the same names and order in both.
type file struct {
	name    string // of the file, without .tsv, and of the table
	columns []column
	// key counts the columns that make a row unique.
	key []string
	// labels are the columns whose folded form orders the answers.
	labels []string
	// searched are the columns whose words find the row; ref is the column that
	// stands for it in the index of words.
	searched []string
	ref      string
}

func texts(names ...string) []column {
	columns := make([]column, len(names))
	for i, name := range names {
		columns[i] = column{name: name}
	}
	return columns
}

// files are the catalogs in the order in which they are loaded: the synonyms
// refer to the diagnoses.
var files = []file{
	{
		name: string(KindDiagnoses), columns: texts("code", "label", "parent", "sex"),
		key: []string{"code"}, labels: []string{"label"}, searched: []string{"label"}, ref: "code",
	},
	{
		name: synonyms, columns: texts("expression", "code"),
		key: []string{"expression", "code"}, labels: []string{"expression"}, searched: []string{"expression"}, ref: "expression",
	},
	{
		name: string(KindMedications),
		columns: append(texts("generic_name", "form", "concentration", "route", "atc"),
			column{"antibiotic", "boolean"}, column{"fraction", ""}, column{"id", "uuid"}),
		key: []string{"id"}, labels: []string{"generic_name", "form", "concentration"}, searched: []string{"generic_name", "form", "concentration", "atc"}, ref: "id",
	},
	{
		name: string(KindStudies), columns: texts("code", "name", "study_group", "kind", "specimen", "preparation"),
		key: []string{"code"}, labels: []string{"name"}, searched: []string{"name", "study_group"}, ref: "code",
	},
	{
		name: string(KindStates), columns: texts("code", "name", "curp_code"),
		key: []string{"code"}, labels: []string{"name"}, searched: []string{"name", "code"}, ref: "code",
	},
	{
		name: string(KindCountries), columns: texts("code", "name"),
		key: []string{"code"}, labels: []string{"name"}, searched: []string{"name", "code"}, ref: "code",
	},
	{
		name: string(KindSpecialties), columns: texts("code", "name", "profession"),
		key: []string{"code"}, labels: []string{"name"}, searched: []string{"name"}, ref: "code",
	},
}

// synonyms is the catalog of what people say for a diagnosis. It is searched
// together with the diagnoses, never by itself.
const synonyms = "diagnosis_synonyms"

// row is one line of a file, by the names of its columns.
type row map[string]string

// content is a file as it was read.
type content struct {
	file
	version  string
	checksum string
	rows     []row
}

// read reads and checks one file: its header, its columns, its keys, and that it
// is the very file whose version is declared.
func (f file) read(data fs.FS, declared map[string]release) (content, error) {
	raw, err := fs.ReadFile(data, "data/"+f.name+".tsv")
	if err != nil {
		return content{}, fmt.Errorf("catalog: %w", err)
	}
	sum := sha256.Sum256(raw)
	c := content{file: f, checksum: hex.EncodeToString(sum[:]), version: declared[f.name].version}
	if c.checksum != declared[f.name].checksum {
		return content{}, fmt.Errorf("catalog: %s.tsv is not the file that versions.tsv declares: raise its version and write its checksum, %s", f.name, c.checksum)
	}
	c.rows, err = f.parse(string(raw))
	return c, err
}

func (f file) parse(text string) ([]row, error) {
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\n") {
		return nil, fmt.Errorf("catalog: %s.tsv is not whole UTF-8 text", f.name)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != f.header() {
		return nil, fmt.Errorf("catalog: %s.tsv begins with %q", f.name, lines[0])
	}
	rows := make([]row, 0, len(lines)-1)
	seen := map[string]bool{}
	for i, line := range lines[1:] {
		r, err := f.split(line)
		if err == nil && seen[f.keyOf(r)] {
			err = fmt.Errorf("%s is there twice", f.keyOf(r))
		}
		if err != nil {
			return nil, fmt.Errorf("catalog: %s.tsv, line %d: %w", f.name, i+2, err)
		}
		seen[f.keyOf(r)] = true
		rows = append(rows, r)
	}
	return rows, nil
}

func (f file) header() string { return strings.Join(f.names(), "\t") }

func (f file) names() []string {
	names := make([]string, len(f.columns))
	for i, c := range f.columns {
		names[i] = c.name
	}
	return names
}

func (f file) split(line string) (row, error) {
	cells := strings.Split(line, "\t")
	if len(cells) != len(f.columns) {
		return nil, fmt.Errorf("%d columns instead of %d", len(cells), len(f.columns))
	}
	r := row{}
	for i, c := range f.columns {
		r[c.name] = cells[i]
	}
	for _, name := range slices.Concat(f.labels, f.key) {
		if r[name] == "" {
			return nil, fmt.Errorf("%s is empty", name)
		}
	}
	return r, nil
}

func (f file) keyOf(r row) string { return r.join(f.key) }

// folded is the text that orders a row among the answers.
func (f file) folded(r row) string { return fold(r.join(f.labels)) }

func (r row) join(columns []string) string {
	cells := make([]string, len(columns))
	for i, name := range columns {
		cells[i] = r[name]
	}
	return strings.Join(cells, " ")
}

// wordsOf gives the words that find a row, each once.
func (f file) wordsOf(r row) []string {
	seen := map[string]bool{}
	var found []string
	for _, name := range f.searched {
		for _, word := range telling(r[name]) {
			if !seen[word] {
				seen[word] = true
				found = append(found, word)
			}
		}
	}
	return found
}

// release is what versions.tsv declares of one file.
type release struct{ version, checksum string }

// releases reads versions.tsv: name, version and SHA-256 of each file.
func releases(data fs.FS) (map[string]release, error) {
	raw, err := fs.ReadFile(data, versionsFile)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	declared := map[string]release{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("catalog: versions.tsv: %q", line)
		}
		declared[cells[0]] = release{version: cells[1], checksum: cells[2]}
	}
	return declared, nil
}
