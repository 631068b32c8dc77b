"""Print an agreement back as plain sentences, in English or German, from the model and not from the prose.

A lawyer reads them beside the clause: whatever the code says, and whatever stands where it says nothing, is said in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.say import english, german
from aval.language.say.declarations import declaration, document
from aval.language.say.phrases import Phrases
from aval.language.say.tongue import Tongue
from aval.model.agreement import Agreements, Event
from aval.model.frozen import frozen
from aval.model.problem import Span

TONGUES = {
    "en": Tongue(english.WORDS, english.MONTHS, english=True),
    "de": Tongue(german.WORDS, german.MONTHS, english=False),
}
"""The languages, by their codes."""


@frozen(kw_only=True)
class Sentence:
    """One sentence: its text, the declaration that it is about (an agreement, or a name such as `offer(SWE, air)`), and its place."""

    text: str
    name: str
    span: Span


def say(agreements: Agreements, language: str = "en") -> tuple[Sentence, ...]:
    """Say all agreements in the order of their texts; names stand as they are labelled. Raises `KeyError` for another language."""
    return tuple(_sentences(Phrases.of(TONGUES[language], agreements)))


def _sentences(phrases: Phrases) -> Iterator[Sentence]:
    for opening in phrases.agreements.documents:
        for text, span in document(opening, phrases):
            yield Sentence(text=_line(phrases.tongue.capital(text)), name=opening.meta.name, span=span)
        for name, declared in phrases.agreements.declarations.items():
            own = declared.meta.agreement == opening.meta.name
            if own and not (isinstance(declared, Event) and declared.step_of in phrases.agreements.declarations):
                for text, span in declaration(declared, phrases):
                    yield Sentence(text=_line(phrases.tongue.capital(text)), name=name, span=span)


def _line(text: str) -> str:
    """Write a sentence with plain spaces alone: a label may have a tab."""
    return text.replace("\t", " ")
