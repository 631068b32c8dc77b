"""The leaves of the tree: one for each entry of a ledger, in their order.

A leaf is the line `aval.entry/1`, a line feed, and the RFC 8785 form of the entry's columns without its body, which is in it by its id.
`recorded` is written as text, since it may need more than the 53 bits that a number in JSON has.
"""

from __future__ import annotations

from json.encoder import encode_basestring

from aval.evidence.ledger.entry import Entry
from aval.evidence.proof.merkle import Hash, leaf_hash

DOMAIN = b"aval.entry/1\n"
ORIGIN = "aval.ledger/"


def leaf_of(entry: Entry) -> bytes:
    """Give the line of an entry, as it stands in a bundle: fields in the order of the RFC."""
    withdraws = f',"withdraws":"{entry.withdraws}"' if entry.withdraws else ""
    return (
        f'{{"batch":{entry.batch},"id":"{entry.id}","kind":"{entry.kind.value}","name":{encode_basestring(entry.name)},'
        f'"path":{encode_basestring(entry.path)},"recorded":"{entry.recorded}","seq":{entry.seq}{withdraws}}}'
    ).encode()


def hash_of(line: bytes) -> Hash:
    """Hash the line of an entry as a leaf."""
    return leaf_hash(DOMAIN + line)


def origin_of(first: Hash) -> str:
    """Give the name of a ledger: the hash of its first leaf. Every copy of it has that name, and no other ledger."""
    return ORIGIN + first.hex()
