"""Each question of the gate refuses what it is there for: python3 gate_test.py GATE.

Spoils committed archives one by one, with the hash chain written anew, and looks at the gate's
line. The archives of the tool itself, unspoilt, must pass.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from gate import Archive  # noqa: E402

FIXTURES = Path(__file__).parent / "fixtures"


def member(name, body):
    """One old-style tar member (its time is the archive's, which no check here looks at)."""
    head = bytearray(512)
    for at, text in [(0, name), (100, "0000644"), (108, "0000000"), (116, "0000000"),
                     (124, f"{len(body):011o}"), (136, f"{0:011o}"), (148, " " * 8), (156, "0")]:
        head[at:at + len(text)] = text.encode()
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    return bytes(head) + body + bytes(-len(body) % 512)


def rebuild(groups):
    """An archive of (event type, data members, payload) with a right hash chain."""
    out, parent = member("BELENIOS", b'{"version":1,"timestamp":"0"}'), None
    for height, (kind, bodies, payload) in enumerate(groups):
        out += b"".join(member(digest(body) + ".data.json", body) for body in bodies)
        event = {"parent": parent} if parent else {}
        event |= {"height": height, "type": kind}
        event |= {"payload": digest(payload)} if payload else {}
        body = json.dumps(event, separators=(",", ":")).encode()
        parent = digest(body)
        out += member(parent + ".event.json", body)
    return out


def digest(body):
    """SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


def groups_of(archive):
    """The events as rebuild() wants them."""
    for event, _ in archive.events:
        payload = archive.payload(event) if "payload" in event else None
        first = []
        if event["type"] in ("Setup", "EncryptedTally", "PartialDecryption"):
            names = ["election", "trustees", "credentials", "encrypted_tally", "payload"]
            said = json.loads(payload)
            first = [archive.data[said[name]] for name in names if name in said]
        yield event["type"], first + ([payload] if payload else []), payload


def drop_ballot(groups):
    """Without the last ballot, the stored tally left as it is."""
    last = max(i for i, group in enumerate(groups) if group[0] == "Ballot")
    return groups[:last] + groups[last + 1:]


def spoil_tally(groups):
    """Another stored tally, the shares and the result still those of the ballots."""
    i = [k for k, _, _ in groups].index("EncryptedTally")
    tally = json.loads(groups[i][1][0])
    tally[0][0]["alpha"], tally[0][0]["beta"] = tally[0][0]["beta"], tally[0][0]["alpha"]
    tally = json.dumps(tally, separators=(",", ":")).encode()
    sized = json.loads(groups[i][2]) | {"encrypted_tally": digest(tally)}
    sized = json.dumps(sized, separators=(",", ":")).encode()
    return groups[:i] + [("EncryptedTally", [tally, sized], sized)] + groups[i + 1:]


def other_digit(body):
    """The first response of a proof, off by one digit."""
    return re.sub(rb'("response":"\d*)(\d)"', lambda m: m[1] + b"%d" % (9 - int(m[2])) + b'"',
                  body, count=1)


def spoil_ballot(groups):
    """The first ballot with another proof."""
    return [(k, [other_digit(p)], other_digit(p)) if i == 1 else (k, b, p)
            for i, (k, b, p) in enumerate(groups)]


def spoil_share(groups):
    """The first share with another proof."""
    i = [k for k, _, _ in groups].index("PartialDecryption")
    share = other_digit(groups[i][1][0])
    owned = json.loads(groups[i][2]) | {"payload": digest(share)}
    owned = json.dumps(owned, separators=(",", ":")).encode()
    return groups[:i] + [("PartialDecryption", [share, owned], owned)] + groups[i + 1:]


def spoil_result(groups):
    """Another number in the result."""
    body = re.sub(rb"\d", lambda m: b"%d" % (int(m[0]) + 1), groups[-1][2], count=1)
    return groups[:-1] + [("Result", [body], body)]


def unchanged(groups):
    """As it was: rebuilding alone spoils nothing."""
    return groups


CASES = [  # spoilt how, archive, exit code, what the gate's line must say
    (unchanged, "3.0-ed25519-pedersen2of3", 0, "accepted"),
    (unchanged, "3.0-ed25519-mixed", 0, "0 ballots"),
    (spoil_ballot, "3.0-ed25519-pedersen2of3", 1, "InvalidBallot"),
    (drop_ballot, "3.0-ed25519-single3", 1, "another tally"),
    (spoil_tally, "3.0-ed25519-single3", 1, "verify"),
    (spoil_share, "3.0-ed25519-pedersen2of3", 1, "verify"),
    (spoil_result, "3.0-ed25519-mixed", 1, "verify"),
    (unchanged, "2.0-belenios-2048-single1", 0, "accepted"),
    (spoil_ballot, "2.0-belenios-2048-single1", 1, "tool 2.0: verify"),
    (spoil_tally, "2.0-belenios-2048-single1", 1, "tool 2.0: .*another tally"),
    (spoil_share, "2.0-belenios-2048-single1", 1, "tool 2.0: verify"),
    (spoil_result, "2.0-belenios-2048-single1", 1, "tool 2.0: verify"),
]


def main():
    """GATE: the path of oracle-gate.sh."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        for spoil, name, code, words in CASES:
            if "ed25519" in name and not os.environ["BELENIOS_TOOL_3"]:
                print(f"SKIPPED  {spoil.__name__} {name}: TOOL 3.0 IS NOT HERE")
                continue
            path = Path(folder) / f"{spoil.__name__}-{name}.bel"
            path.write_bytes(rebuild(spoil(list(groups_of(Archive(FIXTURES / f"{name}.bel"))))))
            done = subprocess.run([sys.argv[1], path], capture_output=True, text=True, check=False)
            right = done.returncode == code and re.search(words, done.stdout)
            failed += not right
            print(("ok       " if right else "WRONG    ") + done.stdout.strip().replace(folder + "/", ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
