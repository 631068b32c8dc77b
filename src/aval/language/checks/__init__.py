"""The checks of a case: one visible tuple, in the order of their work. Each looks at the whole case and knows nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aval.language.case import Case
from aval.language.checks import (
    arguments,
    circular,
    clause_fits,
    contribution,
    correlation,
    dates,
    duplicate_name,
    duplicate_reading,
    files,
    group_size,
    idle_start,
    kind,
    membership,
    missing,
    repeated,
    scenarios,
    sources,
    stands,
    suppositions,
    units,
    unknown_name,
    unknown_party,
    unknown_reading,
    variables,
    word,
)
from aval.language.problems import Finding

Check = Callable[[Case], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    duplicate_name.check,
    duplicate_reading.check,
    clause_fits.check,
    missing.check,
    repeated.check,
    group_size.check,
    idle_start.check,
    unknown_name.check,
    unknown_party.check,
    unknown_reading.check,
    variables.check,
    kind.check,
    arguments.check,
    membership.check,
    contribution.check,
    circular.check,
    sources.check,
    dates.check,
    stands.check,
    units.check,
    correlation.check,
    files.check,
    word.check,
)

CODES = (
    duplicate_name.CODE,
    duplicate_reading.CODE,
    clause_fits.CODE,
    missing.CODE,
    repeated.CODE,
    group_size.CODE,
    idle_start.CODE,
    unknown_name.CODE,
    unknown_party.CODE,
    unknown_reading.CODE,
    variables.CODE,
    kind.CODE,
    arguments.CODE,
    membership.CODE,
    contribution.CODE,
    circular.CODE,
    sources.CODE,
    dates.CODE,
    stands.CODE,
    units.CODE,
    correlation.CODE,
    files.CODE,
    scenarios.CODE,
    *suppositions.CODES,
    word.CODE,
)
