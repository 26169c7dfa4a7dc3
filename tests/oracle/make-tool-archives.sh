#!/usr/bin/env bash
# Makes elections end to end with both foreign tools: tests/oracle/make-tool-archives.sh OUT_DIR [WORD]
#
# One folder per election, OUT_DIR/<name>/: the archive <name>.bel and meta.json, which says how it
# was made, the result it must have, and the throw-away credentials and votes.
# With WORD only the elections whose name contains it are made.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Both may be set already, 3.0 to nothing where it was looked for in vain.
if [ -z "${BELENIOS_TOOL_2:-}" ] || [ -z "${BELENIOS_TOOL_3+set}" ]; then
    tools=$("$here/../../scripts/oracle-tools.sh")
    eval "$tools"
    export BELENIOS_TOOL_2 BELENIOS_TOOL_3
fi
exec python3 "$here/tool_archives.py" "$@"
