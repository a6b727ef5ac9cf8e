#!/bin/sh
# Prints the path of a Chromium browser; fails when there is none. CHROMIUM_PATH decides if set.
set -eu
for browser in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome-stable google-chrome \
  '/Applications/Chromium.app/Contents/MacOS/Chromium' \
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
  [ -n "$browser" ] && command -v "$browser" 2>/dev/null && exit 0
done
exit 1
