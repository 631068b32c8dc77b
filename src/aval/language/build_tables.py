"""Make `tables.json`, the parse tables that the language runs on, from the grammar `aval.lark`.

    python -m aval.language.build_tables [--check]

Building them takes lark a quarter of a second, too long for every start; reading them takes a few milliseconds. This is the only file that
knows lark, and the only one that looks behind lark's public face: tables have no public form, so they are read from the parser that lark
has built (`parser.parser._parse_table`). A change inside lark can break this file, never a running Aval: what is shipped are the tables.
Strict mode makes any shift/reduce conflict an error; reduce/reduce conflicts always are one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import NonTerminal, Rule, Terminal
from lark.lexer import Lexer, PatternStr, Token

HERE = Path(__file__).parent
GRAMMAR = HERE / "aval.lark"
TABLES = HERE / "tables.json"
STARTS = ["declaration", "clause", "test_block", "test_line", "suppose_block", "suppose_line"]


class _NoLexer(Lexer):
    """Stands in for a lexer: the tables need none, and lark then asks for no further package in strict mode."""

    def __init__(self, configuration: object) -> None:
        del configuration

    def lex(self, lexer_state: object, parser_state: object = None) -> Iterator[Token]:
        """Give no tokens."""
        del lexer_state, parser_state
        return iter(())


def build() -> str:
    """Give the tables as JSON text, the same for the same grammar. Raises lark's `GrammarError` where the grammar has a conflict."""
    lark = Lark(GRAMMAR.read_text("utf-8"), start=STARTS, parser="lalr", lexer=_NoLexer, strict=True, maybe_placeholders=False)
    table = lark.parser.parser._parse_table  # noqa: SLF001 (see above)
    rules = sorted(lark.rules, key=_rule_key)
    number = {rule: index for index, rule in enumerate(rules)}
    order = _breadth_first(table)
    terminals = sorted(lark.terminals, key=lambda terminal: terminal.name)
    data = {
        "words": {t.pattern.value: t.name for t in terminals if isinstance(t.pattern, PatternStr)},
        "patterns": {t.name: t.pattern.value for t in terminals if not isinstance(t.pattern, PatternStr)},
        "rules": [_rule_row(rule) for rule in rules],
        "starts": {name: order[table.start_states[name]] for name in STARTS},
        "ends": {name: order[table.end_states[name]] for name in STARTS},
        "states": [_state_row(table.states[state], order, number) for state in order],
    }
    return json.dumps(data, separators=(",", ":"), ensure_ascii=True) + "\n"


def _rule_key(rule: Rule) -> tuple[str, ...]:
    return (rule.origin.name, rule.alias or "", *(symbol.name for symbol in rule.expansion))


def _rule_row(rule: Rule) -> list[Any]:
    """Give a rule as `tables.Rule` has it: origin, length, kind, name of its action, the children it keeps."""
    keep = [index for index, symbol in enumerate(rule.expansion) if not (isinstance(symbol, Terminal) and symbol.filter_out)]
    inline = rule.origin.name.startswith("_")
    passes = rule.options.expand1 and rule.alias is None and len(keep) == 1
    lists = any(isinstance(symbol, NonTerminal) and symbol.name.startswith("_") for symbol in rule.expansion)
    kind = "list" if inline else "pass" if passes else "spread" if lists else "call"
    return [rule.origin.name, len(rule.expansion), kind, rule.alias or rule.origin.name, keep]


def _breadth_first(table: Any) -> dict[int, int]:  # noqa: ANN401 (lark's own type is not public)
    """Number the states by the way one first comes to them, since lark's numbers follow no order."""
    order: dict[int, int] = {}
    queue = [table.start_states[name] for name in STARTS]
    for state in queue:
        if state not in order:
            order[state] = len(order)
            queue.extend(target for _, (action, target) in sorted(table.states[state].items()) if action.name == "Shift")
    return order


def _state_row(actions: dict[str, Any], order: dict[int, int], number: dict[Rule, int]) -> dict[str, int]:
    """Give one state: symbol to next state (from 0), or to the rule to reduce by (from -1 down)."""
    return {
        symbol: order[target] if action.name == "Shift" else -1 - number[target] for symbol, (action, target) in sorted(actions.items())
    }


def main(arguments: list[str]) -> int:
    """Write the tables, or with `--check` say whether they are up to date."""
    text = build()
    if "--check" in arguments:
        return 0 if TABLES.exists() and TABLES.read_text("utf-8") == text else 1
    TABLES.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
