#!/usr/bin/env bash
# The daily digest against a real mail server (aiosmtpd): plain with a password, STARTTLS with the
# office's own certificate, once a day, and a server that is not there.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d /tmp/pingyi-smtp.XXXXXX)
trap 'rm -rf "$folder"' EXIT

python=python3
if ! python3 -c 'import aiosmtpd' 2>/dev/null; then
  # Kept beside the build, so that it is fetched once.
  venv=${CARGO_TARGET_DIR:-target}/smtp-venv
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  "$venv/bin/python" -c 'import aiosmtpd' 2>/dev/null || "$venv/bin/pip" install --quiet aiosmtpd
  python=$venv/bin/python
fi
pingyi=${PINGYI_BIN:-${CARGO_TARGET_DIR:-target}/debug/pingyi}
[ -x "$pingyi" ] || cargo build --locked -q -p pingyi

"$pingyi" simulate --data "$folder/data" --units 2 --branches 5 --members 60 >/dev/null
# Two secretaries and the 组织科, as if each had typed an address on the page.
sqlite3 "$folder/data/pingyi.db" "
  INSERT INTO account_email
  SELECT id, login || '@example.gov.cn', created_at, NULL FROM account
  WHERE login = 'zuzhike' OR member_id IN
    (SELECT member_id FROM post WHERE kind = 'secretary' ORDER BY org_id) LIMIT 6;"
"$python" scripts/smtp_test.py "$pingyi" "$folder"
