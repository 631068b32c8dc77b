"""Data to stdout, problems to stderr; everything heavy is imported here, when there is something to show."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from aval.cli.ends import Ended, hush, tell
from aval.cli.group import INPUT, STORE
from aval.cli.options import Look

if TYPE_CHECKING:
    from aval.model.problem import Problem
    from aval.render.words import Answer
    from aval.workspace.case import Case


def answer(path: str, named: str | None, ask: Callable[[Case], Any], look: Look, viewer: str = "") -> None:
    """Open a case as `viewer` sees it, ask it, and show the answer; `named` is the case as the user named it, if so."""
    from aval.workspace.pause import without_collection

    with explained(look), without_collection():
        # numpy would start one thread for each core, and a board has nothing for them to do: a quarter of its CPU time
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from aval.workspace.case import open_case

        case = open_case(path, viewer=viewer)
        show_problems(case.problems, look)
        found = ask(case).answer  # what a ledger holds may be read only now, and be found broken
        show(found, case, named or "", look)
        if getattr(found, "unanswered", ()):
            raise Ended(INPUT)


@contextmanager
def explained(look: Look) -> Iterator[None]:
    """Turn what Aval raises on purpose into problems on stderr and an exit code."""
    from aval.model.problem import AvalError, Fault

    try:
        yield
    except AvalError as error:
        show_problems(error.problems, look)
        raise Ended(STORE if isinstance(error, Fault) else INPUT) from None


def show(found: Answer, case: Case | None, named: str, look: Look) -> None:
    """Write an answer to stdout; the case lends its words to the terms in it, where one was opened."""
    if look.json:
        from aval.render.json import dumps

        write(sys.stdout, dumps(found))
        return
    from aval.render.text import Style, console_for, print_answer

    plain = look.plain or not writes_signs(sys.stdout)
    console = console_for(sys.stdout, plain=plain)
    with console.capture() as drawn:
        print_answer(
            found, console, Style(plain=plain, everything=look.everything, case=named, agreements=case.agreements if case else None)
        )
    write(sys.stdout, drawn.get())


def show_problems(problems: Sequence[Problem], look: Look) -> None:
    """Write problems to stderr: for people, or as JSON where the answer is JSON."""
    if problems:
        tell(lambda: _write_problems(problems, look))


def _write_problems(problems: Sequence[Problem], look: Look) -> None:
    if look.json:
        from aval.render.json import as_bytes, problems_document

        write(sys.stderr, as_bytes(problems_document(problems)))
        return
    from aval.render.problems import print_problems
    from aval.render.text import console_for

    plain = look.plain or not writes_signs(sys.stderr)
    console = console_for(sys.stderr, plain=plain)
    with console.capture() as drawn:
        print_problems(problems, console, plain=plain)
    write(sys.stderr, drawn.get())


def write(stream: TextIO, text: str | bytes) -> None:
    """Write all at once. A reader of the answer that has gone, as `head` goes, is no error."""
    try:
        if isinstance(text, bytes):
            stream.buffer.write(text)
        else:
            stream.write(text)
        stream.flush()
    except BrokenPipeError:
        if stream is sys.stderr:
            raise
        hush(stream)
        raise Ended(0) from None


def writes_signs(stream: TextIO) -> bool:
    """Whether a stream can write more than ASCII; if it cannot, letters that it lacks are written as escapes instead of failing."""
    if (stream.encoding or "").lower().replace("-", "") == "utf8":
        return True
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return False
