"""The tables that agreements name: found, read, and put beside the declarations that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import MappingProxyType

from aval.evidence.folder import path_fault
from aval.evidence.table import MEMBER, Form, read_table
from aval.evidence.vocabulary import Vocabulary
from aval.model.agreement import Agreements, Declaration, Group, Quantity
from aval.model.case import Text
from aval.model.problem import Problem
from aval.model.table import Table

_NAMED = re.compile(r'\btable\s+"([^"\n]+\.csv)"')


def tables_named(texts: Iterable[Text]) -> list[str]:
    """Give the paths that may be tables of these documents: a few too many where prose speaks of one."""
    found = (match[1] for text in texts for match in _NAMED.finditer(text.content))
    return [path for path in dict.fromkeys(found) if not path_fault(path)]


def with_tables(agreements: Agreements, read: Callable[[str], Text | Problem]) -> tuple[Agreements, tuple[Problem, ...]]:
    """Put the tables beside their declarations. What a wrong table belongs to stays, as a list of which nothing is known."""
    naming = [declared for declared in agreements.declarations.values() if isinstance(declared, Group | Quantity) and declared.table]
    if not naming:
        return agreements, ()
    problems: dict[Problem, None] = {}
    for kind in (Group, Quantity):  # numbers are about the members of groups, so those come first
        vocabulary = Vocabulary(agreements)
        for declared in naming:
            if isinstance(declared, kind):
                table, wrong = _read(declared, vocabulary, agreements, read)
                problems |= dict.fromkeys(wrong)
                agreements = _beside(agreements, declared, table)
    return agreements, tuple(problems)


def _read(
    declared: Group | Quantity, vocabulary: Vocabulary, agreements: Agreements, read: Callable[[str], Text | Problem]
) -> tuple[Table | None, list[Problem]]:
    text = read(declared.table)
    if isinstance(text, Problem):
        return None, [replace(text, span=declared.meta.span)]
    table, problems = read_table(text, _form(declared, vocabulary), agreements.document_of(declared).zone)
    return (replace(table, path=declared.table) if table else None), problems


def _form(declared: Group | Quantity, vocabulary: Vocabulary) -> Form:
    if isinstance(declared, Group):
        return Form(args=(MEMBER,), names=(vocabulary.arguments,), numbers=False)
    names = tuple(vocabulary.possible(param.group) for param in declared.params)
    return Form(args=tuple(param.name for param in declared.params), names=names, numbers=True)


def _beside(agreements: Agreements, declared: Declaration, table: Table | None) -> Agreements:
    if table is not None:
        agreements = replace(agreements, tables=MappingProxyType({**agreements.tables, declared.meta.name: table}))
    if isinstance(declared, Group):
        members = dict.fromkeys(row.args[0] for row in table.rows) if table else {}
        filled = replace(declared, members=tuple(members), others=table is None)
        agreements = replace(agreements, declarations=MappingProxyType({**agreements.declarations, declared.meta.name: filled}))
    return agreements
