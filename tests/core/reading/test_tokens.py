"""A text is cut into words, parts and sentences; a script without spaces is cut by the words that are known."""

import pytest

from hotline.core.reading.tokens import cut

THAI = {"ต": ("ตีฉัน", "ตี"), "ฉ": ("ฉัน",)}


@pytest.mark.parametrize(
    ("text", "words", "parts", "sentences"),
    [("han slar henne", "han slar henne", [0, 0, 0], [0, 0, 0]),
     ("hej, han: slar", "hej han slar", [0, 1, 2], [0, 0, 0]),
     ("hej. han\nslar! nu; da? ja", "hej han slar nu da ja", [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]),
     ("3-aring", "3 aring", [0, 0], [0, 0]), ("hej - han", "hej han", [0, 1], [0, 0]), ("--", "", [], []),
     ("rum12b", "rum 12 b", [0, 0, 0], [0, 0, 0]), ("a_b", "a b", [0, 0], [0, 0]), ("🆘 hej", "🆘 hej", [0, 0], [0, 0]),
     ('han (som "slar")', "han som slar", [0, 1, 2], [0, 0, 0]),
     ("a x b", "a x b", [0, 0, 0], [0, 0, 0])],
)  # fmt: skip
def test_marks_end_parts_and_some_end_sentences(text: str, words: str, parts: list[int], sentences: list[int]) -> None:
    tokens = cut(text, {})
    assert (list(tokens.words), list(tokens.parts), list(tokens.sentences)) == (words.split(), parts, sentences)


@pytest.mark.parametrize(
    ("run", "words"),
    [("ตี", ["ตี"]), ("ตีฉัน", ["ตีฉัน"]), ("ฉันตี", ["ฉัน", "ตี"]), ("กกตี", ["กก", "ตี"]), ("ตีกก", ["ตี", "กก"]),
     ("กตีกฉันก", ["ก", "ตี", "ก", "ฉัน", "ก"]), ("กก", ["กก"]), ("ตีกhej 12", ["ตี", "ก", "hej", "12"]), ("ต", ["ต"])],
)  # fmt: skip
def test_a_script_without_spaces_is_cut_by_known_words(run: str, words: list[str]) -> None:
    tokens = cut(run, THAI)
    assert list(tokens.words) == words
    assert tokens.parts == tokens.sentences == (0,) * len(words)


def test_another_script_is_not_cut_by_letters() -> None:
    assert cut("tafsa", {"t": ("ta",)}).words == ("tafsa",)
