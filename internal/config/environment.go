package config

import (
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Names lists the variables that the program reads, in the order of Config.
// Each may also come from a file named by <NAME>_FILE.
func Names() []string {
	var out []string
	for _, v := range variables(reflect.TypeFor[Config]()) {
		out = append(out, v.name)
	}
	return out
}

// variable is one of Config's, with the kind of what it holds.
type variable struct {
	name string
	kind reflect.Kind
}

func variables(t reflect.Type) []variable {
	var out []variable
	for field := range t.Fields() {
		kind := field.Type.Kind()
		if kind == reflect.Pointer {
			kind = field.Type.Elem().Kind()
		}
		if name := field.Tag.Get("env"); name != "" {
			out = append(out, variable{name, kind})
		} else if kind == reflect.Struct {
			out = append(out, variables(field.Type)...)
		}
	}
	return out
}

// environment takes our variables out of the environment, with the contents of
// <NAME>_FILE files, and leaves out what is empty or not of its kind. given holds
// also those that others read, to compare with ours.
func environment() (vars, given map[string]string, unread []rule) {
	all := env.ToMap(os.Environ())
	vars, given = map[string]string{}, map[string]string{}
	for _, name := range elsewhere {
		given[name] = all[name]
	}
	for _, v := range variables(reflect.TypeFor[Config]()) {
		text := strings.TrimSpace(all[v.name])
		if path := all[v.name+"_FILE"]; path != "" {
			raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
			content := strings.TrimSpace(string(raw))
			unread = append(unread,
				rule{err != nil, true, v.name + "_FILE", "no se puede leer", "revise la ruta y los permisos del archivo"},
				rule{err == nil && text != "" && text != content, true, v.name + " y " + v.name + "_FILE", "dicen cosas distintas", "deje sólo una"},
			)
			if text == "" {
				text = content
			}
		}
		given[v.name] = text
		if do := misread(v.kind, text); do != "" {
			unread = append(unread, rule{true, true, v.name, "no se entiende", do})
			continue
		}
		if text != "" {
			vars[v.name] = text
		}
	}
	return vars, given, slices.DeleteFunc(unread, func(r rule) bool { return !r.broken })
}

// misread says what a variable needs whose text is not of its kind, else nothing.
func misread(kind reflect.Kind, text string) (do string) {
	var err error
	switch {
	case text == "":
		return ""
	case kind == reflect.Bool:
		do = "escriba true o false"
		_, err = strconv.ParseBool(text)
	case kind == reflect.Int || kind == reflect.Int32:
		do = "escriba un número entero"
		_, err = strconv.ParseInt(text, 10, 32)
	case kind == reflect.Float64:
		do = "escriba un número, por ejemplo 0.1"
		_, err = strconv.ParseFloat(text, 64)
	}
	if err != nil {
		return do
	}
	return ""
}

// elsewhere are variables that the plan's file holds for others: the compose file
// and the image of PostgreSQL.
var elsewhere = []string{"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "HISTORIAS_VERSION"}

// gone are names that a file may hold and for which there is nothing, with the reason.
var gone = map[string]string{
	"BLOB_URL":  "los archivos se guardan sellados en la base de datos; no hace falta un almacén",
	"REDIS_URL": "los límites y las sesiones están en PostgreSQL y en la memoria del proceso; no hace falta Redis",
}

// Unused tells why the program has no use for a variable of a file, empty when it
// has.
func Unused(name string) string {
	own := strings.TrimSuffix(name, "_FILE")
	switch reason, known := gone[name]; {
	case known:
		return reason
	case slices.Contains(Names(), name), slices.Contains(Names(), own), slices.Contains(elsewhere, name):
		return ""
	}
	return "el programa no la conoce y no la usa; revise que el nombre esté bien escrito"
}
