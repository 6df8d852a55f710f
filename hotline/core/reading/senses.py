"""Finds what each word of a text may mean in each language, and the phrases that words form.

What may enter: looking up. What may not: whether a meaning counts here (negation, past, everyday matters: `scope`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from .lexicon import BIT, FUZZY_LETTERS, Element, Lexicon, Meanings, Phrase, Tongue, bits
from .words import union

_DOUBLE = re.compile(r"([^\W\d_])\1")
_DET = BIT["det"]
_IDIOM = BIT["idiom"]
_DENIES = bits(("negation", "negation_both"))
_DENYING = _DENIES | BIT["denial"]
_KEEPS_DENIAL = _DENIES | bits(("denial", "over", "quiet"))
_FREQUENT = BIT["common"]
_STRONG = bits(("acute", "choke", "red", "alarm", "attack", "help", "weapon", "over", "neutral", "denial"))
_JOINED = frozenset(
    "وفبلكብንዝ"
)  # "and", "with", "to", "who", which Arabic and Tigrinya write together with the next word
_GAP_WORDS = 3
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase found at words `start` to `end` (the latter not included)."""

    meaning: int
    start: int
    end: int


@dataclass(slots=True)
class Sense:
    """One language's reading of the words: bits for each word, and the phrases found."""

    tongue: Tongue
    masks: list[int]
    spans: list[Span] = field(default_factory=list)


def meanings_of(lexicon: Lexicon, word: str) -> Meanings:
    """Give what a word may mean, by language: as it stands, by its beginning or ending, or misspelt."""
    exact = lexicon.words.get(word, ())
    parted = _by_part(lexicon, word) if len(word) > _SHORTEST_STEM else ()
    if parted:
        known = {language for language, meaning in exact if meaning != _FREQUENT}
        exact += tuple(meaning for meaning in parted if meaning[0] not in known)
    if exact or len(word) <= _SHORTEST_STEM:
        return exact
    if word[0] in _JOINED and word[1:] in lexicon.words:
        return lexicon.words[word[1:]]
    single = _DOUBLE.sub(r"\1", word)
    if single != word and single in lexicon.words:
        return lexicon.words[single]
    return lexicon.words.get(_misspelt(lexicon, word) or "", ()) if len(word) >= FUZZY_LETTERS else ()


def _by_part(lexicon: Lexicon, word: str) -> Meanings:
    found: dict[int, int] = {}
    for end in range(len(word), _SHORTEST_STEM - 1, -1):
        for language, meaning in lexicon.prefixes.get(word[:end], ()):
            found.setdefault(language, meaning)
    for start in range(1, len(word) - _SHORTEST_STEM):
        for language, meaning in lexicon.suffixes.get(word[start:], ()):
            found.setdefault(language, meaning)
    return tuple(found.items())


def _misspelt(lexicon: Lexicon, word: str) -> str | None:
    for key in (word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))):
        for right in lexicon.near.get(key, ()):
            if OSA.distance(right, word, score_cutoff=1) <= 1:
                return right
    return None


def nothing_known(tongue: Tongue, words: int) -> Sense:
    """The reading of so many words that mean nothing in a language."""
    return Sense(tongue, [0] * words)


def read_senses(lexicon: Lexicon, meanings: Sequence[Meanings]) -> dict[int, Sense]:
    """Give the reading of the words in each language (by its number) that knows one of them or more.

    `meanings`: of each word (`meanings_of`).
    """
    senses: dict[int, Sense] = {}
    for at, found in enumerate(meanings):
        for language, meaning in found:
            if language not in senses:
                senses[language] = nothing_known(lexicon.tongues[language], len(meanings))
            senses[language].masks[at] = meaning
    return senses


def find_plain(lexicon: Lexicon, senses: Mapping[int, Sense], words: Sequence[str], sentences: Sequence[int]) -> None:
    """Find the phrases that are words alone, for all languages in one pass.

    A language without a reading has none: the words of its phrases are in its list.
    """
    found: dict[int, list[Span]] = {}
    for at, word in enumerate(words):
        for length in lexicon.plain_lengths.get(word, ()):
            end = at + length
            if end <= len(words) and sentences[end - 1] == sentences[at]:
                for language, meaning in lexicon.plain.get(" ".join(words[at:end]), ()):
                    found.setdefault(language, []).append(Span(meaning, at, end))
    for number, sense in senses.items():
        _apply(sense, found.get(number, ()))


def find_slotted(sense: Sense, words: Sequence[str], sentences: Sequence[int]) -> None:
    """Find one language's phrases with classes or gaps; they see what the plain phrases meant."""
    _apply(sense, list(_slotted(sense, words, sentences, union(sense.masks))))


def _slotted(sense: Sense, words: Sequence[str], sentences: Sequence[int], seen: int) -> Iterator[Span]:
    tongue, masks, known = sense.tongue, sense.masks, frozenset(words)
    for at, word in enumerate(words):
        for phrase in tongue.phrases.get(word, ()):
            if (
                masks[at] != _IDIOM
                and known.issuperset(phrase.others)
                and all(seen & slot for slot in phrase.slots)
                and (span := _match(phrase, at, masks, words, sentences))
            ):
                yield span
        if masks[at] & tongue.slot_anchors:
            for key, phrase in tongue.slot_phrases:
                if masks[at] & key and (span := _match(phrase, at, masks, words, sentences)):
                    yield span


def _match(
    phrase: Phrase, at: int, masks: Sequence[int], words: Sequence[str], sentences: Sequence[int]
) -> Span | None:
    place = Walk(masks, words, sentences, sentences[at])
    end = place.forward(phrase.elements, phrase.anchor + 1, at + 1)
    if end is None:
        return None
    start = place.backward(phrase.elements, phrase.anchor - 1, at - 1)
    return None if start is None else Span(phrase.meaning, start, end)


@dataclass(frozen=True, slots=True)
class Walk:
    """Follows a phrase's elements along the words of one sentence."""

    masks: Sequence[int]
    words: Sequence[str]
    sentences: Sequence[int]
    sentence: int

    def _fits(self, element: Element, at: int) -> bool:
        if not 0 <= at < len(self.words) or self.sentences[at] != self.sentence:
            return False
        if isinstance(element, str):
            return self.words[at] == element and self.masks[at] != _IDIOM
        return isinstance(element, int) and bool(self.masks[at] & element)

    def forward(self, elements: Sequence[Element], index: int, at: int) -> int | None:
        """Give the place after the last element, or None if they do not follow."""
        if index == len(elements):
            return at
        element = elements[index]
        if element is None:
            tries = (self.forward(elements, index + 1, at + skip) for skip in range(_GAP_WORDS + 1))
            return next((end for end in tries if end is not None), None)
        if self._fits(element, at):
            return self.forward(elements, index + 1, at + 1)
        if isinstance(element, int) and at < len(self.words) and self.masks[at] & _DET:
            return self.forward(elements, index, at + 1)
        return None

    def backward(self, elements: Sequence[Element], index: int, at: int) -> int | None:
        """Give the place of the first element, or None if they do not stand before."""
        if index < 0:
            return at + 1
        element = elements[index]
        if element is None:
            tries = (self.backward(elements, index - 1, at - skip) for skip in range(_GAP_WORDS + 1))
            return next((start for start in tries if start is not None), None)
        if self._fits(element, at):
            return self.backward(elements, index - 1, at - 1)
        if isinstance(elements[index + 1], int) and at >= 0 and self.masks[at] & _DET:
            return self.backward(elements, index, at - 1)
        return None


def _apply(sense: Sense, found: Sequence[Span]) -> None:
    if not found and not union(sense.masks) & _IDIOM:
        return  # as for most languages of most texts
    idioms = [span for span in found if span.meaning == _IDIOM]
    idioms += [Span(_IDIOM, at, at + 1) for at, mask in enumerate(sense.masks) if mask & _IDIOM and mask != _IDIOM]
    others = [span for span in found if span.meaning != _IDIOM]
    for idiom in idioms:
        length = idiom.end - idiom.start
        over = [span for span in (*sense.spans, *others) if span.start < idiom.end and idiom.start < span.end]
        if any(span.meaning & _STRONG and span.end - span.start > length for span in over):
            continue
        sense.masks[idiom.start : idiom.end] = [_IDIOM] * length
        others = [o for o in others if o.end <= idiom.start or idiom.end <= o.start]
    # What denies comes first, so that a phrase that holds a denial within itself can take it away.
    for span in sorted(others, key=lambda span: not span.meaning & _KEEPS_DENIAL):
        for at in range(span.start, span.end):
            kept = sense.masks[at] if span.meaning & _KEEPS_DENIAL else sense.masks[at] & ~_DENYING
            sense.masks[at] = kept | span.meaning
    sense.spans.extend(others)
