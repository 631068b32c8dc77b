"""What a ledger holds, as numbered migrations. The list only ever grows: version n is what the first n of them make.

An *entry* is one thing that the ledger took in, or one act of its keeper.

- `seq` counts from 1 without a gap; `recorded` is the instant of taking in, microseconds UTC, and strictly rises. No user sets either.
- `batch` is the `seq` of the first entry of its transaction. A batch is seen whole or not at all.
- `kind`: a *statement* came in; it is held *again* after it was withdrawn; it has another *name*; its file holds it no more: a *removal*;
  an *agreement*, a *manifest* or a *file* of statements has this version.
- `id` is the SHA-256 that names the content: a statement's content id, or the hash of a text.
- `name` is the label of a statement, or the path of a text in its case; `path` the file that a statement was read from.
- `withdraws` is the content that the keeper withdraws by this entry, from its recorded instant on.
- `body` is the content itself, once: canonical JSON of a statement, UTF-8 of a text. A file of statements has none; its statements do.

From version 2 on there are two more kinds: an act about a signing *key*, and a *signature* of an organisation under statements. Their
`name` is the organisation, their body canonical JSON (`proof/acts.py`). And there is the tree over the entries (`proof/tree.py`):

- a *tile* has 256 hashes of the tree, whole and never changed: on level 0 of leaves, above it of the tiles of the level below;
- a *checkpoint* is a tree of so many entries that the keeper of the ledger has signed, as a C2SP note;
- a *cosignature* is a line that others have put below it, a *stamp* the token (RFC 3161) of somebody who says by when it was there.

A *seal* closes each transaction: `last` is its last entry, `recorded` that entry's instant, and `link` the SHA-256 of the link before it
and of every entry since (`seal.py`). A page that went bad is found by it. It is no proof against somebody who writes a ledger anew; that
takes a checkpoint which others keep.
"""

from __future__ import annotations

APPLICATION_ID = 0x4156414C
"""How SQLite knows a ledger of Aval: the letters AVAL."""

_FIRST = """
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL CHECK (batch BETWEEN 1 AND seq),
  recorded INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('statement', 'again', 'name', 'removal', 'agreement', 'manifest', 'file')),
  id BLOB NOT NULL CHECK (length(id) = 32),
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  withdraws BLOB CHECK (length(withdraws) = 32),
  body BLOB,
  CHECK (kind <> 'statement' OR body IS NOT NULL),
  CHECK (kind IN ('statement', 'agreement', 'manifest') OR body IS NULL),
  CHECK (kind IN ('statement', 'again', 'removal') OR withdraws IS NULL),
  CHECK (kind <> 'removal' OR withdraws = id)
) STRICT;
CREATE UNIQUE INDEX entry_content ON entry (kind, id) WHERE body IS NOT NULL;
CREATE INDEX entry_keeper ON entry (seq) WHERE kind IN ('again', 'name', 'removal') OR withdraws IS NOT NULL;
CREATE INDEX entry_text ON entry (kind, name, seq) WHERE kind IN ('agreement', 'manifest', 'file');
CREATE TABLE seal (
  last INTEGER PRIMARY KEY,
  recorded INTEGER NOT NULL UNIQUE,
  link BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;
CREATE TRIGGER seal_rises BEFORE INSERT ON seal
WHEN NEW.last <= (SELECT coalesce(max(last), 0) FROM seal) OR NEW.last <> (SELECT max(seq) FROM entry)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: a seal closes its last entry'); END;
CREATE TRIGGER seal_stays BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no seal is ever changed'); END;
CREATE TRIGGER seal_lasts BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no seal is ever deleted'); END;
CREATE TRIGGER entry_rises BEFORE INSERT ON entry
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR NEW.recorded <= (SELECT coalesce(max(recorded), NEW.recorded - 1) FROM entry)
  OR (NEW.body IS NOT NULL AND EXISTS (SELECT 1 FROM entry WHERE kind = NEW.kind AND id = NEW.id AND body IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: seq and recorded rise, and a content comes in once'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no entry is ever changed'); END;
CREATE TRIGGER entry_lasts BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no entry is ever deleted'); END;
"""

_TRIGGERS = _FIRST[_FIRST.index("CREATE TRIGGER entry_rises") :]
_INDEXES = _FIRST[_FIRST.index("CREATE UNIQUE INDEX entry_content") : _FIRST.index("CREATE TABLE seal")]
_SECOND = """
DROP TRIGGER entry_rises;
DROP TRIGGER entry_stays;
DROP TRIGGER entry_lasts;
DROP TRIGGER seal_rises;
ALTER TABLE entry RENAME TO entry_first;
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL CHECK (batch BETWEEN 1 AND seq),
  recorded INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('statement', 'again', 'name', 'removal', 'agreement', 'manifest', 'file', 'key', 'signature')),
  id BLOB NOT NULL CHECK (length(id) = 32),
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  withdraws BLOB CHECK (length(withdraws) = 32),
  body BLOB,
  CHECK (kind NOT IN ('statement', 'key', 'signature') OR body IS NOT NULL),
  CHECK (kind IN ('statement', 'agreement', 'manifest', 'key', 'signature') OR body IS NULL),
  CHECK (kind IN ('statement', 'again', 'removal') OR withdraws IS NULL),
  CHECK (kind <> 'removal' OR withdraws = id)
) STRICT;
INSERT INTO entry SELECT seq, batch, recorded, kind, id, name, path, withdraws, body FROM entry_first ORDER BY seq;
DROP TABLE entry_first;
@INDEXES
CREATE INDEX entry_key ON entry (seq) WHERE kind = 'key';
CREATE INDEX entry_signature ON entry (seq) WHERE kind = 'signature';
CREATE TRIGGER seal_rises BEFORE INSERT ON seal
WHEN NEW.last <= (SELECT coalesce(max(last), 0) FROM seal) OR NEW.last <> (SELECT max(seq) FROM entry)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: a seal closes its last entry'); END;
@TRIGGERS
CREATE TABLE tile (
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
  number INTEGER NOT NULL CHECK (number >= 0),
  hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, number)
) STRICT;
CREATE TRIGGER tile_rises BEFORE INSERT ON tile
WHEN NEW.number <> (SELECT coalesce(max(number) + 1, 0) FROM tile WHERE level = NEW.level)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: tiles come in their order'); END;
CREATE TRIGGER tile_stays BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no tile is ever changed'); END;
CREATE TRIGGER tile_lasts BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no tile is ever deleted'); END;
CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  recorded INTEGER NOT NULL,
  note BLOB NOT NULL
) STRICT;
CREATE TRIGGER checkpoint_rises BEFORE INSERT ON checkpoint
WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoint) OR NOT EXISTS (SELECT 1 FROM seal WHERE last = NEW.size)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: a checkpoint stands at a sealed entry, after the last one'); END;
CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no checkpoint is ever changed'); END;
CREATE TRIGGER checkpoint_lasts BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no checkpoint is ever deleted'); END;
CREATE TABLE cosignature (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  size INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  line TEXT NOT NULL,
  UNIQUE (size, line)
) STRICT;
CREATE TRIGGER cosignature_rises BEFORE INSERT ON cosignature
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM cosignature) OR NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: a cosignature stands below a checkpoint'); END;
CREATE TRIGGER cosignature_stays BEFORE UPDATE ON cosignature
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no cosignature is ever changed'); END;
CREATE TRIGGER cosignature_lasts BEFORE DELETE ON cosignature
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no cosignature is ever deleted'); END;
CREATE TABLE stamp (
  size INTEGER PRIMARY KEY,
  recorded INTEGER NOT NULL,
  token BLOB NOT NULL
) STRICT;
CREATE TRIGGER stamp_fits BEFORE INSERT ON stamp
WHEN NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size) OR EXISTS (SELECT 1 FROM stamp WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'a ledger only grows: a checkpoint has one time stamp'); END;
CREATE TRIGGER stamp_stays BEFORE UPDATE ON stamp BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no time stamp is ever changed'); END;
CREATE TRIGGER stamp_lasts BEFORE DELETE ON stamp BEGIN SELECT RAISE(ABORT, 'a ledger only grows: no time stamp is ever deleted'); END;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND.replace("@INDEXES", _INDEXES).replace("@TRIGGERS", _TRIGGERS))
"""Every migration there has been, the oldest first. Never change one that was released: add another."""
