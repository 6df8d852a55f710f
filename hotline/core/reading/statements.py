"""Reads statements that are neither danger nor an option: a place, who writes, a word that means something to us.

What may enter: lists from the word files. What may not: looking a place up, or keeping what is read.
"""

import re
from collections.abc import Sequence

from .lexicon import Lexicon
from .phrasing import listed, tongues, words_of

_LONGEST_STATEMENT = 14  # words; in a longer text the same words are part of a story
_SHORTEST_PLACE = 2  # letters
_COORDINATES = re.compile(r"\d{2}\.\d{3,}\D+\d{2}\.\d{3,}")  # what a telephone's map shares, of a place in Sweden


def read_place(lexicon: Lexicon, text: str) -> bool:
    """Say whether a text may describe a place: any words that are not plainly something else."""
    words = [word for word in words_of(text) if word[0].isalnum() or "\u0e00" <= word[0] <= "\u0e7f"]
    if _COORDINATES.search(text):
        return True
    if not words or not any(len(word) >= _SHORTEST_PLACE and not word.isdigit() for word in words):
        return False
    whole = " ".join(words)
    for tongue in tongues(lexicon, ""):
        if any(listed(tongue, name, whole) for name in ("no_place", "dont_know", "yes", "no", "all", "filler")):
            return False
    # "Which address?" asks back; "how about Lindvägen 8" does not.
    return any(word.isdigit() for word in words) or not any(
        listed(tongue, "asks", words[0]) for tongue in tongues(lexicon, "")
    )


def read_word(lexicon: Lexicon, language: str, text: str, group: str) -> bool:
    """Say whether a text is, or clearly states, one of a named group's words, in this language or any other.

    An unknown group has no words, so nothing is one of them. An entry of one word must be the whole text; one of
    several words may stand in a short statement.
    """
    words = [word for word in words_of(text) if word[0].isalnum() or "\u0e00" <= word[0] <= "\u0e7f"]
    if not words:
        return False
    return any(
        _is_said(entry, words) for tongue in tongues(lexicon, language) for entry in tongue.groups.get(group, ())
    )


def _is_said(entry: Sequence[str], words: Sequence[str]) -> bool:
    width = len(entry)
    if list(entry) == list(words):
        return True
    if width == 1 or len(words) > _LONGEST_STATEMENT:
        return False
    return any(list(words[at : at + width]) == list(entry) for at in range(len(words) - width + 1))
