"""Makes elections end to end with the foreign tools; see make-tool-archives.sh.

Asks the tools only; the expected result is counted here from the votes, so a tool's result
that differs from the votes stops the run. Does not read or check the archives themselves.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FORMS = ["single1", "single3", "pedersen2of3", "mixed"]
BALLOTS = ["plain", "revotes", "none"]
ANSWERS = [(["好", "一般", "差"], 1), (["甲", "乙"], 2)]  # answers and max of each question
VOTERS = [f"voter{i}" for i in range(1, 5)]  # the last one never votes


def matrix(tools):
    """All pairs of two settings' values, in twelve elections per tool and group."""
    for version, group in [("2.0", "BELENIOS-2048"), ("3.0", "Ed25519"), ("3.0", "BELENIOS-2048")]:
        if not tools[version]:
            continue
        for t, form in enumerate(FORMS):
            for b, ballots in enumerate(BALLOTS):
                blank, least = (t + b) % 2, (t // 2 + b) % 2
                name = f"{version}-{group.lower()}-{form}-blank{blank}-min{least}-{ballots}"
                yield {"name": name, "tool": version, "group": group, "trustees": form,
                       "blank": bool(blank), "min": least, "ballots": ballots}


class Tool:
    """One tool at work in one folder."""

    def __init__(self, program, version, group, folder):
        self.program, self.version, self.group, self.folder = program, version, group, folder

    def run(self, *words, given=""):
        """Runs one command; gives what it printed."""
        done = subprocess.run([self.program, *words], cwd=self.folder, input=given,
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{words} in {self.folder}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def write(self, name, text):
        """Writes a file beside the election's."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def made(self, ending, before=()):
        """The files of this ending that are not among `before`."""
        return sorted(set(self.folder.glob("*" + ending)) - set(before))

    def single_key(self):
        """A trustee alone: the private key's file name; the public key joins the list."""
        before = self.made(".privkey")
        self.run("setup", "generate-trustee-key", "--group", self.group)
        (private,) = self.made(".privkey", before)
        with open(self.folder / "public_keys.jsons", "a", encoding="utf-8") as keys:
            keys.write(private.with_suffix(".pubkey").read_text().strip() + "\n")
        return private.name

    def threshold_step(self, step, *words, given=""):
        """One step of the threshold key generation."""
        return self.run("setup", "generate-trustee-key-threshold", "--group", self.group,
                        "--step", str(step), *words, given=given)

    def threshold_keys(self, needed, members):
        """The six steps of the threshold key generation: each member's (key, decryption key)."""
        old = self.version == "2.0"
        people = []
        for i in range(1, members + 1):
            before = self.made(".key")
            self.threshold_step(1, *([] if old else ["--threshold-context", f"{i}/{needed}/{members}"]))
            people.append(self.made(".key", before)[0].stem)
        certs = [(self.folder / f"{p}.cert").read_text().strip() for p in people]
        with_certs = ["--certs", self.write("certs.jsons", "\n".join(certs) + "\n")]
        self.threshold_step(2, *with_certs)
        size = ["--threshold", str(needed)] if old else []
        polynomials = [self.threshold_step(3, *with_certs, "--key", f"{p}.key", *size) for p in people]
        lines = "".join(line.strip() + "\n" for line in polynomials)
        with_all = [*with_certs, "--polynomials", self.write("polynomials.jsons", lines)]
        self.threshold_step(4, *with_all)
        outputs = []
        for p in people:
            given = (self.folder / f"{p}.vinput").read_text()
            outputs.append(self.threshold_step(5, *with_certs, "--key", f"{p}.key", given=given))
        threshold = self.threshold_step(6, *with_all, given="".join(o.strip() + "\n" for o in outputs))
        self.write("threshold.json", threshold)
        return [(f"{p}.key", f"{p}.dkey") for p in people]

    def add_event(self, kind, payload=""):
        """Appends an event to the archive."""
        self.run("archive", "add-event", "--type", kind, given=payload)


def make_trustees(tool, form, chance):
    """The trustees of a form: those who will decrypt, as (owner number, key files)."""
    singles = {"single1": 1, "single3": 3, "pedersen2of3": 0, "mixed": 1}[form]
    tool.write("public_keys.jsons", "")
    keys = [(n, [tool.single_key()]) for n in range(1, singles + 1)]
    if form in ("pedersen2of3", "mixed"):
        members = [(singles + 1 + i, pair) for i, pair in enumerate(tool.threshold_keys(2, 3))]
        keys += sorted(chance.sample(members, 2))
    tool.run("setup", "make-trustees")
    return keys


def make_credentials(tool, uuid):
    """A credential per voter: {voter: private credential}."""
    people = tool.write("voters.txt", "".join(v + "\n" for v in VOTERS))
    tool.run("setup", "generate-credentials", "--group", tool.group, "--uuid", uuid, "--file", people)
    (private,), (public,) = tool.made(".privcreds"), tool.made(".pubcreds")
    shutil.copy(public, tool.folder / "public_creds.json")
    text = private.read_text()
    return json.loads(text) if text.startswith("{") else dict(l.split() for l in text.splitlines())


def questions(plan):
    """The questions of the template."""
    blank = {"blank": True} if plan["blank"] else {}
    return [{"answers": answers, **blank, "min": plan["min"], "max": most, "question": f"第{i}题"}
            for i, (answers, most) in enumerate(ANSWERS, 1)]


def choose(plan, chance):
    """One voter's choices in all questions; with blank the first number is the blank."""
    choices = []
    for answers, most in ANSWERS:
        marked = chance.sample(range(len(answers)), chance.randint(plan["min"], most))
        row = [int(i in marked) for i in range(len(answers))]
        if plan["blank"]:
            row = [0, *row] if chance.random() < 0.6 else [1] + [0] * len(answers)
        choices.append(row)
    return choices


def make_votes(plan, chance):
    """The ballots in order, as [voter, choices]."""
    if plan["ballots"] == "none":
        return []
    people = VOTERS[:3] + ([VOTERS[0], VOTERS[1], VOTERS[0]] if plan["ballots"] == "revotes" else [])
    return [[voter, choose(plan, chance)] for voter in people]


def count(plan, votes):
    """The result the votes must give: the last ballot of each voter."""
    last = dict(votes)
    zeros = [[0] * (len(answers) + plan["blank"]) for answers, _ in ANSWERS]
    for choices in last.values():
        zeros = [[a + b for a, b in zip(x, y)] for x, y in zip(zeros, choices)]
    return zeros


def vote(tool, credential, choices):
    """Makes and casts one ballot."""
    option = "--ballot" if tool.version == "2.0" else "--choice"
    ballot = tool.run("election", "generate-ballot", "--dir", ".",
                      "--privcred", tool.write("credential", credential),
                      option, tool.write("choices", json.dumps(choices)))
    tool.add_event("Ballot", ballot)


def decrypt(tool, owner, keys):
    """One trustee's partial decryption."""
    if len(keys) == 1:
        words = ["decrypt", "--privkey", keys[0]]
    else:
        words = ["decrypt-threshold", "--key", keys[0], "--decryption-key", keys[1]]
    share = tool.run("election", *words, "--dir", ".", "--trustee-id", str(owner))
    tool.add_event("PartialDecryption", share)


def hold_election(tool, plan, chance):
    """The whole election in the tool's folder: (archive, credentials, votes)."""
    uuid = tool.run("setup", "generate-token", "--length", "14").strip()
    template = {"description": "测试", "name": plan["name"], "questions": questions(plan)}
    keys = make_trustees(tool, plan["trustees"], chance)
    credentials = make_credentials(tool, uuid)
    tool.run("setup", "make-election", "--group", tool.group, "--uuid", uuid, "--template",
             tool.write("template.json", json.dumps(template, ensure_ascii=False)))
    tool.run("archive", "init")
    votes = make_votes(plan, chance)
    for voter, choices in votes:
        vote(tool, credentials[voter], choices)
    tool.add_event("EndBallots")
    tool.add_event("EncryptedTally", tool.run("election", "compute-encrypted-tally"))
    for owner, files in keys:
        decrypt(tool, owner, files)
    result = tool.run("election", "compute-result")
    tool.add_event("Result", result)
    if json.loads(result)["result"] != count(plan, votes):
        raise RuntimeError(f"{plan['name']}: {result} is not what was voted: {votes}")
    return tool.folder / f"{uuid}.bel", credentials, votes


def make(plan, program, out):
    """Makes one election and saves what a test needs of it."""
    # Named by the plan, so that every run asks for the same votes (the tools' own are random).
    chance = random.Random(plan["name"])
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        tool = Tool(program, plan["tool"], plan["group"], Path(folder))
        archive, credentials, votes = hold_election(tool, plan, chance)
        saved = out / plan["name"]
        saved.mkdir(parents=True, exist_ok=True)
        shutil.copy(archive, saved / f"{plan['name']}.bel")
    meta = {**plan, "result": count(plan, votes), "credentials": credentials, "votes": votes}
    (saved / "meta.json").write_text(in_lines(meta), encoding="utf-8")


def in_lines(value):
    """JSON with a line per field and per vote."""
    fields = {name: json.dumps(v, ensure_ascii=False) for name, v in value.items()}
    votes = [json.dumps(v, ensure_ascii=False) for v in value["votes"]]
    fields["votes"] = "[" + ",".join("\n  " + v for v in votes) + "]"
    return "{" + ",".join(f'\n "{name}": {text}' for name, text in fields.items()) + "\n}\n"


def main():
    """OUT_DIR [WORD]"""
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: make-tool-archives.sh OUT_DIR [WORD]")
    out, word = Path(sys.argv[1]).resolve(), (sys.argv[2:] or [""])[0]
    tools = {"2.0": os.environ["BELENIOS_TOOL_2"], "3.0": os.environ["BELENIOS_TOOL_3"]}
    plans = [plan for plan in matrix(tools) if word in plan["name"]]
    start = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        list(workers.map(lambda plan: make(plan, tools[plan["tool"]], out), plans))
    print(f"{len(plans)} elections by the tools in {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
