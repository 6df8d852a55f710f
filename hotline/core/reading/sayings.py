"""Reads yes, no and "I don't know" in what people write around them: "no, unfortunately", "yes, two children".

What may enter: the words of an answer. What may not: numbers, labels, and which option an answer chooses.
"""

from collections.abc import Sequence

from .lexicon import FILLING, Lexicon, Tongue
from .phrasing import joined, listed, tongues

SAYINGS = ("dont_know", "no", "yes")
_EVERYWHERE = "en"  # English words are written in every language


def said_in(
    lexicon: Lexicon, language: str, words: Sequence[str], first: Sequence[str], names: Sequence[str]
) -> str | None:
    """Give which of `names` the words say, in the conversation's language first. `first`: those before any mark."""
    whole = " ".join(words)
    for tongue in tongues(lexicon, language):
        if saying := next((name for name in names if listed(tongue, name, whole)), None):
            return saying
    for tongue in tongues(lexicon, language):
        saying, opening, only = _opened(tongue, words)
        if saying in names and (
            (only and not _half_said(tongue, opening, words))
            or _may_open(lexicon, language, tongue, (opening, saying), first, len(words))
        ):
            return saying
    return None


def _half_said(tongue: Tongue, opening: str, words: Sequence[str]) -> bool:
    """Whether a bare denial goes on: "not just that" is no no."""
    bare = listed(tongue, "denies", opening) and not listed(tongue, "corrects", opening)
    return bare and len(words) > 1


def is_saying(tongue: Tongue, whole: str) -> bool:
    """Say whether a language has it for yes, no or "I don't know"."""
    return saying_of(tongue, whole) is not None


def saying_of(tongue: Tongue, phrase: str) -> str | None:
    """Give which of the three a phrase is."""
    return next((name for name in SAYINGS if listed(tongue, name, phrase)), None)


def _opened(tongue: Tongue, words: Sequence[str]) -> tuple[str | None, str, bool]:
    """Give the one thing that is said, the phrase that opens the answer with it, and whether nothing else is said."""
    phrases = joined(words, tongue)
    if any(listed(tongue, "or", phrase) and not listed(tongue, FILLING, phrase) for phrase in phrases):
        return None, "", False
    telling = [(phrase, kind) for phrase in phrases if (kind := _kind(tongue, phrase)) != FILLING]
    said = {kind for _, kind in telling if kind}
    if len(said) != 1:
        return None, "", False
    opening = telling[0][0] if telling[0][1] else ""
    return said.pop(), opening, all(kind for _, kind in telling)


def _kind(tongue: Tongue, phrase: str) -> str | None:
    return saying_of(tongue, phrase) or (FILLING if listed(tongue, FILLING, phrase) else None)


def _may_open(
    lexicon: Lexicon,
    language: str,
    tongue: Tongue,
    opened: tuple[str, str | None],
    first: Sequence[str],
    length: int,
) -> bool:
    """Whether a longer answer may open so: "no, they..." but neither "not so..." nor "no comment"."""
    opening, saying = opened
    if not opening:
        return False
    alone = 0 < len(first) < length and all(_kind(tongue, phrase) for phrase in joined(first, tongue))
    denies = saying == "no" and listed(tongue, "denies", opening.split()[0])
    if tongue.name == language:
        return alone or not denies or listed(tongue, "corrects", opening)
    cut_short = denies or (saying == "no" and " " in opening)  # "rather not" may go on "know"
    return (alone or not cut_short) and _is_clear(lexicon, language, opening, saying)


def _is_clear(lexicon: Lexicon, language: str, phrase: str, saying: str | None) -> bool:
    """Whether another language's phrase is neither a word of the conversation's language nor says another thing."""
    own = {lexicon.languages[number] for number, _ in lexicon.words.get(phrase, ())} & {language, _EVERYWHERE}
    return not own and all(saying_of(tongue, phrase) in (None, saying) for tongue in lexicon.tongues)
