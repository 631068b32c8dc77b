"""Nothing a user can write makes reading fail, or take long."""

from __future__ import annotations

import gc
import random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.language.page import Page
from aval.language.read import read_agreements
from aval.language.reserved import CLAUSES, DECLARATIONS
from aval.language.tables import tables
from aval.model.case import Text
from aval.model.problem import Problem
from tests.language.documents import documents
from tests.language.judge import well_told

GOOD = [path.read_text("utf-8") for path in documents("good")]
WORDS = [*tables().words, *CLAUSES, *DECLARATIONS, '"text"', "72", "2026-01-06", "x", "FRA", "\n", "#", '"', "“", "\u202e", "é", ";", "```"]


def problems_of(content: str) -> tuple[Problem, ...]:
    """Read a text, and check what must be true of all that is said about it."""
    agreements, problems = read_agreements([Text(path="x.md", content=content)], ("known",))
    for found in problems:
        well_told(found, content)
    repr(agreements)
    return problems


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    problems_of(text)
    problems_of(f"```aval\n{text}\n```\n")


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_of_the_language(words: list[str]) -> None:
    problems_of("```aval\nagreement x\n" + " ".join(words) + "\n```\n")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_good_documents_with_something_wrong(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    text = chance.choice(GOOD)
    for _ in range(changes):
        at, upto = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
        upto = min(upto, at + chance.randrange(1, 40))
        text = text[:at] + chance.choice(["", " " + chance.choice(WORDS) + " ", text[at:upto] * 2]) + text[upto:]
    problems_of(text)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("brackets", "state s while " + "(" * 100_000),
        ("nested", "state s while " + "(" * 10_000 + "x" + ")" * 10_000),
        ("not", "state s while " + "not " * 25_000 + "x"),
        ("after", "state s from " + "3 days after " * 8_000 + "x"),
        ("and", "state s while " + " and ".join(["x"] * 16_000)),
        ("declarations", "event " * 16_000),
        ("misspelt", "\n".join(f"evnt a{number}" for number in range(8_000))),
        ("misspelt clauses", "\n".join(f"state s{number} whle x" for number in range(5_000))),
        ("near names", "\n".join(f"state sabcdef{number} while sabcdeg{number}" for number in range(2_800))),
        ("quotes", '"' * 100_000),
        ("torn quotes", 'event "\n' * 12_000),
        ("invisible", "event a \u202e\n" * 10_000),
        ("members", "group g is " + ", ".join(f"A{number}" for number in range(15_000))),
        ("params", "event e(" + ", ".join(f"p{number}: g" for number in range(7_000)) + ")"),
        ("circle", "\n".join(f"moment m{number} is 3 days after m{(number + 1) % 2_800}" for number in range(2_800))),
        ("chain on a mistake", "\n".join(f"state s{number} while s{number + 1}" for number in range(4_500)) + "\nstate s4500 while"),
        ("digits", "state s from " + "9" * 100_000 + " days after x"),
        ("fences", "```\n```aval\n" * 8_000),
        ("arguments", "state s while e(" + ", ".join(f"p{number}: x" for number in range(9_000)) + ")"),
        ("variables", "state s while " + " and ".join(f"e(some a{number}) happened" for number in range(3_500))),
        ("white space at the end", "state s\n" + " \t\n" * 33_000),
        ("groups of variables", "state s while " + " and ".join(f"(some a{number} in g with x(a{number}))" for number in range(2_600))),
        ("parties misspelt", "\n".join(f"party Pab{n}\ngroup g{n} is Pac{n}" for n in range(3_000))),
        ("tests", "```\n```aval-test\n" + 'test "a" expect x is yes\n' * 3_900),
        ("spaces in a heading", "```\n# " + " " * 99_000 + "x"),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)
def test_a_hostile_block_takes_no_time(name: str, body: str) -> None:
    del name
    gc.collect()
    gc.freeze()  # what the tests before this one have left behind is not walked again and again on its account
    try:
        start = process_time()
        assert problems_of(f"```aval\nagreement x\n{body}\n```\n") is not None
        assert process_time() - start < 1, "it takes less than a third of that on an idle machine"
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("event e(" + ", ".join(f"p{number}: g" for number in range(101)) + ")", "Here stand 101 parameters; there can be 100 at most."),
        ("state s while e(" + ", ".join(["x"] * 200) + ")", "Here stand 200 arguments; there can be 100 at most."),
    ],
)
def test_more_parameters_than_anybody_needs_are_told(body: str, message: str) -> None:
    (found,) = problems_of(f"```aval\nagreement x\n{body}\n```\n")
    assert (found.code.code, found.message) == ("AV221", message)


@given(st.text(alphabet="ab\n🕊", max_size=60), st.data())
def test_spans_lead_back_to_the_text(text: str, data: st.DataObject) -> None:
    page = Page.of(Text(path="x", content=text))
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    span = page.span(first, last)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
    end = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
    assert (start, end) == (first, last)
