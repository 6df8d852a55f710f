"""How long a text takes to be said, and how easy it is to read. What may not enter: what it says.

Measured on the carrier's own Swedish voice at its ordinary pace; a person who reads for a recording is slower.
"""

import re
from functools import lru_cache

LETTERS_A_SECOND = 14.0
DIGIT_SECONDS = 0.35
SENTENCE_PAUSE, COMMA_PAUSE = 0.45, 0.2
LONG_WORD = 6  # letters; LIX counts words with more than these as long
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?:](?=\s|$)")


@lru_cache(maxsize=4096)  # the same texts are said in many conversations
def seconds(text: str) -> float:
    """Seconds of speech."""
    digits = sum(letter.isdigit() for letter in text)
    letters = sum(letter.isalpha() or letter == " " for letter in text)
    pauses = len(_ENDS.findall(text)) * SENTENCE_PAUSE + text.count(",") * COMMA_PAUSE
    return letters / LETTERS_A_SECOND + digits * DIGIT_SECONDS + pauses


def seconds_until(text: str, word: str) -> float | None:
    """Seconds until `word` has been said, or None if it never is."""
    at = text.find(word)
    return None if at < 0 else seconds(text[: at + len(word)])


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a colon and a list's new digit end one as a full stop does."""
    parts = re.split(r"[.!?:\n](?:\s|$)|\s\d\s", text)
    return [words for part in parts if (words := _WORD.findall(part))]


def lix(text: str) -> float:
    """Björnsson's readability index: words per sentence + per cent of words with more than six letters."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0.0
    return len(words) / len(found) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)
