package checkup

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"historias/internal/config"
)

// Bounds of the room on a volume, in bytes.
const (
	tooLittle  = 200 << 20
	gettingLow = 2 << 30
	megabyte   = 1 << 20
)

// disk looks at the folders that the program writes to.
func disk(c *config.Config) []Finding {
	var all []Finding
	var seen []string
	look := func(subject, dir, without string) {
		if dir == "" {
			return
		}
		all = append(all, writable(subject, dir, without))
		if f, ok := space(subject, dir); ok && !slices.Contains(seen, dir) {
			all = append(all, f)
		}
		seen = append(seen, dir)
	}
	switch checkpoints := c.Checkpoints(); {
	case checkpoints == "":
		all = append(all, doubt("AUDIT_CHECKPOINT_FILE", "no hay puntos de control (none)",
			"es lo debido en un disco que no dura; en cualquier otro, póngalos en otro volumen que la base"))
	default:
		look("AUDIT_CHECKPOINT_FILE", filepath.Dir(checkpoints), "los puntos de control de la bitácora no se guardan")
	}
	if !c.Production() {
		look("DATA_DIR", c.DataDir, "la base y las llaves de desarrollo no se guardan")
	}
	look("BACKUP_DIR", c.Backup.Dir, "los respaldos no se guardan")
	return all
}

// writable tries to write a file in a folder, or finds that the folder could be
// made. without says what fails otherwise.
func writable(subject, dir, without string) Finding {
	there := existing(dir)
	f, err := os.CreateTemp(there, ".historias-check-*")
	if err != nil {
		return bad(subject, "no se puede escribir en su carpeta: "+without, "póngala a nombre de quien corre el programa, con chown, o elija otra")
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	if info, err := os.Stat(there); err == nil {
		if whose, ours := owner(info); !ours {
			return doubt(subject, "su carpeta es de otro usuario ("+whose+")", "póngala a nombre de quien corre el programa, con chown")
		}
	}
	return good(subject, "se puede escribir en su carpeta")
}

// existing is a path or the nearest above it that exists.
func existing(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

func space(subject, dir string) (Finding, bool) {
	free, _, ok := room(existing(dir))
	switch {
	case !ok || free >= gettingLow:
		return Finding{}, false
	case free < tooLittle:
		return bad(subject, fmt.Sprintf("quedan %d MB en su disco", free/megabyte), "libere espacio antes de seguir"), true
	}
	return doubt(subject, fmt.Sprintf("quedan %d MB en su disco", free/megabyte), "libere espacio o amplíelo"), true
}
