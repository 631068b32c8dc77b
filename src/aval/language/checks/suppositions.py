"""Suppositions that contradict themselves, or that were written for another format or another case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from aval.language.case import Case
from aval.language.page import Page
from aval.language.problems import Finding, did_you_mean, problem, quote
from aval.language.syntax import About, Format, Given, GivenFile, Quoted, ScenarioBlock, Without
from aval.model import expression as ex
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.problem import Code, Problem

MOST_FACTS = 500
"""How many facts can be supposed together: each is held against every other."""
FORMAT = "aval.suppose/1"
"""The format of a document of suppositions, as it names it."""

CONTRADICTS = Code(
    code="AV290",
    title="A supposition that contradicts itself",
    what="One and the same voice is supposed to say that something happened and that it did not, that it happened on two days, or that it "
    "had two amounts at once.",
    why="What follows from a contradiction says nothing. What two voices say against each other is no contradiction: write `told by`.",
    bad="given ceasefire_begins on 2027-03-01\ngiven not ceasefire_begins on 2027-03-01",
    good="given ceasefire_begins on 2027-03-01",
)
OTHER_FORMAT = Code(
    code="AV291",
    title="A document of suppositions in another format",
    what=f"The document does not say that it is written in the format `{FORMAT}`, or names another one.",
    why="A document of a later format may mean something else by the same words.",
    bad='suppose "a ceasefire"\n  format "aval.suppose/2"',
    good=f'suppose "a ceasefire"\n  format "{FORMAT}"',
)
OTHER_CASE = Code(
    code="AV292",
    title="A supposition about another case",
    what="The supposition does not say which agreement it is about, or names one that this case does not have.",
    why="The same name can mean something else in another case, and what is supposed there would say nothing here.",
    bad='suppose "a ceasefire"\n  about another_pact_2030',
    good='suppose "a ceasefire"\n  about paris_2026',
)
NOT_ONE = Code(
    code="AV293",
    title="Not one supposition",
    what="A document of suppositions has no `aval-suppose` block with a `suppose`, or has several; or one of them supposes nothing, or too "
    "much.",
    why="A document is one thing that is supposed, with its reasons in prose. Several documents can be supposed together.",
    bad="# A ceasefire\n\nIt begins on 1 March.",
    good='# A ceasefire\n\n```aval-suppose\nsuppose "a ceasefire"\n  given ceasefire_begins on 2027-03-01\n```',
)
CODES = (CONTRADICTS, OTHER_FORMAT, OTHER_CASE, NOT_ONE)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each fact that goes against another one. All that is supposed together is looked at together."""
    lines = [(block, line) for block in case.declarations for line in block.clauses]
    for block, line in lines:
        if isinstance(line, GivenFile) or line.kind == "given the record":
            message = "A supposition stands on top of the record and takes no facts from a file."
            yield Finding(problem(NOT_ONE, message, line.span, "Leave this line out."), block, line)
    given = [(block, line) for block, line in lines if isinstance(line, Given)]
    if len(given) > MOST_FACTS:
        block, line = given[MOST_FACTS]
        message = f"Here stand {len(given)} facts; there can be {MOST_FACTS} at most."
        yield Finding(problem(NOT_ONE, message, line.span, "Record what is so, and suppose the rest."), block, line)
        return
    for (_, one), (block, other) in combinations(given, 2):
        if found := _against(case, one, other):
            yield Finding(found, block, other)


def check_heads(page: Page, blocks: Sequence[ScenarioBlock], agreements: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for a document that is not one supposition, in this format and about an agreement of the case."""
    if len(blocks) != 1:
        span = blocks[1].name.span if blocks else page.span(0, 0)
        message = (
            "A second supposition stands in this document." if blocks else "This document has no `aval-suppose` block that can be read."
        )
        hint = (
            "Write a document of its own for each."
            if blocks
            else 'Write a block fenced as `aval-suppose` that opens with `suppose "name"`.'
        )
        yield problem(NOT_ONE, message, span, hint)
    for block in blocks[:1]:
        if not any(isinstance(line, Given | Without) for line in block.lines):
            yield problem(NOT_ONE, "Nothing is supposed here.", block.name.span, "Add what is `given`.")
        yield from _format(block)
        yield from _about(block, agreements)


def _format(block: ScenarioBlock) -> Iterator[Problem]:
    formats = [line for line in block.lines if isinstance(line, Format)]
    if not formats:
        yield problem(OTHER_FORMAT, "It is not said in which format this is written.", block.name.span, f'Add `format "{FORMAT}"`.')
    for line in formats:
        if line.text.text != FORMAT:
            message = f"This is written in the format {quote(line.text.text)}; this version of Aval reads `{FORMAT}`."
            yield problem(OTHER_FORMAT, message, line.text.span, f"Write it in `{FORMAT}`, or ask a version of Aval that reads it.")


def _about(block: ScenarioBlock, agreements: Sequence[str]) -> Iterator[Problem]:
    abouts = [line for line in block.lines if isinstance(line, About)]
    if not abouts:
        hint = f"Add `about {agreements[0]}`." if agreements else ""
        yield problem(OTHER_CASE, "It is not said which agreement this is about.", block.name.span, hint)
    for about in abouts:
        if about.name.text not in agreements:
            message = f"This is about {quote(about.name.text)}; no agreement of this case is called so."
            yield problem(OTHER_CASE, message, about.name.span, did_you_mean(about.name.text, agreements))


def _against(case: Case, one: Given, other: Given) -> Problem | None:
    """Tell what is wrong with two facts together, where one voice cannot mean both."""
    if _whose(one) != _whose(other) or _subject(one) != _subject(other):
        return None
    name, note = quote(one.ref.name), ((one.span, "The other one is here."),)
    together = _overlap(_span(one), _span(other))
    if one.measured and other.measured:
        apart = _below(one, other) or _below(other, one)
        message = f"{name} has two amounts at once here."
        return problem(CONTRADICTS, message, other.span, "Leave one of them out.", note) if apart and together else None
    if one.polarity != other.polarity:
        whole = one if not one.polarity else other
        against = together if _holds(case, one) else _inside(_span(other if whole is one else one), _span(whole))
        message = f"{name} is supposed to be so and not to be so."
        hint = "Leave one of them out, or say by `told by` who says which."
        return problem(CONTRADICTS, message, other.span, hint, note) if against else None
    if _holds(case, one) or _repeats(case, one) or one.body is not None or not one.polarity or together:
        return None
    message = f"{name} is supposed to happen at two times, and it happens once."
    return problem(CONTRADICTS, message, other.span, "Leave one of them out.", note)


def _whose(line: Given) -> tuple[str, str]:
    return (line.told_by.text if line.told_by else "", line.body.text if line.body else "")


def _subject(line: Given) -> tuple[str, tuple[object, ...]]:
    return (line.ref.name, tuple(arg.text if isinstance(arg, ex.Name) else arg for arg in line.ref.args))


def _holds(case: Case, line: Given) -> bool:
    declared = case.named.get(line.ref.name)
    return declared is not None and declared.kind in ("state", "group", "process", "quantity")


def _repeats(case: Case, line: Given) -> bool:
    declared = case.named.get(line.ref.name)
    return declared is None or declared.kind != "event" or any(clause.kind == "repeats" for clause in declared.clauses)


def _span(line: Given) -> tuple[Instant, Instant]:
    """Give the first and the last instant that a fact speaks of; all time where it names none."""
    first, last = (read_civil(text.text, "UTC") if isinstance(text, Quoted) else None for text in (line.first, line.last))
    return (first.lo if first else ALWAYS, last.hi if last else NEVER)


def _overlap(one: tuple[Instant, Instant], other: tuple[Instant, Instant]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _inside(inner: tuple[Instant, Instant], outer: tuple[Instant, Instant]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _below(one: Given, other: Given) -> bool:
    """Whether all amounts that the one allows lie below those of the other."""
    return one.high is not None and other.low is not None and one.high < other.low
