"""What `aval record` asks in a terminal for what was left out. Each answer is checked at once; a wrong one is asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from aval.workspace.desk import Desk

SAYS = ("happened", "holds", "member", "amount", "offers", "position", "retracts")
FORMS = ("document", "quoted", "reported", "spokesman", "unnamed official", "circles", "editor")
GRADES = ("high", "medium", "low")
RUNGS = ("refused", "undecided", "signalled", "announced", "intent signed", "approved", "committed", "deployed", "withdrawn")
STANCES = ("supports", "undecided", "demands", "expects", "reserves", "objects", "refuses", "threatens")
_FEW = 10
"""so many choices stand in a question; more are listed when somebody asks for them"""

Fields = dict[str, object]
R = TypeVar("R")


class Questions:
    """One statement on its way: what is known of it so far."""

    def __init__(self, desk: Desk, fields: Fields) -> None:
        """Begin with what was given by flags."""
        self._desk = desk
        self.fields = fields

    def ask(self, file: str) -> str:
        """Ask for what is needed and was left out; give the file."""
        self._choose("says", "What kind of claim", SAYS)
        self._need("term", "About what, such as in_force(FRA)")
        says = self.fields["says"]
        if says not in ("position", "retracts") and not self.fields.keys() & {"when", "first", "last"}:
            self._want("when", "When in the world (empty: not said)")
        self._of_its_kind(str(says))
        today = datetime.now(UTC).astimezone().date().isoformat()
        self._need("said", "By when had the public had it", default=today)
        self._need("voice", "Who says it")
        self._want("speaks_for", "For which party, group or body (empty: none)")
        self._choose("form", "How was it put", FORMS)
        self._choose("grade", "How far can the source be relied on", GRADES)
        self._choose("source", "In which source", self._desk.sources)
        self._want("paragraph", "In which paragraph (empty: none)", number)
        self._want("quote", "A few words as they stand there (empty: none)")
        files = self._desk.files
        return file if file or len(files) < 2 else self._prompt("Into which file", lambda text: _picked(text, files), files)  # noqa: PLR2004

    def _of_its_kind(self, says: str) -> None:
        if says == "offers":
            self._choose("rung", "How far it stands", RUNGS)
        if says == "position":
            self._choose("stance", "How the voice stands to it", STANCES)
        if says == "amount" and not self.fields.keys() & {"low", "high"}:
            self._want("low", "The low end (empty: not said)")
            self._want("high", "The high end (empty: not said)")
            self._want("unit", "In which unit")
        if says == "retracts" and "withdraws" not in self.fields:
            self.fields["withdraws"] = [self._prompt("What does it take back (label:...)", _filled)]

    def _choose(self, name: str, question: str, options: Sequence[str]) -> None:
        if name not in self.fields:
            self.fields[name] = self._prompt(question, lambda text: _picked(text, options), options)

    def _need(self, name: str, question: str, default: str | None = None) -> None:
        if name not in self.fields:
            self.fields[name] = self._prompt(question, lambda text: self._checked(name, _filled(text)), default=default)

    def _want(self, name: str, question: str, read: Callable[[str], object] = str.strip) -> None:
        if name not in self.fields:
            told = self._prompt(question, lambda text: self._checked(name, read(text)) if text.strip() else "", default="")
            if told != "":
                self.fields[name] = told

    def _checked(self, name: str, value: object) -> object:
        fault = self._desk.fault(name, value, self.fields)
        if fault:
            raise click.UsageError(fault)
        return value

    def _prompt(self, question: str, read: Callable[[str], R], options: Sequence[str] = (), default: str | None = None) -> R:
        shown = f" ({', '.join(options)})" if 0 < len(options) <= _FEW else f" (? lists {len(options)})" if options else ""
        found: R = click.prompt(f"{question}{shown}", value_proc=read, default=default, show_default=bool(default), err=True)
        return found


def number(text: str) -> object:
    """Read a whole number, where it is one; intake says what is wrong with the rest."""
    bare = text.strip()
    return int(bare) if bare.isdecimal() and bare.isascii() and len(bare) < _FEW else bare


def command_of(case: str, fields: Mapping[str, object], file: str) -> str:
    """Write the command that records what was typed."""
    import shlex

    from aval.render.safe import safe

    words = ["aval", "record", *([case] if case else []), *(["--file", file] if file else [])]
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            words += [f"--{name.replace('_', '-')}", str(one)]
    return safe(shlex.join(words))


def _filled(text: str) -> str:
    if not text.strip():
        raise click.UsageError("This is needed.")
    return text.strip()


def _picked(text: str, options: Sequence[str]) -> str:
    from aval.workspace.desk import pick

    if text.strip() == "?":
        click.echo("  " + "\n  ".join(options), err=True)
        raise click.UsageError("Choose one of them; its beginning is enough.")
    found, fault = pick(text, options)
    if fault:
        raise click.UsageError(fault)
    return found
