"""However a telephone writes it: case, accents, width, signs, digits and letters of one sound come out as one."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.core.reading import normalise

SAME = {
    "case": ("HJÄLP", "hjälp", "hjalp"),
    "accents where writers drop them": ("żółć", "zolc", "ŻÓŁĆ"),
    "letters without an accent to take off": ("Đorđe ł ø æ œ ı", "dorde l o a o i"),
    "width": ("ＨＪＡＬＰ１１２", "hjalp112"),
    "letters drawn out": ("hjaaaaalp", "hjaalp"),
    "apostrophes of every keyboard": ("can't", "can’t", "can‘t", "can`t", "can´t", "canʼt", "canʹt", "cant"),
    "quotes of every keyboard": ('"nej"', "“nej”", "„nej“", "«nej»", "″nej″"),
    "dashes of every keyboard": ("3-åring", "3–åring", "3—åring", "3‐åring", "3‑åring", "3−åring"),
    "signs of other scripts": ("a, b; c? d.", "a، b؛ c؟ d۔", "a፣ b፤ c؟ d።"),
    "spaces": ("  han   slår\t henne ", "han፡slår፡henne", "han slår henne", "han\u00a0slår\u2003henne"),
    "what cannot be seen": ("hj\u00adalp", "hj\u200balp", "\ufeffhjalp\u2069", "hjalp"),
    "the colour of a hand": ("👍🏿", "👍🏽", "👍"),
    "Arabic and Persian keyboards": ("کمکی", "كمكي", "ڪمڪے"),
    "Arabic letters with and without hamza": ("أإآٱ", "اااا"[:2]),
    "Arabic letters of one form": ("علىء", "علي"),
    "Arabic vowels and stretching": ("مُسَاعَدَة", "مساعده", "مســـاعدة"),
    "Persian stems apart and together": ("نمی دانم", "نميدانم"),
    "Ukrainian and Russian": ("ґанок ёлка", "ганок елка"),
    "Tigrinya letters of one sound": ("ሠሡሢሣሤሥሦ", "ሰሱሲሳሴስሶ"),
    "Tigrinya letters of another sound": ("ፀፁፂፃፄፅፆ", "ጸጹጺጻጼጽጾ"),
    "Tigrinya letters of a third sound": ("ኀኁኂኃኄኅኆ", "ሀሁሂሃሄህሆ"),
}


@pytest.mark.parametrize("forms", SAME.values(), ids=SAME)
def test_forms_of_one_thing_come_out_as_one(forms: tuple[str, ...]) -> None:
    assert len({normalise(form) for form in forms}) == 1


def test_digits_of_every_script_are_read() -> None:
    digits = [chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) == "Nd"]
    assert {letter for letter in digits if normalise(letter) != str(unicodedata.digit(letter))} == set()


@pytest.mark.parametrize("letter", "hþðħəہھەۀېئؤی")
def test_what_is_folded_stays_folded(letter: str) -> None:
    assert normalise(normalise(letter)) == normalise(letter)
    assert len(normalise(letter)) == 1


def test_lines_stay_for_they_end_a_thought() -> None:
    assert normalise("Hej\n  HJÄLP  ") == "hej\n hjalp"


def test_two_of_one_letter_and_all_digits_stay() -> None:
    assert normalise("Smeden 1112 haaa") == "smeden 1112 haa"


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_western_letters_are_the_same_in_a_text_that_has_others_too(text: str) -> None:
    assert normalise(f"é{text}é ж") == normalise(f"é{text}é") + " ж"
