"""Says which language a text is written in, of those that have a word file; None when unsure.

What may enter: frequent words and scripts. What may not: a guess from one word that several languages share or that
is an answer ("ja" is Swedish, German and Norwegian, and says nothing about the language a caller wants).
"""

import re
from collections.abc import Iterable, Mapping

from .danger import Look, look_at
from .lexicon import ANY, BIT, Lexicon, Meanings

_SCRIPTS: Mapping[re.Pattern[str], tuple[str, ...]] = {
    re.compile("[\u0600-\u06ff]"): ("ar", "fa", "ku"),
    re.compile("[\u0400-\u04ff]"): ("uk", "ru", "bs"),
    re.compile("[\u1200-\u137f]"): ("ti", "am"),
    re.compile("[\u0e00-\u0e7f]"): ("th",),
}
# Letters that only one of a script's languages writes, small ones (casefolding would make "ss" of "ß").
_LETTERS: Mapping[str, str] = {
    "[پچژگ]": "fa",
    "[ةظضذثؤإأىص]": "ar", "[іїєґ]": "uk", "[ыэёъ]": "ru", "[јљњћђџ]": "bs", "[ሕቐኽዓ]": "ti", "[ąęłńśźżćó]": "pl",
    "[ğış]": "tr", "[ñ¿¡]": "es", "[ß]": "de", "[øæ]": "no",
}  # fmt: skip
_LETTER_OF = tuple((re.compile(letters), language) for letters, language in _LETTERS.items())
_TELLING = re.compile("|".join(_LETTERS))  # most texts have none of them
_GREETING = BIT["greeting"]
_FREQUENT = BIT["common"]
_GREETING_SCORE = 2.0
_LETTER_SCORE = 1.5
_ENOUGH = 0.9
_CLEARLY = 1.4


def read_language(lexicon: Lexicon, text: str) -> str | None:
    """Give the code of the language that a text is clearly written in, or None."""
    return language_in(look_at(lexicon, text))


def language_in(look: Look) -> str | None:
    """As `read_language`."""
    lexicon = look.lexicon
    known_as = [
        (word, meanings)
        for word, meanings in zip(look.tokens.words, look.meanings, strict=True)
        if not word.isdigit() and (word[0].isalnum() or word[0] >= "\u0e00")
    ]
    letters = [word for word, _ in known_as]
    if not letters or " ".join(letters) in lexicon.speechless:
        return None
    scores = _scores(lexicon, (meanings for _, meanings in known_as))
    known = set(lexicon.languages) - {ANY}
    possible = next((set(names) for script, names in _SCRIPTS.items() if script.search("".join(letters))), None)
    allowed = known & possible if possible is not None else known
    small = look.text.lower()
    for pattern, language in _LETTER_OF if _TELLING.search(small) else ():
        if language in allowed and pattern.search(small):
            scores[language] = scores.get(language, 0.0) + _LETTER_SCORE
    if possible is not None and len(allowed) == 1:
        return next(iter(allowed))
    ranked = sorted(((score, name) for name, score in scores.items() if name in allowed), reverse=True)
    if not ranked or ranked[0][0] < _ENOUGH:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] >= _CLEARLY * ranked[1][0] else None


def _scores(lexicon: Lexicon, words: Iterable[Meanings]) -> dict[str, float]:
    """`words`: what each may mean."""
    scores: dict[str, float] = {}
    for found in words:
        meanings = [(number, bits) for number, bits in found if lexicon.languages[number] != ANY]
        for number, bits in meanings:
            weight = _GREETING_SCORE if bits & _GREETING else 1.0
            name = lexicon.languages[number]
            scores[name] = scores.get(name, 0.0) + weight / len(meanings)
    return scores
