package checkup

import (
	"fmt"
	"os"
	"strings"

	"historias/internal/config"
)

const fileSubject = "Archivo de variables"

// secret is the mode that only its owner can read.
const secret = 0o600

// file looks at the file of variables itself.
func file(o Options) []Finding {
	if o.File == nil {
		if !o.Config.Production() {
			return nil
		}
		return []Finding{doubt(fileSubject, "sin comprobar", "diga cuál es con --env-file para revisar sus permisos")}
	}
	all := []Finding{guarded(o.File.Path)}
	for _, f := range o.File.Faults() {
		all = append(all, bad(f.Name, f.What, f.Do))
	}
	for _, name := range o.File.Names {
		if why := config.Unused(name); why != "" {
			all = append(all, doubt(name, "no se usa: "+why, ""))
		}
	}
	if len(o.Kept) > 0 {
		all = append(all, doubt(strings.Join(o.Kept, ", "), "el entorno dice otra cosa que el archivo", "vale lo del entorno; quítela de uno de los dos"))
	}
	return all
}

// guarded judges who can read the file, and whose it is.
func guarded(path string) Finding {
	info, err := os.Stat(path)
	if err != nil {
		return bad(fileSubject, "no se puede ver", "revise la ruta")
	}
	switch mode := info.Mode().Perm(); {
	case !info.Mode().IsRegular():
		return bad(fileSubject, "no es un archivo", "revise la ruta")
	case mode&^secret != 0:
		return bad(fileSubject, fmt.Sprintf("lo puede leer o cambiar alguien más (permisos %o)", mode), "ejecute chmod 600 sobre él")
	}
	if whose, ours := owner(info); !ours {
		return bad(fileSubject, "es de otro usuario ("+whose+")", "póngalo a nombre de quien corre el programa, con chown")
	}
	return good(fileSubject, "sólo lo lee su dueño")
}
