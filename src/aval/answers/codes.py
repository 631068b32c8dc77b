"""The weaknesses of drafts (AV7xx)."""

from __future__ import annotations

from aval.answers.drafting import checks

CODES = checks.CODES
"""In the order of their numbers."""
