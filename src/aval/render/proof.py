"""What proofs say, as text and as JSON: keys, signatures, what a bundle proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from textwrap import wrap
from typing import Any

from aval.answers.proof import KeyLine, Keys, Signing, Verified
from aval.render.safe import safe

Proof = Keys | Signing | Verified
SCHEMAS: Mapping[type, str] = {Keys: "aval.keys/1", Signing: "aval.sign/1", Verified: "aval.verify/1"}
WIDTH = 80
_TOLD = 50
"""how many signed statements are listed"""
_KINDS = {"statement": "statement", "agreement": "version of an agreement", "key": "act about a key", "signature": "signature"}


def proof_document(answer: Proof) -> dict[str, Any]:
    """Give an answer as plain values, the schema first."""
    return {"schema": SCHEMAS[type(answer)], **_rest(answer)}


def _rest(thing: Proof) -> dict[str, Any]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever JSON has
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, Sequence) else _rest(value)


def proof_text(answer: Proof, *, plain: bool = False) -> str:
    """Write an answer for people."""
    match answer:
        case Keys():
            lines = _keys(answer, plain=plain)
        case Signing():
            lines = _signing(answer)
        case Verified():
            lines = _verified(answer, plain=plain)
    return "".join(f"{line}\n" for line in lines)


def _keys(answer: Keys, *, plain: bool) -> Iterator[str]:
    yield safe(answer.title)
    yield from _said(f"The signing keys of {safe(answer.ledger)}.")
    if not answer.keys:
        yield ""
        yield from _said("There are none. Whoever enrols the first one keeps the ledger: aval key add CASE --key FILE")
    for key in answer.keys:
        yield ""
        yield from _key(key, answer.keeper, plain=plain)


def _key(key: KeyLine, keeper: str, *, plain: bool) -> Iterator[str]:
    mark = ("- " if plain else "• ") if key.until is None else "  "
    keeps = ", who keeps the ledger" if key.organisation == keeper else ""
    yield f"{mark}{safe(key.organisation)}{keeps}"
    yield f"  {safe(key.public)}"
    yield from _said(f"enrolled by entry {key.entry}, {_second(key.since)}; {_vouched(key)}", "  ")
    if key.until is not None:
        how = "replaced by another key" if key.ended_by == "rotate" else "revoked"
        since = f"; nothing that it signed since {_second(key.mistrusted)} counts" if key.mistrusted else ""
        yield from _said(f"{how} {_second(key.until)}{since}", "  ")


def _vouched(key: KeyLine) -> str:
    return f"vouched for by {safe(key.vouched_by.split('+')[1])}" if key.vouched_by else "nobody vouched for it"


def _signing(answer: Signing) -> Iterator[str]:
    yield safe(answer.title)
    number = len(answer.statements)
    what = f"{number} statement{'' if number == 1 else 's'}"
    where = "" if answer.recorded else " Nothing is recorded yet: the keeper of the ledger takes the file in."
    yield from _said(f"Signed by {safe(answer.organisation)}: {what}.{where}")
    yield ""
    for one in answer.statements[:_TOLD]:
        yield from _said(f"{safe(one.label)}: {safe(one.summary)}, said {safe(one.said)}", "", "  ")
    if number > _TOLD:
        yield f"and {number - _TOLD} more"


def _verified(answer: Verified, *, plain: bool) -> Iterator[str]:
    yield f"{'OK' if plain else '✓'} This bundle proves what it says."
    yield ""
    yield from _said(f"ledger   {safe(answer.ledger)}", "", "         ")
    yield f"entries  {answer.entries}, from {_second(answer.first)} to {_second(answer.last)}"
    yield from _said(f"         {', '.join(_counts(answer.counts))}", "", "         ")
    yield f"root     {answer.root}"
    yield f"keeper   {safe(answer.keeper)}{_known(answer, trusted=answer.keeper_trusted)}"
    yield from _said(f"         {_checkpoints(answer)}", "", "         ")
    for size, at in answer.stamped.items():
        yield f"stamped  the first {safe(size)} entries, not later than {_second(at)}"
    yield ""
    yield from _cosigned(answer)
    yield from _signed(answer)
    yield from _caveats(answer)


def _counts(counts: Mapping[str, int]) -> Iterator[str]:
    for kind, words in _KINDS.items():
        number = counts.get(kind, 0)
        one, _, rest = words.partition(" ")
        yield f"{number} {one}{'' if number == 1 else 's'}{f' {rest}' if rest else ''}"


def _checkpoints(answer: Verified) -> str:
    number = len(answer.checkpoints)
    grew = "one checkpoint" if number == 1 else f"{number} checkpoints, each grown out of the one before"
    compared = "" if answer.compared is None else f", and out of the one of {answer.compared} entries that you saw"
    return grew + compared


def _cosigned(answer: Verified) -> Iterator[str]:
    number = len(answer.organisations)
    named = f": {', '.join(map(safe, answer.organisations))}" if number else ""
    known = " that you know" if answer.pinned else ""
    yield from _said(f"Cosigned by {number} organisation{'' if number == 1 else 's'}{known}{named}.")
    for one in answer.cosigned:
        yield f"  {safe(one.organisation)}, at {safe(one.at)} by its own clock{_known(answer, trusted=one.trusted)}"
    if answer.unknown:
        yield f"  and {answer.unknown} line{'' if answer.unknown == 1 else 's'} by keys that do not count here"


def _signed(answer: Verified) -> Iterator[str]:
    for one in answer.signers:
        what = f"{one.statements} statement{'' if one.statements == 1 else 's'}"
        yield from _said(f"{safe(one.organisation)} has signed {what}, {one.own} of its own{_known(answer, trusted=one.trusted)}.")
    if answer.votes:
        yield f"Of {answer.votes} signed vote{'' if answer.votes == 1 else 's'}, {answer.own_votes} by the member itself."


def _caveats(answer: Verified) -> Iterator[str]:
    yield ""
    if answer.unstamped:
        yield from _said("There are time stamps, which were not looked at: name the certificate of an authority that you trust with --ca.")
    if not answer.pinned:
        yield from _said(
            "No key was compared with one that you know: anybody can make keys and call them so. Name those you know with --trust."
        )
    yield from _said("It shows what was recorded, in which order, and who signed it; not that it is true.")


def _known(answer: Verified, *, trusted: bool) -> str:
    if not answer.pinned:
        return ""
    return " (you know its key)" if trusted else " (you do not know its key)"


def _second(instant: str | None) -> str:
    return safe((instant or "").partition(".")[0].replace("T", " "))


def _said(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    yield from wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )
