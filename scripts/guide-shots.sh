#!/usr/bin/env bash
# Makes the pictures of docs/user from what the browser tests photographed:
#   (cd tests/e2e && node --test cycle.test.mjs city.test.mjs branch.test.mjs room.test.mjs room-small.test.mjs)
#   scripts/guide-shots.sh
# Cut to what the text speaks of, reduced to few colours, at most 120 kB each. Needs python3-pil.
# Pictures that were not taken this time stay as they are and are named.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 - <<'PYTHON'
import os
from PIL import Image

MOST = 120_000
FROM, TO = "screenshots", "docs/user/img"
# picture: photograph, height kept at its top (pixels of the photograph), top cut off
SHOTS = {
    "clerk-overview": ("city-01-overview-1280", 1000, 0),
    "clerk-plan": ("cycle-18-plans-review-1280", 1000, 0),
    "clerk-filing": ("cycle-35-review-1280", 1000, 0),
    "unit-plan": ("cycle-14-plan-edit-1280", 1000, 0),
    "unit-summary": ("cycle-34-unit-summary-1280", 1000, 0),
    "branch-home": ("branch-01-home-1280", 1100, 0),
    "branch-attendance": ("cycle-21-attendance-1280", 900, 0),
    "branch-box": ("room-small-22-voting-1280", 900, 0),
    "projector": ("room-small-22-projector", 720, 0),
    "member-me": ("branch-04-me-360", 1100, 0),
    "member-vote": ("room-small-03-card-360", 900, 0),
    "member-large": ("branch-11-me-large-360", 900, 0),
    "scrutineer-prepare": ("room-small-02-prepare-360", 900, 0),
    "scrutineer-count": ("room-small-03-count-360", 900, 0),
    "envoy-assign": ("city-03-envoys-1280", 800, 0),
    "envoy-comment": ("cycle-22-meeting-ready-1280", 470, 1510),
    "supervision-desk": ("city-06-desk-1280", 1000, 0),
    "supervision-draw": ("city-05-draw-1280", 900, 0),
    "dues-board": ("city-08-dues-branch-1280", 1300, 0),
}

os.makedirs(TO, exist_ok=True)
for name, (shot, height, top) in SHOTS.items():
    source = f"{FROM}/{shot}.png"
    if not os.path.exists(source):
        print(f"{name}: no {source}, kept as it is")
        continue
    image = Image.open(source).convert("RGB")
    image = image.crop((0, top, image.width, min(image.height, top + height)))
    if image.width > 900:
        image = image.resize((900, round(image.height * 900 / image.width)), Image.LANCZOS)
    target = f"{TO}/{name}.png"
    for colours in (64, 32, 16, 8):
        image.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if os.path.getsize(target) <= MOST:
            break
    else:
        raise SystemExit(f"{name} is {os.path.getsize(target)} bytes")
    print(f"{name}: {os.path.getsize(target) // 1000} kB")
PYTHON
