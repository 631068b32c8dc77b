"""Calendars, and iCalendar files: read back by a parser, as exact as the answer and no more, and harmless whatever a label says."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import aval
from aval.answers.calendar import Calendar, Entry
from aval.answers.shapes import Coordinates
from aval.model.problem import Incorrect
from aval.render.ics import ics
from aval.render.json import schema_of
from aval.workspace.case import Case

MANIFEST = 'schema = "aval.case/1"\ntitle = "Dates"\nzone = "Europe/Paris"\nagreements = ["dates.md"]\nstatements = []\n'
DATES = """# Dates

A clause.

```aval
agreement timetable "Dates"
  dates run in "Europe/Paris"
party AAA "First country"
party BBB "Second country"
group both is AAA, BBB
question which "Which?"
  reading short "ten days"
  reading long "twenty days"
event begins "it begins"
  legal act
event alarm "the alarm"
event seen "it is seen"
event paid(p: both) "p pays"
  accepted from p
event never_told "nobody tells it"
moment review "the review" is 30 days after begins
moment answer "the answer" is 72 hours after alarm
moment sighting "the sighting" is 10 days after seen
moment split "the split"
  on reading short means 10 days after begins
  on reading long means 20 days after begins
moment nothing "nothing" is 1 day after never_told
duty pay(p: both) "p pays its share": p owes AAA paid(p)
  when begins
  within 10 days
```
"""
FACTS = ("begins on 2027-03-01", "alarm on 2027-03-05T12:30+01:00", "seen in 2027-04")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("dates")
    (folder / "aval.toml").write_text(MANIFEST, "utf-8")
    (folder / "dates.md").write_text(DATES, "utf-8")
    return aval.open(folder)


def entries(case: Case, *facts: str, **asked: str) -> dict[tuple[str, str], Entry]:
    found = case.calendar(suppositions=facts, known="2026-12-01", at="2026-12-01", **asked).answer  # type: ignore[arg-type]
    return {(one.term, one.reading): one for one in found.entries}


def test_each_date_is_as_exact_as_it_is_known(case: Case) -> None:
    found = entries(case, *FACTS)
    shown = {name: (one.kind, one.sure, one.earliest, one.latest) for name, one in found.items()}
    assert shown == {
        ("answer", ""): ("moment", "exact", "2027-03-08T12:30+01:00", "2027-03-08T12:30+01:00"),
        ("pay(AAA)", ""): ("deadline", "exact", "2027-03-11", "2027-03-11"),
        ("pay(BBB)", ""): ("deadline", "exact", "2027-03-11", "2027-03-11"),
        ("review", ""): ("moment", "exact", "2027-03-31", "2027-03-31"),
        ("sighting", ""): ("moment", "range", "2027-04-11", "2027-05-10"),
        ("split", "which=short"): ("moment", "exact", "2027-03-11", "2027-03-11"),
        ("split", "which=long"): ("moment", "exact", "2027-03-21", "2027-03-21"),
    }
    assert case.calendar(suppositions=FACTS).answer.unset == ("nothing",)


def test_a_party_sees_its_own_what_is_owed_to_it_and_what_is_for_all(case: Case) -> None:
    assert {term for term, _ in entries(case, *FACTS, party="BBB")} == {"answer", "pay(BBB)", "review", "sighting", "split"}
    assert {term for term, _ in entries(case, *FACTS, party="First country")} >= {"pay(AAA)", "pay(BBB)"}
    with pytest.raises(Incorrect, match="no party is called"):
        case.calendar(party="AAB")


def test_a_span_of_time_holds_what_may_lie_in_it(case: Case) -> None:
    assert set(entries(case, *FACTS, start="2027-05-01")) == {("sighting", "")}
    assert set(entries(case, *FACTS, start="2027-03-31", end="2027-03-31")) == {("review", "")}
    assert set(entries(case, *FACTS, end="2027-03-10")) == {("answer", "")}


def test_what_is_done_has_no_deadline_any_more(case: Case) -> None:
    assert ("pay(BBB)", "") not in entries(case, *FACTS, "paid(BBB) on 2027-03-03")
    assert entries(case, *FACTS, "paid(BBB) on 2027-03-20")["pay(BBB)", ""].standing == "owed"


def test_a_day_has_passed_when_it_is_over(case: Case) -> None:
    for at, passed in (("2027-03-30", False), ("2027-03-31T12:00+02:00", False), ("2027-03-31", True)):
        found = case.calendar(suppositions=FACTS, at=at, known="2026-12-01").answer
        assert next(one for one in found.entries if one.term == "review").passed is passed


def test_json_keeps_its_schema(case: Case) -> None:
    made = json.loads(case.calendar(suppositions=FACTS, known="2026-12-01").json())
    Draft202012Validator(schema_of("aval.calendar/1")).validate(made)


def test_the_page_says_how_exactly_each_is_known(case: Case) -> None:
    drawn = " ".join(str(case.calendar(suppositions=FACTS, known="2026-12-01", at="2026-12-01")).split())
    assert "2027-03-11 due: each of First country and Second country pays its share" in drawn
    assert "2027-04-11 to 2027-05-10 the sighting" in drawn
    assert "2027-03-21 the split · only on which=long" in drawn
    assert "No date is set for: nothing" in drawn


def parsed(data: bytes) -> Any:  # noqa: ANN401  whatever an iCalendar property can be
    made = icalendar.Calendar.from_ical(data)
    assert isinstance(made, icalendar.Calendar)
    return made


def test_what_is_written_is_read_back(case: Case) -> None:
    found = case.calendar(suppositions=FACTS, known="2026-12-01", at="2026-12-01").answer
    data = ics(found)
    read = parsed(data)
    assert read.to_ical() == data
    events = {str(one["summary"]): one for one in read.walk("VEVENT")}
    assert len(events) == len(found.entries)
    assert {"[supposed] the split, only on which=short", "[supposed] the split, only on which=long"} <= set(events)
    review = events["[supposed] the review"]
    assert (review["dtstart"].dt, review["dtend"].dt) == (date(2027, 3, 31), date(2027, 4, 1))
    answer = events["[supposed] the answer"]
    assert answer["dtstart"].dt == datetime(2027, 3, 8, 11, 30, tzinfo=UTC)
    assert "dtend" not in answer
    vague = events["[supposed] the sighting, at some time from 2027-04-11 to 2027-05-10, not known when"]
    assert (vague["dtstart"].dt, vague["dtend"].dt) == (date(2027, 4, 11), date(2027, 5, 11))
    assert {str(one["status"]) for one in read.walk("VEVENT")} == {"TENTATIVE"}
    assert "supposing begins on 2027-03-01" in str(review["description"])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"/dates.md" not in data  # where the case lies on this machine is nobody's business


def test_it_is_the_same_every_time_and_keeps_its_names(case: Case) -> None:
    first, second = (ics(case.calendar(suppositions=FACTS, known="2026-12-01").answer) for _ in range(2))
    assert first == second
    later = parsed(ics(case.calendar(suppositions=FACTS, known="2026-12-05").answer))
    names = {str(one["uid"]) for one in parsed(first).walk("VEVENT")}
    assert {str(one["uid"]) for one in later.walk("VEVENT")} == names
    assert len(names) == 7
    other = parsed(ics(case.calendar(suppositions=[*FACTS, "never_told on 2027-06-01"], known="2026-12-01").answer))
    assert not names & {str(one["uid"]) for one in other.walk("VEVENT")}  # another supposition is another entry
    assert {one["dtstamp"].dt for one in parsed(first).walk("VEVENT")} == {datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)}


def made(**changes: object) -> Calendar:
    values: dict[str, object] = {
        "kind": "moment", "term": "m", "number": 1, "label": "a moment", "bearer": "", "counterparty": "", "parties": (), "reading": "",
        "sure": "exact", "earliest": "2027-03-31", "latest": "2027-03-31", "standing": "", "passed": False, "agreement": "a",
        "clause": "a.md:1",
    }  # fmt: skip
    at = Coordinates(
        at="2026-12-01", known="2026-12-01", recorded=None, readings={}, zone="Europe/Paris", agreements={}, statements="", engine="0",
        time_zone_data="0",
    )  # fmt: skip
    entry = Entry(**(values | changes))  # type: ignore[arg-type]
    return Calendar(title=entry.label, coordinates=at, party=None, start=None, end=None, entries=(entry,), names={"AAA": entry.label})


@pytest.mark.parametrize(
    ("sure", "earliest", "latest", "spans", "words"),
    [
        ("latest", None, "2027-03-31", [(date(2027, 3, 31), date(2027, 4, 1))], "by 2027-03-31 at the latest"),
        ("earliest", "2027-03-31", None, [(date(2027, 3, 31), date(2027, 4, 1))], "not before 2027-03-31, and it may never come"),
        (
            "contested",
            "2027-05-01",
            "2027-03-31",
            [(date(2027, 3, 31), date(2027, 4, 1)), (date(2027, 5, 1), date(2027, 5, 2))],
            "contested: told to have come by 2027-03-31, and denied until 2027-05-01",
        ),
    ],
)
def test_what_is_vague_says_so_in_words(
    sure: str, earliest: str | None, latest: str | None, spans: list[tuple[date, date]], words: str
) -> None:
    events = parsed(ics(made(sure=sure, earliest=earliest, latest=latest))).walk("VEVENT")
    assert [(one["dtstart"].dt, one["dtend"].dt) for one in events] == spans
    assert all(words in str(one["summary"]) and str(one["status"]) == "TENTATIVE" for one in events)
    assert len({str(one["uid"]) for one in events}) == len(spans)


def test_what_is_certain_is_confirmed() -> None:
    (event,) = parsed(ics(made())).walk("VEVENT")
    assert (str(event["status"]), str(event["transp"])) == ("CONFIRMED", "TRANSPARENT")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(["a\r\nEND:VEVENT\r\nBEGIN:VALARM", "x;y,z\\n:", "\u202e\x1b[31m", "BEGIN:VEVENT", '"=1+1']))
def test_no_label_gets_out_of_its_line(text: str) -> None:
    data = ics(made(label=text, bearer="AAA", kind="deadline", parties=("AAA",), standing="owed", reading=text))
    read = parsed(data)
    assert len(read.walk("VEVENT")) == 1
    assert len(read.walk()) == 2
    assert set(data.decode("utf-8").replace("\r\n", "")) & {"\x1b", "\u202e", "\n", "\r", "\x00"} == set()


def test_the_shipped_cases_can_be_read_back() -> None:
    cases = Path(__file__).parents[2] / "cases"
    for name in ("ottawa", "uk-article-50", "unscr2231-snapback"):
        found = aval.open(cases / name).calendar(known="2026-01-01").answer
        assert found.entries
        assert len(parsed(ics(found)).walk("VEVENT")) == len(found.entries)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(Incorrect) as missing:
        ics(made())
    (found,) = missing.value.problems
    assert (found.code.code, found.hint) == ("AV640", 'Install it: python -m pip install "aval[ics]"')
