"""What each rule of the grammar makes: the one place between the parser and `syntax`.

Every action takes the page, the values of the rule that carry meaning, and the offsets of the rule's text.
"""

from __future__ import annotations

from aval.language.lalr import Action
from aval.language.nodes import clauses, declarations, expressions, scenarios
from aval.language.page import Page

ACTIONS: dict[str, Action[Page]] = {**declarations.ACTIONS, **clauses.ACTIONS, **expressions.ACTIONS, **scenarios.ACTIONS}
"""What each rule makes, by its name in the grammar."""
