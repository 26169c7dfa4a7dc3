#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL: scripts/pg-test.sh cargo test -p pingyi-storage
#
# Installs postgresql-15 from apt if it is missing (needs root for that), starts a server on a
# free port in a temporary folder, sets PINGYI_TEST_PG and PINGYI_REQUIRE_PG, runs the command,
# stops the server, removes the folder, and passes on the command's exit code.
# Without a command it prints the address and waits until Ctrl-C.
set -euo pipefail

version=15
bin=/usr/lib/postgresql/$version/bin

if [ ! -x "$bin/initdb" ]; then
    echo "pg-test: installing postgresql-$version" >&2
    apt-get update >&2
    apt-get install -y --no-install-recommends "postgresql-$version" >&2
fi

# initdb refuses root: the server then runs as user postgres.
as_server=()
if [ "$(id -u)" = 0 ]; then
    as_server=(runuser -u postgres --)
fi

folder=$(mktemp -d /tmp/pingyi-pg.XXXXXX)
server() { (cd "$folder" && "${as_server[@]}" "$@"); }

stop() {
    server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

[ "$(id -u)" = 0 ] && chown postgres "$folder"

# No locale: sorting by bytes, as SQLite does. The server holds nothing worth an fsync.
server "$bin/initdb" -D "$folder/data" -U pingyi -A trust -E UTF8 --no-locale >/dev/null

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

started=
for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    port_is_free "$port" || continue
    if server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o \
        "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=200" \
        start >/dev/null; then
        started=yes
        break
    fi
done
if [ -z "$started" ]; then
    cat "$folder/log" >&2
    exit 1
fi

export PINGYI_TEST_PG="postgres://pingyi@127.0.0.1:$port/postgres"
export PINGYI_REQUIRE_PG=1
echo "PINGYI_TEST_PG=$PINGYI_TEST_PG" >&2

if [ $# -eq 0 ]; then
    echo "pg-test: press Ctrl-C to stop" >&2
    sleep infinity
else
    "$@"
fi
