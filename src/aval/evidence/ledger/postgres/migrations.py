"""What a ledger holds on PostgreSQL, as numbered migrations: the same as on SQLite (`sqlite/migrations.py` says what it means).

Rules about one statement's rows are looked at once for each statement, so that a large import stays quick. `@LEDGER` stands for the name
of the ledger, which is a schema of its own. Numbers are those of this backend; the list only ever grows.

The third brings *drafts*, which are working papers of one party and no entries: they have no `seq`, so that nobody can tell from a gap
that there are any. A session sees and writes those of the party in its setting `aval.viewer`, and no others, whoever owns the table.
"""

from __future__ import annotations

from collections.abc import Sequence

_GROWS = """
CREATE TRIGGER {0}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
"""


def _function(name: str, lines: str) -> str:
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, @LEDGER, pg_temp AS $$
{lines.strip()}
$$;
"""


def _rises(table: str, unless: str, message: str) -> str:
    lines = f"BEGIN IF {unless} THEN RAISE EXCEPTION 'a ledger only grows: {message}'; END IF; RETURN NEW; END"
    return (
        _function(f"{table}_rises", lines)
        + f"CREATE TRIGGER {table}_rises BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_rises();\n"
        + _GROWS.format(table)
    )


_FIRST = (
    """
CREATE TABLE migration (number integer PRIMARY KEY CHECK (number > 0), made timestamptz NOT NULL DEFAULT now());
CREATE TABLE entry (
  seq bigint PRIMARY KEY,
  batch bigint NOT NULL CHECK (batch BETWEEN 1 AND seq),
  recorded bigint NOT NULL UNIQUE,
  kind text NOT NULL,
  id bytea NOT NULL CHECK (octet_length(id) = 32),
  name text NOT NULL,
  path text NOT NULL,
  withdraws bytea CHECK (octet_length(withdraws) = 32),
  body bytea,
  CONSTRAINT entry_kind CHECK (kind IN ('statement', 'again', 'name', 'removal', 'agreement', 'manifest', 'file')),
  CONSTRAINT entry_brings CHECK (kind <> 'statement' OR body IS NOT NULL),
  CONSTRAINT entry_bare CHECK (kind IN ('statement', 'agreement', 'manifest') OR body IS NULL),
  CONSTRAINT entry_withdraws CHECK (kind IN ('statement', 'again', 'removal') OR withdraws IS NULL),
  CONSTRAINT entry_removal CHECK (kind <> 'removal' OR (withdraws IS NOT NULL AND withdraws = id))
);
CREATE UNIQUE INDEX entry_content ON entry (kind, id) WHERE body IS NOT NULL;
CREATE INDEX entry_keeper ON entry (seq) WHERE kind IN ('again', 'name', 'removal') OR withdraws IS NOT NULL;
CREATE INDEX entry_text ON entry (kind, seq) WHERE kind IN ('agreement', 'manifest', 'file');
CREATE TABLE seal (
  last bigint PRIMARY KEY,
  recorded bigint NOT NULL UNIQUE,
  link bytea NOT NULL CHECK (octet_length(link) = 32)
);
"""
    + _function(
        "only_grows",
        "BEGIN RAISE EXCEPTION 'a ledger only grows: nothing in % is ever changed or deleted', TG_TABLE_NAME; END",
    )
    + _function(
        "entry_rises",
        """
DECLARE first bigint; final bigint; many bigint; earliest bigint;
BEGIN
  SELECT min(seq), max(seq), count(*), min(recorded) INTO first, final, many, earliest FROM fresh;
  IF many > 0 AND (first < 1 OR final - first + 1 <> many
    OR EXISTS (SELECT 1 FROM entry WHERE seq > final)
    OR (first > 1 AND NOT EXISTS (SELECT 1 FROM entry WHERE seq = first - 1 AND recorded < earliest))
    OR EXISTS (SELECT 1 FROM (SELECT recorded, lag(recorded) OVER (ORDER BY seq) AS earlier FROM fresh) f WHERE recorded <= earlier))
  THEN RAISE EXCEPTION 'a ledger only grows: seq and recorded rise'; END IF;
  RETURN NULL;
END""",
    )
    + """
CREATE TRIGGER entry_rises AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_rises();
"""
    + _rises(
        "seal",
        "NEW.last <= (SELECT coalesce(max(last), 0) FROM seal) OR NEW.last <> (SELECT coalesce(max(seq), 0) FROM entry)",
        "a seal closes its last entry",
    )
    + _GROWS.format("entry")
    + _GROWS.format("migration")
)

_SECOND = (
    """
ALTER TABLE entry DROP CONSTRAINT entry_kind, DROP CONSTRAINT entry_brings, DROP CONSTRAINT entry_bare,
  ADD CONSTRAINT entry_kind
    CHECK (kind IN ('statement', 'again', 'name', 'removal', 'agreement', 'manifest', 'file', 'key', 'signature')),
  ADD CONSTRAINT entry_brings CHECK (kind NOT IN ('statement', 'key', 'signature') OR body IS NOT NULL),
  ADD CONSTRAINT entry_bare CHECK (kind IN ('statement', 'agreement', 'manifest', 'key', 'signature') OR body IS NULL);
CREATE INDEX entry_key ON entry (seq) WHERE kind = 'key';
CREATE INDEX entry_signature ON entry (seq) WHERE kind = 'signature';
CREATE TABLE tile (
  level integer NOT NULL CHECK (level BETWEEN 0 AND 7),
  number bigint NOT NULL CHECK (number >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
  PRIMARY KEY (level, number)
);
CREATE TABLE checkpoint (
  size bigint PRIMARY KEY CHECK (size > 0),
  recorded bigint NOT NULL,
  note bytea NOT NULL
);
CREATE TABLE cosignature (
  number bigint PRIMARY KEY CHECK (number > 0),
  size bigint NOT NULL,
  recorded bigint NOT NULL,
  line text NOT NULL,
  UNIQUE (size, line)
);
CREATE TABLE stamp (
  size bigint PRIMARY KEY,
  recorded bigint NOT NULL,
  token bytea NOT NULL
);
"""
    + _rises(
        "tile",
        "NEW.number <> (SELECT coalesce(max(number) + 1, 0) FROM tile WHERE level = NEW.level)",
        "tiles come in their order",
    )
    + _rises(
        "checkpoint",
        "NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoint) OR NOT EXISTS (SELECT 1 FROM seal WHERE last = NEW.size)",
        "a checkpoint stands at a sealed entry, after the last one",
    )
    + _rises(
        "cosignature",
        "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM cosignature)"
        " OR NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)",
        "a cosignature stands below a checkpoint",
    )
    + _rises("stamp", "NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)", "a time stamp stands below a checkpoint")
)

_THIRD = """
CREATE TABLE draft (
  party text NOT NULL CHECK (party <> ''),
  id text NOT NULL,
  recorded bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (party, id)
);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own_drafts ON draft
  USING (party = current_setting('aval.viewer', true)) WITH CHECK (party = current_setting('aval.viewer', true));
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD)
"""Every migration there has been, the oldest first. Never change one that was released: add another."""
FROM_VERSION = {"tile": 2, "checkpoint": 2, "cosignature": 2, "stamp": 2, "draft": 3}
"""The version from which on a table is there; the others always were."""
LEDGER_TABLES = ("entry", "seal", "migration", "tile", "checkpoint", "cosignature", "stamp")
"""Tables that only grow; drafts may be changed by the party that they are of."""


def script(version: int, upto: int, ledger: str) -> Sequence[str]:
    """Give what brings a ledger from one version to another, one piece for each."""
    return [
        f"{one.replace('@LEDGER', ledger)}\nINSERT INTO migration (number) VALUES ({number});"
        for number, one in enumerate(MIGRATIONS[version:upto], version + 1)
    ]
