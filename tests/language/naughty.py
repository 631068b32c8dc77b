"""Texts that have broken other programs, by what they try, and the places of an agreement that they can be put into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

STRINGS = {
    "nothing": ("", " ", "\t", "  \t  "),
    "words of programs": (
        "undefined",
        "null",
        "None",
        "NaN",
        "true",
        "Infinity",
        "__proto__",
        "constructor",
        "__class__",
        "%s%n%d",
        "{0}",
        "{x}",
        "$HOME",
    ),
    "words of ours": (
        "agreement",
        "event",
        "any",
        "not said",
        "state s",
        "on reading r while x",
        "```",
        "```aval",
        "~~~",
        "# x",
        "x # y",
        "open",
    ),
    "numbers": ("0", "-1", "1e309", "0x10", "1/0", "9" * 40, "1,5", "١٢٣", "²", "½", "Ⅷ"),
    "dates": (
        "2026-02-30",
        "2026-13-01",
        "0000-00-00",
        "9999-12-31",
        "2026-01-06T25:00",
        "2026-01-06T18:00+99:00",
        "20260106",
        "yesterday",
    ),
    "quotes": ('"', "'", '""', '"" ""', "“x”", "„x“", "«x»", "`", "\\", '\\"', "x\\"),
    "brackets": ("(", ")", "((", "f(x)", "f(", "[x](ftp:y)", "{", "}}", "<", ">", "<>", "[[[", ","),
    "lines": ("\n", "x\ny", "\n```\n", "\n```aval\n", "\n\n# Title\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"),
    "controls": ("\0", "\x07", "\x08", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b2J", "\x7f", "\x1bc"),
    "direction": ("\u202eevil", "a\u2066b\u2069", "\u200f", "\u061c", "عربي", "עברית", "a\u202db"),
    "invisible": (
        "\u200b",
        "x\u200by",
        "\ufeff",
        "\u00ad",
        "\u2060",
        "\u3164",
        "\u115f",
        "\u180e",
        "\U000e0041",
        "\ufffe",
        "\u200d",
        "\u200c",
    ),
    "halves": ("\ud800", "\udfff", "\ud83d\udc00", "x\udcff"),
    "spaces": ("\u00a0", "a\u00a0b", "\u2003", "\u3000", "\u202f", "\u1680"),
    "alike": ("раris", "ＦＲＡ", "FRΑ", "ﬁ", "ſ", "İ", "ı", "ß", "ǅ", "K"),
    "piled up": ("z" + "\u0301" * 60, "\u0300", "a\u20dd\u20dd", "ก็็็็็็็็็็"),
    "pictures": ("🕊", "👩‍👩‍👧", "🇫🇷", "❤️", "👍🏽", "\U0001f469\u200d"),
    "scripts": ("Київ", "京都", "Türkiye", "தமிழ்", "ไทย", "ꙮ", "Ⱥ", "ᚠ", "𐎀"),
    "markup": (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&amp;&#0;",
        "</style>",
        "[bold red]x[/]",
        "[/]",
        "]]>",
        "<!--",
    ),
    "commands": ("; ls", "$(ls)", "`ls`", "| cat", "-- drop", "' OR 1=1 --", "../../etc/x", "=1+1", "@SUM(1)", "--help", "-", "C:\\x"),
    "long": ("x" * 3_000, "word " * 600, "9" * 3_000, "(" * 300, "é" * 2_000),
}
"""By what they try. Written by us, after the kinds of the well-known lists."""

OPENING = """agreement x "title"
  dated 2026-01-06
  dates run in "Europe/Paris"
  parties FRA, GBR
party FRA "France"
party GBR "United Kingdom"
"""
REST = """group g "the group" is FRA, GBR
event e(p: g) "p does it"
event f
state s "it holds"
  from e(FRA)
question q "which?"
  reading r "this one" held by FRA
    source "book#P1" "words of it"
moment m "the day" is 3 days after e(FRA)
duty d: FRA owes GBR e(FRA)
  when f
  within 3 days
"""
WHOLE = f"# Heading\n\nProse.\n\n```aval\n{OPENING}{REST}```\n"
TEST = '\n```aval-test\ntest "a name"\n  given e(FRA) on 2026-01-06\n  expect s is yes at 2026-02-01\n```\n'
FIELDS = {
    "heading": ("# Heading", "# {}"),
    "prose": ("Prose.", "{}"),
    "fence": ("```aval\n", "```aval {}\n"),
    "title": ('"title"', '"{}"'),
    "name of an agreement": ("agreement x", "agreement {}"),
    "dated": ("dated 2026-01-06", "dated {}"),
    "zone": ('"Europe/Paris"', '"{}"'),
    "parties": ("parties FRA", "parties {}"),
    "name of a party": ("party FRA", "party {}"),
    "label of a party": ('"France"', '"{}"'),
    "label of a group": ('"the group"', '"{}"'),
    "member": ("is FRA, GBR", "is FRA, {}"),
    "name of an event": ("event f", "event {}"),
    "parameter": ("event e(p: g)", "event e({}: g)"),
    "group of a parameter": ("event e(p: g)", "event e(p: {})"),
    "label of an event": ('"p does it"', '"p {}"'),
    "label of a state": ('"it holds"', '"{}"'),
    "condition": ("from e(FRA)", "from {}"),
    "argument": ("from e(FRA)", "from e({})"),
    "question": ('"which?"', '"{}"'),
    "name of a reading": ("reading r", "reading {}"),
    "label of a reading": ('"this one"', '"{}"'),
    "source": ('"book#P1"', '"{}"'),
    "paragraph": ('"book#P1"', '"book#P{}"'),
    "quote": ('"words of it"', '"{}"'),
    "number": ("is 3 days", "is {} days"),
    "unit": ("within 3 days", "within 3 {}"),
    "comment": ("event f\n", "event f # {}\n"),
    "clause": ("  within 3 days\n", "  within 3 days\n  {}\n"),
    "gap": ("event f\n", "event f\n  not said {}\n"),
    "table": ("event f\n", 'event f\nquantity h(p: g) in persons\n  table "{}"\n'),
    "unit of a quantity": ("event f\n", "event f\nquantity h in {}\n"),
    "drawing": ("event f\n", 'event f\narea a "an area"\n  drawn by "{}"\n'),
    "kind of report": ("event f\n", 'event f\nincident i\n  seen in reports of kind "{}"\n'),
    "chamber": ("event f\n", 'event f\nprocess o(p: g)\n  step o_one(p) "first" for FRA "{}"\n'),
    "name of a test": ('"a name"', '"{}"'),
    "fact": ("given e(FRA)", "given {}"),
    "day of a fact": ("on 2026-01-06\n", "on {}\n"),
    "facts": ("  given e(FRA) on", '  given facts "{}"\n  given e(FRA) on'),
    "answer": ("s is yes", "s is {}"),
    "comment in a test": ("given e(FRA) on 2026-01-06\n", "given e(FRA) on 2026-01-06 # {}\n"),
}
"""Each place: what stands there in the whole document, and what stands there instead."""
ASIDE = (
    *("heading", "prose", "title", "label of a party", "label of a group", "label of an event", "label of a state", "question"),
    *("label of a reading", "quote", "kind of report", "chamber", "name of a test"),
)
"""The places whose text is not read, but told."""


def strings() -> Iterator[str]:
    """Yield all strings."""
    for several in STRINGS.values():
        yield from several


def with_one(field: str, text: str) -> str:
    """Give the whole document with a text in one place."""
    return with_all((field,), text)


def with_all(fields: Iterable[str], text: str) -> str:
    """Give the whole document with a text in several places."""
    document = WHOLE + TEST
    for field in fields:
        old, new = FIELDS[field]
        assert old in document, field
        document = document.replace(old, new.replace("{}", text), 1)
    return document


def _groups() -> tuple[tuple[str, ...], ...]:
    """Put places together that do not touch each other, a few of them, so that what breaks one leaves others to be read."""
    groups: list[list[str]] = []
    for field, (old, _) in FIELDS.items():
        free = (
            one for one in groups if len(one) < TOGETHER and not any(FIELDS[other][0] in old or old in FIELDS[other][0] for other in one)
        )
        group = next(free, None)
        if group is None:
            groups.append([field])
        else:
            group.append(field)
    return tuple(map(tuple, groups))


TOGETHER = 6
GROUPS = _groups()
