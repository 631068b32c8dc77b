"""Running `aval` inside the test's own process, which is a hundred times quicker; and which files it opened on the way."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from aval.cli.main import main
from aval.model.frozen import frozen

_opened: list[set[str]] = []


def _hear(event: str, values: tuple[object, ...]) -> None:
    if _opened and event == "open" and isinstance(values[0], str):
        _opened[-1].add(Path(values[0]).name)


sys.addaudithook(_hear)


@frozen()
class Done:
    """What a command wrote, and its exit code."""

    out: bytes
    err: bytes
    code: object


def run(*arguments: str, **environment: str) -> Done:
    """Run a command."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with patch.multiple(sys, stdout=out, stderr=err, stdin=io.StringIO()), patch.dict(os.environ, environment):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
    return Done(out.buffer.getvalue(), err.buffer.getvalue(), code)


@contextmanager
def listening() -> Iterator[set[str]]:
    """Gather the names of the files that are opened."""
    names: set[str] = set()
    _opened.append(names)
    try:
        yield names
    finally:
        _opened.remove(names)
