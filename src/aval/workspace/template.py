"""What a new case is made of: small, sound, and an example of everything that one writes first."""

from __future__ import annotations

_MANIFEST = """\
schema = "aval.case/1"
title = "TITLE"
zone = "Etc/UTC"
language = "en"
summary = "What this case is about, in one sentence."
agreements = ["agreements/NAME.md"]
statements = ["statements/reports.jsonl"]
headlines = ["bound", "truce"]

[sources.first-report]
kind = "page"
title = "The first report"
publisher = "a newspaper"
date = "2026-01-02"
"""

_AGREEMENT = """\
# TITLE

Replace this by your agreement. The clause stands in prose, as people read it; under it stands what it means, as a machine runs it.

```aval
agreement NAME "TITLE"
  dated 2026-01-01
  parties everybody
  not said duration
```

## Parties

Two countries take part.

```aval
party AAA "First country"
party BBB "Second country"
group everybody "the parties" is AAA, BBB
```

## Becoming bound

A party is bound 30 days after it has signed, for as long as there is a truce. Only the party itself can say that it has signed.

```aval
event signed(p: everybody) "p signs"
  accepted from p
  legal act
event truce_begins "the truce begins"
  accepted from at least 1 independent source of grade medium
event truce_ends "the truce ends"
  accepted from at least 1 independent source of grade medium
state truce "there is a truce"
  from  truce_begins
  until truce_ends
state bound(p: everybody) "p is bound"
  while truce
  from 30 days after signed(p)
```

## Helping

A party that is bound helps another within 72 hours after an attack on it.

```aval
event attacked(p: everybody) "p is attacked"
event helps(p: everybody) "p helps"
duty help(p: everybody) "help after an attack": p owes BBB helps(p)
  when attacked(BBB)
  within 72 hours
  while bound(p) and p is not BBB
```

## Tests

Facts in, answers out. The facts are invented; the answers are what the text means. `aval test` runs them.

```aval-test
test "a signature binds after 30 days"
  given signed(AAA) on 2026-02-01 told by AAA
  given truce_begins on 2026-02-10
  expect beginning of bound(AAA) is 2026-03-03
  expect bound(AAA) is no at 2026-03-02
  expect bound(BBB) is no at 2026-03-03
  expect help(AAA) is dormant at 2026-03-03
test "no truce, no bond"
  given signed(AAA) on 2026-02-01 told by AAA
  expect bound(AAA) is no at 2026-04-01
```
"""

_STATEMENT = (
    '{"label": "first", "says": "happened", "term": "signed(AAA)", "when": "2026-01-02", "said": "2026-01-02", "voice": "A minister", '
    '"speaks_for": "AAA", "form": "quoted", "grade": "high", "source": "first-report", "paragraph": 1, "quote": "a few words"}\n'
)

_README = """\
# TITLE

    aval status .     # what is in force
    aval check .      # mistakes
    aval test .       # the tests in the agreement
    aval format .     # the one layout
"""

FILES = {
    "aval.toml": _MANIFEST,
    "agreements/{name}.md": _AGREEMENT,
    "statements/reports.jsonl": _STATEMENT,
    "README.md": _README,
}
"""The files of a new case by their paths. NAME and TITLE stand for its own."""
