"""Which key counted for which organisation at which entry, and who signed what: one fold over the acts of a ledger (decision 26).

The first organisation that enrols a key keeps the ledger: its keys sign checkpoints, and it never counts as a cosigner. Every key is
enrolled once, by one organisation, for ever. What was signed by a key counts from the entry that enrols it to the one that ends it; a
revocation that says since when the key was in other hands takes what was recorded since out again, and the keys that it vouched for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from aval.evidence.proof.acts import KEY_SCHEMA, ActError, Deed, Envelope, KeyAct, Signed, act_id
from aval.evidence.proof.keys import holds, is_sound
from aval.model.instant import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A key of an organisation: enrolled by an entry, ended by a later one, and mistrusted from a recorded instant on."""

    organisation: str
    key: str
    enrolled: int
    enrolled_at: Instant
    vouched_by: str
    """the key that vouched for it; empty where it vouches for itself only, as the first one of an organisation does"""
    ended: int | None = None
    ended_at: Instant | None = None
    ended_by: str = ""
    """rotate or revoke"""
    mistrusted: Instant | None = None

    def counts(self, seq: int, recorded: Instant) -> bool:
        """Whether what it signed counts in an entry."""
        return self.enrolled <= seq and (self.ended is None or seq < self.ended) and (self.mistrusted is None or recorded < self.mistrusted)


@dataclass(slots=True)
class History:
    """The keys of a ledger, in the order of their enrolment, and what it takes to let in a further act."""

    ledger: str
    keys: dict[str, Held] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    """the id of the last act of each organisation"""

    @property
    def keeper(self) -> str:
        """The organisation that keeps the ledger; empty while there is none."""
        return next((held.organisation for held in self.keys.values()), "")

    def live(self, organisation: str) -> list[Held]:
        """Give the keys of an organisation that count now."""
        return [held for held in self.keys.values() if held.organisation == organisation and held.ended is None]

    def admit(self, act: KeyAct, signatures: Signed, seq: int, recorded: Instant) -> None:
        """Take an act in. Raises `ActError` where it may not be done; then nothing has changed."""
        if act.ledger != self.ledger:
            raise ActError("it is of another ledger")
        if act.previous != self.last.get(act.organisation, ""):
            raise ActError(f"it does not follow the last act of {act.organisation}")
        message = act.message()
        if not all(holds(bytes.fromhex(key), bytes.fromhex(one), message) for key, one in signatures.items()):
            raise ActError("a signature does not hold")
        match act.deed:
            case Deed.ADD:
                self._add(act, signatures, seq, recorded)
            case Deed.ROTATE:
                self._rotate(act, signatures, seq, recorded)
            case Deed.REVOKE:
                self._revoke(act, signatures, seq, recorded)
        self.last[act.organisation] = act_id(KEY_SCHEMA, act.body(signatures))

    def _add(self, act: KeyAct, signatures: Signed, seq: int, recorded: Instant) -> None:
        if act.replaces or act.since:
            raise ActError("it has a field that it cannot have")
        live = {held.key for held in self.live(act.organisation)}
        voucher = self._enrols(act, signatures, live)
        if live and not voucher:
            raise ActError(f"no key of {act.organisation} that counts vouches for it")
        self._keep(act, seq, recorded, voucher)

    def _rotate(self, act: KeyAct, signatures: Signed, seq: int, recorded: Instant) -> None:
        old = self.keys.get(act.replaces)
        if old is None or old.organisation != act.organisation or old.ended is not None or act.since:
            raise ActError(f"what it replaces is no key of {act.organisation} that counts")
        if not self._enrols(act, signatures, {old.key}):
            raise ActError("the key that it replaces has not signed it")
        self.keys[old.key] = replace(old, ended=seq, ended_at=recorded, ended_by=Deed.ROTATE.value)
        self._keep(act, seq, recorded, old.key)

    def _revoke(self, act: KeyAct, signatures: Signed, seq: int, recorded: Instant) -> None:
        held = self.keys.get(act.key)
        if held is None or held.organisation != act.organisation or held.ended_by == Deed.REVOKE.value or act.replaces:
            raise ActError(f"it is no key of {act.organisation} that can be revoked")
        may = {one.key for name in (act.organisation, self.keeper) for one in self.live(name)}
        if not set(signatures) <= may:
            raise ActError(f"neither a key of {act.organisation} that counts nor the keeper of the ledger has signed it")
        since = int(act.since) if act.since else None
        if since is not None and not held.enrolled_at <= since <= recorded:
            raise ActError("it says since before the key was enrolled, or later than now")
        self._end(held, seq, recorded, since)

    def _end(self, held: Held, seq: int, recorded: Instant, since: Instant | None) -> None:
        """End a key; where it was in other hands, also the keys that it has vouched for since, which those hands may have."""
        ended = (seq, recorded) if held.ended is None or held.ended_at is None else (held.ended, held.ended_at)
        self.keys[held.key] = replace(held, ended=ended[0], ended_at=ended[1], ended_by=Deed.REVOKE.value, mistrusted=since)
        if since is None:
            return
        for other in list(self.keys.values()):
            if other.vouched_by == held.key and other.enrolled_at >= since and other.mistrusted is None:
                self._end(other, seq, recorded, other.enrolled_at)

    def _enrols(self, act: KeyAct, signatures: Signed, vouchers: set[str]) -> str:
        """Check the possession and the soundness of a new key; give the voucher that signed too, if one did. Nobody else may have."""
        if act.key in self.keys:
            raise ActError("this key was enrolled before")
        if not is_sound(bytes.fromhex(act.key)):
            raise ActError("it is a weak key")
        if act.key not in signatures:
            raise ActError("its owner has not shown that they have it")
        others = set(signatures) - {act.key}
        if not others <= vouchers:
            raise ActError(f"it is signed by a key that is none of {act.organisation}'s, or counts no more")
        return min(others, default="")

    def _keep(self, act: KeyAct, seq: int, recorded: Instant, voucher: str) -> None:
        held = Held(organisation=act.organisation, key=act.key, enrolled=seq, enrolled_at=recorded, vouched_by=voucher)
        self.keys[act.key] = held

    def check(self, envelope: Envelope, seq: int, recorded: Instant) -> None:
        """Check a signature under statements as it comes in. Raises `ActError`."""
        held = self.keys.get(envelope.key)
        if held is not None and not (held.ended is None and held.counts(seq, recorded)):
            raise ActError(f"its key is none of {envelope.organisation}'s that counts")
        self.was_sound(envelope, seq)

    def was_sound(self, envelope: Envelope, seq: int) -> None:
        """Check that a signature could come in by an entry, whatever was said of its key later. Raises `ActError`."""
        held = self.keys.get(envelope.key)
        if envelope.ledger != self.ledger:
            raise ActError("it is of another ledger")
        if (
            held is None
            or held.organisation != envelope.organisation
            or not (held.enrolled <= seq and (held.ended is None or seq < held.ended))
        ):
            raise ActError(f"its key is none of {envelope.organisation}'s that counts")
        if not envelope.is_true():
            raise ActError("the signature does not hold")

    def keepers(self, size: int) -> list[Held]:
        """Give the keys that could sign a checkpoint of that size for the ledger."""
        return [held for held in self._at(size) if held.organisation == self.keeper]

    def cosigners(self, size: int) -> list[Held]:
        """Give the keys whose cosignature counts at a checkpoint of that size."""
        return [held for held in self._at(size) if held.organisation != self.keeper]

    def _at(self, size: int) -> Iterator[Held]:
        """Yield the keys that counted then, but for those that were in other hands: only its signer says when a checkpoint was signed."""
        for held in self.keys.values():
            if held.enrolled <= size and (held.ended is None or held.ended > size) and held.mistrusted is None:
                yield held


def linked(keys: Mapping[str, Held], pinned: Iterable[str]) -> set[str]:
    """Give the keys that vouch for pinned ones, or that they vouch for, in any number of steps: an act signs what was before it."""
    found, before = set(pinned), -1
    while len(found) > before:
        before = len(found)
        for held in keys.values():
            if held.vouched_by and (held.key in found or held.vouched_by in found):
                found |= {held.key, held.vouched_by}
    return found


def quorum(signed: Iterable[str], keys: Mapping[str, Held]) -> set[str]:
    """Give the organisations that stand behind keys: each counts once, with however many keys it signed (TRUST 0.3)."""
    return {keys[key].organisation for key in set(signed) if key in keys}
