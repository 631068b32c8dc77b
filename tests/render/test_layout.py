from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from aval.render.layout import GLUE, Cell, columns, glued, hung, line, unglued, wrapped

WORDS = st.lists(st.text(alphabet=string.ascii_letters + "äß漢字é(),/_-", min_size=1, max_size=30), min_size=1, max_size=40)


@given(WORDS, st.integers(16, 100))
def test_wrapping_keeps_every_character_and_the_width(words: list[str], width: int) -> None:
    lines = wrapped(Text(" ".join(words)), width)
    assert all(cell_len(made.plain) <= width for made in lines)
    assert "".join(made.plain for made in lines).replace(" ", "") == "".join(words)


@given(WORDS, st.integers(31, 100))
def test_words_that_fit_are_never_broken(words: list[str], width: int) -> None:
    fitting = [word for word in words if cell_len(word) <= width]
    found = " ".join(made.plain for made in wrapped(Text(" ".join(fitting)), width)).split(" ")
    assert found == fitting or not fitting


def test_a_long_word_is_broken_where_it_reads_best() -> None:
    lines = [made.plain for made in wrapped(Text("zelensky-euromaidanpress-2026-01-04"), 25)]
    assert lines == ["zelensky-euromaidanpress-", "2026-01-04"]


def test_what_goes_on_hangs_under_its_beginning() -> None:
    assert [made.plain for made in hung("- ", Text("one two three four five"), 18)] == ["- one two three", "  four five"]


def test_glue_keeps_a_command_on_one_line() -> None:
    lines = wrapped(line("choose a reading with ", glued("--reading a=b")), 24)
    assert [unglued(made).plain for made in lines] == ["choose a reading with", "--reading a=b"]
    assert GLUE not in lines[-1].plain


def test_columns_stand_side_by_side() -> None:
    made = columns([Cell(Text("a label that goes on for long"), 16), Cell(Text("yes"), 8), Cell(Text("end"), 4)], indent=2)
    assert [row.plain for row in made] == ["  a label that      yes       end", "  goes on for long"]


def test_styles_survive_wrapping() -> None:
    lines = wrapped(line("plain words and then ", ("bold words at the end", "bold")), 20)
    assert [span.style for made in lines for span in made.spans] == ["bold", "bold"]
