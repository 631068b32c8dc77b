"""`aval demo`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from aval.cli.options import Asked, Look, with_look, with_view

HELP = """The board of the case that comes with Aval: the Paris framework of security guarantees for Ukraine.

It shows what was known on the last day that the case covers, unless --known says otherwise.

\b
Examples:
  aval demo
  aval demo --known 2025-09-05
"""


@click.command(help=HELP, short_help="The board of the case that comes with Aval.")
@with_view()
@with_look
def demo(asked: Asked, look: Look) -> None:
    """Show the shipped case."""
    from aval.cli.show import answer
    from aval.workspace.demo import demo_path

    path = _near(demo_path())
    answer(path, path, lambda opened: opened.status(**replace(asked, known=asked.known or opened.last_said).view()), look, asked.viewer)


def _near(path: Path) -> str:
    """Write a path as short as it can be typed here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
