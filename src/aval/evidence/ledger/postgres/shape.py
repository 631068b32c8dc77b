"""What a ledger on a server is made of, as one hash: to know ours, and to touch nothing else.

Names, types and what functions do; not the texts of conditions, which each version of PostgreSQL prints in its own way.
"""

from __future__ import annotations

import hashlib

from aval.evidence.ledger.postgres.session import Session

_PARTS = """
SELECT concat_ws(' ', 'relation', relname, relkind, relrowsecurity, relforcerowsecurity, relhasrules, relispartition)
FROM pg_class WHERE relnamespace = %(ledger)s::regnamespace
UNION ALL
SELECT concat_ws(' ', 'column', c.relname, attnum, attname, atttypid::regtype, attnotnull, attisdropped, atthasdef, attgenerated)
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
WHERE relnamespace = %(ledger)s::regnamespace AND attnum > 0 AND relkind NOT IN ('i', 't')
UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass::text, conname, contype, convalidated, conkey)
FROM pg_constraint WHERE connamespace = %(ledger)s::regnamespace AND contype <> 'n'
UNION ALL
SELECT concat_ws(' ', 'index', c.relname, t.relname, indisunique, indkey, indpred IS NOT NULL, indexprs IS NOT NULL)
FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
WHERE c.relnamespace = %(ledger)s::regnamespace
UNION ALL
SELECT concat_ws(' ', 'trigger', tgname, c.relname, tgtype, tgenabled, tgnewtable, n.oid = relnamespace, p.proname, tgqual IS NULL)
FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE relnamespace = %(ledger)s::regnamespace
UNION ALL
SELECT concat_ws(' ', 'function', proname, prosrc, l.lanname, prosecdef, pronargs, prorettype::regtype)
FROM pg_proc JOIN pg_language l ON l.oid = prolang WHERE pronamespace = %(ledger)s::regnamespace
UNION ALL
SELECT concat_ws(' ', 'policy', polname, c.relname, polcmd, polpermissive, polroles) FROM pg_policy JOIN pg_class c ON c.oid = polrelid
WHERE relnamespace = %(ledger)s::regnamespace
UNION ALL
SELECT concat_ws(' ', 'type', typname, typtype) FROM pg_type WHERE typnamespace = %(ledger)s::regnamespace
"""

SHAPES: tuple[str, ...] = (
    "1aadf1c340a11216f29e783833d870bd81dd6bd83b700631cd713a9a9d3aba14",
    "26ac98054d112a31732a3576e588c98b7c5eb8de231d90dfe8bf5abb083fb87a",
    "6d78a71fd5ed538f510f4b30531ca2b402974396334d932c53fae3b0414bb83a",
)
"""The shape of each version (`tests/stores/test_postgres.py` makes them anew)."""


def shape_of(session: Session, ledger: str) -> str:
    """Give the hash of what a schema is made of."""
    parts = sorted(text for (text,) in session.execute(_PARTS, {"ledger": ledger}))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
