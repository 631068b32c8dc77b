"""Labels and claims stand once; a withdrawal names an existing statement of the same voice; files fall together or not at all."""

from __future__ import annotations

import random

from tests.evidence.world import codes, line, read, sound, wrong


def correction(label: str, of: str, **changes: object) -> str:
    return line(label=label, withdraws=[f"label:{of}"], note=f"{label} corrects {of}", **changes)


def test_a_label_becomes_the_id_that_it_names() -> None:
    first, second = sound(line(label="a"), correction("b", "a"))
    assert second.withdraws == (first.id,)


def test_an_id_may_be_written_out() -> None:
    (first,) = sound(line(label="a"))
    by_id = line(label="b", note="x", withdraws=[first.id])
    by_label = line(label="b", note="x", withdraws=["label:a"])
    assert sound(line(label="a"), by_id)[1].id == sound(line(label="a"), by_label)[1].id


def test_naming_one_target_twice_is_naming_it_once() -> None:
    (first,) = sound(line(label="a"))
    once = sound(line(label="a"), line(label="b", note="x", withdraws=["label:a"]))[1]
    twice = sound(line(label="a"), line(label="b", note="x", withdraws=["label:a", first.id, "label:a"]))[1]
    assert once.id == twice.id


def test_the_order_of_lines_and_files_makes_no_difference() -> None:
    lines = [line(label="a"), correction("b", "a"), correction("c", "b"), correction("d", "a")]
    wanted = {statement.id for statement in sound(*lines)}
    for seed in range(5):
        mixed = random.Random(seed).sample(lines, len(lines))
        assert {statement.id for statement in sound(*mixed)} == wanted
        assert {statement.id for statement in read(*mixed)[0]} == wanted


def test_a_long_chain_of_corrections_is_no_trouble() -> None:
    chain = [line(label="s0"), *(correction(f"s{n}", f"s{n - 1}") for n in range(1, 3000))]
    assert len(sound(*reversed(chain))) == 3000


def test_a_label_that_is_used_twice_names_both_places() -> None:
    statements, (problem,) = read(line(label="a"), line(label="a", voice="another"))
    assert [statement.voice.name for statement in statements] == ["Emmanuel Macron"]
    assert problem.code.code == "AV350"
    assert str(problem.span) == "statements/1.jsonl:1:11"
    assert "statements/0.jsonl:1:11" in problem.message
    assert str(problem.notes[0][0]) == "statements/0.jsonl:1:11"


def test_a_claim_that_stands_twice_names_both_places() -> None:
    statements, (problem,) = read(line(label="a"), line(label="b"))
    assert [statement.label for statement in statements] == ["a"]
    assert problem.code.code == "AV351"
    assert str(problem.span) == "statements/1.jsonl:1:1"
    assert 'the same as "a" at statements/0.jsonl:1:1' in problem.message
    assert str(problem.notes[0][0]) == "statements/0.jsonl:1:1"


def test_what_does_not_exist_cannot_be_withdrawn() -> None:
    (problem,) = read(f"{line(label='fra-1')}\n{correction('b', 'fra-2')}")[1]
    assert problem.code.code == "AV353"
    assert problem.hint == 'Did you mean "label:fra-1"?'
    (problem,) = wrong(withdraws=["sha256:" + "0" * 64])
    assert problem.code.code == "AV353"
    assert "by its label" in problem.hint


def test_a_circle_is_told_once_and_named() -> None:
    statements, problems = read("\n".join([correction("a", "c"), correction("b", "a"), correction("c", "b"), correction("d", "a")]))
    assert statements == ()
    assert codes(problems) == ["AV354"]
    assert problems[0].message == "It withdraws itself: a withdraws c withdraws b withdraws a."


def test_a_statement_cannot_withdraw_itself() -> None:
    assert wrong(label="a", withdraws=["label:a"])[0].message == "It withdraws itself: a withdraws a."


def test_only_the_same_voice_takes_back() -> None:
    for other in ({"voice": "The Élysée"}, {"speaks_for": "GBR"}):
        (problem,) = read(f"{line(label='a')}\n{correction('b', 'a', **other)}")[1]
        assert problem.code.code == "AV355"
        assert '"Emmanuel Macron" for FRA said' in problem.message
        assert "a claim of its own" in problem.hint


def test_a_retraction_is_about_what_it_takes_back() -> None:
    taken = sound(line(label="a"), line(label="b", says="retracts", when=None, withdraws=["label:a"]))
    assert taken[1].withdraws == (taken[0].id,)
    (problem,) = read(f"{line(label='a')}\n{line(label='b', says='retracts', term='truce', when=None, withdraws=['label:a'])}")[1]
    assert problem.code.code == "AV356"
    assert problem.hint == "Write committed(FRA)."


def test_a_retraction_says_nothing_else() -> None:
    problems = wrong(says="retracts", withdraws=["label:x"], conditions=["if asked"], area="rear")
    assert {"AV340"} <= set(codes(problems))


def test_a_correction_falls_with_the_file_of_what_it_corrects() -> None:
    statements, problems = read(
        f"{line(label='a')}\n{line(label='bad', said='x')}", correction("b", "a"), correction("c", "b"), line(label="d", voice="another")
    )
    assert [statement.label for statement in statements] == ["d"]
    assert codes(problems) == ["AV313", "AV357", "AV357"]
    assert problems[1].hint == "Mend that file first."


def test_what_could_not_be_read_is_not_called_unknown() -> None:
    problems = read(line(label="a", said="x"), correction("b", "a"))[1]
    assert codes(problems) == ["AV313", "AV357"]
    assert "in a file that was not taken" in problems[1].message
