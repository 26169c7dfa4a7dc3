#!/usr/bin/env bash
# The interface for other systems, asked by a stranger: schemathesis reads our OpenAPI document and
# sends what it allows and what it does not, over the demonstration's data. Takes about a minute.
# PINGYI_BIN names the program, else target/debug/pingyi; the token is made on its page, as people do.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${PINGYI_BIN:-target/debug/pingyi}
version=4.32.5
folder=$(mktemp -d /tmp/pingyi-api.XXXXXX)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT

tools=${PINGYI_API_TOOLS:-$folder/tools}
if [ ! -x "$tools/bin/schemathesis" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$bin" demo --data "$folder/data" --listen "127.0.0.1:$port" >"$folder/log" 2>&1 &
server=$!
address="http://127.0.0.1:$port"
read -r token campaign unit < <(python3 scripts/api_token.py "$address" zuzhike Pingyi-2015)

# Once with ids that schemathesis makes up, once with real ones: 404 and 200 must both be as described.
cat >"$folder/real.toml" <<TOML
[parameters]
"path.campaign" = "$campaign"
"path.unit" = "$unit"
TOML
touch "$folder/made-up.toml"
for ids in made-up real; do
  "$tools/bin/schemathesis" --config-file "$folder/$ids.toml" run "$address/api/v1/openapi.json" \
    --header "Authorization: Bearer $token" --checks all --phases examples,coverage,fuzzing \
    --max-examples 40 --seed 20150817 --workers 2 --request-timeout 20 --continue-on-failure
done
echo "api: answers are as the document says"
