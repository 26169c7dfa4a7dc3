#!/usr/bin/env bash
# The foreign programs and ours judge each other's archives: scripts/oracle-test.sh
#
# 1. The gate refuses spoilt archives.  2. Our verifier accepts what both tools make, with the
# result that was voted, committed archives included.  3. The gate and our verifier accept what
# we make. Trustee forms × blank × min × plain, revotes, no ballots; all pairs in each group.
#
# PINGYI_VERIFY, PINGYI_ELECTION: programs to use instead of those cargo builds.
# PINGYI_REQUIRE_ORACLE3=1: fail where tool 3.0 cannot be had, instead of skipping its part.
# Our verifier's --json must hold "accepted" (true) and "result" (the numbers, by question).
set -euo pipefail
cd "$(dirname "$0")/.."

read -r -a verify <<<"${PINGYI_VERIFY:-cargo run -q --release --locked -p pingyi-verify --}"
read -r -a election <<<"${PINGYI_ELECTION:-cargo run -q --release --locked -p pingyi-ballot --example election --}"

tools=$(scripts/oracle-tools.sh)
eval "$tools"
export BELENIOS_TOOL_2 BELENIOS_TOOL_3
if [ -z "$BELENIOS_TOOL_3" ] && [ "${PINGYI_REQUIRE_ORACLE3:-}" = 1 ]; then
    echo "oracle-test: tool 3.0 is required here" >&2
    exit 3
fi

work=$(mktemp -d /tmp/pingyi-oracle.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
wrong=0

step() { printf '\n== %s (after %d s)\n' "$1" "$SECONDS"; }
fail() {
    printf 'WRONG    %s\n' "$*"
    wrong=$((wrong + 1))
}

# Our verifier on one archive; with a second file also the result that file says it must have.
we_accept() { # we_accept ARCHIVE [META]
    if ! "${verify[@]}" --json "$1" >"$work/report"; then
        fail "our verifier refuses $1: $(head -c 300 "$work/report")"
    elif ! python3 - "$work/report" "${2:-}" <<'PYTHON'; then
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
expected = json.load(open(sys.argv[2], encoding="utf-8"))["result"] if sys.argv[2] else None
right = report["accepted"] is True and report["result"] and expected in (None, report["result"])
sys.exit(0 if right else f"expected {expected}, our report: {json.dumps(report)[:300]}")
PYTHON
        fail "our verifier on $1"
    fi
}

# The same settings as in tests/oracle/tool_archives.py: twelve in each group hold all pairs.
make_ours() { # make_ours GROUP
    local forms=(single1 single3 pedersen2of3 mixed) ballots=(plain revotes none) t b words
    for t in 0 1 2 3; do
        for b in 0 1 2; do
            words=(--group "$1" --trustees "${forms[t]}" --questions 2 --min $(((t / 2 + b) % 2)))
            [ $(((t + b) % 2)) = 0 ] || words+=(--blank)
            case ${ballots[b]} in
            plain) words+=(--voters 3) ;;
            revotes) words+=(--voters 3 --revotes 2) ;;
            none) words+=(--voters 0) ;;
            esac
            "${election[@]}" "${words[@]}" --seed "$t$b" --out "$work/ours/$1-${forms[t]}-${ballots[b]}.bel" ||
                fail "our election ${words[*]}"
        done
    done
}

step "the gate refuses spoilt archives"
python3 -B tests/oracle/gate_test.py scripts/oracle-gate.sh || fail "the gate"

step "the tools hold elections"
tests/oracle/make-tool-archives.sh "$work/tools"

step "our verifier on the tools' archives"
seen=0
for meta in "$work"/tools/*/meta.json tests/oracle/fixtures/*.json; do
    archive=${meta%.json}.bel
    [ -f "$archive" ] || archive=${meta%/*}/$(basename "${meta%/*}").bel
    we_accept "$archive" "$meta"
    seen=$((seen + 1))
done
echo "$seen archives"

step "we hold elections"
mkdir "$work/ours"
make_ours Ed25519
make_ours BELENIOS-2048

step "our verifier on our archives"
for archive in "$work"/ours/*.bel; do
    we_accept "$archive"
done

step "the foreign tools on our archives"
scripts/oracle-gate.sh "$work/ours" | tee "$work/lines" || fail "the gate on our archives"
# A right beginning of an election passes the tools too: ours must be whole, with every ballot.
for kind in "plain.bel: .*, 3 ballots" "revotes.bel: .*, 5 ballots" "none.bel: .*, 0 ballots"; do
    if grep '^accepted' "$work/lines" | grep -e "-${kind%%:*}" | grep -v -e "$kind, Result;"; then
        fail "not the whole election, as ${kind##*, } and a result would be"
    fi
done

if [ "$wrong" != 0 ]; then
    step "$wrong wrong"
    exit 1
fi
step "all passed"
