"""The word files, compiled: one frozen object that a text can be looked up in quickly.

What may not enter: how it is compiled (`compiling`), rules about danger (`danger`), files.
Every class is one bit, so that "has this word one of these meanings" is one operation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .weighing import Scale
from .words import CLASSES

ANY = "any"
BIT: Mapping[str, int] = {name: 1 << number for number, name in enumerate(CLASSES)}
FUZZY_LETTERS = 7  # shorter ones are too often another real word ("skydda" for "skynda")


def bits(names: Iterable[str]) -> int:
    """Give the classes' bits in one number."""
    return sum({BIT[name] for name in names})


FILLING = "filling"  # everything that fills an answer: a word file's "filler" and "padding"
Element = str | int | None  # a word itself, bits of which a word must have one, or a gap of up to three words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of words and classes that has a meaning of its own; `anchor` is the element that it is found by."""

    meaning: int
    elements: tuple[Element, ...]
    anchor: int
    others: tuple[str, ...]  # its words other than the anchor: without all of them a text cannot have it
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination, compiled."""

    name: str
    needs: tuple[int, ...]
    without: int
    within: str
    sure: bool
    red: bool


Meanings = tuple[tuple[int, int], ...]  # (number of the language, bits)


@dataclass(frozen=True, slots=True)
class Group:
    """Words and phrases that mean one thing in a conversation, of all languages; `widths`: of its phrases, in words."""

    entries: frozenset[str]
    widths: tuple[int, ...]


NO_GROUP = Group(frozenset(), ())


@dataclass(frozen=True, slots=True)
class Tongue:
    """What is looked up per language."""

    name: str
    phrases: Mapping[str, tuple[Phrase, ...]]  # those with classes or gaps, by their anchor
    slot_phrases: tuple[tuple[int, Phrase], ...]
    slot_anchors: int
    answers: Mapping[str, frozenset[str]]
    ordered: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    cries: tuple[str, ...] = ()
    phrased: frozenset[str] = frozenset()  # every answer of several words
    openers: frozenset[str] = frozenset()  # the first words of those
    answering: frozenset[str] = frozenset()  # every single word that an answer may hold
    sayings: frozenset[str] = frozenset()  # those of yes, no and "I don't know"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' words, compiled once; safe to share between threads, since nothing in it changes."""

    languages: tuple[str, ...]
    tongues: tuple[Tongue, ...]
    words: Mapping[str, Meanings]
    prefixes: Mapping[str, Meanings]
    suffixes: Mapping[str, Meanings]
    plain: Mapping[str, Meanings]  # phrases of words alone, with a blank between the words
    plain_lengths: Mapping[str, tuple[int, ...]]  # by a phrase's first word, longest first
    near: Mapping[str, tuple[str, ...]]  # a word with one letter left out → the words that it may have been
    unspaced: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()  # what is nothing but an answer, in any language
    answering: frozenset[str] = frozenset()  # every single word that an answer may hold
    speechless: frozenset[str] = frozenset()  # answers that tell nothing of the language they are given in
    landmarks: frozenset[str] = frozenset()  # every single word that is said of places, in any language
    scales: Mapping[str, Scale] = field(default_factory=dict)
    weighed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # a word → languages where it has a weight

    def tongue(self, language: str) -> Tongue:
        """Give one language's part; an unknown language has none (KeyError)."""
        try:
            return self.tongues[self.languages.index(language)]
        except ValueError:
            raise KeyError(language) from None
