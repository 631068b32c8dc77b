"""Draft statements: what one party keeps to itself until it publishes it (TRUST T18).

Each party has a file of its own, `.aval/drafts/PARTY.jsonl`, and only that of whoever looks is ever opened. So nothing about the others
can reach an answer, a count, an error or an export: no code that makes one has it.
"""
