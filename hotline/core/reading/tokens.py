"""Cuts a normalised text into words, clauses and sentences.

What may enter: characters and the words that a script without spaces is cut by. What may not: what words mean.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PIECE = re.compile(r"[\u0e00-\u0e7f]+|\d+|[^\W\d_]+|\n|(?<!\w)-+(?!\w)|[^\s\w-]")
_ENDS_SENTENCE = frozenset(".!?\n;")
_ENDS_PART = frozenset(',:()-"') | _ENDS_SENTENCE
_THAI = re.compile(r"[\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, and for each the number of its part (between any marks) and of its sentence."""

    words: tuple[str, ...]
    parts: tuple[int, ...]
    sentences: tuple[int, ...]


def cut(text: str, unspaced: Mapping[str, Sequence[str]]) -> Tokens:
    """Cut a normalised text; `unspaced` gives, by first letter, longest first, the words of scripts without spaces."""
    words: list[str] = []
    parts: list[int] = []
    sentences: list[int] = []
    part = sentence = 0
    for piece in _PIECE.findall(text):
        if piece in _ENDS_SENTENCE:
            sentence, part = sentence + 1, part + 1
        elif piece in _ENDS_PART or piece[0] == "-":
            part += 1
        else:
            found = _cut_unspaced(piece, unspaced) if _THAI.match(piece) else (piece,)
            words.extend(found)
            parts.extend([part] * len(found))
            sentences.extend([sentence] * len(found))
    return Tokens(tuple(words), tuple(parts), tuple(sentences))


def _cut_unspaced(run: str, unspaced: Mapping[str, Sequence[str]]) -> list[str]:
    found: list[str] = []
    unknown = at = 0
    while at < len(run):
        word = next((word for word in unspaced.get(run[at], ()) if run.startswith(word, at)), None)
        if word is None:
            at += 1
            continue
        if unknown < at:
            found.append(run[unknown:at])
        found.append(word)
        at += len(word)
        unknown = at
    if unknown < len(run):
        found.append(run[unknown:])
    return found
