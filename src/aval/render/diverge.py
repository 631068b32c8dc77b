"""`diverge` as a page: question by question the readings, what they part, when and for whom; then what only the texts part.

Readings stand in the order of the text under letters, so that a line can name them briefly; no line says which of them is right.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from rich.text import Text

from aval.answers.parting import Disputed, Divergence, Held, Parting, Side, Standing, Stretch
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.english import listed
from aval.render.groups import args_of, blanked, common_label, common_term, grouped, name_of, picked, varying
from aval.render.layout import glued, joined, line
from aval.render.missing import CONDITION
from aval.render.page import FAINT, STRONG, Page, anchor_text, coordinates, faint_term, value_text
from aval.render.rows import each_label
from aval.render.safe import safe
from aval.render.unanswered import unanswered_sections

NAMED = 6
"""how many parties are named in the sentence where the readings part alike for several"""
TOLD = 4
"""how many conditions a short page spells out where many bear on it"""
_ASPECTS = {"due": "deadline", "conditions": "conditions met"}
_MEMBER = " in "
_DATED = {True: "once these give different dates: ", False: "once this gives a date: "}
"""what parts a moment, where every reading has a clause of its own, and where one has none"""
_NO_CLAUSE = "no clause of its own"
_OPENING = re.compile(r"^(?:from|until|when) ")


def divergence_sheet(page: Page, found: Divergence) -> Sheet:
    """Lay out the questions: those apart at the view, those apart at another time, those apart in the text alone."""
    bounded = found.start is not None or found.end is not None
    apart = [one for one in found.questions if any(parting.stretches for parting in one.partings)]
    now = [one for one in apart if bounded or any(parting.now for parting in one.partings)]
    latent = [one for one in found.questions if one.partings and one not in apart]
    idle = [one for one in found.questions if not one.partings]
    title = f"Apart {_window(found)}" if bounded else f"Apart on {found.coordinates.at[:10]}"
    return Sheet(
        title=Text(safe(found.title), STRONG),
        view=(Entry(body=coordinates(page, found.coordinates), hang=0),),
        headline=Text(safe(found.headline), STRONG),
        sections=(
            *_section(page, title, "the readings give different answers", now),
            *_section(page, "Apart at another time", "", [one for one in apart if one not in now]),
            *_section(page, "Apart in the text", "the clauses differ, and no answer does", latent),
            *_idle(page, idle),
            *unanswered_sections(page, found.unanswered),
        ),
        foot=(Entry(body=Text(_small_print(page, found), FAINT)),) if apart or latent else (),
    )


def _window(found: Divergence) -> str:
    return " ".join(part for part in (f"from {found.start}" if found.start else "", f"to {found.end}" if found.end else "") if part)


def _section(page: Page, title: str, note: str, questions: Sequence[Disputed]) -> tuple[Section, ...]:
    blocks = tuple(block for question in questions for block in _question(page, question))
    return (Section(title=title, note=note, blocks=blocks),) if questions else ()


def _idle(page: Page, questions: Sequence[Disputed]) -> tuple[Section, ...]:
    """Name the questions of which a reading was chosen, or on which nothing hangs."""
    blocks = tuple(
        Entry(body=line(safe(one.label or one.name), (f"{page.dot}{_why_idle(one)}", FAINT), _name(one.name)), level=1) for one in questions
    )
    return (Section(title="Not apart", blocks=blocks),) if blocks else ()


def _why_idle(question: Disputed) -> str:
    if question.chosen is not None:
        label = next((side.label for side in question.sides if side.name == question.chosen), "")
        return f"chosen: {safe(label or question.chosen)}"
    return "no answer hangs on it"


def _name(name: str) -> tuple[str, str]:
    return (f"  [{glued(safe(name))}]", FAINT)


def _question(page: Page, question: Disputed) -> Iterator[Block]:
    """Put a question, its readings, and what they part; what is apart first."""
    letters = {side.name: _letter(place) for place, side in enumerate(question.sides)}
    apart = [parting for parting in question.partings if parting.stretches]
    yield Entry(body=line((safe(question.label or question.name), STRONG), _name(question.name)), level=1)
    for side in question.sides:
        yield from _side(page, side, letters) if apart or page.everything else _brief(page, side, letters)
    for pool in _pools(page, sorted(apart, key=lambda parting: not parting.now)):
        yield from _apart(page, pool, letters)
    yield from _latents(page, [parting for parting in question.partings if not parting.stretches], letters)


def _letter(place: int) -> str:
    return ascii_lowercase[place] if place < len(ascii_lowercase) else f"r{place + 1}"


def _side(page: Page, side: Side, letters: Mapping[str, str]) -> Iterator[Block]:
    """Write one reading: its words, the clauses that stand on it alone, the places that it rests on, and who holds it."""
    held = f"{page.dot}held by {safe(listed([page.name(one) for one in side.held_by]))}" if side.held_by else ""
    name = _name(side.name) if page.everything else ""
    lead = line((f"{letters[side.name]}  ", STRONG))
    yield Entry(lead=lead, body=line(safe(side.label or side.name), held, name), level=2)
    clauses = [_clause(page, clause) for clause in side.clauses]
    places = [Text(safe(anchor), FAINT) for anchor, _ in side.anchors]
    if page.everything:
        rests = [anchor_text(page, anchor, quote) for anchor, quote in side.anchors]
        for piece in (*clauses, *rests, *(() if clauses else (Text(_NO_CLAUSE, FAINT),))):
            yield Entry(body=piece, level=4)
        return
    pools = grouped(side.clauses, lambda clause: clause.text)
    texts = [Text(f"{safe(pool[0].text)} ({_places(page, pool)})", FAINT) for pool in pools]
    yield Entry(body=joined((page.dot, FAINT), [*(texts or [Text(_NO_CLAUSE, FAINT)]), *places]), level=4, hang=0)


def _brief(page: Page, side: Side, letters: Mapping[str, str]) -> Iterator[Block]:
    """Write one reading in a line, where its clauses are told below by what would part them."""
    held = f"{page.dot}held by {safe(listed([page.name(one) for one in side.held_by]))}" if side.held_by else ""
    where = f"{page.dot}{_places(page, side.clauses) or _NO_CLAUSE}"
    yield Entry(lead=line((f"{letters[side.name]}  ", STRONG)), body=line(safe(side.label or side.name), held, (where, FAINT)), level=2)


def _places(page: Page, clauses: Sequence[Standing]) -> str:
    """List places, those in one file together: `framework.md:347, 348`."""
    pools = grouped([_place(page, one.clause).rpartition(":") for one in clauses], lambda place: place[0])
    return "; ".join(f"{pool[0][0]}:{', '.join(number for *_, number in pool)}" for pool in pools)


def _clause(page: Page, clause: Standing) -> Text:
    value = f" ({safe(clause.value)})" if clause.value else ""
    words = line((f"{safe(clause.of)}: ", FAINT), safe(clause.text), (value, FAINT), (f"{page.dot}{_place(page, clause.clause)}", FAINT))
    return joined((page.dot, FAINT), [words, *(Text(safe(anchor), FAINT) for anchor, _ in clause.anchors)])


def _place(page: Page, clause: str) -> str:
    """Write the place of a clause; on a short page without its folders."""
    return safe(clause if page.everything else clause.rpartition("/")[2])


def _pools(page: Page, partings: Sequence[Parting]) -> list[list[Parting]]:
    """Partings of one declaration that differ in nothing but who may belong to the group stand together."""
    return [[one] for one in partings] if page.everything else grouped(partings, lambda one: _sameness(page, one))


def _sameness(page: Page, one: Parting) -> Hashable:
    codes = args_of(one.terms[0])
    texts = [*_not_membership(one.once), *one.comes, *one.unless, *one.turns_on]
    stretches = tuple((two.start, two.end, *((held.value, *held.by_reading.items()) for held in two.held)) for two in one.stretches)
    return (name_of(one.terms[0]), one.aspect, stretches, *(blanked(text, codes, page.names) for text in texts))


def _not_membership(conditions: Sequence[str]) -> list[str]:
    """Leave out the conditions that the bearer belongs to a group: whose it is, is said by the label."""
    return [one for one in conditions if _MEMBER not in one]


class _Named:
    """A term of several that stand together."""

    def __init__(self, term: str) -> None:
        self.term = term


def _label(page: Page, pool: Sequence[Parting]) -> Text:
    """Name what is parted: of up to six parties each by its name, of more how many of how many."""
    terms, labels = [term for one in pool for term in one.terms], [label for one in pool for label in one.labels]
    aspect = f": {_ASPECTS[pool[0].aspect]}" if pool[0].aspect in _ASPECTS else ""
    if pool[0].kind == "contribution":
        who, *what = args_of(terms[0])
        words = f"{page.words.name(who)}, {' '.join(what)}"
        return line(safe(f"{words}{aspect}"), faint_term(page, words, terms[0]))
    if len(terms) == 1:
        words = page.spoken(labels[0], terms[0])
        return line(safe(f"{words}{aspect}"), faint_term(page, words, terms[0]))
    things, of = [_Named(term) for term in terms], pool[0].of
    common = common_label(things, labels, page.names)
    words = each_label(page, things, labels, NAMED) if len(terms) < of else common
    who = f"{page.dot}for all {of}" if len(terms) == of else f"{page.dot}for {_whom(page, terms)}" if words == common else ""
    return line(safe(f"{words}{aspect}"), who, faint_term(page, words, common_term(terms)))


def _whom(page: Page, terms: Sequence[str]) -> str:
    """Name those for whom the readings part alike; many by their codes."""
    who = ["/".join(picked(term, varying(terms))) for term in terms]
    return listed([page.name(one) for one in who] if len(who) <= NAMED else [safe(one) for one in who])


def _apart(page: Page, pool: Sequence[Parting], letters: Mapping[str, str]) -> Iterator[Block]:
    """Say what the readings part, when, with each answer, and what it turns on."""
    first, terms = pool[0], [term for one in pool for term in one.terms]
    codes = picked(terms[0], varying(terms))
    label = _label(page, pool)
    if len(first.stretches) == 1 and not (first.stretches[0].start or first.stretches[0].end):
        yield Entry(body=line(label, "  ", _held(page, first.stretches[0].held, letters)), level=2)
    else:
        yield Entry(body=label, level=2)
        for stretch in first.stretches:
            yield from _stretch(page, stretch, letters, codes)
    # what a term only follows is told in full where its own clauses part
    turns = _conditions(page, first.turns_on if page.everything or not first.through else (), codes, letters)
    note = line(("turns on ", FAINT), turns) if turns.plain else Text()
    below = f"through {safe(listed(first.through))}" if first.through else ""
    pieces = [piece for piece in (note, Text(below, FAINT), Text(_held_open(first), FAINT)) if piece.plain]
    yield from [Entry(body=joined((page.dot, FAINT), pieces), level=3)] if pieces else []


def _held_open(one: Parting) -> str:
    return f"held open: {safe(', '.join(one.others))}" if one.others else ""


def _stretch(page: Page, stretch: Stretch, letters: Mapping[str, str], codes: Sequence[str]) -> Iterator[Block]:
    when = [f"from {stretch.start}"] if stretch.start else []
    when += [f"until {stretch.end}"] if stretch.end else []
    mark = f" ({'projected' if stretch.projected else 'now'})" if stretch.projected or stretch.now else ""
    words = line((f"{safe(' '.join(when) or 'always')}{mark}  ", STRONG if stretch.now else ""), _held(page, stretch.held, letters))
    yield Entry(body=words, level=3)
    for verb, conditions in (("part as ", stretch.began), ("meet as ", stretch.ended)):
        if conditions:
            yield Entry(body=line((verb, FAINT), _conditions(page, conditions, codes, letters)), level=4)


def _held(page: Page, held: Sequence[Held], letters: Mapping[str, str]) -> Text:
    """Write the answers, readings of one answer together."""
    pools = grouped(held, lambda one: (one.value, *one.by_reading.items()))
    return joined((page.dot, FAINT), [_answer(page, pool, letters) for pool in pools])


def _answer(page: Page, pool: Sequence[Held], letters: Mapping[str, str]) -> Text:
    """Write one answer and the letters of its readings, on one line where that is short."""
    first = pool[0]
    who = glued(f"{', '.join(letters[one.reading] for one in pool)}: ")
    if first.value is not None:
        return line((who, STRONG), value_text(page, first.value))
    answers = [line(f"{safe(readings)} ", value_text(page, value)) for readings, value in first.by_reading.items()]
    return line((who, STRONG), "(", joined(", ", answers), ")")


def _conditions(page: Page, conditions: Sequence[str], codes: Sequence[str], letters: Mapping[str, str]) -> Text:
    """Write conditions in words; a short page has the first few, and says how many more there are."""
    told = list(dict.fromkeys(blanked(one, codes, page.names) for one in conditions))
    shown = told if page.everything else told[:TOLD]
    more = [Text(f"{page.signs.more} {len(told) - len(shown)} more", FAINT)] if len(shown) < len(told) else []
    return joined("; ", [*(_condition(page, _OPENING.sub("", one), letters) for one in shown), *more])


def _condition(page: Page, text: str, letters: Mapping[str, str]) -> Text:
    hit = CONDITION.fullmatch(text)
    if not hit:
        return Text(safe(text))
    reading = f", on {letters.get(hit[3], hit[3])}" if hit[3] else ""
    return line(safe(hit[1] if page.everything else page.worded(hit[1])), (f" ({safe(hit[2])}{safe(reading)})", FAINT))


def _latents(page: Page, partings: Sequence[Parting], letters: Mapping[str, str]) -> Iterator[Block]:
    """Say what would part the readings, as far as the clauses give it away; what only follows from that, in one line."""
    own = [one for one in partings if one.derivable or not one.through]
    for pool in _pools(page, own):
        yield Entry(
            body=line(_label(page, pool), ("  would part ", FAINT) if pool[0].derivable else "", _would(page, pool, letters)), level=2
        )
    below = [one for one in partings if one not in own]
    pools = grouped(below, lambda one: (name_of(one.terms[0]), one.aspect))
    if pools:
        names = [line(safe(common_term(terms)), (f" ({len(terms)})" if len(terms) > 1 else "", FAINT)) for terms in map(_terms, pools)]
        through = listed(list(dict.fromkeys(safe(name) for one in below for name in one.through)))
        yield Entry(body=line((f"through {through}: ", FAINT), joined(", ", names)), level=2)


def _terms(pool: Sequence[Parting]) -> list[str]:
    return [term for one in pool for term in one.terms]


def _would(page: Page, pool: Sequence[Parting], letters: Mapping[str, str]) -> Text:
    """Write `once A; B, unless this holds: C` as the clauses have it."""
    first, terms = pool[0], _terms(pool)
    codes = picked(terms[0], varying(terms))
    once = _conditions(page, _not_membership(first.once), codes, letters)
    pieces = [line(("once ", FAINT), once)] if once.plain else []
    if first.unless:
        many = "these are alike: " if first.alike else "these hold: " if len(first.unless) > 1 else "this holds: "
        pieces.append(line((f"unless {many}", FAINT), _conditions(page, first.unless, codes, letters)))
    if first.comes:
        dated, apart = first.aspect == "date", first.alike
        word = _DATED[apart] if dated else "when one comes without the other: " if apart else "when this comes: "
        pieces.append(line((word, FAINT), _conditions(page, first.comes, codes, letters)))
    return joined((", ", FAINT), pieces)


def _small_print(page: Page, found: Divergence) -> str:
    pieces = ['"until" names the first instant after a stretch'] if any(two.end for one in _all(found) for two in one.stretches) else []
    if any(one.others and one.stretches for one in _all(found)):
        pieces.append("held open: the readings part on some choice of these questions")
    pieces += [] if page.everything or page.case is None else [f"every line: {page.command('diverge', '--all')}"]
    return page.dot.join(pieces)


def _all(found: Divergence) -> Iterator[Parting]:
    return (parting for question in found.questions for parting in question.partings)
