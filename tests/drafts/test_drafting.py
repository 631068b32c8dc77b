"""`aval draft`: made and checked like a statement, seen by its party, published at the hour of publishing, gone when it is dropped."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import aval
from aval.evidence.drafts.papers import place_of
from aval.model.problem import AvalError
from aval.render.json import schema_of
from aval.workspace.draft_statements import draft, drafts, drop, publish
from tests.drafts.inside import run
from tests.ledger.cases import BASE, PACT, Watch, case_at, entries, instant, make, row, take

NEW = {name: value for name, value in BASE.items() if name != "label"}


def refused(error: pytest.ExceptionInfo[AvalError]) -> str:
    return error.value.problems[0].code.code


def test_a_draft_counts_for_its_party_and_for_nobody_else(tmp_path: Path) -> None:
    case = make(tmp_path)
    made = draft(case, "FRA", NEW)
    assert [one.label for one in made.drafts] == ["A-reporter-2026-01-06"]
    values = {viewer: aval.open(case, viewer=viewer).why("truce", known="2026-01-31").answer.value for viewer in ("", "GBR", "FRA")}
    assert values == {"": "no", "GBR": "no", "FRA": "yes"}
    cited = json.loads(aval.open(case, viewer="France").why("truce_begins", known="2026-01-31").json())
    assert (cited["view"]["viewer"], made.drafts[0].id in str(cited)) == ("FRA", True)
    assert stat.S_IMODE(place_of(case, "FRA").stat().st_mode) == 0o600


def test_on_the_recorded_clock_there_are_no_drafts(tmp_path: Path) -> None:
    case = make(tmp_path, row("a", term="truce_ends", when="2026-01-02", said="2026-01-02"))
    watch = Watch()
    take(case, watch)
    draft(case, "FRA", NEW)
    opened = aval.open(case, viewer="FRA")
    assert opened.why("truce", known="2026-01-31").answer.value == "yes"
    seen = opened.why("truce", known="2026-01-31", recorded="2026-02-01T12:01").json()
    assert seen == aval.open(case).why("truce", known="2026-01-31", recorded="2026-02-01T12:01").json()


def test_a_draft_can_withdraw_what_is_public_for_its_party_alone(tmp_path: Path) -> None:
    case = make(tmp_path, row("a"))
    draft(case, "FRA", {**NEW, "says": "retracts", "withdraws": ["label:a"], "said": "2026-01-20"} | {"when": ""})
    values = {viewer: aval.open(case, viewer=viewer).why("truce", known="2026-01-31").answer.value for viewer in ("", "FRA")}
    assert values == {"": "yes", "FRA": "no"}


def test_a_published_draft_is_recorded_when_it_is_published(tmp_path: Path) -> None:
    case = make(tmp_path)
    watch = Watch("2026-02-01T12:00")
    take(case, watch)
    draft(case, "FRA", {**NEW, "label": "b"}, watch)
    drafted = drafts(case, "FRA").drafts[0].id
    watch.set("2026-03-01T12:00")
    done, _ = publish(case, "FRA", "b", now=watch)
    assert done.counts["new"] == 1
    assert drafts(case, "FRA").drafts == ()
    assert not place_of(case, "FRA").exists()
    opened = case_at(case, watch)
    (published,) = opened.statements
    assert (published.visibility, published.id != drafted) == ("public", True)
    assert opened.recorded_statements("2026-02-28") == ()
    assert [kind for kind, name in entries(case) if name == "b"] == ["statement"]
    (recorded,) = [when for when, name in entries(case, "recorded, name") if name == "b"]
    assert isinstance(recorded, int)
    assert 0 <= recorded - instant("2026-03-01T12:00") < 1000


def test_publishing_again_after_it_died_in_between_publishes_once(tmp_path: Path) -> None:
    case = make(tmp_path)
    draft(case, "FRA", {**NEW, "label": "b"})
    kept = place_of(case, "FRA").read_bytes()
    publish(case, "FRA", "b")
    place_of(case, "FRA").write_bytes(kept)
    publish(case, "FRA", "b")
    assert [name for kind, name in entries(case) if kind == "statement"] == ["b"]
    assert drafts(case, "FRA").drafts == ()


def test_a_dropped_draft_is_written_over(tmp_path: Path) -> None:
    case = make(tmp_path)
    draft(case, "FRA", {**NEW, "label": "b", "note": "CANARY"})
    draft(case, "FRA", {**NEW, "label": "c"})
    with place_of(case, "FRA").open("rb") as held:
        drop(case, "FRA", "b")
        assert set(held.read()) == {0}
    assert b"CANARY" not in b"".join(one.read_bytes() for one in case.rglob("*") if one.is_file())


@pytest.mark.parametrize(
    ("fields", "code"), [({"term": "truce_bigins"}, "AV331"), ({"label": "a"}, "AV494"), ({"withdraws": ["label:no"]}, "AV353")]
)
def test_a_wrong_draft_is_refused_and_not_kept(tmp_path: Path, fields: dict[str, object], code: str) -> None:
    case = make(tmp_path, row("a"))
    with pytest.raises(AvalError) as error:
        draft(case, "FRA", {**NEW, "note": "b", **fields})
    assert refused(error) == code
    assert not place_of(case, "FRA").exists()


@pytest.mark.parametrize("viewer", ["", "coalition", "../FRA", "XXX"])
def test_whoever_looks_is_a_party(tmp_path: Path, viewer: str) -> None:
    case = make(tmp_path, row("a"))
    with pytest.raises(AvalError) as error:
        drafts(case, viewer)
    assert refused(error) == "AV490"
    assert run("status", str(case), "--viewer", viewer, "--known", "2026-01-31").code == (3 if viewer else 0)


def test_a_draft_that_no_longer_fits_is_left_out_and_told(tmp_path: Path) -> None:
    case = make(tmp_path, row("a"))
    draft(case, "FRA", {**NEW, "label": "b", "term": "truce_ends", "when": "2026-01-20", "said": "2026-01-20"})
    make(case, row("a"), pact=PACT.replace("event truce_ends", "event truce_stops").replace("until truce_ends", "until truce_stops"))
    done = run("status", str(case), "--viewer", "FRA", "--known", "2026-01-31")
    assert (done.code, b"AV492" in done.err) == (0, True)
    assert drafts(case, "FRA").drafts[0].why_not


def test_another_label_is_told_with_a_near_one(tmp_path: Path) -> None:
    case = make(tmp_path, row("a"))
    draft(case, "FRA", {**NEW, "label": "second", "note": "b"})
    done = run("draft", "drop", str(case), "secnd", "--viewer", "FRA")
    assert (done.code, b"AV491" in done.err, b"second" in done.err) == (3, True, True)


@pytest.mark.parametrize("content", [b"[]\n", b'{"drafted": "x", "statement": {}}\n', b"\xff\n", None])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    case = make(tmp_path, row("a"))
    place = place_of(case, "FRA")
    place.parent.mkdir(parents=True)
    if content is None:
        place.symlink_to(case / "aval.toml")
    else:
        place.write_bytes(content)
    done = run("status", str(case), "--viewer", "FRA")
    assert (done.code, b"AV493" in done.err) == (4, True)
    assert run("status", str(case)).code == 0


def test_the_json_is_what_its_schema_says(tmp_path: Path) -> None:
    case = make(tmp_path, row("a"))
    draft(case, "FRA", {**NEW, "note": "b"})
    made = json.loads(run("draft", "list", str(case), "--viewer", "FRA", "--json").out)
    Draft202012Validator(schema_of(made["schema"])).validate(made)
    seen = json.loads(run("why", str(case), "truce", "--viewer", "FRA", "--json").out)
    Draft202012Validator(schema_of(seen["schema"])).validate(seen)
