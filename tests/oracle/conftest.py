"""Say at the end of a run which pairs of constructs the oracle was asked about."""

from __future__ import annotations

import pytest

COVERAGE: list[str] = []
"""Lines for the end of the run."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print them."""
    for line in COVERAGE:
        terminalreporter.write_line(f"oracle: {line}")
