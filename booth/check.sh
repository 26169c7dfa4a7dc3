#!/bin/sh
# Installs exactly what package-lock.json says, runs types and tests, builds again, and fails if
# the committed dist differs by one byte. For CI and before a commit that touches booth/.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts
npm run check
