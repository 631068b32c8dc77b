from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.language.layout import blocks, lines
from aval.language.layout.blocks import format_text
from aval.language.layout.proof import Unproven, prove_tokens, same
from aval.language.page import Page
from aval.language.parse import read_page
from aval.language.read import read_agreements
from aval.language.tokens import COMMENT, tokenize
from aval.model.case import Text
from tests.language.documents import documents
from tests.language.generate import document

ROOT = Path(__file__).parents[2]
LAID_OUT = [*documents("good"), ROOT / "docs" / "language.md", *sorted((ROOT / "cases").glob("*/agreements/*.md"))]


def laid_out(body: str, mark: str = "aval") -> str:
    """Lay out one block, and give it without its fences."""
    made = format_text(Text(path="x.md", content=f"Prose.\n\n```{mark}\n{body}```\n"))
    assert made.problems == ()
    assert made.content.startswith("Prose.\n\n")
    return made.content.split(f"```{mark}\n")[1].removesuffix("```\n")


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: path.stem)
def test_what_we_ship_is_laid_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_text(Text(path=path.name, content=text)).content == text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_generated_agreements_have_no_mistakes(seed: int) -> None:
    assert read_agreements([Text(path="x.md", content=document(seed))], ("paris-declaration",))[1] == ()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_laying_out_keeps_syntax_comments_and_prose_and_is_final(seed: int) -> None:
    before = Text(path="x.md", content=document(seed))
    made = format_text(before)
    after = Text(path="x.md", content=made.content)
    assert made.problems == ()
    assert same(*(list(read_page(Page.of(text)).declarations) for text in (before, after)))
    assert comments(before) == comments(after)
    assert before.content.split("```")[::2] == after.content.split("```")[::2]
    assert format_text(after).edits == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_lines_are_short_unless_a_comment_or_a_word_is_long(seed: int) -> None:
    body = format_text(Text(path="x.md", content=document(seed, comments=False))).content.split("```")[1]
    assert [line for line in body.splitlines() if len(line) > lines.WIDTH] == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_the_author_s_layout_leaves_no_trace_but_groups_and_breaks(seed: int) -> None:
    """Spaces, tabs and indentation mean nothing."""
    text = document(seed, comments=False)
    other = text.replace("\t", "    ").replace("\n   ", "\n ")
    assert format_text(Text(path="x.md", content=text)).content == format_text(Text(path="x.md", content=other)).content


def comments(text: Text) -> list[str]:
    tokens = tokenize(text.content, text.content.index("```aval") + 7, text.content.rindex("```"), comments=True)
    return [token.text.rstrip() for token in tokens if token.kind == COMMENT]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("event a event b", "event a\nevent b\n"),
        ("\n\nevent a\n\n\n\nevent b\n", "event a\n\nevent b\n"),
        ("state s(p:g)while x(p)and(y or z)", "state s(p: g)\n  while x(p) and (y or z)\n"),
        ("state s\nfrom a\nuntil b", "state s\n  from  a\n  until b\n"),
        ("state s from a from b until c", "state s\n  from a\n  from b\n  until c\n"),
        ("duty d: g owes h e on reading a when x on reading long when y", None),
        ("group g is A and others not named among h(26 in all)", "group g is A and others not named among h (26 in all)\n"),
        ("state s while p is one of(A,B)", "state s\n  while p is one of (A, B)\n"),
        ("state s while of(A)", "state s\n  while of(A)\n"),
        ("moment m is first\n  day of the month after e", "moment m is first day of the month after e\n"),
        ('question q reading r source "a" "b"', 'question q\n  reading r source "a" "b"\n'),
        ('question q reading r\nsource "a"\nsource "b"', 'question q\n  reading r\n    source "a"\n    source "b"\n'),
        ("power p: g may e in a while x", "power p: g may e in a\n  while x\n"),
        ("power p: g may e\nin a while x", "power p: g may e\n  in a\n  while x\n"),
        ("state s while a\nand b\n\nwhile c", "state s\n  while a\n    and b\n  while c\n"),
        ("duty d: g owes h\none or more of (a, b)", "duty d: g owes h\n     one or more of (a, b)\n"),
        ("# top\nevent a # side\n  # below\n  legal act\n# next\n\n\nevent b", None),
        ("", ""),
        ("\n  \n", ""),
        ("# only a comment", "# only a comment\n"),
    ],
)
def test_the_layout(before: str, after: str | None) -> None:
    if after is None and "reading" in before:
        after = "duty d: g owes h e\n  on reading a    when x\n  on reading long when y\n"
    after = after if after is not None else "# top\nevent a  # side\n  # below\n  legal act\n# next\n\nevent b\n"
    assert laid_out(before + "\n" if before else before) == after


def test_a_long_line_is_broken_where_it_reads_best() -> None:
    names = ", ".join(f"member_{number}" for number in range(20))
    made = laid_out(f'group g "a group" is {names} and others not named\n').splitlines()
    assert made[0] == 'group g "a group"'
    assert made[1].startswith("     is member_0, member_1")
    assert made[2].startswith("     member_")


def test_tests_are_laid_out_too() -> None:
    body = 'test "a"\n\n  given  e(FRA) on 2026-01-01   # invented\nexpect s\n   is yes at 2026-02-01 on  reading r\n'
    body += 'test "b" expect s is no\n'
    assert laid_out(body, "aval-test") == (
        'test "a"\n  given e(FRA) on 2026-01-01  # invented\n  expect s is yes at 2026-02-01 on reading r\ntest "b"\n  expect s is no\n'
    )


@pytest.mark.parametrize("body", ["state s while\n", "hello\n", "event a \u202e\n", 'event a "x\n'])
def test_what_cannot_be_read_is_left_alone(body: str) -> None:
    text = Text(path="x.md", content=f"```aval\n{body}```\n\n```aval\nevent   fine\n```\n")
    made = format_text(text)
    assert made.problems
    assert (made.content, made.edits) == (text.content, ())


@pytest.mark.parametrize("body", ["given e\n", 'test "a" expect s\n', 'test "a"   expect s is no 2026-01-01 :\n', "2026-03-29T02:30 :"])
def test_a_test_that_cannot_be_read_is_left_alone(body: str) -> None:
    text = Text(path="x.md", content=f"```aval\nevent   fine\n```\n\n```aval-test\n{body}```\n")
    made = format_text(text)
    assert made.problems
    assert (made.content, made.edits) == (text.content, ())


def test_other_blocks_and_prose_are_left_alone() -> None:
    text = "#  Title  \n\n```aval-tests\n x\n```\n\n~~~~aval\nevent   a\n~~~~\n\n    ```aval\n\n* item\t\n```python\n x =  1\n```"
    made = format_text(Text(path="x.md", content=text.replace("    ```aval\n", "")))
    assert made.content == text.replace("    ```aval\n", "").replace("event   a", "event a")


@pytest.mark.parametrize(
    ("one", "other"), [("event a", "event b"), ("event a", "event a # c"), ("event a", "event a event"), ('"a b"', '"a  b"')]
)
def test_the_proof_sees_a_change(one: str, other: str) -> None:
    with pytest.raises(Unproven):
        prove_tokens(tokenize(one, 0, 99, comments=True), tokenize(other, 0, 99, comments=True))


def test_a_formatter_that_is_wrong_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "laid_out", lambda text, _tokens, _starts: text.replace("happened", "") + " ")
    with pytest.raises(Unproven):
        laid_out("state  s while e happened\n")


@pytest.mark.parametrize(
    "body",
    [
        "group g is " + ", ".join(f"A{number}" for number in range(15_000)),
        "state s while " + " and ".join(["x"] * 16_000),
        "state s while " + "\nand ".join(["x"] * 16_000),
        "event a\n" * 12_000,
        "event a " + "# c\n" * 25_000,
        "event a # c\n" * 8_000,
        "state s while not " * 5_000 + "x",
        "# c\n" * 25_000,
        "state s\n" + "on reading r while x\n" * 4_500,
        "state s\n" + "from a until b " * 6_000,
        "question q reading r " + 'source "a"' * 9_000,
        "\n" * 100_000,
    ],
    ids=lambda body: body[:12],
)
def test_a_hostile_block_takes_no_time(body: str) -> None:
    text = Text(path="x.md", content=f"```aval\n{body}\n```\n")
    start = process_time()
    format_text(text)
    assert process_time() - start < 1, "it takes less than a third of that on an idle machine"
