package config

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// File is a file of variables: what a shell, systemd (EnvironmentFile) and a
// container engine (env_file) understand alike.
type File struct {
	Path string
	// Names are the variables in the order of the file, each once.
	Names  []string
	values map[string]string
	faults []Fault
}

var line = regexp.MustCompile(`^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$`)

// ReadFile reads a file of variables. An error says that there is none to read;
// what is wrong inside is told by Faults.
func ReadFile(path string) (*File, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("config: the file of variables cannot be read: %w", err)
	}
	f := &File{Path: path, values: map[string]string{}}
	for n, text := range strings.Split(strings.TrimPrefix(string(raw), "\ufeff"), "\n") {
		f.take(n+1, strings.TrimSpace(text))
	}
	return f, nil
}

func (f *File) take(n int, text string) {
	if text == "" || strings.HasPrefix(text, "#") {
		return
	}
	parts := line.FindStringSubmatch(text)
	if parts == nil {
		f.faults = append(f.faults, Fault{Name: fmt.Sprintf("renglón %d", n), What: "no es NOMBRE=valor", Do: "corríjalo o póngale # delante", Fatal: true})
		return
	}
	name, value := parts[1], parts[2]
	value, ok := unquoted(value)
	if !ok {
		f.faults = append(f.faults, Fault{Name: name, What: "no se lee igual en todas partes", Do: "escriba su valor entre comillas sencillas, completo y en un renglón", Fatal: true})
	}
	if old, twice := f.values[name]; twice && old != value {
		f.faults = append(f.faults, Fault{Name: name, What: "está dos veces con valores distintos", Do: "deje uno", Fatal: true})
	} else if !twice {
		f.Names = append(f.Names, name)
	}
	f.values[name] = value
}

// unquoted takes the quotes off a value. It is not ok when a shell, systemd and a
// container engine would read it differently.
func unquoted(text string) (value string, ok bool) {
	for _, quote := range []string{"'", `"`} {
		if rest, found := strings.CutPrefix(text, quote); found {
			value, after, closed := strings.Cut(rest, quote)
			after = strings.TrimSpace(after)
			plain := quote == "'" || !strings.ContainsAny(value, "$`\\")
			return value, closed && plain && (after == "" || strings.HasPrefix(after, "#"))
		}
	}
	if before, _, commented := strings.Cut(text, " #"); commented {
		text = strings.TrimSpace(before)
	}
	return text, !strings.ContainsAny(text, " \t'\"`$\\&;|<>()")
}

// Faults lists what is wrong with the file itself, and never a value.
func (f *File) Faults() []Fault { return f.faults }

// Apply puts the variables of the file into the environment. One that stands
// there already stays, as with any other way of handing over such a file; those
// whose value differs are named.
func (f *File) Apply() (kept []string) {
	for _, name := range f.Names {
		if old, there := os.LookupEnv(name); there {
			if old != f.values[name] {
				kept = append(kept, name)
			}
			continue
		}
		_ = os.Setenv(name, f.values[name]) // the name's shape was proved
	}
	return kept
}
