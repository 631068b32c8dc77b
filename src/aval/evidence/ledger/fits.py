"""Whether what a ledger holds fits its own agreements. Nothing else is ever recorded, but a ledger may come from anybody."""

from __future__ import annotations

import numpy as np

from aval.evidence.claim import Frame
from aval.evidence.codes import stores as codes
from aval.evidence.ledger.contract import Place, refused
from aval.model.claims import Claims
from aval.model.instant import read_civil


def check_fit(claims: Claims, frame: Frame, place: Place) -> None:
    """Look at each distinct term, voice, source and date once. Raises `Fault` for the first that does not fit."""
    message = _misfit(claims, frame)
    if message:
        raise refused(place, codes.MISFIT, message, "Take the ledger from a backup.")


def _misfit(claims: Claims, frame: Frame) -> str:
    book = claims.book
    kinds = len(book.says.values)
    for pair in np.unique(book.term.codes * kinds + book.says.codes).tolist():
        says, term = book.says.values[pair % kinds], book.term.values[pair // kinds]
        for complaint in frame.vocabulary.complaints(says, term):
            return complaint.message
    for voice in book.voice.values:
        if voice.speaks_for and voice.speaks_for not in frame.vocabulary.speakers:
            return f"No agreement declares who speaks for {voice.speaks_for[:80]}."
    for source in book.source.values:
        if source not in frame.sources:
            return f"There is no source {source[:80]}."
    dates = [*book.said.values, *(text for when in book.when.values if when for text in (when.first, when.last) if text)]
    return "" if all(read_civil(text, frame.zone) for text in dates) else "A date is none."
