"""Any words may tell a place, but not those that ask back, refuse, or say that it is not known."""

import pytest

from hotline.core.reading import Lexicon, read_danger, read_place


@pytest.mark.parametrize(
    "text",
    ["bakom Ica Supermarket", "next door to the pharmacy", "vid macken", "hos grannen", "i köket", "grannlägenheten",
     "Hagge", "vet inte men nära Ica", "kan inte adressen men bakom skolan", "varför inte Lindvägen 8",
     "minns inte, Lindvägen 8", "apteekin vieressä", "за магазином", "بجانب الصيدلية"],
)  # fmt: skip
def test_landmarks_neighbours_and_half_an_address_are_places(lexicon: Lexicon, text: str) -> None:
    assert read_place(lexicon, text)


@pytest.mark.parametrize(
    "text",
    ["måste jag säga det?", "kan jag vara anonym", "menar ni min adress", "ringer ni polisen då?", "ett ögonblick",
     "orkar inte skriva", "vill inte ge er adressen", "det har jag redan sagt", "igår", "en man", "tack så mycket",
     "i don't know the address", "are you the police", "kenen osoite", "no sé la dirección", "nie znam adresu",
     "لا أعرف العنوان", "آدرس را نمی دانم", "söylemek istemiyorum", "не знаю адреса", "ไม่รู้ที่อยู่", "po co"],
)  # fmt: skip
def test_asking_back_refusing_and_not_knowing_are_none(lexicon: Lexicon, text: str) -> None:
    assert not read_place(lexicon, text)


@pytest.mark.parametrize("text", ["bakom Ica Supermarket", "next door to the pharmacy", "vid kyrkan", "kaupan takana"])
def test_a_landmark_alone_is_no_danger(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text) is None


@pytest.mark.parametrize("text", ["hon skriker bakom Ica", "next door he beats her", "bakom kyrkan med kniv"])
def test_danger_beside_a_landmark_is_danger(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text)


@pytest.mark.parametrize("text", ["kan", "skyddad adress", "jag vågar inte skriva"])
def test_what_stands_beside_answers_hides_no_danger(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text)
