"""Understanding what people write: danger first, then answers, places and the language.

What may enter: word lists as values, and rules about words. What may not: files, time, the network, any model; and
nothing read here is kept or logged. The words themselves stand in flows/words, reviewed like the texts.
"""

from .answers import Choice, Chosen, DontKnow, Unclear, read_choice
from .compiling import compile_lexicon
from .danger import Danger, Look, danger_in, look_at, read_danger, read_red, red_in
from .labels import Option
from .language import language_in, read_language
from .lexicon import Lexicon
from .measure import Count, Figures, Row, Wrong, measure, row_of
from .normalise import normalise
from .statements import names, read_place, read_words, says_more, says_nothing
from .words import Combination, WordFile

__all__ = [
    "Choice",
    "Chosen",
    "Combination",
    "Count",
    "Danger",
    "DontKnow",
    "Figures",
    "Lexicon",
    "Look",
    "Option",
    "Row",
    "Unclear",
    "WordFile",
    "Wrong",
    "compile_lexicon",
    "danger_in",
    "language_in",
    "look_at",
    "measure",
    "names",
    "normalise",
    "read_choice",
    "read_danger",
    "read_language",
    "read_place",
    "read_red",
    "read_words",
    "red_in",
    "row_of",
    "says_more",
    "says_nothing",
]
