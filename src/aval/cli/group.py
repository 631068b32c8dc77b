"""The group of all commands: mistyped names get a suggestion, and every end gets its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

import click

from aval.cli.ends import Ended, hush, lend_streams, tell

USAGE, INPUT, STORE, BUG, INTERRUPTED = 2, 3, 4, 70, 130


class Commands(click.Group):
    """Commands whose every end is one of the documented exit codes, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which one meets them."""
        del ctx
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; suggest the likeliest for a mistyped one."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            close = get_close_matches(name.lower(), self.commands, n=1)
            hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(self.commands)}."
            raise click.UsageError(f"There is no command {name!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # click's own is overloaded on standalone_mode, which is always on here
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: object
    ) -> NoReturn:
        """Run a command and end the process with its code."""
        del extra  # what click offers besides is for programs that call it; we are always the program
        closed = lend_streams()
        try:
            code = super().main(args=args, prog_name=prog_name or "aval", standalone_mode=False)
        except click.ClickException as error:
            tell(error.show)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except Ended as end:
            sys.exit(end.code or (STORE if closed else 0))
        except SystemExit:  # so click ends where the reader of a page of help has gone
            hush(sys.stdout)
            sys.exit(0)
        except OSError as error:
            sys.exit(_regret(error))
        except Exception as error:  # noqa: BLE001  whatever is left is our mistake, and a user is not to read a traceback
            sys.exit(_apologise(error))
        sys.exit(STORE if closed else code if isinstance(code, int) else 0)


def _regret(error: OSError) -> int:
    """Say that the machine failed: a full disk, a folder that has gone."""
    hush(sys.stdout)
    if os.environ.get("AVAL_DEBUG") == "1":
        raise error
    from aval.render.safe import safe

    tell(lambda: click.echo(f"The machine failed: {safe(str(error), 300)}", err=True))
    return STORE


def _apologise(error: Exception) -> int:
    if os.environ.get("AVAL_DEBUG") == "1":
        raise error
    from aval.render.safe import safe

    what = f"{type(error).__name__}: {safe(str(error), 300)}"
    tell(lambda: click.echo(f"Sorry, this is a mistake of ours: {what}\nPlease report it. AVAL_DEBUG=1 shows the details.", err=True))
    return BUG
