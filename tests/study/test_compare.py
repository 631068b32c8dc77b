"""Two texts as wholes: the same but for its layout, the other way round, under new names, broken, empty, or no text at all."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.model.problem import Incorrect
from aval.study.shapes import Comparison, Effect, Verdict
from aval.workspace.comparing import compare_texts
from tests.language.generate import written
from tests.study.drafts import PACT, compared, edited, only
from tests.study.test_clauses import WEAKER

ROOT = Path(__file__).parents[2]
HEAD, _, _REST = PACT.partition("```aval\n")
BLOCK, _, TAIL = _REST.partition("```")
MIRROR = {
    Verdict.ADDED: Verdict.REMOVED,
    Verdict.REMOVED: Verdict.ADDED,
    Verdict.WEAKENED: Verdict.STRENGTHENED,
    Verdict.STRENGTHENED: Verdict.WEAKENED,
}
TURNED = {Effect.WEAKER: Effect.STRONGER, Effect.STRONGER: Effect.WEAKER}


def told(found: Comparison, *, turned: bool = False) -> list[tuple[object, ...]]:
    """What a comparison says, or what it says of the two the other way round."""
    rows = []
    for one in found.differences:
        names = (one.was or one.name, one.name) if turned or not one.was else (one.name, one.was)
        verdict = MIRROR.get(one.verdict, one.verdict) if turned else one.verdict
        effects = sorted((TURNED.get(point.effect, point.effect) if turned else point.effect) for point in one.points)
        rows.append((*sorted(names), verdict, tuple(effects)))
    return sorted(rows, key=repr)


def laid_out_anew(seed: int) -> str:
    """The pact in some other layout: other lines, spaces and comments."""
    words = re.findall(r'"[^"]*"|\w[\w-]*|[^\w\s]', BLOCK)
    return f"{HEAD}```aval\n{written([words], Random(seed))}```{TAIL}"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_another_layout_makes_no_difference(seed: int) -> None:
    with TemporaryDirectory() as folder:
        found = compared(Path(folder), PACT, laid_out_anew(seed))
    assert found.problems == ()
    assert (found.comparison.differences, found.comparison.splits, found.comparison.differs) == ((), (), False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("committed(g) happened and (calm or asked happened)", "(asked happened or calm) and committed(g) happened"),
        ("committed(g) happened and (calm or asked happened)", "not (not committed(g) happened or not (calm or asked happened))"),
        ("while committed(g) happened and (calm or asked happened)", "while calm or asked happened\n  while committed(g) happened"),
        (
            "committed(g) happened and (calm or asked happened)",
            "(committed(g) happened and calm) or (committed(g) happened and asked happened)",
        ),
        ("when attack(g)", "when attack(p: g)"),
        ("within 48 hours", "within 2880 minutes"),
        ("while in_force(g)\n  within", "while in_force(g)\n  while in_force(g)\n  within"),
        ("at least 1 g in guarantors with committed(g) happened", "some x in guarantors with committed(x) happened"),
        ("is FRA, GBR", "is GBR, FRA"),
        (
            'duty help(g: guarantors) "g is to help": g owes UKR helped(g)\n  when attack(g)\n  while in_force(g)',
            'duty help(x: guarantors) "g is to help": x owes UKR helped(x)\n  while in_force(x)\n  when attack(x)',
        ),
    ],
)
def test_harmless_rewriting_makes_no_difference(old: str, new: str, tmp_path: Path) -> None:
    found = compared(tmp_path, PACT, edited(old, new)).comparison
    assert found.differences == ()
    assert not found.differs


@pytest.mark.parametrize("case", ["paris", "rome", "unscr2231-snapback"])
def test_a_case_compared_with_itself_differs_in_nothing(case: str) -> None:
    path = str(ROOT / "cases" / case)
    found = compare_texts(path, path).comparison
    assert (found.differences, found.splits, found.unread) == ((), (), ())


EDITS = sorted({(old, new) for _, old, new in WEAKER.values() if PACT.count(old) == 1})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=4))
def test_the_other_way_round_added_is_removed_and_weaker_is_stronger(edits: list[tuple[str, str]]) -> None:
    text = PACT
    for old, new in edits:
        text = text.replace(old, new)
    with TemporaryDirectory() as folder:
        there, back = compared(Path(folder), PACT, text).comparison, compared(Path(folder), text, PACT).comparison
    assert told(there, turned=True) == told(back)
    assert there.differs == back.differs


def test_what_is_said_twice_is_told_once_and_both_ways(tmp_path: Path) -> None:
    text = edited("  within 48 hours", "  except calm\n  except calm\n  within 48 hours")
    there, back = compared(tmp_path, PACT, text).comparison, compared(tmp_path, text, PACT).comparison
    assert (only(there).verdict, only(back).verdict) == (Verdict.WEAKENED, Verdict.STRENGTHENED)
    assert len(only(there).points) == len(only(back).points) == 1


def test_what_only_has_another_name_is_renamed(tmp_path: Path) -> None:
    text = re.sub(r"\bin_force\b", "guaranteed", PACT)
    found = compared(tmp_path, PACT, text).comparison
    one = only(found)
    assert (one.name, one.was, one.verdict) == ("guaranteed", "in_force", Verdict.RENAMED)
    assert (found.differs, found.splits) == (False, ())


def test_what_has_another_name_and_another_clause_is_both(tmp_path: Path) -> None:
    text = re.sub(r"\bin_force\b", "guaranteed", edited("(calm or asked happened)", "calm"))
    found = compared(tmp_path, PACT, text, tries=60).comparison
    one = only(found)
    assert (one.name, one.was, one.verdict) == ("guaranteed", "in_force", Verdict.WEAKENED)
    assert any(decided.was for split in found.splits for decided in split.decided)


def test_two_that_could_stand_for_one_are_not_taken_for_it(tmp_path: Path) -> None:
    two = "event given_up\n  constitutive\nevent given_back\n  constitutive\nquestion size"
    one = "event lost\n  constitutive\nquestion size"
    found = compared(tmp_path, edited("question size", one), edited("question size", two)).comparison
    assert [(one.name, one.verdict) for one in found.differences] == [
        ("given_up", Verdict.ADDED),
        ("given_back", Verdict.ADDED),
        ("lost", Verdict.REMOVED),
    ]


# ---------------------------------------------------------------- hostile input


def test_a_broken_clause_costs_its_own_declaration_and_is_told(tmp_path: Path) -> None:
    text = edited(
        "when attack(g)", "when atack(g)", edited("within 48 hours", "within 72 hours", edited("amounting to 100", "amounting to 50"))
    )
    found = compared(tmp_path, PACT, text)
    assert [problem.code.code for problem in found.problems] == ["AV203"]
    assert [(one.name, one.side) for one in found.comparison.unread] == [("help", "after")]
    assert [(one.name, one.verdict) for one in found.comparison.differences] == [("pay", Verdict.WEAKENED)]
    assert found.comparison.differs


def test_what_a_mistake_takes_along_is_not_called_removed(tmp_path: Path) -> None:
    more = """group domains is land
contribution offer(FRA, land) "troops"
  subject to calm
process law(g: guarantors) "g's own law"
  step agreed(g) "g has agreed" for FRA
power leave"""
    text = edited("power leave", more)
    broken = text.replace("subject to calm", "subject to clam").replace("law(g: guarantors)", "law(g: garantors)")
    found = compared(tmp_path, text, broken).comparison
    assert found.differences == ()
    assert {one.name for one in found.unread} == {"offer(FRA, land)", "law", "agreed"}


def test_broken_syntax_is_not_called_removed(tmp_path: Path) -> None:
    found = compared(tmp_path, PACT, edited("owes UKR paid(g)", "owes owes UKR paid(g)")).comparison
    assert [(one.name, one.side) for one in found.unread] == [("pay", "after")]
    assert found.differences == ()


@pytest.mark.parametrize("text", ["", "# Words alone\n", "```aval\n```\n", '```aval\nagreement empty "Empty"\n```\n'])
def test_a_text_without_a_declaration_is_refused(text: str, tmp_path: Path) -> None:
    for pair in ((PACT, text), (text, PACT)):
        with pytest.raises(Incorrect) as raised:
            compared(tmp_path, *pair)
        assert raised.value.problems[-1].code.code == "AV617"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    pact, other = tmp_path / "pact.md", tmp_path / "other.md"
    pact.write_text(PACT, "utf-8")
    other.write_bytes(b"\xff\xfe\x00```aval")
    case = tmp_path / "case"
    case.mkdir()
    (case / "aval.toml").write_text('schema = "aval.case/99"\ntitle = "later"\n', "utf-8")
    (tmp_path / "facts.txt").write_text("", "utf-8")
    for wrong in (other, case, tmp_path / "gone.md", tmp_path / "facts.txt", tmp_path):
        with pytest.raises(Incorrect):
            compare_texts(str(pact), str(wrong))
        with pytest.raises(Incorrect):
            compare_texts(str(wrong), str(pact))
        with pytest.raises(Incorrect):
            compare_texts(str(pact), str(pact), [str(wrong)])
