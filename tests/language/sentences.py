"""Texts for fuzzing: sentences of the grammar, soups of its words, and documents with something changed. A `Random` decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from lark import Lark
from lark.grammar import Rule

from aval.language.build_tables import GRAMMAR, STARTS
from aval.language.markdown import Block, blocks
from aval.language.page import Page
from aval.language.tables import tables
from aval.model.case import Text
from tests.language.documents import documents
from tests.language.generate import document

ROOT = Path(__file__).parents[2]
DEPTH = 9
"""How deep a sentence may nest before it takes the shortest way out."""
HEAD = """agreement x dated 2026-01-06 dates run in "Europe/Paris" party FRA party GBR body council seats g area air
group g is FRA , GBR group domains is land , air event e event f ( p : g ) state s state t ( p : g ) moment m is e quantity q
question which reading r duty d : FRA owes GBR e power w : FRA may e ban b : FRA must not e
state v one of first , second accepted from FRA
"""
SHORT = "agreement x party FRA group g is FRA event e event f ( p : g ) state s moment m is e\n"
NAMES = (
    *("e", "f", "s", "t", "m", "q", "r", "d", "w", "b", "g", "v", "p", "x", "FRA", "GBR", "council", "air", "land"),
    *("domains", "offer", "which", "announced", "first", "high", "done", "politically", "any_1"),
)
SAMPLES = {
    "STRING": (
        '"text"',
        '""',
        '"# no comment"',
        '"```"',
        '"paris-declaration#P2"',
        '"statements/a.csv"',
        '"tables/a.csv"',
        '"Europe/Paris"',
    ),
    "DATE": ("2026-01-06", "2026-01-06T18:00+01:00", "2026-13-45", "0000-00", "9999-12-31", "2024-02-29", "2026-03-29T02:30"),
    "INT": ("0", "1", "2", "26", "999999999", "1234567890", "007"),
    "ORDINAL": ("1st", "2nd", "30th", "0th"),
    "FRACTION": ("2/3", "1/3", "55/100", "0/0", "3/2", "1/1"),
    "NUMBER": ("0.5", "50.55", "99999999999.9"),
    "_TIMES": ("times",),
    "_DAY_AFTER": ("day after", "day\n after"),
    "_MIDNIGHT_AFTER": ("midnight after",),
    "_FIRST_DAY": ("first day", "first\tday"),
    "_A_FINDING": ("a finding",),
}
SIGNS = (
    *('"', "“", "”", "#", "```", "~~~aval", "```aval\n", "é", "\u202e", "\u200b", "\0", "\r\n", ";", "&", "=", "\n\n", "\t"),
    *("\ud800", "🕊", "-"),
)
WORDS = (*tables().words, *NAMES, *(one for samples in SAMPLES.values() for one in samples), *SIGNS, "\n")


class _Sentences:
    """The rules of the grammar, and how deep each has to go at least."""

    def __init__(self) -> None:
        grammar = Lark(GRAMMAR.read_text("utf-8"), start=STARTS, parser="earley", maybe_placeholders=False)
        self.words = {terminal: word for word, terminal in tables().words.items()}
        self.rules: dict[str, list[Rule]] = {}
        for rule in grammar.rules:
            self.rules.setdefault(rule.origin.name, []).append(rule)
        self.least = dict.fromkeys(self.rules, 99)
        while any(self._lower(name) for name in self.rules):
            pass

    def _lower(self, name: str) -> bool:
        least = 1 + min(self.cost(rule) for rule in self.rules[name])
        lower = least < self.least[name]
        self.least[name] = min(least, self.least[name])
        return lower

    def cost(self, rule: Rule) -> int:
        return max((0 if symbol.is_term else self.least[symbol.name] for symbol in rule.expansion), default=0)

    def words_of(self, name: str, chance: Random, depth: int = 0) -> list[str]:
        rules = self.rules[name]
        if depth > DEPTH:
            least = min(map(self.cost, rules))
            rules = [rule for rule in rules if self.cost(rule) == least]
        symbols: Sequence[Any] = chance.choice(rules).expansion
        return [
            word
            for one in symbols
            for word in ((self.word(one.name, chance, name),) if one.is_term else self.words_of(one.name, chance, depth + 1))
        ]

    def word(self, terminal: str, chance: Random, rule: str) -> str:
        if terminal == "NAME":
            return f"new_{chance.randrange(1000)}" if rule == "head" else chance.choice(NAMES)
        return chance.choice(SAMPLES[terminal]) if terminal in SAMPLES else self.words[terminal]


@cache
def _sentences() -> _Sentences:
    return _Sentences()


@cache
def shipped() -> tuple[str, ...]:
    """Give the documents that we ship, and those of the tests."""
    paths = [*sorted((ROOT / "cases").glob("*/agreements/*.md")), *documents("good"), *documents("tests"), *documents("bad")]
    return tuple(path.read_text("utf-8") for path in paths)


@cache
def blocks_shipped() -> tuple[str, ...]:
    """Give the insides of their blocks."""
    pages = [Page.of(Text(path="x.md", content=text)) for text in shipped()]
    return tuple(page.text[block.start : block.end] for page in pages for block in blocks(page) if isinstance(block, Block))


def sentence(chance: Random) -> str:
    """Give a document that the grammar allows, whatever the checks say of it."""
    words = [word for _ in range(chance.randint(1, 6)) for word in ("\n", *_sentences().words_of("declaration", chance))]
    tests = [word for _ in range(chance.randint(0, 2)) for word in ("\n", *_sentences().words_of("test_block", chance))]
    return fenced(HEAD * chance.randint(0, 1) + " ".join(words)) + (fenced(" ".join(tests), "aval-test") if tests else "")


def soup(chance: Random) -> str:
    """Give words of the grammar in any order."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(0, 60))]
    return fenced(HEAD * chance.randint(0, 1) + " ".join(words), chance.choice(("aval", "aval", "aval-test")))


def changed(chance: Random) -> str:
    """Give a shipped or made-up document with some changes."""
    text = document(chance.randrange(2**32)) if chance.random() < 0.5 else chance.choice(shipped())
    for _ in range(chance.randint(1, 8)):
        text = _changed(text, chance)
    return text


def _changed(text: str, chance: Random) -> str:
    first = chance.randrange(len(text) + 1)
    last = min(len(text), first + chance.randint(0, 40))
    way = chance.randrange(5)
    if way == 0:
        return text[:first] + text[last:]
    if way == 1:
        return text[:first] + text[first:last] * 2 + text[last:]
    if way == 2:
        elsewhere = chance.randrange(len(text) + 1)
        return text[:first] + text[elsewhere : elsewhere + chance.randint(1, 200)] + text[last:]
    if way == 3:
        return text[:first] + " ".join(_sentences().words_of(chance.choice(("clause", "expr", "declaration")), chance)) + text[last:]
    return text[:first] + " " + chance.choice(WORDS) + " " + text[last:]


def swollen(chance: Random) -> str:
    """Give 100 kB of one short thing again and again, under ever new names or the same ones."""
    start = chance.choice(("declaration", "clause", "expr", "test_line"))
    words = _sentences().words_of(start, chance, DEPTH - 3)[:40]
    if chance.random() < 0.5:
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, 8))]
    fresh = chance.random() < 0.5
    one = " ".join(f"{word}_{{}}" if fresh and word in NAMES and chance.random() < 0.5 else word.replace("{", "") for word in words)
    sep = chance.choice((" ", "\n", " and ", ", ", " or "))
    head = HEAD + chance.choice(("", "state z while ", "event z accepted from ", "group z is ", "question z ", 'test "z" '))
    units = (one.replace("{}", str(number)) for number in range(100_000 // (len(one) + len(sep)) + 1))
    return fenced((head + sep.join(units))[:99_900], "aval-test" if start == "test_line" else "aval")


def fenced(body: str, mark: str = "aval") -> str:
    """Put text into a block."""
    return f"Prose.\n\n```{mark}\n{body}\n```\n"


def corpus() -> tuple[str, ...]:
    """Give short texts of all sorts to begin with: declarations that we ship, and sentences of the grammar."""
    pieces = (piece for block in blocks_shipped() for piece in block.split("\n\n") if piece)
    chance = Random(1)
    return (*islice(pieces, 100), *(" ".join(_sentences().words_of("declaration", chance)) for _ in range(100)))
