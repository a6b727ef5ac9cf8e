#!/bin/sh
# Says in one go what this machine lacks, before a longer command fails half way.
set -eu
go=${1:-go}
npm=${2:-npm}
missing=''

command -v "$go" >/dev/null 2>&1 || missing="$missing
  Go 1.26 o posterior"
command -v "$npm" >/dev/null 2>&1 || missing="$missing
  npm (viene con Node.js)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  2>/dev/null || missing="$missing
  Node.js 20.19 o posterior"

[ -z "$missing" ] || {
  printf 'Para continuar, este equipo necesita:%s\n' "$missing" >&2
  exit 1
}
