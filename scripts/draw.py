#!/usr/bin/env python3
"""Repeats a draw of docs/DRAW.md without pingyi: draw.py LIST SEED prints hash and sample."""
import hashlib
import sys
from fractions import Fraction
from math import ceil

lines = [line.strip() for line in open(sys.argv[1], encoding="utf-8-sig") if line.strip()]
head, rows = lines[0], sorted(lines[1:])
name, share, over = head.split("\t")
assert name == "pingyi-draw-1", "another algorithm"
narrow = {ord("０") + digit: str(digit) for digit in range(10)}
seed = "".join(sys.argv[2].split()).translate(narrow)
text = "".join(line + "\n" for line in [head, *rows])
frozen = hashlib.sha256(text.encode()).hexdigest()


def key(row):
    weight = int(row.split("\t")[2])
    tickets = (f"{frozen}\n{seed}\n{row}\n{draw}" for draw in range(1, weight + 1))
    return min(hashlib.sha256(ticket.encode()).digest() for ticket in tickets)


unit_of = lambda row: row.split("\t")[0]
candidates = sorted((row for row in rows if row.endswith("\t0")), key=key)
units = [unit_of(row) for row in rows]
large = {unit for unit in units if units.count(unit) > int(over)}
first = {unit: next((row for row in candidates if unit_of(row) == unit), None) for unit in large}
sample = {row for row in first.values() if row}
for row in candidates:
    if len(sample) < ceil(Fraction(share) * len(rows)):
        sample.add(row)
print(frozen)
for row in sorted(sample):
    print("\t".join(row.split("\t")[:2]))
