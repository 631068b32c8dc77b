"""Read all agreements of a case: the way into this stage.

(1) parse each document, (2) put all declarations side by side, (3) run the checks, (4) leave out what is unsound and what rests on it,
(5) lower the rest to the model.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from aval.language.case import Case
from aval.language.checks import CHECKS
from aval.language.documents import openings
from aval.language.lower import Lowering, document, lower, name_of
from aval.language.mistakes import LIMIT
from aval.language.page import Page
from aval.language.parse import MOST, Parsed, read_page
from aval.language.problems import problem
from aval.language.sound import Sound, sound_part
from aval.language.steps import with_steps
from aval.language.syntax import Declaration, Quoted
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Problem

if TYPE_CHECKING:
    from aval.model.scenario import Scenario, Supposition


def read_agreements(texts: Sequence[Text], known_sources: Collection[str] | None = None) -> tuple[Agreements, tuple[Problem, ...]]:
    """Read the Markdown documents of a case as one set of names: the sound declarations, and the problems in the order of the documents.

    `known_sources` are the ids that anchors may name; `None` leaves them unchecked. Never raises for anything a user can write.
    """
    with _without_garbage_collection():
        return _read(texts, known_sources)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch the search for reference cycles off: all that is made here are trees, and walking them again and again takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(texts: Sequence[Text], known_sources: Collection[str] | None) -> tuple[Agreements, tuple[Problem, ...]]:
    parsed = [read_page(Page.of(text)) for text in texts]
    problems = [found for page in parsed for found in page.problems]
    declarations, agreements = _join(parsed, problems)
    case = Case.of(declarations, _broken(parsed), known_sources)
    sound = sound_part(case, [finding for check in CHECKS for finding in check(case)], problems)
    low = Lowering(case, sound.without)
    made = MappingProxyType({name_of(d): lower(d, low) for d in sound.declarations if d.kind != "agreement"})
    documents = tuple(document(d, low, parsed[d.page].page.version) for d in agreements if id(d) not in sound.gone)
    return Agreements(documents=documents, declarations=made), _report(parsed, sound)


def read_scenarios(texts: Sequence[Text], agreements: Agreements) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Read the `aval-test` blocks of the documents that `agreements` were read from: the sound tests, and the problems in order.

    Mistakes in the agreements themselves are not told again. Never raises for anything a user can write.
    """
    from aval.language.scenarios import scenarios_of  # noqa: PLC0415 (only `aval test` needs it: no answer pays for loading it)
    from aval.language.trials import read_trials  # noqa: PLC0415 (as above)

    with _without_garbage_collection():
        parsed = [read_page(Page.of(text)) for text in texts]
        trials = [read_trials(page.page) for page in parsed]
        declarations, openings_of = _join(parsed, [])
        sound = [d for d in declarations if d.kind != "agreement" and name_of(d) in agreements.declarations]
        left_out = {d.name.text for d in declarations} | {name for page in parsed for name in page.broken}
        case = Case.of(sound, {}, None)
        tests = [(test, opening.name.text) for found, opening in zip(trials, openings_of, strict=True) for test in found.tests]
        scenarios, problems = scenarios_of(tests, case, left_out - case.named.keys() - case.readings.keys())
        told = [*(found for page in trials for found in page.problems), *problems]
        pages = {page.page.path: (number, page.page) for number, page in enumerate(parsed)}
        ordered = sorted(told, key=lambda found: (pages[found.span.path][0], found.sort_key))
        return scenarios, tuple(replace(found, excerpt=pages[found.span.path][1].excerpt(found.span)) for found in ordered)


def read_suppositions(
    texts: Sequence[Text], agreements: Agreements, documents: Sequence[Text], thoughts: Sequence[str] = ()
) -> tuple[tuple[Supposition, ...], tuple[Problem, ...]]:
    """Read what is supposed together: documents with one `aval-suppose` block each, and `thoughts`, each a fact as it stands after `given`.

    `texts` are the documents that `agreements` were read from. The sound suppositions come in the order given, those of thoughts last; the
    problems in the same order. Never raises for anything a user can write.
    """
    from aval.language.checks.suppositions import check_heads  # noqa: PLC0415 (as in `read_scenarios`)
    from aval.language.scenarios import suppositions_of  # noqa: PLC0415
    from aval.language.syntax import ScenarioBlock, ScenarioLine  # noqa: PLC0415
    from aval.language.trials import SUPPOSITION, read_thought, read_trials  # noqa: PLC0415

    with _without_garbage_collection():
        case, left_out = _declared(texts, agreements)
        names = [document.meta.name for document in agreements.documents]
        blocks: list[ScenarioBlock] = []
        told: list[Problem] = []
        pages = [Page.of(text) for text in documents]
        for page in pages:
            found = read_trials(page, SUPPOSITION)
            told += found.problems or check_heads(page, found.tests, names)
            blocks += found.tests
        for number, thought in enumerate(thoughts, start=1):
            path = "--that" if len(thoughts) == 1 else f"--that {number}"
            page = Page.of(Text(path=path, content=thought))
            pages.append(page)
            line, problems = read_thought(page)
            told += problems
            if isinstance(line, ScenarioLine):
                blocks.append(ScenarioBlock(name=Quoted(thought, line.span), lines=(line,), span=line.span))
        suppositions, problems = suppositions_of(blocks, case, left_out)
        order = {page.path: (number, page) for number, page in enumerate(pages)}
        ordered = sorted([*told, *problems], key=lambda found: (order[found.span.path][0], found.sort_key))
        return suppositions, tuple(replace(found, excerpt=order[found.span.path][1].excerpt(found.span)) for found in ordered)


def _declared(texts: Sequence[Text], agreements: Agreements) -> tuple[Case, Collection[str]]:
    """Give the sound declarations as the checks see them, and the names that a mistake took away."""
    parsed = [read_page(Page.of(text)) for text in texts]
    declarations, _ = _join(parsed, [])
    sound = [d for d in declarations if d.kind != "agreement" and name_of(d) in agreements.declarations]
    left_out = {d.name.text for d in declarations} | {name for page in parsed for name in page.broken}
    case = Case.of(sound, {}, None)
    return case, left_out - case.named.keys() - case.readings.keys()


def _join(parsed: list[Parsed], problems: list[Problem]) -> tuple[list[Declaration], list[Declaration]]:
    """Give all declarations, each with its page and agreement and with the events of its steps, and the opening of each document."""
    declarations: list[Declaration] = []
    agreements = openings(parsed, problems)
    for number, (page, opening) in enumerate(zip(parsed, agreements, strict=True)):
        declarations.append(opening)
        for declaration, block in zip(page.declarations, page.above, strict=True):
            if declaration.kind != "agreement":
                agreement = opening.name.text
                whole = replace(declaration, page=number, agreement=agreement, heading=block.heading, prose=block.prose)
                declarations.extend(with_steps(whole))
    return declarations, agreements


def _broken(parsed: list[Parsed]) -> dict[str, int]:
    """Give the names that mistakes of syntax took away, each with the number of its problem among all."""
    broken: dict[str, int] = {}
    before = 0
    for page in parsed:
        for name, number in page.broken.items():
            broken.setdefault(name, before + number)
        before += len(page.problems)
    return broken


def _report(parsed: list[Parsed], sound: Sound) -> tuple[Problem, ...]:
    """Put the problems in order, each with the line it stands on."""
    pages = {page.page.path: (number, page.page) for number, page in enumerate(parsed)}

    def key(found: Problem) -> tuple[int, tuple[object, ...]]:
        return (pages[found.span.path][0], found.sort_key)

    told: list[Problem] = []
    for path, group in groupby(sorted(sound.problems, key=key), key=lambda problem: problem.span.path):
        number, page = pages[path]
        mine = list(group)
        told.extend(replace(found, excerpt=page.excerpt(found.span)) for found in mine[:MOST])
        if untold := len(mine[MOST:]) + parsed[number].untold:
            message = f"This document has {untold} more problem{'' if untold == 1 else 's'}, not listed here."
            told.append(problem(LIMIT, message, page.span(0, 0), "Mend the first ones and look again."))
    return tuple(told)
