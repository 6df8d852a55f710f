"""Reads statements that are neither danger nor an option: a place, who writes, a word that means something to us.

What may enter: lists from the word files. What may not: looking a place up, or keeping what is read.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from .labels import Option
from .lexicon import BIT, FILLING, NO_GROUP, Group, Lexicon, Tongue
from .phrasing import holds, is_letters, joined, listed, number_of, parts_of, plainly, tongues, words_of
from .sayings import SAYINGS, is_saying

_AROUND = (*SAYINGS, "filler", "padding")
_LONGEST_STATEMENT = 14  # words; in a longer text the same words are part of a story
_ASKS = ("asks", "asks_back")
_NO_PLACE = ("no_place", "dont_know", "yes", "no", "all", FILLING, *_ASKS, "refuses", "place_talk")
_EMPTY = (FILLING, "yes")
_SHORTEST_ENDING = 4  # letters
_SHORTEST_PLACE = 2  # letters
_COORDINATES = re.compile(r"\d{2}\.\d{3,}\D+\d{2}\.\d{3,}")  # what a telephone's map shares, of a place in Sweden


def read_place(lexicon: Lexicon, text: str) -> bool:
    """Say whether a text may describe a place: any words that are not plainly something else."""
    words = [word for word in words_of(text) if is_letters(word)]
    if _COORDINATES.search(text):
        return True
    if not words or not any(len(word) >= _SHORTEST_PLACE and not word.isdigit() for word in words):
        return False
    if any(word.isdigit() for word in words):
        return True  # "which address?" asks back; "how about Lindvägen 8" does not
    parts = parts_of(words)
    return not any(
        _is_talk(lexicon, tongue, words) or _tells_no_place(tongue, words, parts) for tongue in lexicon.tongues
    )


def _is_talk(lexicon: Lexicon, tongue: Tongue, words: Sequence[str]) -> bool:
    """Whether every word is a plain one of a language and none tells where: "I have said that already"."""
    telling = tongue.answers.get("whereabouts")
    if not telling:
        return False
    number = lexicon.languages.index(tongue.name)
    known = [dict(lexicon.words.get(word, ())) for word in words]
    return all(
        number in meanings and not meanings[number] & BIT["place"] and not _ends_in(word, telling)
        for word, meanings in zip(words, known, strict=True)
    )


def _ends_in(word: str, telling: frozenset[str]) -> bool:
    """Whether a word tells where, or is put together with one that does: "grannlägenheten"."""
    return any(word.endswith(one) for one in telling if one == word or len(one) > _SHORTEST_ENDING)


def _tells_no_place(tongue: Tongue, words: Sequence[str], parts: set[str]) -> bool:
    """Whether a text without numbers asks back, is not understood, or is of such words alone: "don't know where"."""
    phrases = joined(words, tongue)
    return (
        any(listed(tongue, name, first) for name in _ASKS for first in (phrases[0], words[0]))
        or holds(tongue, "puzzled", parts)
        or all(any(listed(tongue, name, phrase) for name in _NO_PLACE) for phrase in phrases)
    )


def says_nothing(lexicon: Lexicon, text: str) -> bool:
    """Say whether a text is only thanks, "ok" and the like in one language, or no words at all."""
    words = [word for word in words_of(text) if is_letters(word)]
    return not words or any(
        all(any(listed(tongue, name, phrase) for name in _EMPTY) for phrase in joined(words, tongue))
        for tongue in lexicon.tongues
    )


def says_more(lexicon: Lexicon, language: str, text: str, labels: Collection[str]) -> bool:
    """Say whether an answer has words that no answer needs: it is no saying, no label, and no number by itself.

    Whatever is in doubt says more: a word too many costs a second, a word that is lost may be a child's age.
    """
    words = [word for word in plainly(lexicon, language, words_of(text)) if is_letters(word)]
    if len(words) < 2 or any(is_saying(tongue, " ".join(words)) for tongue in tongues(lexicon, language)):  # noqa: PLR2004 - one word is the answer
        return False
    own = next(tongues(lexicon, language))
    told = _told(own, words)
    alone = len(told) == 1 and number_of(own, told[0], "") is not None
    return bool(told) and not alone and told not in [_told(own, words_of(label)) for label in labels]


def _told(tongue: Tongue, words: Sequence[str]) -> list[str]:
    """What is left of an answer without yes and no, and what is said around them."""
    return [phrase for phrase in joined(words, tongue) if not any(listed(tongue, name, phrase) for name in _AROUND)]


def names(text: str, option: Option) -> bool:
    """Say whether a text is the option's label, or has its key as a word."""
    words = words_of(text)
    return option.key in words or words in map(words_of, option.labels)


def read_words(lexicon: Lexicon, text: str, groups: Iterable[str]) -> str:
    """Give the first of the named groups whose words a text is, or clearly states, in any language; "" for none.

    An unknown group has no words, so nothing is one of them. An entry of one word must be the whole text; one of
    several words may stand in a short statement.
    """
    words = [word for word in words_of(text) if is_letters(word)]
    if not words:
        return ""
    whole = " ".join(words)
    parts: dict[int, set[str]] = {}
    return next((name for name in groups if _is_said(lexicon.groups.get(name, NO_GROUP), words, whole, parts)), "")


def _is_said(group: Group, words: Sequence[str], whole: str, parts: dict[int, set[str]]) -> bool:
    if whole in group.entries:
        return True
    if len(words) > _LONGEST_STATEMENT:
        return False
    for width in group.widths:
        if width not in parts:
            parts[width] = {" ".join(words[at : at + width]) for at in range(len(words) - width + 1)}
        if not group.entries.isdisjoint(parts[width]):
            return True
    return False
