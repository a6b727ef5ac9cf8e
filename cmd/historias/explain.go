package main

import (
	"errors"
	"syscall"

	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// explain turns an error into what the person at the terminal needs.
func explain(err error) string {
	var f fault
	switch {
	case errors.As(err, &f):
		return f.text
	case errors.Is(err, vault.ErrWrongMaster):
		return "La llave MEDICAL_ENCRYPTION_KEY no abre los datos de esta base. No se inició nada ni se cambió nada. " +
			"Ponga la llave con la que se guardaron (está en su respaldo de llaves) y vuelva a intentar. " +
			"Si está cambiando de llave, deje también la anterior hasta que «historias keys rotate» termine."
	case errors.Is(err, vault.ErrRetired):
		return "La primera llave de MEDICAL_ENCRYPTION_KEY ya fue retirada. No se inició nada ni se cambió nada. " +
			"Ponga primero la vigente; «historias keys status», con ella, dice cuál es."
	case errors.Is(err, vault.ErrBehind):
		return "Hay procesos en marcha que todavía no tienen la llave nueva en primer lugar; no se cambió nada. Reinícielos con " +
			"MEDICAL_ENCRYPTION_KEY=nueva,anterior y repita la orden. Si alguno ya no existe, espere dos minutos."
	case errors.Is(err, vault.ErrNoMaster):
		return "Falta MEDICAL_ENCRYPTION_KEY. Genere una con «historias keys generate» y guárdela fuera del servidor."
	case errors.Is(err, db.ErrNotMigrated):
		return "La base de datos está vacía. Ejecute «historias migrate» y vuelva a intentar."
	case errors.Is(err, db.ErrRestoring):
		return "En esta base quedó a medias la restauración de un respaldo, y atender con ella dejaría abiertas sesiones y expedientes que " +
			"se cerraron después. Cree otra base vacía y repita «historias backup restore»."
	case errors.Is(err, syscall.EADDRINUSE):
		return "El puerto ya está en uso. Cierre el otro programa o ponga otro número en PORT."
	}
	if e, ok := errs.As(err); ok && e.Kind == errs.KindUnavailable {
		return "No se pudo llegar a la base de datos. Revise DATABASE_URL y que PostgreSQL esté en marcha. (" + err.Error() + ")"
	}
	return "No se pudo terminar: " + err.Error()
}
