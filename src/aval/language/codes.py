"""Every code of this stage, each with the text of its page."""

from __future__ import annotations

from aval.language import checks, documents, mistakes
from aval.model.problem import Code

CODES: tuple[Code, ...] = tuple(sorted((*mistakes.CODES, documents.CODE, *checks.CODES), key=lambda code: code.code))
"""In the order of their numbers."""
