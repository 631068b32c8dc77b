"""`aval`: the commands, and what becomes of every way in which one can end."""

from __future__ import annotations

import click

from aval.cli.backup import backup
from aval.cli.blame import blame
from aval.cli.calendar import calendar
from aval.cli.changed import changed
from aval.cli.check import check
from aval.cli.checkpoint import checkpoint
from aval.cli.compare import compare
from aval.cli.completion import completion
from aval.cli.demo import demo
from aval.cli.diverge import diverge
from aval.cli.draft import draft
from aval.cli.explain import explain
from aval.cli.export import export
from aval.cli.format import layout
from aval.cli.group import Commands
from aval.cli.importing import import_
from aval.cli.key import key
from aval.cli.log import log
from aval.cli.move import move
from aval.cli.new import new
from aval.cli.owed import owed
from aval.cli.record import record
from aval.cli.redact import redact
from aval.cli.restore import restore
from aval.cli.say import say
from aval.cli.schema import schema
from aval.cli.sign import sign
from aval.cli.source import source
from aval.cli.status import status
from aval.cli.suppose import suppose
from aval.cli.test import test
from aval.cli.unlock import unlock
from aval.cli.upgrade import upgrade
from aval.cli.verify import verify
from aval.cli.why import why
from aval.cli.witness import witness
from aval.model.release import __version__

HELP = """Plain-text commitments: what is in force, what is owed, why, and what it would take.

CASE is a folder with an aval.toml; inside one it may be left out.

\b
Examples:
  aval demo
  aval status cases/paris --known 2026-01-07
  aval why cases/paris "in_force(FRA)"
  aval unlock cases/paris "in_force(FRA)"
  aval owed cases/paris --reading backstop=with_backstop
  aval changed cases/paris --from 2025-09-05 --to 2026-01-07
  aval diverge cases/paris
  aval suppose cases/paris --that "ceasefire_begins on 2027-03-01"
  aval new berlin
  aval check pact.md
"""

EPILOG = """\b
Exit codes:
  0 answered, 1 a judgement was negative, 2 wrong usage, 3 wrong input,
  4 the store failed, 70 a mistake of ours, 130 interrupted
"""


@click.group(cls=Commands, help=HELP, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="aval %(version)s")
def main() -> None:
    """Gather the commands."""


for command in (
    *(status, why, unlock, owed, changed, diverge, suppose, compare, calendar, demo, say, record, import_, log, blame, export),
    *(draft, source, redact),
    *(key, sign, checkpoint, witness, verify),
    *(backup, restore, move, upgrade),
    *(new, check, explain, layout, test, schema, completion),
):
    main.add_command(command)
