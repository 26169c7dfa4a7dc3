#!/usr/bin/env bash
# Makes the two foreign programs available that judge our archives: belenios-tool 2.0 and 3.0.
#
#   eval "$(scripts/oracle-tools.sh)"     sets BELENIOS_TOOL_2 and BELENIOS_TOOL_3
#
# 2.0 is Debian 12's package, installed by apt. 3.0 is Debian 13's, unpacked together with the
# libraries it needs (its own libc too) into a private folder, PINGYI_ORACLES or target/oracles,
# never over the system's. Where it comes from is the machine's own list of Debian mirrors with
# the suite's name changed. Where 3.0 cannot be had its value is empty and a notice says so.
set -euo pipefail
cd "$(dirname "$0")/.."

cache=${PINGYI_ORACLES:-target/oracles}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
log=$cache/log
new_suite=trixie

is_version() { # is_version COMMAND VERSION: does it run, and is it that one
    [[ "$("$1" --version 2>/dev/null </dev/null || true)" == "$2"* ]]
}

install_missing() { # the package of each is named as its command
    local package missing=()
    for package in belenios-tool python3; do
        command -v "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ "${#missing[@]}" != 0 ] && [ "$(id -u)" = 0 ] || return 0
    echo "oracle-tools: installing ${missing[*]}" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

get_tool_2() {
    local tool
    tool=$(command -v belenios-tool || true)
    if [ -z "$tool" ] || ! is_version "$tool" 2.0; then
        echo "oracle-tools: no belenios-tool 2.0 here (Debian 12: apt-get install belenios-tool)" >&2
        return 1
    fi
    printf 'BELENIOS_TOOL_2=%q\n' "$tool"
}

# The machine's Debian sources, deb822 and one-line, as one-line entries for the new suite.
# Entries of anyone else (other suites, no component "main") are left out.
new_sources() {
    local old_suite
    # shellcheck source=/dev/null
    old_suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    [ -n "$old_suite" ] || return 1
    python3 - "$old_suite" "$new_suite" /etc/apt/sources.list \
        /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources <<'PYTHON'
import re, sys
old, new, files = sys.argv[1], sys.argv[2], sys.argv[3:]

def entries(path):
    """(options, addresses, suites, components) of every deb entry in a file."""
    try:
        text = open(path, encoding="utf-8").read()
    except OSError:
        return
    text = re.sub(r"(?m)^\s*#.*\n?", "", text)
    if path.endswith(".list"):
        for line in text.splitlines():
            found = re.match(r"\s*deb\s+(?:\[(.*?)\]\s*)?(\S+)\s+(\S+)\s+([^#]+)", line)
            if found:
                yield found[1] or "", [found[2]], [found[3]], found[4].split()
        return
    for stanza in re.split(r"\n\s*\n", text):
        fields = {k.lower(): v.split() for k, v in
                  re.findall(r"(?m)^([A-Za-z-]+):((?:.*)(?:\n[ \t].*)*)", stanza)}
        signed = fields.get("signed-by", [])
        # A key written out in the file itself has no one-line form: apt's trusted keys serve.
        options = f"signed-by={signed[0]}" if len(signed) == 1 else ""
        if "deb" in fields.get("types", []) and fields.get("enabled") != ["no"]:
            yield (options, fields.get("uris", []), fields.get("suites", []),
                   fields.get("components", []))

for path in files:
    for options, addresses, suites, components in entries(path):
        bracket = f"[{options}] " if options else ""
        for suite in suites:
            if suite in (old, old + "-security") and "main" in components:
                for address in addresses:
                    print(f"deb {bracket}{address} {suite.replace(old, new)} main")
PYTHON
}

# An apt of its own: no state, cache, list of sources or hook is shared with the system's.
write_apt_conf() { # write_apt_conf FOLDER
    mkdir -p "$1"/{state/lists/partial,archives/partial,none}
    : >"$1/status"
    new_sources >"$1/sources.list"
    [ -s "$1/sources.list" ] || { echo "no Debian source on this machine"; return 1; }
    cat >"$1/apt.conf" <<CONF
#clear APT::Update;
#clear DPkg;
Dir::State "$1/state";
Dir::State::status "$1/status";
Dir::Cache "$1";
Dir::Cache::archives "$1/archives";
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "$1/none";
Dir::Etc::preferences "$1/none/none";
Dir::Etc::preferencesparts "$1/none";
APT::Sandbox::User "$(id -un)";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

# With an empty list of installed packages apt names every library down to libc.
unpack_tool_3() { # unpack_tool_3 FOLDER
    local apt=$1/apt root=$1/root deb loader
    write_apt_conf "$apt"
    apt-get -c "$apt/apt.conf" update
    apt-get -c "$apt/apt.conf" install -y --download-only belenios-tool
    mkdir -p "$root"
    for deb in "$apt"/archives/*.deb; do
        dpkg-deb -x "$deb" "$root"
    done
    rm -r "$apt"
    loader=$(cd "$root" && find usr/lib -path '*-linux-gnu*/ld-linux*.so*' | head -n 1)
    [ -n "$loader" ] || { echo "no loader among the packages"; return 1; }
    # Its own loader and libraries: those of this system are too old for it.
    cat >"$1/belenios-tool-3" <<WRAPPER
#!/bin/sh
root=\$(dirname "\$(readlink -f "\$0")")/root
exec "\$root/$loader" --library-path "\$root/${loader%/*}" "\$root/usr/bin/belenios-tool" "\$@"
WRAPPER
    chmod +x "$1/belenios-tool-3"
}

get_tool_3() {
    local tool=$cache/belenios-3/belenios-tool-3 work
    if ! is_version "$tool" 3.0; then
        echo "oracle-tools: unpacking belenios-tool 3.0 into $cache (once)" >&2
        work=$(mktemp -d "$cache/new.XXXXXX")
        # In the background, because set -e does not hold inside a condition.
        (unpack_tool_3 "$work") >"$log" 2>&1 &
        if wait $! && is_version "$work/belenios-tool-3" 3.0; then
            rm -rf "$cache/belenios-3"
            mv "$work" "$cache/belenios-3"
        else
            rm -rf "$work"
            tool=
            notice
        fi
    fi
    printf 'BELENIOS_TOOL_3=%q\n' "$tool"
}

notice() {
    {
        echo "****************************************************************************"
        echo "** belenios-tool 3.0 COULD NOT BE HAD. Nothing foreign judges our Ed25519 **"
        echo "** archives in this run: that part of the oracle tests is SKIPPED.        **"
        echo "****************************************************************************"
        echo "The end of $log:"
        tail -n 5 "$log"
    } >&2
}

install_missing
get_tool_2
get_tool_3
