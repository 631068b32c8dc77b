"""The problems that this stage finds: AV1xx in a case and its files, AV3xx in statements, AV4xx in a store."""

from __future__ import annotations

from aval.evidence.codes import claims, drafts, files, lines, manifest, proofs, servers, sheets, sources, stores
from aval.model.problem import Code

CODES: tuple[Code, ...] = (
    *(*files.CODES, *manifest.CODES, *lines.CODES, *claims.CODES, *stores.CODES, *sheets.CODES),
    *(*proofs.CODES, *servers.CODES, *sources.CODES, *drafts.CODES),
)

__all__ = ["CODES", "claims", "drafts", "files", "lines", "manifest", "proofs", "servers", "sheets", "sources", "stores"]
