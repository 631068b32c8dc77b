"""Statements as hypothesis makes them: every kind of claim, every field that fits it."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import strategies as some

from aval.evidence.hidden import find_hidden
from aval.model.instant import read_civil
from aval.model.statement import Firmness, Form, Grade, Rung, Says, Stance
from tests.evidence.world import ZONE

CLAIMS: dict[Says, list[str]] = {
    Says.HAPPENED: ["committed(FRA)", "truce_begins"],
    Says.HOLDS: ["truce", "in_force(GBR)"],
    Says.MEMBER: ["coalition(DEU)", "willing(UKR)"],
    Says.AMOUNT: ["force_size"],
    Says.OFFERS: ["offer(FRA, air)", "offer(UKR, land)"],
    Says.POSITION: ["trigger(after_peace)", "coalition", "assist(FRA)"],
}


def _fine(text: str) -> bool:
    return bool(text.strip()) and find_hidden(text) is None and len(unicodedata.normalize("NFC", text)) <= 80 and ";" not in text


TEXT = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30).filter(_fine)
DAYS = some.dates(min_value=date(100, 1, 1), max_value=date(9900, 1, 1))
CIVIL = some.one_of(
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    DAYS.map(lambda day: f"{day.isoformat()}T18:44+01:00"),
).filter(lambda text: read_civil(text, ZONE) is not None)
WHOLE = some.integers(0, 10**9)


def words(kind: type[Firmness | Form | Grade | Rung | Stance]) -> some.SearchStrategy[str]:
    return some.sampled_from([word.value for word in kind if word is not Form.SUPPOSED])  # which no statement can have


@some.composite
def _statements(draw: some.DrawFn) -> dict[str, object]:
    says = draw(some.sampled_from(list(CLAIMS)))
    values: dict[str, object] = {
        "label": draw(some.from_regex(r"[A-Za-z0-9._-]{1,80}", fullmatch=True)),
        "says": says.value,
        "term": draw(some.sampled_from(CLAIMS[says])),
        "said": draw(CIVIL),
        "voice": draw(TEXT),
        "form": draw(words(Form)),
        "grade": draw(words(Grade)),
        "source": draw(some.sampled_from(["dpa", "page"])),
    }
    maybe: dict[str, some.SearchStrategy[object]] = {
        "paragraph": some.integers(1, 12),
        "through": some.lists(TEXT, max_size=3),
        "conditions": some.lists(TEXT, max_size=3),
        **dict.fromkeys(("outlet", "quote", "place", "note"), TEXT),
        "area": some.just("rear"),
        "visibility": some.sampled_from(["", "public"]),
    }
    if values["form"] not in ("circles", "editor") or says in (Says.OFFERS, Says.POSITION):
        maybe["speaks_for"] = some.sampled_from(["FRA", "coalition", "commission"])
    maybe |= _of_its_kind(says)
    values |= {key: draw(maybe[key]) for key in draw(some.sets(some.sampled_from(sorted(maybe))))}
    return values | _needed(draw, says) | _time(draw, says, values)


def _of_its_kind(says: Says) -> dict[str, some.SearchStrategy[object]]:
    found: dict[str, some.SearchStrategy[object]] = {}
    if says in (Says.HAPPENED, Says.HOLDS, Says.MEMBER):
        found["polarity"] = some.sampled_from(["yes", "no"])
    if says is not Says.POSITION:
        found["firmness"] = words(Firmness)
    return found


def _needed(draw: some.DrawFn, says: Says) -> dict[str, object]:
    if says is Says.OFFERS:
        return {"rung": draw(words(Rung))}
    if says is Says.POSITION:
        return {"stance": draw(words(Stance))}
    if says is Says.AMOUNT:
        low, high = sorted(draw(some.tuples(WHOLE, WHOLE)))
        ends: list[dict[str, object]] = [{"low": str(low)}, {"high": f"{high}.50"}, {"low": low, "high": str(high)}]
        return {"unit": "persons", **draw(some.sampled_from(ends))}
    return {}


def _time(draw: some.DrawFn, says: Says, values: dict[str, object]) -> dict[str, object]:
    past = says is not Says.HAPPENED or values.get("firmness") not in (None, "done") or values.get("polarity") == "no"
    times: list[dict[str, object]] = [{}, {"when": "am Dienstag"}, {"when": "yesterday"}] if str(values["said"])[7:] else [{}]
    times.append({"last": draw(CIVIL), "wording": draw(TEXT)})
    if past:
        times += [{"when": draw(CIVIL)}, {"first": draw(CIVIL)}]
    time = draw(some.sampled_from(times))
    spans = says in (Says.HOLDS, Says.MEMBER, Says.AMOUNT, Says.OFFERS)
    return {**time, "throughout": "no"} if spans and time and draw(some.booleans()) else time


STATEMENTS = _statements()
