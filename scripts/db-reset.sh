#!/bin/sh
# Removes the local data: database, keys and checkpoints belong together and go together.
set -eu
data=${DATA_DIR:-data}
[ -d "$data" ] || {
  echo "No hay datos locales en $data."
  exit 0
}
# `make run` leaves this mark. Without it the folder may hold a clinic's data, or something else.
[ -e "$data/development" ] || {
  echo "$data no es una carpeta de datos de desarrollo; no se borra nada." >&2
  exit 1
}
if ls "$data"/pg*/postmaster.pid >/dev/null 2>&1; then
  echo 'El sistema parece estar en marcha. Deténgalo (Ctrl-C) y repita la orden.' >&2
  exit 1
fi
rm -rf "$data"
echo "Datos locales borrados de $data."
