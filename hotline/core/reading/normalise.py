"""Writes a text the one way in which every word list is written too.

What may enter: the standard library's knowledge of characters. What may not: any word of any language, since
a rule about words belongs into the word files, where it is reviewed like the texts.
"""

import re
import unicodedata

# Letters that carry no accent that could be taken off, yet are typed as plain letters by people who lack the key.
_LETTERS = str.maketrans(
    {
        "ł": "l", "đ": "d", "ø": "o", "æ": "a", "œ": "o", "ı": "i", "ð": "d", "þ": "t", "ħ": "h", "ə": "e",
        # Arabic and Persian keyboards differ in these; writers mix them freely.
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ؤ": "و",
        "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ء": "", "ـ": "",
        # Ukrainian ґ is often typed г; Russian ё as е.
        "ґ": "г", "ё": "е",
        # Tigrinya and Amharic writers use the letters of one sound for one another.
        "ሠ": "ሰ", "ሡ": "ሱ", "ሢ": "ሲ", "ሣ": "ሳ", "ሤ": "ሴ", "ሥ": "ስ", "ሦ": "ሶ",
        "ፀ": "ጸ", "ፁ": "ጹ", "ፂ": "ጺ", "ፃ": "ጻ", "ፄ": "ጼ", "ፅ": "ጽ", "ፆ": "ጾ",
        "ኀ": "ሀ", "ኁ": "ሁ", "ኂ": "ሂ", "ኃ": "ሃ", "ኄ": "ሄ", "ኅ": "ህ", "ኆ": "ሆ",
        "’": "'", "‘": "'", "`": "'", "ʼ": "'", "ʹ": "'", "“": '"', "”": '"', "„": '"',
        "«": '"', "»": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "،": ",", "؛": ";", "؟": "?", "۔": ".",
        "።": ".", "፣": ",", "፡": " ", "፤": ";",
    }
)  # fmt: skip
# Width's own rules would take these apart: an accent without a letter, and a second mark.
_SIGNS = str.maketrans({"´": "'", "″": '"'})
_IGNORED = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3"
    "\u064b-\u065f\u0670\u06d6-\u06ed\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHE = re.compile(r"(?<=\w)['`](?=\w)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SPACES = re.compile(r"[^\S\n]+")
_PERSIAN_STEM = re.compile(r"(?<!\w)(ن?مي)\s+(?=\w)")
_NOT_ASCII_DIGIT = re.compile(r"[^\x00-\x7f]")


def _digit(match: re.Match[str]) -> str:
    value = unicodedata.digit(match[0], None)
    return match[0] if value is None else str(value)


def normalise(text: str) -> str:
    """Give the text in small letters, without accents, width, invisible signs, drawn-out letters or foreign digits.

    Three or more of one letter become two: "hjääälp" gives "hjaalp", and the word list tries one letter after two.
    An apostrophe inside a word goes ("can't" is written "cant" as often). Line breaks stay, since they end a thought.
    """
    if text.isascii():
        text = _APOSTROPHE.sub("", text.casefold())
    elif _IS_WESTERN.fullmatch(text):
        text = _APOSTROPHE.sub("", text.translate(_WESTERN))
    else:
        text = _PERSIAN_STEM.sub(r"\1", _APOSTROPHE.sub("", _plain(text)))
    return _SPACES.sub(" ", _DRAWN_OUT.sub(r"\1\1", text)).strip()


def _plain(text: str) -> str:
    """In small letters, without accents, width, invisible signs or foreign digits."""
    text = unicodedata.normalize("NFKC", _IGNORED.sub("", text.casefold()).translate(_SIGNS)).casefold()
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return _NOT_ASCII_DIGIT.sub(_digit, unicodedata.normalize("NFC", text).translate(_LETTERS))


# Where no letter depends on its neighbours, as in Swedish, one look into a table does the same.
_IS_WESTERN = re.compile("[\x00-\xff]*")
_WESTERN = {code: _plain(chr(code)) for code in range(0x100)}
