"""Shows archives to the foreign tools; see scripts/oracle-gate.sh.

Reads only what it needs to cut an archive up, believing its shape: the judging is the tools'.
Event order, replays and num_tallied no tool checks; our own verifier does.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


class Refused(Exception):
    """What a tool did not accept, and why."""


class Archive:
    """The members of a .bel file: a run of 512-byte headers and padded bodies."""

    def __init__(self, path):
        self.raw, self.data, self.events = path.read_bytes(), {}, []
        at = 0
        while at < len(self.raw):
            name = self.raw[at:at + 100].rstrip(b"\0").decode()
            size = int(self.raw[at + 124:at + 135], 8)
            body = self.raw[at + 512:at + 512 + size]
            at += 512 + -(-size // 512) * 512
            if name.endswith(".data.json"):
                self.data[name.removesuffix(".data.json")] = body
            elif name.endswith(".event.json"):
                self.events.append((json.loads(body), at))
        setup = json.loads(self.payload(self.events[0][0]))
        self.group = json.loads(self.data[setup["election"]])["group"]
        self.setup_only = self.raw[:self.events[0][1]]

    def payload(self, event):
        """The bytes an event points at."""
        return self.data[event["payload"]]

    def all(self, kind):
        """The payloads of all events of a kind."""
        return [self.payload(event) for event, _ in self.events if event["type"] == kind]

    def stored_tally(self):
        """The tally and its size as the tool prints them, or None before the count."""
        for sized in self.all("EncryptedTally"):
            return self.data[json.loads(sized)["encrypted_tally"]] + b"\n" + sized + b"\n"
        return None


def ask(program, archive, *words):
    """Runs a command of a tool beside an archive; gives what it printed."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        (Path(folder) / "election.bel").write_bytes(archive)
        words = [str(word) for word in words]
        done = subprocess.run([program, "election", *words, "--dir", folder],
                              capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["?"]
        raise Refused(f"{words[0]} exits {done.returncode}: {said[-1][:160]}")
    return done.stdout


def check_tally(program, archive):
    """The tool's own tally of the ballots is the stored one, byte for byte."""
    stored = archive.stored_tally()
    if stored is not None and ask(program, archive.raw, "compute-encrypted-tally") != stored:
        raise Refused("compute-encrypted-tally gives another tally than the stored one")


def check_ballots(program, archive):
    """Each ballot by itself, with only the setup before it: later it would be a duplicate."""
    for i, ballot in enumerate(archive.all("Ballot"), 1):
        with tempfile.NamedTemporaryFile(prefix="oracle-") as file:
            file.write(ballot)
            file.flush()
            try:
                ask(program, archive.setup_only, "verify-ballot", "--ballot", file.name)
            except Refused as why:
                raise Refused(f"ballot {i}: {why}") from why


def ask_all(path, tools):
    """(exit code it asks for, line) of one archive that no tool refuses."""
    archive = Archive(path)
    steps = {"verify": lambda tool: ask(tool, archive.raw, "verify"),
             "ballots": lambda tool: check_ballots(tool, archive),
             "tally": lambda tool: check_tally(tool, archive)}
    # 2.0's verify looks at every ballot; it has no verify-ballot, and no Ed25519.
    plan = {"3.0": ["verify", "ballots", "tally"]}
    if archive.group != "Ed25519":
        plan = {"2.0": ["verify", "tally"], **plan}
    asked = []
    for version in [version for version in plan if tools[version]]:
        for step in plan[version]:
            try:
                steps[step](tools[version])
            except Refused as why:
                raise Refused(f"tool {version}: {why}") from why
            asked.append(f"{version} {step}")
    if not asked:
        return 3, f"SKIPPED  {path}: {archive.group}, AND TOOL 3.0 IS NOT HERE"
    about = f"{archive.group}, {len(archive.all('Ballot'))} ballots, {archive.events[-1][0]['type']}"
    return 0, f"accepted {path}: {about}; {', '.join(asked)}"


def judge(path, tools):
    """(exit code it asks for, line) of one archive."""
    try:
        return ask_all(path, tools)
    except Refused as why:
        return 1, f"REFUSED  {path}: {why}"
    except (ValueError, LookupError, TypeError) as why:
        return 1, f"REFUSED  {path}: not an archive ({why!r})"


def main():
    """ARCHIVE_OR_FOLDER..."""
    paths = []
    for word in map(Path, sys.argv[1:]):
        found = sorted(word.rglob("*.bel")) if word.is_dir() else [word]
        if not all(path.is_file() for path in found) or not found:
            print(f"oracle-gate: no archive at {word}", file=sys.stderr)
            return 2
        paths += found
    if not paths:
        print("usage: oracle-gate.sh ARCHIVE_OR_FOLDER...", file=sys.stderr)
        return 2
    tools = {"2.0": os.environ["BELENIOS_TOOL_2"], "3.0": os.environ["BELENIOS_TOOL_3"]}
    verdicts = []
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for verdict, line in workers.map(lambda path: judge(path, tools), paths):
            verdicts.append(verdict)
            print(line, flush=True)
    if 1 in verdicts:
        return 1
    return 3 if 3 in verdicts and os.environ.get("PINGYI_REQUIRE_ORACLE3") == "1" else 0


if __name__ == "__main__":
    sys.exit(main())
