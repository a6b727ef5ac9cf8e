package backup

import (
	"context"
	"errors"
	"io/fs"
	"syscall"
)

// Error is what went wrong, with what to do about it.
type Error struct {
	// Code is stable and English; it is what backup_runs keeps.
	Code string
	// Text is Spanish, for the operator; it holds no secret and no data.
	Text  string
	cause error
}

// Error gives the text.
func (e *Error) Error() string { return e.Text }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

func fault(code, text string) error { return &Error{Code: "backup." + code, Text: text} }

func faultOf(cause error, code, text string) error {
	return &Error{Code: "backup." + code, Text: text, cause: cause}
}

// codeOf is the code that a run is recorded with.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if errors.Is(err, context.Canceled) {
		return "backup.interrupted"
	}
	return "backup.failed"
}

// written explains why a file could not be written in the folder of copies.
func written(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return faultOf(err, "disk_full", "No queda lugar en BACKUP_DIR; el respaldo no se hizo y no quedó nada a medias. Libere espacio o use otro disco.")
	case errors.Is(err, syscall.EROFS):
		return faultOf(err, "read_only", "BACKUP_DIR está en un disco de sólo lectura; el respaldo no se hizo. Móntelo para escritura o use otra carpeta.")
	case errors.Is(err, fs.ErrPermission):
		return faultOf(err, "no_permission", "No se puede escribir en BACKUP_DIR; el respaldo no se hizo. Dé permiso a la cuenta que hace los respaldos (chown y chmod 700).")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return faultOf(err, "no_folder", "BACKUP_DIR no existe y no se pudo crear. Revise la ruta y que el disco esté montado.")
	}
	return err
}
