"""Naughty texts in every place of an agreement: only problems, a layout that changes nothing, and nothing dangerous on any screen."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from aval.evidence.hidden import find_hidden
from aval.language.read import read_agreements
from aval.language.say import TONGUES, say
from aval.language.tokens import INVISIBLE
from aval.model.case import Text
from aval.model.problem import Incorrect, Problem
from aval.render.json import as_bytes, problems_document
from aval.render.page import Page
from aval.render.problems import problem_lines
from aval.render.safe import spelt
from aval.workspace.case import open_case
from tests.language.judge import SOURCES, judge
from tests.language.naughty import ASIDE, FIELDS, GROUPS, STRINGS, TEST, WHOLE, strings, with_all, with_one

BLNS = Path(__file__).parents[2].parent / "shared" / "vectors" / "blns" / "blns.json"
MANIFEST = """schema = "aval.case/1"
title = "x"
zone = "Europe/Paris"
agreements = ["agreements/x.md"]
[sources.book]
kind = "document"
title = "a book"
"""
DIRECTIONS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
CATEGORIES = ("Cc", "Cs", "Zl", "Zp")


def dangerous(text: str) -> list[str]:
    """Give the characters that could move a cursor or turn the writing around."""
    return [c for c in text if c != "\n" and (unicodedata.category(c) in CATEGORIES or unicodedata.bidirectional(c) in DIRECTIONS)]


def test_the_document_itself_is_sound() -> None:
    assert judge((WHOLE + TEST).replace("book", SOURCES[0])) == ()


def read_and_said(content: str) -> None:
    judge(content)
    agreements, _ = read_agreements([Text(path="x.md", content=content)])
    for language in TONGUES:
        assert dangerous("".join(one.text for one in say(agreements, language))) == []


@pytest.mark.parametrize("fields", GROUPS, ids=", ".join)
def test_a_naughty_text_is_read_or_told_of(fields: tuple[str, ...]) -> None:
    for text in strings():
        read_and_said(with_all(fields, text))


@pytest.mark.parametrize("field", FIELDS)
def test_what_could_break_out_of_its_place_alone(field: str) -> None:
    for kind in ("words of ours", "quotes", "brackets", "lines", "markup"):
        read_and_said(with_one(field, STRINGS[kind][1]))


def test_what_shows_and_is_no_quote_is_no_mistake_in_a_text() -> None:
    inside = [field for field in ASIDE if field not in ("heading", "prose")]
    for text in strings():
        if text.strip() and not INVISIBLE.search(text) and '"' not in text and "\n" not in text:
            assert [problem.message for problem in judge(with_all(inside, text).replace("book", SOURCES[0]))] == [], text


@pytest.mark.parametrize("text", [*STRINGS["controls"], *STRINGS["direction"][:4], *STRINGS["invisible"][:10], *STRINGS["halves"]])
def test_what_does_not_show_is_refused_in_a_block(text: str) -> None:
    told = [problem.code.code for problem in judge(with_one("label of a state", text))]
    assert "AV220" in told
    assert "AV220" in [problem.code.code for problem in judge(with_one("comment", text))]


def test_an_agreement_refuses_all_that_statements_refuse_and_screens_spell_out() -> None:
    for number in range(0x110000):
        character = chr(number)
        if character not in "\t\n" and (find_hidden(character) is not None or spelt(character) != character):
            assert INVISIBLE.match(character), f"U+{number:04X}"


@pytest.mark.parametrize("kind", STRINGS)
def test_naughty_texts_are_shown_and_do_nothing(kind: str, tmp_path: Path) -> None:
    for number, text in enumerate(STRINGS[kind]):
        folder = tmp_path / str(number)
        (folder / "agreements").mkdir(parents=True)
        (folder / "agreements" / "x.md").write_text(with_all(ASIDE, text), "utf-8", errors="surrogatepass", newline="")
        (folder / "aval.toml").write_text(MANIFEST, "utf-8")
        if "\0" in text or re.search("[\ud800-\udfff]", text):  # no text at all
            with pytest.raises(Incorrect) as refused:
                open_case(folder)
            harmless(refused.value.problems)
            continue
        case = open_case(folder)
        harmless(case.problems)
        status = case.status(at="2026-02-01")
        for shown in (str(status), status._repr_html_(), status.json().decode()):
            assert dangerous(shown) == [], text
        assert not re.search(r"<(script|img|/style)", status._repr_html_().split("</style>")[-1])
        assert json.loads(status.json())["schema"]


def harmless(problems: Sequence[Problem]) -> None:
    assert dangerous("\n".join(line.plain for line in problem_lines(Page(width=80), problems))) == []
    assert dangerous(as_bytes(problems_document(problems)).decode()) == []


@pytest.mark.skipif(not BLNS.is_file(), reason="the list of naughty strings does not lie beside the repository, in ../shared/vectors")
def test_the_well_known_naughty_strings() -> None:
    for text in json.loads(BLNS.read_text("utf-8")):
        read_and_said(with_all((*ASIDE, "clause", "comment", "member"), text))


@pytest.mark.parametrize("path", ["", "x\x1b[31m.md", "a\nb.md", "\u202e.md", "\ud800.md", "…/…", ".md", "1.md", "event.md", "x" * 300])
def test_a_file_with_a_naughty_name(path: str) -> None:
    for content in ("```aval\nevent e\nevent\n```\n", '```aval\nagreement x\nevent e "p"\nevent e\n```\n'):
        agreements, problems = read_agreements([Text(path=path, content=content)])
        assert problems
        harmless(problems)
        assert dangerous("".join(one.text for one in say(agreements))) == []
