"""What a statement claims, in words, and who said so when."""

from __future__ import annotations

from rich.text import Text

from aval.answers.shapes import Cited
from aval.render.blocks import Entry
from aval.render.english import first_sentence
from aval.render.groups import args_of
from aval.render.layout import line
from aval.render.page import Page, anchor_text, marks_of, words_of
from aval.render.safe import safe

ANONYMOUS = ("unnamed official", "circles")
SUPPOSED = "supposed"
_PLAIN = ("has happened", "holds")
_THREATENS = "threatens"
LONGEST = 90
"""characters of a note that a line has room for"""


def claim(cited: Cited) -> str:
    """Give what a statement claims, without who claims it: the summary puts the voice first."""
    return cited.summary.partition(": ")[2] or cited.summary


def spoken_claim(page: Page, cited: Cited) -> str:
    """Write a claim in words; a threat in those of the source or of the record."""
    said = claim(cited)
    words = page.words.of(cited.term)
    if words and cited.says == "member":
        return safe(f"{words}{': no' if ' does not belong ' in said else ''}")
    if not (words and cited.term and cited.term in said):
        return safe(said)
    before, _, after = said.partition(cited.term)
    if before.strip() == _THREATENS and (cited.note or cited.quote):
        return f"{_THREATENS}: {remark(cited) or words_of(page, cited.quote)}"
    rest = after.removeprefix(": ").strip()
    tail = "" if rest in _PLAIN else f"{',' if cited.says == 'offers' else ':'} {rest}"
    return safe(f"{before.strip()}{': ' if before.strip() else ''}{words}{tail if rest else ''}")


def remark(cited: Cited, longest: int = LONGEST) -> str:
    """Give the first sentence of a note, where it is short enough."""
    said = first_sentence(cited.note)
    return safe(said) if len(said) <= longest else ""


def whose(cited: Cited) -> str:
    """Give the party that a claim is about: of an offer the party that the term names, else who speaks."""
    return (args_of(cited.term) or ("",))[0] if cited.says == "offers" else cited.speaks_for or cited.voice


def nameless(cited: Cited) -> bool:
    """Whether nobody stands behind a statement by name."""
    return cited.form in ANONYMOUS


def voice_and_day(page: Page, cited: Cited) -> str:
    """Write who said it and when, and of which time it speaks where that is another."""
    return f"{safe(cited.voice)}, {told(cited)}{marks_of(page, cited)}"


def told(cited: Cited) -> str:
    """Write when it was said; `reported 2026-01-06, of up to 2025-12-06` where it speaks of another time."""
    said, when = safe(cited.said[:10]), about(cited)
    return f"{safe(cited.form)} {said}{when}" if when else said


def about(cited: Cited) -> str:
    """Write of which time a statement speaks, where that is not the day on which it was made."""
    when = cited.happened.removeprefix("… to ")
    if not when or when[:10] == cited.said[:10]:
        return ""
    return f", of {'' if when == cited.happened else 'up to '}{safe(when)}"


def origin(page: Page, cited: Cited) -> Text:
    """Write how a statement reached us: form, through whom, outlet, date, grade, firmness."""
    if cited.form == SUPPOSED:
        return Text("nobody said it; it counts as accepted while it is supposed")
    via = [f"through {safe(name)}" for name in cited.through] + ([f"in {safe(cited.outlet)}"] if cited.outlet else [])
    said = [f"said {safe(cited.said)}{about(cited)}", f"grade {safe(cited.grade)}"]
    firm = [f"firmness {safe(cited.firmness)}"] if cited.firmness else []
    return Text(page.dot.join([safe(cited.form), *via, *said, *firm]))


def cited_entries(page: Page, cited: Cited, mark: str, *, full: bool) -> tuple[Entry, ...]:
    """Write one statement: what it says, how it was said, where that stands, and why it does not count, if so."""
    said = line(safe(cited.summary) if full else f"{safe(cited.voice)}: {spoken_claim(page, cited)}", marks_of(page, cited))
    below = [origin(page, cited), anchor_text(page, cited.anchor, cited.quote)]
    if full:
        below += [Text(f"{word} {safe(text)}") for word, text in _details(cited) if text]
    if cited.why_not:
        below.append(line(("does not count: ", "red"), safe(cited.why_not)))
    return (Entry(lead=line(f"{mark} "), body=said), *(Entry(body=piece, level=1) for piece in below))


def _details(cited: Cited) -> list[tuple[str, str]]:
    return [
        ("happened", cited.happened),
        ("amount", cited.amount),
        ("where:", cited.place),
        ("on condition:", "; ".join(cited.conditions)),
        ("note:", cited.note),
        ("in", cited.source_title),
    ]
