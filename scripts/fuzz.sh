#!/usr/bin/env bash
# Fuzzes crate `ballot`: scripts/fuzz.sh [SECONDS_EACH] [TARGET...]; 60 seconds and all by default.
#
# Needs the nightly toolchain, which is why test.sh does not call it; says so and fails if it is
# not there. cargo-fuzz comes from crates.io into target/tools, corpora grow in target/fuzz.
# Exit 0 nothing found, 1 a finding (its input is kept in target/fuzz/artifacts), 2 cannot run.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(ballot_json archive point trustees channel credential)

if ! cargo +nightly --version >/dev/null 2>&1; then
    echo "NOT FUZZED: no nightly toolchain here (rustup toolchain install nightly)" >&2
    exit 2
fi
tools=$PWD/target/tools
if [ ! -x "$tools/bin/cargo-fuzz" ]; then
    cargo install cargo-fuzz --locked --quiet --root "$tools" || {
        echo "NOT FUZZED: cargo-fuzz could not be installed" >&2
        exit 2
    }
fi

work=$PWD/target/fuzz
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$work/build}
# one thread: the fuzzer measures what one input does
export RAYON_NUM_THREADS=1
mkdir -p "$work/corpus" "$work/artifacts"
# the same versions as in the product
cp Cargo.lock fuzz/Cargo.lock
cargo run --quiet --manifest-path fuzz/Cargo.toml --example seeds "$work/seeds"
# Optimised and without the address sanitizer: ours is safe Rust, and so it tries some forty times the inputs.
nice -n 10 env PATH="$tools/bin:$PATH" cargo +nightly fuzz build --release --sanitizer none
built=$CARGO_TARGET_DIR/$(rustc -vV | sed -n 's/^host: //p')/release

status=0
for target in "${targets[@]}"; do
    mkdir -p "$work/corpus/$target" "$work/artifacts/$target"
    log=$work/$target.log
    echo "== $target: $seconds s"
    if nice -n 10 "$built/$target" "$work/corpus/$target" "$work/seeds/$target" \
        -max_total_time="$seconds" -max_len=200000 -len_control=0 -rss_limit_mb=2048 -timeout=20 \
        -artifact_prefix="$work/artifacts/$target/" -print_final_stats=1 >"$log" 2>&1; then
        grep -E '^stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$log"
        grep -E ' cov: ' "$log" | tail -n 1
    else
        echo "FINDING in $target, or it cannot run; the end of $log:" >&2
        tail -n 30 "$log" >&2
        status=1
    fi
done
exit $status
