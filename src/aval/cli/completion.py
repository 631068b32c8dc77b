"""`aval completion`."""

from __future__ import annotations

import sys

import click

HELP = """The script that lets a shell complete commands and options of Aval.

\b
Examples:
  eval "$(aval completion bash)"      # in ~/.bashrc
  eval "$(aval completion zsh)"       # in ~/.zshrc
  aval completion fish > ~/.config/fish/completions/aval.fish
"""


@click.command(help=HELP, short_help="Let a shell complete commands and options.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script."""
    from click.shell_completion import get_completion_class

    from aval.cli.show import write

    made = get_completion_class(shell)
    if made is None or context.parent is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    script = made(context.parent.command, {}, "aval", "_AVAL_COMPLETE")
    write(sys.stdout, f"{script.source_template % script.source_vars()}\n")
