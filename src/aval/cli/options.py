"""The options that answering commands share, and what they say."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import click

from aval.model.frozen import frozen

Command = Callable[..., None]

MANIFEST = "aval.toml"


@frozen(kw_only=True)
class Asked:
    """The view that a user asks for, as typed; the workspace reads it."""

    at: str | None
    known: str | None
    recorded: str | None
    readings: Mapping[str, str]
    suppositions: tuple[str | Path, ...] = ()
    viewer: str = ""

    def view(self) -> dict[str, Any]:
        """Give the coordinates as arguments of a question."""
        view = {"at": self.at, "known": self.known, "recorded": self.recorded, "readings": self.readings}
        return view | ({"suppositions": self.suppositions} if self.suppositions else {})


@frozen(kw_only=True)
class Look:
    """How a user wants to see the answer."""

    json: bool
    plain: bool
    everything: bool = False


class Reading(click.ParamType[str]):
    """`QUESTION=CHOICE`."""

    name = "QUESTION=CHOICE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the form; whether there is such a question only the case knows."""
        question, equals, choice = value.partition("=")
        if not (equals and question.strip() and choice.strip()):
            self.fail(f"{value!r} is not a question and a reading; write it as in backstop=with_backstop", param, ctx)
        return f"{question.strip()}={choice.strip()}"


def readings_of(chosen: tuple[str, ...]) -> dict[str, str]:
    """Join the chosen readings. Raises `click.BadParameter` where one question gets two answers."""
    found: dict[str, str] = {}
    for question, _, choice in (one.partition("=") for one in chosen):
        if found.setdefault(question, choice) != choice:
            raise click.BadParameter(f"{question} is given two readings, {found[question]} and {choice}", param_hint="--reading")
    return found


def with_view(*, known: bool = True) -> Callable[[Command], Command]:
    """Add the options of a view, and hand the command an `Asked`; a comparison has two dates known of its own."""

    def add(command: Command) -> Command:
        @wraps(command)
        def run(
            *,
            at: str | None,
            recorded: str | None,
            reading: tuple[str, ...],
            known: str | None = None,
            that: tuple[str, ...] = (),
            suppose: tuple[Path, ...] = (),
            viewer: str = "",
            **rest: Any,  # noqa: ANN401
        ) -> None:
            supposed: tuple[str | Path, ...] = (*suppose, *that)
            view = Asked(at=at, known=known, recorded=recorded, readings=readings_of(reading), suppositions=supposed, viewer=viewer)
            command(asked=view, **rest)

        many = "Choose a reading of a disputed point; repeat for more."
        run = click.option("--reading", type=Reading(), multiple=True, metavar="QUESTION=CHOICE", help=many)(run)
        run = click.option("--recorded", metavar="DATE", help="As recorded on this date. Default: now.")(run)
        said = "As known on this date: only what had been said by then. Default: now."
        run = click.option("--known", metavar="DATE", help=said)(run) if known else run
        run = click.option("--at", metavar="DATE", help="What was true on this date. Default: the date known.")(run)
        return with_viewer(with_suppositions(run))

    return add


def with_viewer(command: Command) -> Command:
    """Add `--viewer`."""
    text = "Look as this party: with its draft statements. AVAL_VIEWER says it too."
    return click.option("--viewer", metavar="PARTY", envvar="AVAL_VIEWER", default="", help=text)(command)


def with_suppositions(command: Command) -> Command:
    """Add `--suppose` and `--that`."""
    fact = 'Suppose this, such as "ceasefire_begins on 2027-03-01"; repeat for more. Stored nowhere.'
    command = click.option("--that", metavar="FACT", multiple=True, help=fact)(command)
    file = click.Path(path_type=Path)
    return click.option("--suppose", type=file, metavar="FILE", multiple=True, help="Suppose what this document says; repeat for more.")(
        command
    )


def with_look(command: Command) -> Command:
    """Add `--json`, `--plain` and `--all`, and hand the command a `Look`."""

    @wraps(command)
    def run(*, as_json: bool, plain: bool, everything: bool, **rest: Any) -> None:  # noqa: ANN401
        command(look=Look(json=as_json, plain=plain, everything=everything), **rest)

    run = click.option("--all", "everything", is_flag=True, help="Every line, nothing folded.")(run)
    run = click.option("--plain", is_flag=True, help="No colours, no symbols, no lines drawn; names keep their letters.")(run)
    return click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")(run)


def find_case(given: str | None) -> str:
    """Give the case that is meant: the folder named, or the nearest one upward that has an `aval.toml`. Raises `click.UsageError`."""
    if given is not None:
        return given
    with suppress(OSError):  # the folder one is in has been removed, or one above it may not be looked into
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / MANIFEST).is_file():
                return os.path.relpath(folder)
    raise click.UsageError("Which case? Name its folder, or go into one. `aval demo` shows the one that comes with Aval.")


def case_and_term(words: tuple[str, ...], verb: str) -> tuple[str | None, str]:
    """Tell the case from the term: the last word is the term. Raises `click.UsageError`."""
    match words:
        case (term,) if not is_folder(term):
            return None, term
        case (term, case) if is_folder(case) and not is_folder(term):
            return case, term
        case (case, term):
            return case, term
        case words if any(word.count("(") != word.count(")") for word in words):
            raise click.UsageError(f'A term with a space needs quotes: aval {verb} CASE "offer(DEU, land)".')
        case _:
            raise click.UsageError(f'{verb.capitalize()} what? Name one term: aval {verb} CASE "in_force(FRA)". `aval status` lists them.')


def is_folder(word: str) -> bool:
    """Whether a word names a folder."""
    try:
        return Path(word).is_dir()
    except OSError:  # too long for a name, say
        return False
