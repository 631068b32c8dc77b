"""Suppositions: on top of a record, counted in full, named in every answer, and stored nowhere (semantics 2.4, decision 21)."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import aval
from aval.engine.world import World
from aval.evidence.live import live
from aval.language.read import read_agreements, read_suppositions
from aval.model.case import Text
from aval.model.problem import Incorrect
from aval.render.json import schema_of
from aval.workspace.case import Case
from aval.workspace.shown import Shown
from aval.workspace.testing import checks, run_tests
from tests.engine.alike import columns

ROOT = Path(__file__).resolve().parents[2]
PARIS = ROOT / "cases" / "paris"
MANIFEST = """schema = "aval.case/1"
title = "A pact"
zone = "UTC"
agreements = ["pact.md"]
statements = ["said.jsonl"]
[sources.wire]
kind = "page"
title = "A wire"
"""
PACT = """# A pact

A clause.

```aval
agreement pact "A pact"
party AAA "First country"
party BBB "Second country"
group both is AAA, BBB
body panel "the panel"
  may find broken(any)
event begins "the truce begins"
  accepted from at least 2 independent sources of grade high
event joined(p: both) "p joins"
  accepted from p, at least ratified
event broken(p: both) "p breaks it"
  accepted from a finding of panel
event helped(p: both)
  accepted from p
quantity force in persons
  accepted from AAA
state truce "there is a truce"
  from begins
  until broken(any)
state consent(p: both) "p consents"
  accepted from p
moment review is 30 days after begins
duty help(p: both) "p helps": p owes BBB helped(p)
  when begins if joined(p) happened
  within 10 days
ban quiet(p: both): p must not broken(p)
  breach found by panel
```
"""
SAID: list[dict[str, object]] = [
    {"label": "one", "term": "begins", "when": "2026-01-05", "said": "2026-01-06", "voice": "A paper"},
    {"label": "no", "says": "position", "term": "truce", "stance": "refuses", "said": "2026-01-07", "voice": "B", "speaks_for": "BBB"},
    {"label": "old", "term": "joined(AAA)", "when": "2026-01-02", "said": "2026-01-02", "voice": "A", "speaks_for": "AAA"},
    {
        "label": "new",
        "term": "joined(AAA)",
        "polarity": "no",
        "said": "2026-01-08",
        "voice": "A",
        "speaks_for": "AAA",
        "withdraws": ["label:old"],
    },
]
"""the second voice that the truce needs is missing; AAA said that it joined, and later that it did not"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "pact"
    case.mkdir()
    (case / "aval.toml").write_text(MANIFEST, "utf-8")
    (case / "pact.md").write_text(PACT, "utf-8")
    base = {"says": "happened", "form": "document", "grade": "high", "source": "wire"}
    (case / "said.jsonl").write_text("".join(f"{json.dumps({**base, **row})}\n" for row in SAID), "utf-8")
    return case


def document(folder: Path, *lines: str, head: tuple[str, ...] = ('format "aval.suppose/1"', "about pact")) -> Path:
    path = folder / "suppositions" / "thought.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n  ".join(['# A thought\n\nIt is one.\n\n```aval-suppose\nsuppose "a thought"', *head, *lines]) + "\n```\n", "utf-8")
    return path


def value(case: Case, term: str, *suppositions: str | Path, **view: str) -> str | None:
    return case.why(term, suppositions=suppositions, **view).answer.value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fact", "term"),
    [
        ("begins on 2027-03-01", "begins"),  # from two sources
        ("joined(BBB) on 2027-03-01", "joined(BBB)"),  # from itself, ratified at least
        ("broken(BBB) on 2027-03-01", "broken(BBB)"),  # from a finding
        ("consent(AAA) from 2027-02-01", "consent(AAA)"),
    ],
)
def test_what_is_supposed_counts_whatever_the_agreement_asks_for(folder: Path, fact: str, term: str) -> None:
    case = aval.open(folder)
    assert value(case, term, at="2027-03-02") == "open"
    assert value(case, term, fact, at="2027-03-02") == "yes"
    assert value(case, term, f"not {fact}", at="2027-03-01") == "no"


def test_told_by_somebody_it_is_only_what_they_say(folder: Path) -> None:
    case = aval.open(folder)
    assert value(case, "joined(BBB)", "joined(BBB) on 2027-03-01 told by BBB") == "yes"
    assert value(case, "joined(BBB)", "joined(BBB) on 2027-03-01 told by AAA") == "open"
    assert value(case, "begins", "begins on 2026-01-05 told by AAA") == "yes"  # with the paper's word these are two
    (thought,) = case.suppose("joined(BBB) on 2027-03-01 told by AAA").answer.thoughts
    assert (thought.counts, thought.why_not, thought.told_by) == (False, "not the word of BBB", "AAA")


def test_what_is_supposed_lends_no_voice_to_what_others_said(folder: Path) -> None:
    case = aval.open(folder)
    found = case.why("begins", suppositions=["begins on 2027-03-01"]).answer
    assert found.value == "yes"
    assert case.why("review", suppositions=["begins on 2027-03-01"]).answer.value == "2027-03-31"


def test_a_breach_that_is_supposed_was_found(folder: Path) -> None:
    assert value(aval.open(folder), "quiet(AAA)", "quiet(AAA) on 2027-03-01") == "found"


def test_a_finding_a_vote_and_an_amount(folder: Path) -> None:
    case = aval.open(folder)
    assert value(case, "broken(BBB)", "panel finds broken(BBB) on 2027-03-01") == "yes"
    (vote,) = case.suppose("panel finds broken(BBB) on 2027-03-01 told by AAA").answer.thoughts
    assert (vote.counts, vote.why_not) == (False, "the text does not say how it decides")
    assert value(case, "force", "force is at least 100 on 2027-03-01") == "at least 100 persons"


def test_who_takes_back_a_correction_has_said_again_what_was_corrected(folder: Path) -> None:
    case = aval.open(folder)
    assert value(case, "joined(AAA)") == "open"
    found = case.suppose("without new")
    assert [(one.term, one.before, one.after) for one in found.answer.turns] == [("joined(AAA)", "open", "yes")]
    assert [one.label for one in found.answer.withdrawn] == ["new"]
    assert value(case, "joined(AAA)", 'without "new"', known="2026-01-07") == "yes"  # as it was


def test_a_position_that_is_taken_back_is_gone_from_the_board(folder: Path) -> None:
    case = aval.open(folder)
    assert [one.label for one in case.status().answer.refusals] == ["no"]
    assert list(case.status(suppositions=["without no"]).answer.refusals) == []


def test_it_is_heard_whatever_is_known_unless_it_says_when_it_is_told(folder: Path) -> None:
    case = aval.open(folder)
    assert value(case, "begins", "begins on 2027-03-01", known="2026-01-10", at="2027-03-02") == "yes"
    assert value(case, "begins", "begins on 2026-03-01 said 2026-04-01", known="2026-03-20") == "open"
    assert value(case, "begins", "begins on 2026-03-01 said 2026-04-01", known="2026-04-01") == "yes"
    assert case.suppose("begins on 2097-03-01 said 2097-04-01").answer.coordinates.known == "2097-04-01"


def test_the_answer_stands_on_the_last_day_that_is_supposed(folder: Path) -> None:
    found = aval.open(folder).suppose("begins on 2097-03-01", "consent(AAA) from 2097-01-01 until 2097-05-01").answer
    assert found.coordinates.at == found.without.at == "2097-05-01"
    assert found.without.suppositions == ()
    assert found.coordinates.supposed == ("begins on 2097-03-01", "consent(AAA) from 2097-01-01 until 2097-05-01")


def test_what_comes_into_force_and_what_becomes_owed_by_when(folder: Path) -> None:
    found = aval.open(folder).suppose("begins on 2097-03-01", "joined(BBB) on 2097-02-01").answer
    turns = {one.term: one for one in found.turns}
    assert (turns["truce"].kind, turns["truce"].before, turns["truce"].after) == ("begins", "no", "yes")
    assert (turns["help(BBB)"].kind, turns["help(BBB)"].due) == ("owed", "2097-03-11")
    assert (turns["review"].kind, turns["review"].after) == ("dated", "2097-03-31")
    assert "begins" not in turns  # that is what was supposed
    assert found.headline == (
        "Comes to hold: there is a truce. Becomes owed: Second country helps, due 2097-03-11. Dated then: review, 2097-03-31. "
        "Open or contested then: First country helps."
    )


def test_nothing_leaks_into_other_answers_and_nothing_is_stored(folder: Path) -> None:
    case = aval.open(folder)
    before = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())).hexdigest()
    view = {"known": "2026-02-01", "at": "2027-03-02"}
    plain = case.status(**view).json()  # type: ignore[arg-type]
    supposed = case.status(**view, suppositions=["begins on 2027-03-01"]).json()  # type: ignore[arg-type]
    assert b"supposed" in supposed
    assert case.status(**view).json() == plain  # type: ignore[arg-type]
    assert case.status(**view, suppositions=["begins on 2027-03-02"]).json() != supposed  # type: ignore[arg-type]
    assert case.status(**view, suppositions=["begins on 2027-03-01"]).json() == supposed  # type: ignore[arg-type]
    assert case.status(known="2026-02-02", at="2027-03-02").answer.items[0].value != "yes"
    assert hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())).hexdigest() == before


FACTS = ["begins on 2027-03-01", "joined(BBB) on 2027-02-01", "broken(BBB) on 2027-04-01", "consent(AAA) from 2027-02-01", "without new"]


def test_it_is_the_same_as_if_all_were_worked_out_from_scratch(folder: Path) -> None:
    case = aval.open(folder)
    for number in range(1, len(FACTS) + 1):
        found = case._inquiry("2027-05-01", "2026-06-01", None, None, FACTS[:number])  # noqa: SLF001  what is on top is nobody else's business
        supposed = [found.statements[id_] for id_ in found.world.view.suppositions]
        back = [one for one in supposed if one.withdraws]
        record = live([*case.statements, *back], found.world.known, "UTC")
        whole = live([*record, *supposed], 1 << 62, "UTC")
        scratch = World(found.world.agreements, whole, found.world.view, "UTC")
        assert set(found.statements) == set(whole.by_id)
        assert list(columns(found.world)) == list(columns(scratch))


# no two of them contradict each other
POOL = (
    "begins on 2027-03-01",
    "begins in 2027-03",
    "not begins on 2027-02-01",
    "begins on 2027-03-02 told by AAA",
    "joined(AAA) on 2027-02-01",
    "joined(BBB) on 2027-02-01 told by BBB",
    "not joined(BBB) on 2027-02-01 told by AAA",
    "broken(AAA) on 2027-04-01",
    "panel finds broken(BBB) on 2027-04-02",
    "not panel finds broken(AAA) on 2027-04-03",
    "consent(AAA) from 2027-02-01 until 2027-06-30",
    "not consent(BBB) on 2027-02-01",
    "force is at least 100 on 2027-01-01",
    "quiet(AAA) on 2027-04-04",
    "helped(BBB) on 2027-03-05",
    "without new",
    "without old",
    "without one",
    "without no",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(POOL), min_size=1, max_size=8), st.sampled_from(["2026-01-03", "2026-06-01"]))
def test_any_suppositions_are_as_from_scratch(folder: Path, facts: set[str], known: str) -> None:
    case = aval.open(folder)
    found = case._inquiry("2027-05-01", known, None, None, sorted(facts))  # noqa: SLF001  as above
    supposed = [found.statements[id_] for id_ in found.world.view.suppositions]
    record = live([*case.statements, *(one for one in supposed if one.withdraws)], found.world.known, "UTC")
    whole = live([*record, *supposed], 1 << 62, "UTC")
    scratch = World(found.world.agreements, whole, found.world.view, "UTC")
    assert set(found.statements) == set(whole.by_id)
    assert list(columns(found.world)) == list(columns(scratch))


def test_with_a_ledger_too(folder: Path) -> None:
    from aval.evidence.folder import open_folder
    from aval.workspace.recorded import import_case

    import_case(open_folder(folder))
    case = aval.open(folder)
    assert value(case, "truce", "begins on 2027-03-01", at="2027-03-02") == "yes"
    found = case.blame("truce", suppositions=["begins on 2027-03-01"], at="2027-03-02").answer
    assert [(line.cited.form, line.recorded) for line in found.statements if not line.cited.why_not] == [("supposed", None)]


@pytest.mark.parametrize(
    ("facts", "code", "says"),
    [
        (["begin on 2027-03-01"], "AV203", "Did you mean `begins`?"),
        (["begins"], "AV231", "It is not said when"),
        (["truce from 2027-03-01"], "AV231", "follows from its rule"),
        (["begins on 2027-02-30"], "AV216", "is not a date"),
        (["begins on 2027-03-01 and more"], "AV202", ""),
        ([""], "AV202", "Nothing is supposed here"),
        (["without nothing"], "AV606", "No statement of this case has the label"),
        (["without onee"], "AV606", 'Did you mean "one"?'),
        (["begins on 2027-03-01", "not begins on 2027-03-01"], "AV290", "to be so and not to be so"),
        (["begins on 2027-03-01", "begins on 2027-04-01"], "AV290", "at two times"),
        (["not begins between 2027-01-01 and 2027-12-31", "begins in 2027-03"], "AV290", "to be so and not to be so"),
        (["consent(AAA) from 2027-01-01", "not consent(AAA) on 2027-05-01"], "AV290", "to be so and not to be so"),
        ([f"force is {number} on 2027-01-01" for number in [1] * 501], "AV293", "there can be 500 at most"),
        (["force is 100 on 2027-01-01", "force is 200 on 2027-01-01"], "AV290", "two amounts at once"),
        (["panel finds broken(AAA) on 2027-01-01", "not panel finds broken(AAA) on 2027-01-01"], "AV290", "to be so"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_computed(folder: Path, facts: list[str], code: str, says: str) -> None:
    case = aval.open(folder)
    for ask in (case.suppose, lambda *some: case.status(suppositions=some)):
        with pytest.raises(Incorrect) as wrong:
            ask(*facts)
        (found,) = wrong.value.problems
        assert found.code.code == code
        assert says in f"{found.message} {found.hint}"


@pytest.mark.parametrize(
    "facts",
    [
        ["begins on 2027-03-01", "not begins on 2027-03-02"],
        ["begins on 2027-03-01", "not begins on 2027-03-01 told by AAA"],
        ["consent(AAA) from 2027-01-01 until 2027-04-30", "not consent(AAA) on 2027-05-01"],
        ["force is at least 100 on 2027-01-01", "force is at most 200 on 2027-01-01"],
        ["force is 100 on 2027-01-01", "force is 200 on 2027-02-01"],
        ["begins on 2027-03-01", "begins in 2027-03"],
    ],
)
def test_what_only_looks_like_a_contradiction_is_none(folder: Path, facts: list[str]) -> None:
    assert len(aval.open(folder).suppose(*facts).answer.thoughts) == len(facts)


@pytest.mark.parametrize(
    ("head", "lines", "code", "says"),
    [
        (('format "aval.suppose/2"', "about pact"), ("given begins on 2027-03-01",), "AV291", "this version of Aval reads"),
        (("about pact",), ("given begins on 2027-03-01",), "AV291", "It is not said in which format"),
        (('format "aval.suppose/1"', "about pakt"), ("given begins on 2027-03-01",), "AV292", "Did you mean `pact`?"),
        (('format "aval.suppose/1"',), ("given begins on 2027-03-01",), "AV292", "Add `about pact`."),
        (('format "aval.suppose/1"', "about pact"), (), "AV293", "Nothing is supposed here."),
        (('format "aval.suppose/1"', "about pact"), ("given the record",), "AV293", "Nothing is supposed here."),
        (
            ('format "aval.suppose/1"', "about pact"),
            ("given begins on 2027-03-01", "given the record"),
            "AV293",
            "takes no facts from a file",
        ),
        (('format "aval.suppose/1"', "about pact"), ("given begin on 2027-03-01",), "AV203", "Did you mean `begins`?"),
        (('format "aval.suppose/1"', "about pact"), ("given begins on 2027-03-01", "expects x"), "AV202", "expect"),
    ],
)
def test_a_document_that_cannot_be_supposed(folder: Path, head: tuple[str, ...], lines: tuple[str, ...], code: str, says: str) -> None:
    path = document(folder, *lines, head=head)
    with pytest.raises(Incorrect) as wrong:
        aval.open(folder).suppose(path)
    assert [found.code.code for found in wrong.value.problems][:1] == [code]
    assert says in "".join(f"{found.message} {found.hint}" for found in wrong.value.problems)
    assert not run_tests([str(path)]).passed


def test_a_document_without_a_block_or_with_two_or_none_at_all(folder: Path) -> None:
    case = aval.open(folder)
    path = document(folder, "given begins on 2027-03-01")
    path.write_text("# Nothing\n", "utf-8")
    for broken in (path, folder / "none.md"):
        with pytest.raises(Incorrect):
            case.suppose(broken)
    path = document(folder, "given begins on 2027-03-01", 'suppose "another"', 'format "aval.suppose/1"', "about pact")
    with pytest.raises(Incorrect, match="A second supposition"):
        case.suppose(path)


def test_a_document_and_facts_are_supposed_together(folder: Path) -> None:
    case = aval.open(folder)
    path = document(folder, "given begins on 2097-03-01", "expect truce is yes at 2097-03-02")
    found = case.suppose(path, "joined(BBB) on 2097-02-01").answer
    assert [(one.name, one.path) for one in found.documents] == [("a thought", str(path))]
    assert [one.place for one in found.thoughts] == [f"{path}:9", "--that:1"]
    assert {"truce", "help(BBB)"} <= {one.term for one in found.turns}
    with pytest.raises(Incorrect, match="to be so and not to be so"):
        case.suppose(path, "not begins on 2097-03-01")


def test_what_a_document_expects_is_tested(folder: Path) -> None:
    path = document(folder, "given begins on 2097-03-01", "expect truce is yes at 2097-03-02", "expect truce is yes at 2097-02-28")
    for where in (path, folder):
        tested = run_tests([str(where)])
        assert [one.passed for one in checks(tested)] == [True, False]


def test_the_same_fact_has_the_same_id_wherever_it_stands(folder: Path) -> None:
    case = aval.open(folder)
    path = document(folder, "given begins   on 2027-03-01")
    assert case.suppose(path).answer.coordinates.suppositions == case.suppose("begins on 2027-03-01").answer.coordinates.suppositions


def test_nobody_can_record_what_is_supposed(folder: Path) -> None:
    said = folder / "said.jsonl"
    said.write_text(said.read_text("utf-8").replace('"form": "document"', '"form": "supposed"', 1), "utf-8")
    with pytest.raises(Incorrect, match="supposed"):
        aval.open(folder)


def test_every_answer_names_what_is_supposed(folder: Path) -> None:
    case, facts = aval.open(folder), ["begins on 2027-03-01"]
    answers: list[Shown[Any]] = [
        case.status(suppositions=facts),
        case.why("truce", suppositions=facts),
        case.owed(suppositions=facts),
        case.blame("truce", suppositions=facts),
        case.diverge(suppositions=facts),
        case.suppose(*facts),
    ]
    for one in answers:
        made = json.loads(one.json())
        Draft202012Validator(schema_of(made["schema"])).validate(made)
        assert made["view"]["supposed"] == facts
        assert "supposing: begins on 2027-03-01" in " ".join(str(one).split())
        assert "begins on 2027-03-01" in " ".join(one._repr_html_().split())
    changed = json.loads(case.changed(start="2026-01-01", end="2026-02-01", suppositions=facts).json())
    assert changed["earlier"]["view"]["supposed"] == changed["later"]["view"]["supposed"] == facts


def test_the_suppositions_of_paris_lead_to_what_they_expect(tmp_path: Path) -> None:
    shipped = sorted((PARIS / "suppositions").glob("*.md"))
    assert len(shipped) == 8
    tested = run_tests([str(path) for path in shipped])
    assert [(one.document, one.subject, one.got) for one in checks(tested) if not one.passed] == []
    assert tested.problems == ()
    assert len({one.document for one in checks(tested)}) == len(shipped)
    for path in shipped:
        prose = path.read_text("utf-8")
        assert prose.startswith("# Suppose: ")
        assert "This page supposes; it tells nothing and forecasts nothing." in prose
    copy = tmp_path / "rome"
    shutil.copytree(ROOT / "cases" / "rome", copy)
    with pytest.raises(Incorrect, match="no agreement of this case is called so"):
        aval.open(copy).suppose(shipped[0])


def test_paris_with_a_ceasefire() -> None:
    found = aval.open(PARIS).suppose(PARIS / "suppositions" / "ceasefire.md", known="2026-02-28").answer
    assert found.headline.startswith(
        "Comes to hold: a ceasefire is in force; a ceasefire has brought the guarantees into play. Nothing becomes owed. "
    )
    assert found.headline.endswith(
        "Missing for each: the party binds itself to the guarantees (open); the party's own law is satisfied (open)."
    )
    russia = aval.open(PARIS).suppose(PARIS / "suppositions" / "russia-withdraws-refusal.md", known="2026-02-28").answer
    assert russia.turns == ()
    assert russia.headline.startswith("Nothing comes into force. Nothing becomes owed.")
    assert {one.label for one in russia.withdrawn} == {"obj-2026-01-06-RUS-a", "r2-p20-a"}


def test_the_supposition_in_the_reference_can_be_read() -> None:
    page = Text(path="language.md", content=(ROOT / "docs" / "language.md").read_text("utf-8"))
    agreements, _ = read_agreements([page])
    found, problems = read_suppositions([page], agreements, [page])
    assert problems == ()
    assert [(one.name, len(one.givens), len(one.expectations)) for one in found] == [("a ceasefire with a promise", 2, 2)]
