"""`suppose` as a page: the answer in a sentence, what is supposed, and what would be otherwise, kind by kind."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.text import Text

from aval.answers.supposed import TYPED, Supposed, Thought, Turn
from aval.model.term import Term
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.claims import cited_entries
from aval.render.groups import args_of, blanked, common_term, grouped, name_of, picked, varying
from aval.render.layout import GLUE, joined, line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, readings_text, value_text
from aval.render.rows import each_label
from aval.render.safe import safe
from aval.render.unanswered import unanswered_sections

VOTE = "vote"
NAMED = 8
"""how many are named in a line"""
_TITLES = {
    "begins": ("Comes to hold", "not so without what is supposed"),
    "owed": ("Becomes owed", "and by when, where the texts say so"),
    "ends": ("Holds no longer", ""),
    "dated": ("Dated", "instants that are set, or lie elsewhere"),
    "settled": ("No longer open", ""),
    "parted": ("Depends on a reading", "with what is supposed, the readings part"),
    "unsettled": ("Open or contested", "told by nobody, or by some against others"),
    "other": ("Otherwise", ""),
}


def supposed_sheet(page: Page, found: Supposed) -> Sheet:
    """Lay out what would be otherwise."""
    kinds = grouped(found.turns, lambda one: one.kind)
    return Sheet(
        title=Text(safe(found.title), STRONG),
        view=(Entry(body=coordinates(page, found.coordinates)),),
        headline=Text(safe(found.headline), STRONG),
        sections=(
            Section(title="Supposed", note="told by nobody, stored nowhere, and no forecast", blocks=tuple(_supposed(page, found))),
            *(_section(page, kind) for kind in kinds),
            *unanswered_sections(page, found.unanswered),
        ),
        foot=_foot(page, found),
    )


def _supposed(page: Page, found: Supposed) -> list[Block]:
    blocks: list[Block] = [
        Entry(body=line((safe(one.name), STRONG), (f"{page.dot}{safe(one.path)}", FAINT)), level=1) for one in found.documents
    ]
    taken = {one.id: one for one in found.withdrawn}
    for one in found.thoughts:
        if one.claim.startswith("takes back"):
            continue
        blocks += _thought(page, one)
    for cited in taken.values():
        blocks.append(Entry(lead=Text("- "), body=line("withdrawn  ", (safe(cited.label), FAINT)), level=1))
        blocks += [Entry(body=entry.body, level=3) for entry in cited_entries(page, cited, "", full=False)[:1]]
    return blocks


def _thought(page: Page, one: Thought) -> list[Block]:
    negated = " not " in f" {one.claim} "
    said = _vote(page, one) if name_of(one.term) == VOTE else page.words.of(one.term) or one.label
    words = line("not: " if negated else "", safe(said), f"{page.dot}{safe(one.day)}" if one.day else "")
    who = f"{page.dot}told by {page.name(one.told_by)}" if one.told_by else ""
    blocks: list[Block] = [Entry(lead=Text("+ "), body=line(words, who, (f"{page.dot}{safe(one.words)}", FAINT)), level=1)]
    if one.why_not:
        blocks.append(Entry(body=line(("does not count: ", "red"), safe(page.worded(one.why_not))), level=3))
    return blocks


def _vote(page: Page, one: Thought) -> str:
    """Write how a member of a body is supposed to vote on what."""
    member, body, what, *args = args_of(one.term)
    term = str(Term(what, tuple(args)))
    way = one.claim.removeprefix(member).partition(term)[0].strip()
    return f"{page.words.name(member)} {way} in {page.words.name(body)}: {page.words.of(term) or term}"


def _section(page: Page, turns: Sequence[Turn]) -> Section:
    title, note = _TITLES[turns[0].kind]
    pools = [[one] for one in turns] if page.everything else grouped(turns, lambda one: _sameness(one, turns))
    return Section(title=f"{title} ({len(turns)})", note=note, blocks=tuple(block for pool in pools for block in _turned(page, pool)))


def _sameness(one: Turn, turns: Sequence[Turn]) -> Hashable:
    codes = picked(one.term, varying([other.term for other in turns if name_of(other.term) == name_of(one.term)]))
    return (name_of(one.term), one.before, one.after, *one.by_reading.items(), one.due, not codes)


def _turned(page: Page, pool: Sequence[Turn]) -> list[Block]:
    first, terms = pool[0], [one.term for one in pool]
    labels = [one.label or one.term for one in pool]
    label = each_label(page, pool, labels, NAMED, all_so=first.after == "yes") if len(pool) > 1 else page.words.of(first.term) or labels[0]
    label = f"{label} ({len(pool)})" if len(pool) > NAMED else label
    event = name_of(first.term) in page.words.events
    after = value_text(page, first.after, event=event)
    turn = line(value_text(page, first.before or "open", event=event), (f" {page.signs.arrow}{GLUE}", FAINT), after)
    due = f"{page.dot}due {safe(first.due)}" if first.due else ""
    body = line(safe(label), "  ", turn, (due, STRONG), faint_term(page, label, common_term(terms)))
    below = [readings_text(page, first.by_reading)] if first.after is None else []
    below += [Text(safe(why)) for why in [_because(page, pool)] if why and first.after is not None]
    return [Entry(body=body, level=1), *(Entry(body=piece, level=3) for piece in below)]


def _because(page: Page, pool: Sequence[Turn]) -> str:
    """Why, of many alike; nothing where they differ in it."""
    places = varying([one.term for one in pool])
    reasons = {blanked(one.because, picked(one.term, places), page.names) for one in pool}
    return page.worded(reasons.pop()) if len(reasons) == 1 else ""


def _foot(page: Page, found: Supposed) -> tuple[Block, ...]:
    """Say how to look closer, with the same suppositions."""
    if page.case is None or not found.turns:
        return ()
    with_them = [word for one in found.documents for word in ("--suppose", one.path)]
    with_them += [word for one in found.thoughts if one.place.startswith(TYPED) for word in ("--that", one.words)]
    steps = (("why a line", page.command("why", found.turns[0].term, *with_them)), ("every line", page.command("status", *with_them)))
    return tuple(Entry(lead=line((f"{title:12}", FAINT)), body=joined("", [line((command, "cyan"))])) for title, command in steps)
