#!/usr/bin/env bash
# Whether a secret changes what is executed: scripts/constant-time.sh [GROUP [OPERATION]]
#
# Two ways, both under valgrind. Counts: examples/constant_time.rs of crate `ballot`, built as the
# product is, runs each operation with several secrets; each machine instruction must run equally
# often. Marks: fuzz/tainted runs it with the secret's bytes marked; no branch and no address may
# depend on them, but where public texts are spelled. A control must be noticed by both.
# Exit 0 if so, 1 if not, 2 if it cannot run. What this shows and what not: docs/ASSURANCE.md.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends valgrind >/dev/null
    else
        echo "NOT MEASURED: valgrind is missing (Debian package: valgrind)" >&2
        exit 2
    fi
fi

# as released, but with the names of functions and lines
target=${CARGO_TARGET_DIR:-$PWD/target/constant-time}
export CARGO_TARGET_DIR=$target
CARGO_PROFILE_RELEASE_STRIP=none CARGO_PROFILE_RELEASE_DEBUG=line-tables-only \
    nice -n 10 cargo build --quiet --release --locked -p pingyi-ballot --example constant_time
# the same versions as in the product
cp Cargo.lock fuzz/tainted/Cargo.lock
CARGO_TARGET_DIR=$target/tainted \
    nice -n 10 cargo build --quiet --release --manifest-path fuzz/tainted/Cargo.toml
counted=$target/release/examples/constant_time
marked=$target/tainted/release/pingyi-tainted
out=$target/profiles
mkdir -p "$out"

count() { # count GROUP OPERATION SECRET...
    local profiles=()
    for secret in "${@:3}"; do
        profiles+=("$out/$1.$2.$secret")
        nice -n 10 valgrind --quiet --tool=callgrind --callgrind-out-file="${profiles[-1]}" \
            --compress-strings=no --compress-pos=no --branch-sim=yes --cache-sim=yes --dump-instr=yes \
            --collect-atstart=no --toggle-collect='*under_measurement*' \
            "$counted" "$1" "$2" "$secret" 2> >(grep -v ' warning: ' >&2)
    done
    python3 scripts/constant_time.py counts "$1" "$2" "${profiles[@]}"
}

mark() { # mark GROUP OPERATION
    local log=$out/$1.$2.memcheck
    if ! nice -n 10 valgrind --quiet --error-limit=no --log-file="$log" "$marked" "$1" "$2"; then
        echo "cannot be watched: $1 $2" >&2
        return 1
    fi
    python3 scripts/constant_time.py marks "$1" "$2" "$log"
}

status=0
cases=$("$counted" list)
while read -r group operation; do
    [ $# -lt 1 ] || [ "$group" = "$1" ] || continue
    [ $# -lt 2 ] || [ "$operation" = "$2" ] || continue
    mapfile -t secrets < <(awk -v g="$group" -v o="$operation" '$1 == g && $2 == o { print $3 }' <<<"$cases")
    count "$group" "$operation" "${secrets[@]}" || status=1
    case $operation in
    columns | answers) ;; # "row" begins with the columns
    *) mark "$group" "$operation" || status=1 ;;
    esac
done < <(awk '{ print $1, $2 }' <<<"$cases" | uniq)
exit $status
