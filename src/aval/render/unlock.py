"""`unlock` as a page: reading by reading the smallest ways, key by key; then all that is needed, as a tree."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from rich.text import Text

from aval.answers.shapes import Cited
from aval.answers.unlock.shapes import Branch, Need, Unlock, UnlockChoice, UnlockKey, Way
from aval.render.blocks import Block, Entry, Section, Sheet, Tree
from aval.render.claims import spoken_claim, voice_and_day
from aval.render.english import capital, listed
from aval.render.groups import grouped, name_of
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, value_text
from aval.render.safe import safe

OBSTACLES = 6
"""obstacles that a short page names"""
NAMED = 12
"""of a choice, how many are named on a short page"""
DEEP = 8
"""of a threshold, how many parts a short page spells out"""
ALIKE = 4
"""keys to the same act from which on a short page tells them in one line"""
THRESHOLDS = ("count", "weight")
REFUSED = "red"
MILLIARD = 10**9


def unlock_sheet(page: Page, found: Unlock) -> Sheet:
    """Lay out the answer."""
    foot = tuple(Entry(body=Text(text, FAINT)) for text in _small_print(found))
    return Sheet(
        title=_title(page, found),
        view=(
            Entry(body=Text(safe(capital(page.spoken(found.label, found.term))), STRONG), hang=0),
            Entry(body=coordinates(page, found.coordinates), hang=0),
        ),
        headline=Text(safe(_headline(page, found)), STRONG),
        sections=tuple(_sections(page, found)),
        foot=foot,
    )


def _title(page: Page, found: Unlock) -> Text:
    wanted = "what would end it" if found.lose else "what it would take"
    chosen = " (chosen here; --by sets another)" if found.by_default and page.case is not None else ""
    return line(
        (safe(found.term), STRONG), " is ", value_text(page, found.value), f": {wanted} by ", (safe(found.by), STRONG), (chosen, FAINT)
    )


def _wanted(found: Unlock) -> str:
    return "no" if found.lose else "yes"


def _headline(page: Page, found: Unlock) -> str:
    """Say in a sentence or two how far it is."""
    wanted = _wanted(found)
    if all(branch.value == wanted for branch in found.branches):
        now = found.value == wanted
        return f"Nothing is missing: it is {wanted}." if now else f"Nobody has to do anything: it will be {wanted} by {found.by}."
    sizes = sorted({way.size for branch in found.branches for way in branch.ways})
    if not sizes:
        return f"No set of acts was found by which it would be {wanted} by {found.by}."
    least = sizes[0]
    counted = f"At least {least} act{'' if least == 1 else 's'} {'is' if least == 1 else 'are'} {'needed' if found.lose else 'missing'}"
    most = max(min((way.size for way in branch.ways), default=0) for branch in found.branches)
    more = f", and {most} on another reading" if most > least else ""
    blocked = [key for key in _keys(found) if key.refused]
    refused = f" {_who(page, blocked)} refused." if blocked else ""
    return f"{counted}{more}.{refused}"


def _who(page: Page, keys: Sequence[UnlockKey]) -> str:
    names = list(dict.fromkeys(page.name(holder) for key in keys for holder in key.holders))
    return capital(f"{listed(names)} {'has' if len(names) == 1 else 'have'}") if names else "One act stands"


def _keys(found: Unlock) -> Iterator[UnlockKey]:
    for branch in found.branches:
        for way in branch.ways:
            yield from way.keys
            yield from (key for choice in way.choices for block in choice.blocks for key in block)


# branches


def _sections(page: Page, found: Unlock) -> Iterator[Section]:
    first: Branch | None = None
    for branch in found.branches:
        blocks = tuple(_branch(page, found, branch, first))
        yield Section(title=_heading(found, branch), note=safe(_note(branch)), blocks=blocks)
        first = branch if first is None and branch.ways else first
    for branch in found.branches:
        if branch.needs is not None and (page.everything or _worth(branch)):
            note = f"what is needed, from the goal down{f', on reading {safe(branch.reading)}' if branch.reading else ''}"
            yield Section(title="All ways", note=note, blocks=(_need(page, branch.needs),))


def _heading(found: Unlock, branch: Branch) -> str:
    if branch.reading:
        return "On reading"
    return "Whichever reading is chosen" if branch.every else "What would end it" if found.lose else "The smallest ways"


def _note(branch: Branch) -> str:
    number = len(branch.ways)
    more = f"the first {number}; there are more" if branch.more and number > 1 else ""
    return "; ".join(part for part in (branch.reading, more) if part)


def _worth(branch: Branch) -> bool:
    """Whether the tree says more than the ways: where there are thresholds, or more ways than are shown."""
    return branch.more or (branch.needs is not None and any(need.op == "weight" for need in _walk(branch.needs)))


def _walk(need: Need) -> Iterator[Need]:
    yield need
    for part in need.parts:
        yield from _walk(part)


def _branch(page: Page, found: Unlock, branch: Branch, first: Branch | None) -> Iterator[Block]:
    wanted = _wanted(found)
    if branch.value == wanted:
        yield Entry(body=Text(f"Nothing is needed: it is {wanted} by then in any case."), level=1)
        return
    if not branch.ways:
        yield Entry(body=Text("No set of acts was found."), level=1)
        shown = branch.obstacles if page.everything else branch.obstacles[:OBSTACLES]
        for what in shown:
            yield Entry(lead=Text(f"{page.signs.bullet} "), body=Text(safe(page.worded(what))), level=1)
        if len(shown) < len(branch.obstacles):
            yield Entry(body=Text(f"{page.signs.more} {len(branch.obstacles) - len(shown)} more", FAINT), level=1)
        return
    if first is not None and (short := _compared(page, branch, first)) is not None:
        yield Entry(body=short, level=1)
        return
    for number, way in enumerate(branch.ways, start=1):
        yield from _way(page, way, number if len(branch.ways) > 1 else 0)


def _compared(page: Page, branch: Branch, first: Branch) -> Text | None:
    """Say how a branch differs from the first one, where each has a single way of single keys."""
    if len(branch.ways) != 1 or len(first.ways) != 1 or branch.ways[0].choices or first.ways[0].choices:
        return None
    here, there = ({key.term: key for key in one.ways[0].keys} for one in (branch, first))
    more = [page.spoken(key.does, term) for term, key in here.items() if term not in there]
    less = [page.spoken(key.does, term) for term, key in there.items() if term not in here]
    pieces = [f"without: {'; '.join(less)}"] if less else []
    pieces += [f"and also: {'; '.join(more)}"] if more else []
    same = f"the same {len(first.ways[0].keys)}" if not less else "as above"
    return line(same, *([", ", safe(", ".join(pieces))] if pieces else []))


def _way(page: Page, way: Way, number: int) -> Iterator[Block]:
    blocked = line(("  blocked", REFUSED), ": at least one key stands refused") if way.blocked else Text()
    label = f"{number}. " if number else ""
    what = "this one act" if way.size == 1 else f"these {way.size} acts together"
    if way.choices:
        what = f"{way.size} act{'' if way.size == 1 else 's'}; {_many(way.sets)} sets like this"
    yield Entry(body=line((f"{label}{what}", STRONG), blocked), level=1)
    for keys in grouped(way.keys, lambda key: key.term if page.everything else _alike(key)):
        if len(keys) < ALIKE:
            yield from (block for key in keys for block in _key(page, key))
        else:
            yield from _together(page, keys)
    for choice in way.choices:
        yield from _choice(page, choice)


def _alike(key: UnlockKey) -> Hashable:
    """Give what two keys have in common that a short page tells in one line: the same act of several, of which none has said anything."""
    return (name_of(key.term), key.told_by, key.clause, key.latest) if key.holders and key.said is key.low is None else key.term


def _together(page: Page, keys: Sequence[UnlockKey]) -> Iterator[Block]:
    """Write the same act of several who have said nothing of it: who, and then what each does."""
    names = [page.name(key.holders[0]) for key in keys]
    yield Entry(lead=Text(f"{page.signs.bullet} "), body=line((f"each of these {len(keys)}: ", STRONG), capital(listed(names))), level=2)
    yield Entry(body=line(safe(_general(page, keys[0])), f"{page.dot}nothing has been said of it by any of them"), level=3)
    yield Entry(body=joined((page.dot, FAINT), [*_holding(page, keys[0])[1:], Text(safe(keys[0].clause), FAINT)]), level=3)


def _many(number: int) -> str:
    """Write a number; a very large one by its power of ten."""
    return f"{number:,}".replace(",", "\u202f") if number < MILLIARD else f"more than 10^{len(str(number)) - 1}"


def _key(page: Page, key: UnlockKey, level: int = 2) -> Iterator[Block]:
    does = safe(page.spoken(key.does, key.term))
    mark = page.signs.of("no") or "x" if key.refused else page.signs.bullet
    yield Entry(lead=Text(f"{mark} "), body=line((does, STRONG), faint_term(page, key.does, key.term)), level=level)
    yield Entry(body=joined((page.dot, FAINT), _holding(page, key)), level=level + 1)
    yield from (Entry(body=body, level=level + 1) for body in _said(page, key))
    gaps = f"{page.dot}not said: {', '.join(gap.replace('_', ' ') for gap in key.gaps)}" if key.gaps else ""
    if key.clause or gaps:
        yield Entry(body=Text(safe(f"{key.clause}{gaps}".removeprefix(page.dot)), FAINT), level=level + 1)


def _holding(page: Page, key: UnlockKey) -> list[Text]:
    names = [page.name(holder) for holder in key.holders]
    held = f"held by {listed(names, 'or')}" if names else "nobody is named who decides"
    told = f"counts on the word of {safe(key.told_by)}" if key.told_by and (not names or key.told_by not in names) else ""
    latest = f"in time until {safe(key.latest)}" if key.latest else ""
    return [line(piece) for piece in (held, latest, told) if piece]


def _said(page: Page, key: UnlockKey) -> Iterator[Text]:
    """Write the last word on it; a refusal is named as what would have to be taken back."""
    if key.said is None:
        by = f" by {listed([page.name(holder) for holder in key.holders], 'or')}" if key.holders else ""
        yield Text(f"nothing has been said of it{by}")
    else:
        back = ", to be taken back" if key.refused else ""
        yield line(
            ("refused: ", REFUSED) if key.refused else "last word: ", _quoted(page, key.said), f"{page.dot}{safe(key.said.anchor)}{back}"
        )
    if key.low is not None:
        yield line("decides nothing: ", _quoted(page, key.low))


def _quoted(page: Page, cited: Cited) -> str:
    return page.dot.join((spoken_claim(page, cited), voice_and_day(page, cited), f"grade {safe(cited.grade)}"))


def _choice(page: Page, choice: UnlockChoice) -> Iterator[Block]:
    first = choice.blocks[0]
    total = len(choice.blocks)
    yield Entry(body=line((f"any {choice.number} of these {total}", STRONG)), level=2)
    if page.everything:
        for block in choice.blocks:
            for key in block:
                yield from _key(page, key, 3)
        return
    who = [safe(_short(page, block)) for block in choice.blocks]
    rest = f", and {total - NAMED} more" if total > NAMED else ""
    yield Entry(body=line(f"{', '.join(who[:NAMED])}{rest}"), level=3)
    for key in first:
        yield Entry(body=line(("each: ", FAINT), safe(_general(page, key))), level=3)
        yield Entry(body=joined((page.dot, FAINT), [*_holding(page, key)[1:], Text(safe(key.clause), FAINT)]), level=4)
    told = [key for block in choice.blocks for key in block if key.said is not None or key.low is not None]
    for key in told[:NAMED]:
        yield from (Entry(body=line(f"{page.name((key.holders or ('',))[0])}: ", body), level=3) for body in _said(page, key))


def _short(page: Page, block: Sequence[UnlockKey]) -> str:
    """Name a block by its holder, else by what it does."""
    key = block[-1]
    return page.name(key.holders[0]) if key.holders else page.spoken(key.does, key.term)


def _general(page: Page, key: UnlockKey) -> str:
    """Say what each of several does: "it deposits its instrument"."""
    does, who = page.spoken(key.does, key.term), page.name((key.holders or ("",))[0])
    return does.replace(who, "it", 1) if who and does.startswith(who) else does


# the tree


def _need(page: Page, need: Need, weight: str = "") -> Tree:
    if need.op == "key" and need.key is not None:
        return Tree(value=Text(safe(weight) or "act"), body=_leaf(page, need, need.key))
    parts = need.parts if page.everything or need.op not in (*THRESHOLDS, "any") else need.parts[:DEEP]
    weighed = list(zip(need.parts, need.weights or ("",) * len(need.parts), strict=True))
    if not page.everything and need.op == "weight":
        weighed.sort(key=lambda one: -_number(one[1]))  # the heaviest first; a sort keeps the order of the text among equals
    made = [_need(page, part, own) for part, own in weighed[: len(parts)]]
    if len(parts) < len(need.parts):
        made.append(Tree(value=Text(page.signs.more), body=Text(f"{len(need.parts) - len(parts)} more", FAINT)))
    label = line((safe(page.spoken(need.label, need.term)), STRONG), ": ") if need.label else Text()
    words = safe(f"{weight}: {_words(need)}" if weight else _words(need))
    return Tree(value=Text(_OPS.get(need.op, "")), body=line(label, words), parts=tuple(made))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _leaf(page: Page, need: Need, key: UnlockKey) -> Text:
    """Name an act, and who holds it where the words do not say so."""
    words = safe(page.spoken(need.label, need.term))
    who = listed([page.name(holder) for holder in key.holders], "or")
    return line(words, faint_term(page, need.label, need.term), *([(f"{page.dot}{who}", FAINT)] if who and who not in words else []))


_OPS = {"all": "all", "any": "any", "count": "count", "weight": "weigh"}


def _words(need: Need) -> str:
    match need.op:
        case "all":
            return f"all {len(need.parts)} of these" if len(need.parts) > 1 else "this"
        case "any":
            return f"any one of these {len(need.parts)}"
        case "count":
            return f"any {need.number} of these {len(need.parts)}"
        case "weight":
            return f"any of these {len(need.parts)} whose weights add up to {need.number} more"
        case _:
            return "as above"


# small print


def _small_print(found: Unlock) -> Iterator[str]:
    ways = [way for branch in found.branches for way in branch.ways]
    failed = sum(branch.failed for branch in found.branches)
    if ways:
        exactly = f"the answer is exactly {_wanted(found)}"
        yield f"Every set shown has been run: with these acts and nothing else {exactly}, and none can be left out."
    if any(way.choices for way in ways):
        yield "Of sets that differ only in who acts, the first and the last were run."
    if failed:
        yield f"Sets that the text seemed to ask for, that did not work when run, and that are not shown: {failed}."
    beyond = list(dict.fromkeys(what for branch in found.branches for what in branch.beyond))
    if beyond:
        yield f"The list may not be complete: the text uses {listed([safe(one) for one in beyond])}, which the search simplifies."
    elif ways:
        yield "No smaller set was overlooked: the text uses nothing here that the search simplifies."
