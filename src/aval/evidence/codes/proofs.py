"""AV430 onwards: signing keys, checkpoints, witnesses, bundles."""

from __future__ import annotations

from aval.model.problem import Code

NOT_A_NOTE = Code(
    code="AV430",
    title="This is no checkpoint, key or proof",
    what="A file that is read as a checkpoint, as what a witness is asked, or as a public key has exactly that form (C2SP).",
    why="What is read in two ways can be signed in one and shown in the other.",
    bad="a checkpoint with a line that a mail program has broken",
    good="the file as it was made, sent as an attachment",
)
KEY_FILE = Code(
    code="AV431",
    title="This is no signing key",
    what="A file that is named with `--key` is one that `aval key new` made, whole.",
    why="A key that was cut or edited signs nothing that anybody accepts.",
    bad="aval sign cases/paris --key FRA.key.pub --own",
    good="aval sign cases/paris --key FRA.key --own",
)
EXPOSED = Code(
    code="AV432",
    title="The signing key lies where others can read it",
    what="Only its owner may read the file of a signing key, and it lies in no case: a case is handed on.",
    why="Whoever has the key signs in your name.",
    bad="chmod 644 FRA.key",
    good="chmod 600 FRA.key",
)
WEAK_KEY = Code(
    code="AV433",
    title="This key is weak",
    what="A public key is the canonical encoding of a point of the group of prime order that Ed25519 uses.",
    why="With a weak key one signature fits many messages, so that it proves nothing; no ordinary program makes one.",
    bad="a key of 32 zero bytes",
    good="a key that `aval key new` made",
)
NOT_ADMITTED = Code(
    code="AV434",
    title="The ledger does not take this act about a key",
    what="A key is enrolled once, with a signature by itself; where the organisation has keys that count, one of them signs too. Only a "
    "key that counts is replaced or revoked, by the organisation or by the keeper of the ledger.",
    why="Otherwise whoever holds the ledger could speak for everybody in it.",
    bad="aval key add cases/paris --key stolen-name.key, for an organisation that has keys",
    good="aval key add cases/paris --key second.key --with first.key",
)
NO_CHECKPOINT = Code(
    code="AV435",
    title="No checkpoint covers what is recorded",
    what="What is exported or cosigned is covered by a checkpoint that the keeper of the ledger has signed.",
    why="Without one nobody has committed to anything, and the next export could say otherwise.",
    bad="aval export cases/paris --output bundle, right after an import",
    good="aval checkpoint cases/paris --key keeper.key, and then the export",
)
INCONSISTENT = Code(
    code="AV436",
    title="This history does not grow out of the one that was seen before",
    what="A later checkpoint of a ledger begins with all that an earlier one had.",
    why="Somebody took something back that others had been shown, or shows different people different histories. Keep both "
    "checkpoints: together they prove it.",
    bad="a ledger that was restored from an old backup and written on",
    good="the ledger as the last checkpoint has it, with new entries behind",
)
NOT_THEIRS = Code(
    code="AV437",
    title="The checkpoint is not signed by the keeper of this ledger",
    what="A checkpoint carries the signature of a key that the one who reads it knows as the keeper's.",
    why="Anybody can write a checkpoint.",
    bad="aval witness bundle --key GBR.key, for a ledger that the witness has never seen",
    good="the same with --accept and the keeper's public key, after asking them for it by another way",
)
NOT_A_BUNDLE = Code(
    code="AV438",
    title="This is no bundle",
    what="A bundle is a folder that `aval export --output` wrote, of a version that this Aval knows, with its files and no others.",
    why="What is not part of a bundle is covered by no signature in it.",
    bad="aval verify cases/paris",
    good="aval verify bundle",
)
NOT_SOUND = Code(
    code="AV439",
    title="The bundle does not prove what it says",
    what="Every byte of a bundle is held against the checkpoint that the keeper of the ledger signed, and against its cosignatures.",
    why="It was changed, cut or put together from parts, or the ledger that it was made from was.",
    bad="a bundle in which somebody edited a statement",
    good="the bundle as it was exported",
)
NOT_SIGNED = Code(
    code="AV440",
    title="This signature cannot be recorded",
    what="A signature is by a key that counts now, under statements that the ledger holds, and it holds itself.",
    why="A signature that nobody can check is worse than none.",
    bad="aval sign cases/paris --key revoked.key --own",
    good="aval sign cases/paris --key current.key --own",
)
STATE = Code(
    code="AV441",
    title="What the witness remembers cannot be used",
    what="A witness reads what it remembers of a ledger, and writes it durably, before it cosigns.",
    why="A witness that forgets can be made to cosign two histories. Where its memory is lost for good, its key has to be retired.",
    bad="a file of the witness that was edited",
    good="the folder of the witness, from a backup made after its last cosignature",
)
TOO_FEW = Code(
    code="AV442",
    title="Too few organisations have cosigned",
    what="As many organisations as `--quorum` says have cosigned the checkpoint, the keeper of the ledger not counted.",
    why="Each organisation counts once, with however many keys it signs: it takes several that do not trust each other.",
    bad="two cosignatures by two keys of one organisation, and --quorum 2",
    good="cosignatures by keys of two organisations",
)
NOT_STAMPED = Code(
    code="AV443",
    title="The time stamp does not hold",
    what="A time stamp (RFC 3161) is of this checkpoint, and signed by an authority that the certificate named with `--ca` vouches for.",
    why="Only then does somebody outside say by when the checkpoint was there.",
    bad="a time stamp of an older checkpoint",
    good="a time stamp for the request that `aval checkpoint --stamp-request` wrote",
)
TAKEN = Code(
    code="AV444",
    title="Something is there already",
    what="Keys, bundles and cosigned checkpoints are written where nothing is.",
    why="A signing key that is written over is lost.",
    bad="aval key new FRA --output FRA.key, twice",
    good="aval key new FRA --output FRA-2027.key",
)
UNWRITTEN = Code(
    code="AV445",
    title="It could not be written",
    what="The system lets Aval write the file, and there is room on the disk.",
    why="What is not on the disk for certain is not acknowledged: no cosignature leaves a witness that could forget it.",
    bad="aval witness bundle --key GBR.key, on a full disk",
    good="the same, after making room",
)

CODES: tuple[Code, ...] = (
    NOT_A_NOTE,
    KEY_FILE,
    EXPOSED,
    WEAK_KEY,
    NOT_ADMITTED,
    NO_CHECKPOINT,
    INCONSISTENT,
    NOT_THEIRS,
    NOT_A_BUNDLE,
    NOT_SOUND,
    NOT_SIGNED,
    STATE,
    TOO_FEW,
    NOT_STAMPED,
    TAKEN,
    UNWRITTEN,
)
