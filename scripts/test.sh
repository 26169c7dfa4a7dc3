#!/usr/bin/env bash
# Everything: format, lints, unit and page tests, storage on both engines, the booth, foreign
# ballot tools, papers, the browser.
# Installs what it needs where it can (Debian, root); says what is missing where it cannot.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$1"; }

need() { # need COMMAND PACKAGE...
  local command=$1
  shift
  command -v "$command" >/dev/null 2>&1 && return
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    [ -n "${APT_UPDATED:-}" ] || apt-get update -qq
    APT_UPDATED=1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    echo "missing: $command (Debian packages: $*)" >&2
    exit 1
  fi
}

step "tools"
need chromium chromium chromium-driver fonts-noto-cjk
need WebKitWebDriver webkit2gtk-driver
need xvfb-run xvfb xauth
need pdftoppm poppler-utils
need soffice libreoffice-writer-nogui libreoffice-calc-nogui
need node nodejs npm
need sqlite3 sqlite3
need openssl openssl
need python3 python3
# Debian keeps the making of virtual environments in a package of its own.
python3 -c 'import ensurepip' 2>/dev/null || need a-python-that-makes-environments python3-venv

step "format"
cargo fmt --all --check

step "lints"
cargo clippy --workspace --all-targets --locked -- -D warnings

step "tests on SQLite and PostgreSQL"
# nextest where it is installed, cargo's own runner elsewhere.
runner=(cargo test --workspace --locked --all-targets --no-fail-fast)
if cargo nextest --version >/dev/null 2>&1; then
  runner=(cargo nextest run --workspace --locked --no-fail-fast)
fi
PINGYI_REQUIRE_PG=1 PINGYI_REQUIRE_NODE=1 scripts/pg-test.sh "${runner[@]}"

step "booth: types, tests, and the committed bundle rebuilt byte for byte"
booth/check.sh

step "ballots: the tools of others judge our archives, and we theirs"
scripts/oracle-test.sh

step "papers in LibreOffice"
cargo build --locked -p pingyi
scripts/papers-test.sh

step "mail through a real server"
scripts/smtp-test.sh

step "interface for other systems: schemathesis over the demonstration"
scripts/api-test.sh

step "browser"
(cd tests/e2e && npm ci --silent --no-audit --no-fund && node --test --test-concurrency=1 ./*.test.mjs)
(cd booth && npm run --silent rooms)

step "all passed"
