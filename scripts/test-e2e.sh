#!/bin/sh
# Runs the end-to-end tests. Without a browser they are skipped on a laptop and fail in CI.
set -eu
CHROMIUM_PATH=$(sh scripts/find-chromium.sh) || CHROMIUM_PATH=
export CHROMIUM_PATH
exec npm --prefix frontend run --silent e2e -- "$@"
