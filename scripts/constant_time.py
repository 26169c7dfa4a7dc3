#!/usr/bin/env python3
"""Judges what valgrind saw of one operation on secrets. Exit 0 if it is what may be.

constant_time.py counts GROUP OPERATION PROFILE...   callgrind profiles with different secrets
constant_time.py marks GROUP OPERATION LOG           a memcheck log with the secrets marked

Counts: at each machine instruction how often it ran, how much data it read and wrote, branches. A
branch on a secret would make the instructions behind it run differently often. Marks: each branch
and each address that depends on a secret.
"""
import re
import sys
from collections import defaultdict

# Runs, data reads and writes, conditional and indirect branches.
EVENTS = ["Ir", "Dr", "Dw", "Bc", "Bi"]

# Functions that spell, hash or copy texts about to be published, and get memory for them: digits and
# lengths of decimal numbers follow from the published value. In the curve's group a text has 64
# digits whatever the point, so there nothing is excused but the decimal numbers of a signature.
TEXTS = [
    r"^crypto_bigint::uint::encoding::radix_encode",
    r"^core::(str|slice::memchr|fmt)::",
    r"^<?alloc::(string|raw_vec|fmt)",
    r"^serde_json::ser::",
    r"^pingyi_ballot::json::",
]
LENGTHS = [
    r"^pingyi_ballot::proof::challenge",
    r"^<?sha2::",
    r"^_?_?(int_)?(malloc|free|realloc)",
    r"^(unlink_chunk|alloc_perturb|free_perturb|malloc_consolidate|sysmalloc|systrim)",
    r"^__(mem(cpy|set|move|cmp))_",
]
# What must differ, or the measurement is worth nothing.
CONTROL = "control"


# Marked values may reach a branch or an address where a point or number about to be published is spelled, in any function of the stack ...
SPELLED = r"^(encode_block<data_encoding|encode_limbs_small|.*radix_encode|.*to_string_radix)"
# ... and here, in the innermost function, that often.
ONCE = [
    # whether the columns are a vote at all
    (r"pingyi_ballot::ballot::make::Row::of_columns", 1),
    # the library asserts that a product of what is not zero is not zero: never taken
    (r"curve25519_dalek.*internal_invert_batch", 1),
]


def may_differ(group, operation):
    if operation == CONTROL:
        return []
    if group != "Ed25519":
        return TEXTS + LENGTHS
    return TEXTS if operation == "sign" else []


def read(path):
    """{(function, place, address): [counts]}; the cost of a call stands at what was called."""
    found = defaultdict(lambda: [0] * len(EVENTS))
    function = file = ""
    wanted = []
    call = False
    for text in open(path, encoding="utf-8", errors="replace"):
        if text.startswith("events:"):
            events = text.split()[1:]
            wanted = [events.index(event) for event in EVENTS]
        elif text.startswith("fn="):
            function = re.sub(r"::h[0-9a-f]{16}$", "", text[3:].strip())
        elif text.startswith(("fl=", "fi=", "fe=")):
            file = text[3:].strip()
        elif text.startswith("calls="):
            call = True
        elif text.startswith("0x"):
            address, line, *numbers = text.split()
            if not call:
                entry = found[function, f"{file}:{line}", address]
                for index, place in enumerate(wanted):
                    entry[index] += int(numbers[place]) if place < len(numbers) else 0
            call = False
    return {key: tuple(value) for key, value in found.items()}


def stacks(path):
    """Functions of each report, innermost first."""
    found = []
    for text in open(path, encoding="utf-8", errors="replace"):
        if re.search(r"== (Conditional jump|Use of uninit|Syscall param)", text):
            found.append([])
        frame = re.search(r"==    (?:at|by) 0x[0-9A-F]+: (.*)", text)
        if frame and found:
            found[-1].append(frame[1].strip())
    return found


def marks(group, operation, paths):
    found = stacks(paths[0])
    if operation == CONTROL:
        print(f"{'noticed' if found else 'MISSED':8}{group} {operation}: {len(found)} places depend on the secret")
        return 0 if found else 1
    spelled = [stack for stack in found if any(re.search(SPELLED, frame) for frame in stack)]
    rest = [stack for stack in found if stack not in spelled]
    for rule, most in ONCE:
        known = [stack for stack in rest if re.search(rule, stack[0])]
        rest = [stack for stack in rest if stack not in known[:most]]
    state = "LEAKS" if rest else "clean"
    print(f"{state:8}{group} {operation}: {len(found)} places depend on the secret, {len(spelled)} spell public texts, {len(rest)} are not known")
    for stack in rest[:40]:
        print("  " + " < ".join(stack[:6]))
    return 1 if rest else 0


def counts(group, operation, paths):
    profiles = [read(path) for path in paths]
    totals = [sum(runs[0] for runs in profile.values()) for profile in profiles]
    if not totals or not min(totals):
        sys.exit(f"{group} {operation}: nothing was measured")
    zero = (0,) * len(EVENTS)
    places = set().union(*profiles)
    different = [key for key in places if len({profile.get(key, zero) for profile in profiles}) > 1]
    excuses = may_differ(group, operation)
    excused = [key for key in different if any(re.search(excuse, key[0]) for excuse in excuses)]
    wrong = sorted(set(different) - set(excused))
    size = f"{len(paths)} secrets, {len(places)} instructions run {min(totals)} to {max(totals)} times"
    if operation == CONTROL:
        print(f"{'noticed' if wrong else 'MISSED':8}{group} {operation}: {size}, {len(wrong)} differ")
        return 0 if wrong else 1
    print(f"{'DIFFERS' if wrong else 'equal':8}{group} {operation}: {size}, {len(excused)} in public texts differ")
    for function, place, address in wrong[:40]:
        runs = [profile.get((function, place, address), zero)[0] for profile in profiles]
        print(f"  {function} {place} {address} {runs}")
    return 1 if wrong else 0


if __name__ == "__main__":
    judge = {"counts": counts, "marks": marks}[sys.argv[1]]
    sys.exit(judge(sys.argv[2], sys.argv[3], sys.argv[4:]))
