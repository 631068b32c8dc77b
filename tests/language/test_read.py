"""One error never blanks the file, and several documents are one set of names."""

from __future__ import annotations

import pytest

from aval.language.read import read_agreements
from aval.language.reserved import FREE
from aval.model.agreement import Agreements, State
from aval.model.case import Text
from aval.model.problem import Problem

OPENING = 'agreement sample "A sample"\nparty FRA "France"\nparty GBR "United Kingdom"\ngroup coalition is FRA, GBR\n'


def read(*bodies: str, known_sources: tuple[str, ...] | None = None) -> tuple[Agreements, tuple[Problem, ...]]:
    texts = [Text(path=f"{number}.md", content=f"```aval\n{body}\n```\n") for number, body in enumerate(bodies)]
    return read_agreements(texts, known_sources)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [found.code.code for found in problems]


def test_three_errors_in_thirty_lines_leave_all_else() -> None:
    lines = [OPENING + "event begins"] + [f"state s{number}\n  while not s{number + 1}" for number in range(12)] + ["state s12"]
    body = "\n".join(lines) + "\nstate wrong\n  while begins\nstate worse\n  while (\nstate worst\n  untill begins\n"
    agreements, problems = read(body)
    assert len(body.splitlines()) > 30
    assert codes(problems) == ["AV207", "AV202", "AV202"]
    assert set(agreements.declarations) == {"FRA", "GBR", "coalition", "begins", *(f"s{number}" for number in range(13))}


def test_what_rests_on_a_mistake_is_left_out_and_told_once() -> None:
    agreements, problems = read(OPENING + "state root\n  while\nstate one_up\n  while root\nstate two_up\n  while one_up\nstate apart")
    assert codes(problems) == ["AV202"]
    assert [note for _, note in problems[0].notes] == ["Left out as well, since it rests on this: `one_up`, `two_up`."]
    assert "apart" in agreements.declarations
    assert "two_up" not in agreements.declarations


def test_a_source_that_cannot_be_read_takes_only_itself() -> None:
    agreements, problems = read(OPENING + 'state held\n  source oops\n  while not held\n  source "one#P1"\n  not said 5')
    assert codes(problems) == ["AV202", "AV202"]
    held = agreements.get("held", State)
    assert held is not None
    assert [str(anchor) for anchor in held.meta.anchors] == ["one#P1"]
    assert len(held.whiles) == 1


def test_an_unknown_source_takes_only_itself() -> None:
    agreements, problems = read(OPENING + 'state held\n  source "one#P1"\n  source "two#P1"', known_sources=("one",))
    assert codes(problems) == ["AV215"]
    assert [str(anchor) for anchor in agreements.declarations["held"].meta.anchors] == ["one#P1"]
    assert read(OPENING + 'state held\n  source "two#P1"')[1] == ()


def test_a_broken_condition_takes_its_declaration() -> None:
    broken = (
        "while",
        "while and",
        "while x",
        "from begins if",
        "on reading r while begins happened",
        "while begins",
        "source 5 while",
    )
    for clause in broken:
        agreements, problems = read(f"{OPENING}event begins\nstate held\n  while begins happened\n  {clause}")
        assert problems
        assert "held" not in agreements.declarations, clause


def test_a_name_that_is_declared_again_and_cannot_be_read_is_not_used() -> None:
    agreements, problems = read(OPENING + "state held\nstate other\n  while held\nstate held\n  while (\nstate apart")
    assert codes(problems) == ["AV202"]
    assert set(agreements.declarations) == {"FRA", "GBR", "coalition", "apart"}


def test_a_broken_state_does_not_take_the_readings_it_names() -> None:
    body = "question q\n  reading r\nstate lost\n  on reading r while (\nstate kept\n  on reading r while not kept"
    agreements, problems = read(OPENING + body)
    assert codes(problems) == ["AV202"]
    assert "kept" in agreements.declarations


def test_a_broken_agreement_line_takes_nothing_with_it() -> None:
    agreements, problems = read('agreement sample "A sample"\n  dated yesterday\n  parties nobody\nparty FRA')
    assert codes(problems) == ["AV202", "AV203"]
    assert [(found.meta.name, found.dated, found.parties) for found in agreements.documents] == [("sample", "", ())]
    assert "FRA" in agreements.declarations


def test_names_are_shared_between_documents_in_any_order() -> None:
    agreements, problems = read("agreement first\nstate here\n  while there(FRA)", OPENING + "state there(g: coalition)")
    assert problems == ()
    assert [found.meta.name for found in agreements.documents] == ["first", "sample"]
    assert agreements.declarations["here"].meta.agreement == "first"
    assert agreements.document_of(agreements.declarations["there"]).meta.name == "sample"


def test_problems_come_in_the_order_of_the_documents() -> None:
    _, problems = read("agreement b\nstate x\n  while nowhere", "agreement a\nstate y\n  while nowhere")
    assert [found.span.path for found in problems] == ["0.md", "1.md"]
    assert [found.excerpt for found in problems] == ["  while nowhere", "  while nowhere"]


def test_a_document_without_blocks_or_with_nothing_in_them() -> None:
    agreements, problems = read_agreements([Text(path="plain.md", content="# Only words\n"), Text(path="void.md", content="```aval\n```")])
    assert problems == ()
    assert agreements.declarations == {}
    assert [found.meta.name for found in agreements.documents] == ["plain", "void"]


def test_tests_in_an_agreement_are_not_read_yet() -> None:
    text = f'```aval\n{OPENING}```\n```aval-test\ntest "later"\n```\n````markdown\n```aval\nnot this\n```\n````\n'
    agreements, problems = read_agreements([Text(path="x.md", content=text)])
    assert problems == ()
    assert set(agreements.declarations) == {"FRA", "GBR", "coalition"}


def test_free_words_can_be_names() -> None:
    words = ("grade", "days", "parties", "breach", "sources", "later", "finding", "a", "may", "named", "all", "to")
    body = OPENING + "\n".join(f"event {word}(depositary: coalition)\n  accepted from depositary" for word in words)
    agreements, problems = read(body + "\nstate x\n  while breach(FRA) happened and a(GBR) happened")
    assert problems == ()
    assert set(words) < set(agreements.declarations)


def test_the_version_is_the_hash_of_the_text() -> None:
    agreements, _ = read_agreements([Text(path="x.md", content="abc")])
    assert agreements.documents[0].version == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_columns_count_characters() -> None:
    _, problems = read('agreement sample "Überprüfung 🕊"  state x while nix')
    assert (problems[0].span.line, problems[0].span.column, problems[0].span.end_column) == (2, 49, 52)


def test_no_more_than_a_hundred_problems_of_a_document_are_listed() -> None:
    _, problems = read("agreement sample\n" + "\n".join(f"state s{number}\n  while nowhere" for number in range(250)))
    assert len(problems) == 101
    assert problems[-1].message == "This document has 150 more problems, not listed here."


FREE_PLACES = (
    "while {0}",
    "while not {0}",
    "while other and {0} and not other",
    "while ({0})",
    "from beginning of {0}",
    "starts as yes until end of {0}",
    "from 3 days after beginning of {0}",
    "from once {0} has held 12 months",
    "from the later of beginning of {0} and 2026-01-06",
)


@pytest.mark.parametrize("word", sorted(FREE))
def test_a_word_that_opens_clauses_and_is_free_is_a_name_wherever_one_can_stand(word: str) -> None:
    for place in FREE_PLACES:
        state = f"{OPENING}state other\nstate {word}\nstate x\n  {place.format(word)}\n"
        assert read(state)[1] == (), place
        assert len(read(f"{state}  while other and\n")[1]) == 1, place
        assert len(read(f'{state}  while other and\n  source "a#P1"\n  not said {word}\n')[1]) == 1, place
    norm = f"{OPENING}event e\nevent {word}\n"
    for head in (f"duty d: FRA owes GBR {word}\n  when e", f"ban b: FRA must not {word}\n  while not said x", f"power p: FRA may {word}"):
        assert read(f"{norm}{head}\n")[1] == ()
        assert codes(read(f"{norm}{head}\n  while and\n")[1]) == ["AV202"], head
