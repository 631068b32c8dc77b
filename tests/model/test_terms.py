"""Term identity: one spelling for each term."""

from __future__ import annotations

import pytest

from aval.model.term import Term


@pytest.mark.parametrize("text", ["in_force(FRA)", "in_force( FRA )", "  in_force(FRA)"])
def test_loose_spaces_name_the_same_term(text: str) -> None:
    assert str(Term.parse(text)) == "in_force(FRA)"


def test_arguments_stand_by_position() -> None:
    assert Term.parse("deployed(SWE,land)") == Term("deployed", ("SWE", "land"))
    assert Term.parse("ceasefire") == Term.parse("ceasefire()") == Term("ceasefire")


@pytest.mark.parametrize("text", ["", "in force", "f(", "f(a,)", "f(a)(b)", "f(a b)", "1f", "f(é)", "f(a)\n)", "x" * 500, "f(" * 200])
def test_what_is_no_term_is_none(text: str) -> None:
    assert Term.parse(text) is None
