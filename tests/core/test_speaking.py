"""How long a text takes to be said, and how easy it is: worked out by hand."""

import pytest

from hotline.core.speaking import lix, seconds, seconds_until, sentences


def test_ten_words_in_two_sentences_of_which_three_are_long_have_lix_35() -> None:
    assert lix("Vi ringer socialtjänsten nu. Barnen behöver trygghet varje kväll hemma.") == pytest.approx(5 + 30)
    assert lix("Ring 112 nu.") == pytest.approx(2.0)
    assert lix("112!") == 0.0


def test_a_colon_and_a_lists_digit_end_a_sentence() -> None:
    assert sentences("Vad vill du? 1 Ja 2 Nej. Tack: hej") == [
        ["Vad", "vill", "du"],
        ["Ja"],
        ["Nej"],
        ["Tack"],
        ["hej"],
    ]


def test_letters_digits_and_pauses_take_their_time() -> None:
    assert seconds("a" * 14) == pytest.approx(1.0)
    assert seconds("112") == pytest.approx(3 * 0.35)
    assert seconds("a, b.") == pytest.approx(3 / 14 + 0.2 + 0.45)
    assert seconds_until("Ring 112 nu", "112") == pytest.approx(5 / 14 + 3 * 0.35)
    assert seconds_until("Ring", "112") is None
