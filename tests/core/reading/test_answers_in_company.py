"""People seldom write a number or a yes alone: they thank, doubt, correct themselves, sign, and mistype."""

import pytest

from hotline.core.reading import Chosen, Lexicon, Option, Unclear, read_choice

FOUR = tuple(Option(key, ()) for key in "1234")
YES_NO = FOUR[:3]


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(str(number), (label,)) for number, label in enumerate(labels, 1))


WHO = options("Ett barn", "En vuxen", "Både barn och vuxen", "Vet inte")
WHAT = options("Vapen, strypgrepp eller dödshot", "Slag eller skrik", "Hot", "Kontroll eller annat")
ANY = options("A child", "An adult", "Both", "Not sure")


@pytest.mark.parametrize(
    "text",
    ["2 tackar", "tyvärr 2", "jag skulle säga 2", "2 tkr jag", "vi säger 2", "2 mvh Birgitta", "antagligen 2", "2 👍",
     "absolut 2", "god kväll, 2 tack på förhand", "I'd say 2", "2 thank you very much", "2 luulisin", "dos por favor",
     "moja odpowiedź to 2", "٢ شكرا", "ببخشید ۲", "2 lütfen", "2 mahadsanid", "መልሰይ 2", "моя відповідь 2",
     "пожалуйста 2", "2 molim", "ขอเลือกข้อ 2 ค่ะ", "ข้อสองครับ", "en tvåa", "2:a alternativet"],
)  # fmt: skip
def test_politeness_and_doubt_leave_the_number(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Chosen("2")


@pytest.mark.parametrize(
    "text",
    ["1... nej 2", "1 nej förlåt 2", "3, nej 2 menar jag", "inte 1 utan 2", "2, inte 1", "oj fel, 2 ska det vara",
     "rättelse: 2", "1... no 2", "not 1 but 2", "1 ei kun 2", "nie 1 tylko 2", "не 1 а 2"],
)  # fmt: skip
def test_who_corrects_themselves_means_the_later_number(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Chosen("2")


@pytest.mark.parametrize(
    "text",
    ["inte 2", "inte 1, 2", "2 nej", "2 vänta", "2 👎", "1 ja 2 nej", "1 nej 2 ja", "1 eller nej 2 eller 3",
     "tre år", "4-åring", "nie 2",
     "2 min bara", "one of them", "2 mvh 3", "en kväll", "första gången", "vad betyder 2", "ska jag skriva 2"],
)  # fmt: skip
def test_a_number_that_is_denied_or_asked_about_is_asked_again(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Unclear()


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [("sv", "frya", "4"), ("sv", "terdje", "3"), ("sv", "fösta", "1"), ("sv", "tvåann", "2"), ("sv", "ettn tack", "1"),
     ("sv", "tredjee", "3"), ("en", "fuor", "4"), ("fi", "koolme", "3"), ("sv", "читыре", "4"), ("sv", "czery", "4")],
)  # fmt: skip
def test_a_number_word_one_letter_off_is_that_number(lexicon: Lexicon, language: str, text: str, key: str) -> None:
    assert read_choice(lexicon, language, text, FOUR) == Chosen(key)


@pytest.mark.parametrize("text", ["hyra", "syra", "jag förstår", "there", "your", "andra frya", "fotr", "hall", "tr"])
def test_another_word_one_letter_from_a_number_is_none(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Unclear()


@pytest.mark.parametrize(
    ("offered", "text", "key"),
    [(WHAT, "2 slag och skrik", "2"), (WHAT, "slag och skrik tyvärr", "2"), (WHAT, "kontroll och sånt", "4"),
     (WHO, "vuxna", "2"), (WHO, "båda två", "3"), (WHO, "båda typ", "3"), (WHO, "både och", "3"), (WHO, "3 båda", "3"),
     (WHO, "har ingen koll", "4")],
)  # fmt: skip
def test_labels_are_understood_in_company_too(
    lexicon: Lexicon, offered: tuple[Option, ...], text: str, key: str
) -> None:
    assert read_choice(lexicon, "sv", text, offered) == Chosen(key)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("both of them", Chosen("3")), ("child and adult", Chosen("3")), ("child or adult", Unclear()),
     ("child and no adult", Unclear())],
)  # fmt: skip
def test_two_options_together_are_the_one_that_holds_both(lexicon: Lexicon, text: str, answer: object) -> None:
    assert read_choice(lexicon, "en", text, ANY) == answer


@pytest.mark.parametrize(
    ("offered", "text"),
    [(WHO, "inte barn"), (WHO, "inget barn"), (WHO, "barn finns inte"), (WHO, "inte båda"), (WHO, "barn eller vuxen"),
     (WHO, "vet du"), (WHAT, "inte slag"), (WHAT, "inga skrik"), (WHAT, "hot plus kontroll"), (WHAT, "1 hot")],
)  # fmt: skip
def test_a_label_that_is_denied_or_one_of_two_is_asked_again(
    lexicon: Lexicon, offered: tuple[Option, ...], text: str
) -> None:
    assert read_choice(lexicon, "sv", text, offered) == Unclear()


@pytest.mark.parametrize(
    ("text", "key"),
    [("nejjj", "2"), ("vet inteee", "3"), ("naturligtvis", "1"), ("tak, są dzieci", "1"), ("evet çocuk var", "1"),
     ("да, у них есть дети", "1"), ("نعم يوجد", "1"), ("ні, дітей немає", "2"), ("hayır teşekkürler", "2"),
     ("nie, nie mają", "2"), ("niestety nie wiem", "3"), ("понятия не имею", "3"), ("ไม่รู้จริงๆ", "3"),
     ("noll koll", "3"), ("är inte riktigt säker", "3"), ("2 nej", "2"), ("3, vet ej", "3"), ("ja, två barn", "1"),
     ("maalesef bilmiyorum", "3"), ("svaret är nej", "2")],
)  # fmt: skip
def test_yes_and_no_are_understood_in_company(lexicon: Lexicon, text: str, key: str) -> None:
    assert read_choice(lexicon, "sv", text, YES_NO, yes_no=True) == Chosen(key)


@pytest.mark.parametrize(
    "text",
    ["ja 2", "nej 1", "1 nej", "ja fast nej", "inte bara det", "säg inte mitt namn", "ingen kommentar", "no problem",
     "no entiendo la pregunta", "nie rozumiem", "nej jag fattar inte", "ja men vad menas", "var", "nie mowie"],
)  # fmt: skip
def test_a_yes_or_no_that_says_something_else_is_asked_again(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, YES_NO, yes_no=True) == Unclear()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ursäkta att jag dröjer, jag fick leta efter glasögonen. 1.", "1"),
        ("Jag väljer alternativ 4. Med vänlig hälsning Gunvor", "4"),
        ("Det måste bli en 3:a", "3"),
        ("jag svarar 2 men är inte helt säker", "2"),
    ],
)
def test_one_sentence_of_several_is_the_answer(lexicon: Lexicon, text: str, key: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Chosen(key)


@pytest.mark.parametrize(
    "text",
    ["3. Nej vänta, jag läste fel. 1 ska det vara.", "Varför? 2", "De har 2 barn. 1", "Jag vet inte. Hon gråter."],
)
def test_sentences_with_other_numbers_or_questions_are_asked_again(lexicon: Lexicon, text: str) -> None:
    assert not isinstance(read_choice(lexicon, "sv", text, FOUR), Chosen)
