"""Make a case like that of a monitoring mission: many reports, by few voices, about few terms. The same seed makes the same bytes.

`python benchmarks/generate.py FOLDER 1000000`
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

SECTORS = 12
KINDS = ("small_arms", "mortar", "artillery", "drone", "air_strike", "movement")
TEAMS = ("Patrol North", "Patrol East", "Patrol South", "the observation post", "the camera at the bridge", "the acoustic array")
SIDES = ("RED", "BLU")
SORTS = {"day": 70, "minute": 10, "calm": 15, "open_road": 3.5, "displaced": 0.5, "media": 1}
"""Per cent of each sort of statement."""
MISSION = {"speaks_for": "MIS", "form": "reported", "grade": "high", "source": "log"}
ON_ONE_FILE = 120_000
"""lines of a file, which has 64 MB at most"""
DAYS = 730

AGREEMENT = """# The ceasefire and its monitoring

The parties cease fire in every sector. The mission reports what it sees.

```aval
agreement ceasefire_2026 "Ceasefire and monitoring"
  dated 2026-01-01
  dates run in "Europe/Kyiv"
  parties sides
party RED "the red side"
party BLU "the blue side"
party MIS "the monitoring mission"
group sides "the sides" is RED, BLU
group sectors "the sectors" is {sectors}
group kinds "what is reported" is {kinds}
```

A violation is what the mission or two others have seen.

```aval
event fired(p: sides, s: sectors, k: kinds) "p has fired in s"
  accepted from MIS
  accepted from at least 2 independent sources of grade medium
state calm(s: sectors) "s is calm"
  accepted from at least 1 independent source of grade medium
state open_road(s: sectors) "the road through s is open"
  accepted from at least 1 independent source of grade high
state violated(s: sectors) "the ceasefire in s has been violated"
  while some p in sides with fired(p, s, artillery) happened
state quiet "every sector is calm"
  while every s in sectors has calm(s)
event talks_held(s: sectors) "local talks were held in s"
quantity displaced in persons
```
"""
MANIFEST = """schema = "aval.case/1"
title = "A monitoring mission, {count} reports"
zone = "Europe/Kyiv"
agreements = ["agreements/ceasefire.md"]
statements = [{files}]
headlines = ["quiet", "violated"]

[sources.log]
kind = "document"
title = "The mission's log"

[sources.media]
kind = "page"
title = "Local media"
"""


def statements(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield statements as they would be written."""
    chance = random.Random(seed)  # noqa: S311  an invented case is no secret
    start = date(2026, 1, 1)
    for number in range(count):
        day = (start + timedelta(days=number * DAYS // count)).isoformat()
        (kind,) = chance.choices(tuple(SORTS), tuple(SORTS.values()))
        yield {"label": f"r{number}", **MISSION, "said": day, "voice": chance.choice(TEAMS), **_claim(kind, number, day, chance)}


def _claim(kind: str, number: int, day: str, chance: random.Random) -> dict[str, object]:
    sector = f"sector_{chance.randrange(1, SECTORS + 1)}"
    note = {"note": f"report {number}"}
    place = {"place": f"{chance.randrange(1, 40)} km {chance.choice(('north', 'south', 'east', 'west'))}"}
    fired = {"says": "happened", "term": f"fired({chance.choice(SIDES)}, {sector}, {chance.choice(KINDS)})"}
    if kind == "day":
        return {**fired, **note, **place, "when": day, "paragraph": number % 900 + 1}
    if kind == "minute":
        clock = f"{day}T{chance.randrange(24):02}:{chance.randrange(60):02}+02:00"
        return {**fired, **note, **place, "when": clock, "said": f"{day}T23:59+02:00"}
    if kind == "media":
        return {**fired, **note, "when": day, "voice": f"resident {number % 500}", "speaks_for": "", "grade": "low", "source": "media"}
    if kind == "displaced":
        return {**note, "says": "amount", "term": kind, "low": str(1000 + number % 7), "high": str(90_000 + number % 11), "unit": "persons"}
    polarity = "yes" if kind == "open_road" else chance.choice(("yes", "yes", "yes", "no", "no"))
    return {**note, "says": "holds", "term": f"{kind}({sector})", "polarity": polarity, "when": day}


def write(folder: Path, count: int, seed: int) -> None:
    """Write the case."""
    for name in ("agreements", "statements"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    sectors = ", ".join(f"sector_{number}" for number in range(1, SECTORS + 1))
    (folder / "agreements" / "ceasefire.md").write_text(AGREEMENT.format(sectors=sectors, kinds=", ".join(KINDS)), "utf-8")
    made = statements(count, seed)
    names = [f"statements/{number:03}.jsonl" for number in range((count + ON_ONE_FILE - 1) // ON_ONE_FILE)]
    listed = ", ".join(f'"{name}"' for name in names)
    (folder / "aval.toml").write_text(MANIFEST.format(count=count, files=listed), "utf-8")
    for name in names:
        with (folder / name).open("w", encoding="utf-8") as file:
            for one in islice(made, ON_ONE_FILE):
                file.write(json.dumps({key: value for key, value in one.items() if value != ""}) + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Write a case of so many statements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    write(asked.folder, asked.count, asked.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
