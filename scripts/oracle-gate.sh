#!/usr/bin/env bash
# Shows our archives to the foreign programs: scripts/oracle-gate.sh ARCHIVE_OR_FOLDER...
#
# BELENIOS-2048: tool 2.0 verifies all; 3.0 too where it is there. Ed25519: tool 3.0 by three
# commands, as its "verify" alone does not look at each ballot. Both recount the encrypted tally.
# One line per archive. Exit 0 all accepted, 1 any refused, 2 wrong use. An Ed25519 archive
# without tool 3.0 is SKIPPED, which is exit 3 with PINGYI_REQUIRE_ORACLE3=1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Both may be set already, 3.0 to nothing where it was looked for in vain.
if [ -z "${BELENIOS_TOOL_2:-}" ] || [ -z "${BELENIOS_TOOL_3+set}" ]; then
    tools=$("$here/oracle-tools.sh")
    eval "$tools"
    export BELENIOS_TOOL_2 BELENIOS_TOOL_3
fi
exec python3 "$here/../tests/oracle/gate.py" "$@"
