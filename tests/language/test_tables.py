from __future__ import annotations

import sys
from subprocess import run

from aval.language.build_tables import TABLES, build
from aval.language.expected import SPELT
from aval.language.nodes import ACTIONS
from aval.language.reserved import CLAUSES, DECLARATIONS, FREE, OPENERS, RESERVED
from aval.language.tables import tables


def test_the_shipped_tables_are_those_of_the_grammar_and_it_has_no_conflict() -> None:
    assert TABLES.read_text("utf-8") == build(), "run: python -m aval.language.build_tables"


def test_reading_agreements_does_not_load_lark() -> None:
    script = "import sys, aval.language.read, aval.language.tables as t; t.tables(); sys.exit('lark' in sys.modules)"
    assert run([sys.executable, "-c", script], check=False).returncode == 0


def test_every_rule_has_an_action_and_every_action_a_rule() -> None:
    assert {rule.name for rule in tables().rules if rule.kind in ("call", "spread")} == set(ACTIONS)


def test_every_terminal_can_be_named_in_a_message() -> None:
    known = {*tables().shown, *SPELT, "$END"}
    assert {kind for row in tables().states for kind in row if kind.isupper()} <= known


def test_a_word_that_could_be_a_name_in_the_same_place_is_reserved() -> None:
    words = {word: kind for word, kind in tables().words.items() if word.isidentifier()}
    rivals = {word for word, kind in words.items() if any(kind in row and "NAME" in row for row in tables().states)}
    assert rivals <= RESERVED


def test_the_published_words_are_those_of_the_grammar() -> None:
    words = {word for word in tables().words if word.isidentifier()}
    assert words >= RESERVED
    assert {word for clause in CLAUSES for word in clause.split()} <= words
    starts = [tables().states[tables().starts[start]] for start in ("declaration", "clause")]
    assert {tables().words[word] for word in DECLARATIONS} == {kind for kind in starts[0] if kind.isupper()}
    assert {tables().words[word] for word in OPENERS} == {kind for kind in starts[1] if kind.isupper()}
    assert FREE.isdisjoint(RESERVED)
