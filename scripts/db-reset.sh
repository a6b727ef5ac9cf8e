#!/bin/sh
# Removes the local data: database, keys and files belong together and go together.
set -eu
data=${DATA_DIR:-data}
[ -d "$data" ] || {
  echo "No hay datos locales en $data."
  exit 0
}
if ls "$data"/pg*/postmaster.pid >/dev/null 2>&1; then
  echo 'El sistema parece estar en marcha. Deténgalo (Ctrl-C) y repita la orden.' >&2
  exit 1
fi
# Only what the program makes there: a mistyped DATA_DIR must not cost anyone their files.
rm -rf "$data"/pg[0-9]* "$data"/keys "$data"/files
rmdir "$data" 2>/dev/null || true
echo "Datos locales borrados de $data."
