#!/usr/bin/env bash
# Makes the committed archives of the foreign tools anew: tests/oracle/make-fixtures.sh
# They differ each time, for the tools draw their own random numbers; see fixtures/README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/oracle-fixtures.XXXXXX)
trap 'rm -rf "$work"' EXIT

fixture() { # fixture ELECTION NAME
    "$here/make-tool-archives.sh" "$work" "$1"
    cp "$work/$1/$1.bel" "$here/fixtures/$2.bel"
    cp "$work/$1/meta.json" "$here/fixtures/$2.json"
}

fixture 2.0-belenios-2048-single1-blank1-min1-revotes 2.0-belenios-2048-single1
fixture 2.0-belenios-2048-pedersen2of3-blank0-min1-plain 2.0-belenios-2048-pedersen2of3
fixture 3.0-belenios-2048-pedersen2of3-blank0-min1-none 3.0-belenios-2048-pedersen2of3
fixture 3.0-ed25519-single3-blank0-min1-revotes 3.0-ed25519-single3
fixture 3.0-ed25519-pedersen2of3-blank1-min0-revotes 3.0-ed25519-pedersen2of3
fixture 3.0-ed25519-mixed-blank1-min1-none 3.0-ed25519-mixed
