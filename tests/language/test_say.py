"""An agreement in plain sentences: nothing left out, nothing the same where the clause differs."""

from __future__ import annotations

import json
import os
import re
from dataclasses import fields, replace
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.cli.main import main
from aval.language.read import read_agreements
from aval.language.say import Sentence, english, german, say
from aval.model.agreement import Agreements, Clause, Question
from aval.model.case import Text
from tests.language.documents import documents

ROOT = Path(__file__).parents[2]
PARIS = sorted((ROOT / "cases" / "paris" / "agreements").glob("*.md"))
LANGUAGES = ("en", "de")
GOLDEN = Path(__file__).parent / "say"


def read(*paths: Path) -> Agreements:
    agreements, problems = read_agreements([Text(path=path.name, content=path.read_text("utf-8")) for path in paths])
    assert problems == ()
    return agreements


CASES = {"paris": read(*PARIS), **{path.stem: read(path) for path in documents("good")}}


def of_block(body: str) -> tuple[Sentence, ...]:
    text = f'```aval\nagreement x\nparty FRA "France"\nparty GBR "United Kingdom"\ngroup g is FRA, GBR\n{body}\n```\n'
    agreements, problems = read_agreements([Text(path="x.md", content=text)])
    assert [(str(one.span), one.message) for one in problems] == []
    return say(agreements)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_name_reading_gap_and_source_is_said(name: str, language: str) -> None:
    agreements = CASES[name]
    sentences = say(agreements, language)
    said = " ".join(one.text for one in sentences)
    for declared in agreements.declarations.values():
        assert re.search(rf"\b{re.escape(declared.meta.name)}", said), declared.meta.name
        about = " ".join(one.text for one in sentences if one.name == (getattr(declared, "step_of", "") or declared.meta.name))
        for gap in declared.meta.not_said:
            assert gap.replace("_", " ") in about
        for anchor in declared.meta.anchors:
            assert anchor.source in about
        for reading in declared.readings if isinstance(declared, Question) else ():
            assert reading.name in about
    assert all(re.search(r"[.]$", one.text) for one in sentences)
    assert not re.search(r"\bNone\b|[{}]| ,|\(\)", said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["surface", "treaties"])
def test_a_clause_that_is_taken_away_takes_a_sentence_away(name: str, language: str) -> None:
    agreements = CASES[name]
    for key, declared in agreements.declarations.items():
        before = [one.text for one in say(agreements, language) if one.name == key]
        for field in fields(declared):
            clauses = getattr(declared, field.name)
            if isinstance(clauses, tuple) and clauses and isinstance(clauses[0], Clause):
                shorter: dict[str, Any] = {field.name: clauses[1:]}
                changed = {**agreements.declarations, key: replace(declared, **shorter)}
                after = say(Agreements(documents=agreements.documents, declarations=MappingProxyType(changed)), language)
                assert [one.text for one in after if one.name == key] != before, (key, field.name)


CLAUSES = st.sampled_from(
    [
        "while a",
        "while b",
        "while not a",
        "while a and b",
        "while a or b",
        "while e happened",
        "while not e happened",
        "while e happened by 2026-01-01",
        "while e happened before 2026-01-01",
        "while at least 2 s in g with f(s) happened",
        "while fewer than 2 s in g with f(s) happened",
        "while every s in g has f(s) happened",
        "while no s in g with f(s) happened",
        "while some s in g with f(s) happened",
        "while at least 1/2 of s in g with f(s) happened",
        "while more than 1/2 of s in g with f(s) happened",
        "while f(FRA) is before f(GBR)",
        "while f(FRA) is after f(GBR)",
        "while f(any) happened",
        "while q is at least 3",
        "while q is at most 3",
        "from e",
        "from f(FRA)",
        "from e if a",
        "from e unless a",
        "from 3 days after e",
        "from 3 weeks after e",
        "from 3 days before e",
        "from expiry of 3 days after e",
        "from midnight after e",
        "from first day of the month after e",
        "from first day of the 2nd month after e",
        "from 2nd f(any)",
        "from latest f(FRA)",
        "from once a has held 3 days",
        "from the later of e and f(FRA)",
        "from the earlier of e and f(FRA)",
        "from beginning of a",
        "from end of a",
        "from 2026-01-01",
        "from 3 days (not counting a) after e",
        "until e\n  starts as yes",
        "from e\n  until 3 days after its beginning",
        "from e\n  until 3 days after its latest trigger",
        "starts as yes",
        "starts as no",
        "accepted from FRA",
        "accepted from FRA, at least agreed",
        "accepted from at least 2 independent sources of grade high",
        "accepted from at least 2 independent sources of grade low",
        "binding legally",
        "binding politically",
    ]
)


@settings(max_examples=200, deadline=None)
@given(CLAUSES, CLAUSES)
def test_another_clause_is_another_text(one: str, other: str) -> None:
    before, after = (
        [said.text for said in of_block(f"event e\nevent f(s: g)\nstate a\nstate b\nquantity q\nstate asked\n  {clause}")]
        for clause in (one, other)
    )
    assert (before == after) == (one == other)


def test_both_languages_have_the_same_templates_with_the_same_parts() -> None:
    assert list(english.WORDS) == list(german.WORDS)
    for key, template in english.WORDS.items():
        parts = [{part for _, part, _, _ in Formatter().parse(text) if part} for text in (template, german.WORDS[key])]
        assert {part.replace("dd", "d") for part in parts[0]} == {part.replace("dd", "d") for part in parts[1]}, key


def test_a_guarantee_as_a_lawyer_reads_it() -> None:
    said = [one.text for one in say(CASES["paris"]) if one.name == "in_force"]
    assert said[0] == "State “g's guarantee to Ukraine is in force” (in_force(g)), for each member g of “Coalition of the Willing”."
    assert "It holds only while this is so: “a ceasefire has brought the guarantees into play” holds." in said
    german_text = [one.text for one in say(CASES["paris"], "de") if one.name == "in_force"]
    assert "Dies gilt nur, solange Folgendes zutrifft: „a ceasefire has brought the guarantees into play“ gilt." in german_text


def test_the_default_acceptance_is_said() -> None:
    assert any(one.text.startswith("Whose word counts is not written here") for one in of_block("event e"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["surface", "treaties"])
def test_every_construct_reads_as_it_was_reviewed(name: str, language: str) -> None:
    """Read the golden text against the document beside it; `AVAL_UPDATE=1` writes it anew."""
    golden = GOLDEN / f"{name}.{language}.txt"
    text = "\n".join(one.text for one in say(CASES[name], language)) + "\n"
    if os.environ.get("AVAL_UPDATE") == "1":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def about(body: str, name: str) -> list[str]:
    return [one.text for one in of_block(body) if one.name == name]


def test_no_country_is_called_a_party_to_anything() -> None:
    assert about("", "FRA") == ["FRA stands for France."]


def test_a_contribution_says_what_it_waits_for_and_not_that_it_is_held_out() -> None:
    said = about("group domains is land\nstate calm\ncontribution offer(FRA, land)\n  subject to calm", "offer(FRA, land)")
    assert "Whether France holds it out, what exactly, how much and how firmly is not written here." in said[1]
    assert said[-1] == "It is subject to this: “calm” holds."


def test_a_bare_date_is_one_day_and_no_legal_act_by_that() -> None:
    said = about("event e\n  legal act", "e")
    assert "A date that is told of it without a time is the beginning of that very day in the agreement's time zone." in said
    assert not any("legal act" in one for one in said)


@pytest.mark.parametrize(
    ("ways", "who", "how"),
    [
        (
            "FRA or GBR, at least agreed",
            "somebody who speaks for France or the United Kingdom makes it, by name and in a source of medium grade or better",
            "; and what it affirms, it must put as at least “agreed”",
        ),
        ("at least 1 independent source of grade low", "somebody makes it, by name and in a source of any grade", ""),
    ],
)
def test_who_has_to_say_it_how_and_where_is_said(ways: str, who: str, how: str) -> None:
    said = about(f"event e\n  accepted from {ways}", "e")
    assert f"A statement of this counts if and only if {who}{how}." in said


def test_that_a_statement_affirms_something_as_done_is_said_once_where_it_matters() -> None:
    once = "A statement that affirms something counts only if it puts it as “done”"
    agreed = "event e\n  accepted from FRA, at least agreed"
    assert [sum(once in one.text for one in of_block(text)) for text in ("event e\nstate s", agreed)] == [1, 0]


def test_a_clause_for_some_parties_alone_opens_with_them() -> None:
    body = "state calm\nstate s(p: g)\n  only for FRA while calm\n  not for FRA, GBR until end of calm"
    said = about(body, "s")
    assert "Only where p is France: it holds only while this is so: “calm” holds." in said
    assert "Only where p is not France or the United Kingdom: it ends as soon as this is no longer so: “calm” holds." in said


def test_the_s_of_a_genitive_is_no_parameter() -> None:
    said = about('state a(s: g) "s\'s part"\nstate b\n  while a(FRA)', "b")
    assert "It holds exactly while this is so: “France's part” holds." in said


def test_what_ends_nothing_and_what_begins_nothing_is_said() -> None:
    assert about("event e\nstate s\n  from e", "s")[-1] == "Nothing written here ends it."
    assert about("event e\nstate s\n  starts as yes\n  until e", "s")[-1] == "Nothing written here makes it begin again."
    assert about("event e\nstate c\nstate s\n  from e\n  while c", "s")[-1] == (
        "Once it has begun and until it ends, it holds whenever the conditions that apply are met, and only then."
    )


def test_conditions_on_rival_readings_are_not_said_to_add_up() -> None:
    names = "question q\n  reading r\n  reading t\nstate a\nstate b\nevent e"
    question = f"{names}\npower p: FRA may e\n  on reading r while a\n  on reading t while b"
    assert "All conditions that apply must be met together." not in about(question, "p")
    assert "All conditions that apply must be met together." in about(f"{question}\n  while a and b", "p")


def test_a_moment_on_one_reading_is_said_to_be_nowhere_else() -> None:
    question = "question q\n  reading r\n  reading t\nevent e\nmoment m\n  on reading r means 3 days after e"
    assert about(question, "m")[-1] == "On any other reading nothing written here gives this moment."
    both = about(f"{question}\n  on reading t means 4 days after e", "m")
    assert "On any other reading nothing written here gives this moment." not in both


def test_a_path_is_done_only_where_its_list_is_known_to_be_whole() -> None:
    body = "process path(p: g)\n  step voted(p)"
    assert "the list of these steps is known to be whole; until then this is open" in about(body, "path")[1]
    assert "For nobody is the list of steps known to be whole." in about(body, "path")
    assert "The list of steps is known to be whole for France, and for nobody else." in about(f"{body}\n  complete for FRA", "path")


def test_a_finding_about_a_ban_is_that_it_was_broken() -> None:
    ban = 'event e(p: g)\nban quiet(p: g) "p keeps quiet": p must not e(p)'
    body = f'body c "the council"\n  may find quiet(any)\n{ban}\nstate s\n  while c finds quiet(FRA)'
    assert "It may find: a breach of “p keeps quiet” (whichever p)." in about(body, "c")
    assert about(body, "s")[-1] == "It holds exactly while this is so: “the council” has found: a breach of “France keeps quiet”."


def test_a_parameter_that_is_also_a_word_is_not_put_into_the_label() -> None:
    said = about('event fire(by: g) "shots by somebody"\nstate s\n  from fire(FRA)', "s")
    assert "It begins as soon as this happens: “shots by somebody” (France)." in said


def test_a_possessive_follows_the_name() -> None:
    text = '```aval\nagreement x\nparty NLD "Netherlands"\ngroup g is NLD\nstate a(s: g) "s\'s part"\nstate b\n  while a(NLD)\n```\n'
    agreements, problems = read_agreements([Text(path="x.md", content=text)])
    assert problems == ()
    assert "It holds exactly while this is so: “the Netherlands' part” holds." in [one.text for one in say(agreements)]


def test_the_command_says_a_case_and_a_file() -> None:
    run = CliRunner()
    text = run.invoke(main, ["say", str(ROOT / "cases" / "paris")])
    assert "the Paris Declaration is adopted" in text.stdout
    document = run.invoke(main, ["say", str(PARIS[0]), "--lang", "de", "--json"])
    assert json.loads(document.stdout)["schema"] == "aval.say/1"


def test_the_command_says_every_name_and_breaks_long_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    codes = [f"{a}{b}{c}" for a in "ABCDE" for b in "ABCDEFGHIJ" for c in "XYZ"]
    parties = "".join(f'party {code} "Country of the long name {code}"\n' for code in codes)
    document = tmp_path / "long.md"
    document.write_text(f"```aval\nagreement x\n{parties}group g is {', '.join(codes)}\n```\n", "utf-8")
    monkeypatch.setenv("COLUMNS", "72")
    said = CliRunner().invoke(main, ["say", str(document)]).stdout
    joined = " ".join(said.split())
    assert all(joined.count(f"Country of the long name {code}") == 2 for code in codes)
    assert max(map(len, said.splitlines())) <= 72
    assert "more characters" not in said
