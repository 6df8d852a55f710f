"""What words weigh: learnt alike at every run, never by heart, with a threshold that keeps to its share of alarms."""

import pytest

from hotline.core.reading import Lexicon, Row
from hotline.core.reading.fitting import ALARMS, FEWEST_ACUTE, Fitted, example_of, fit
from hotline.core.reading.learning import Example, learn
from hotline.core.reading.weighing import (
    ASKED,
    FIRED,
    FIRED_SURELY,
    SHOUTED,
    STRETCH,
    Features,
    Scale,
    features_of,
    leaning,
)


def example(language: str, words: str, *, danger: bool, kinds: str = "") -> Example:
    return Example(language, Features(frozenset(words.split()), frozenset(kinds.split())), danger)


ROWS = [
    *(example("sv", f"kniven hall{n}", danger=True, kinds="{weapon}") for n in range(6)),
    *(example("sv", f"festen hall{n}", danger=False) for n in range(6)),
    *(example("en", f"knife hall{n}", danger=True, kinds="{weapon}") for n in range(4)),
    *(example("en", f"party hall{n}", danger=False) for n in range(5)),
    *(example("sv", "två gånger", danger=True) for _ in range(2)),
]
# As learnt once: flows/weights must come out alike, whoever weighs the words again.
EXPECTED = {
    "en": (-56, {"knife": 123, "party": -168}),
    "sv": (43, {"kniven": 89, "festen": -262}),
}
KINDS = {"{weapon}": 158}


def test_what_is_learnt_is_the_same_on_every_machine() -> None:
    scales = learn(ROWS)
    assert scales == learn(list(ROWS))
    assert {name: (one.bias, dict(one.words)) for name, one in scales.items()} == EXPECTED
    assert scales["sv"].kinds == scales["en"].kinds == KINDS


def test_what_stands_in_two_rows_only_is_not_learnt_by_heart() -> None:
    assert not {"två", "gånger", "hall0"} & learn(ROWS)["sv"].words.keys()


def test_what_weighs_next_to_nothing_is_left_out() -> None:
    even = [example("sv", "hej", danger=bool(n % 2)) for n in range(8)]
    assert all(abs(weight) >= 10 for scale in learn([*ROWS, *even]).values() for weight in scale.words.values())


def weight_of_hot(against: int) -> int:
    known = [Example("sv", Features(frozenset({"hot"}), frozenset()), danger=False, against=against)] * 6
    scale = learn([*ROWS, *known])["sv"]
    return scale.bias + scale.words["hot"]


def test_what_is_known_to_be_none_is_weighed_against_what_a_rule_says_of_it() -> None:
    assert weight_of_hot(against=900) < weight_of_hot(against=0) - 300


def test_each_round_is_told() -> None:
    told: list[str] = []
    learn(ROWS, told.append)
    assert (told[0], told[-1], len(told)) == ("round 1 of 16", "round 16 of 16", 16)


@pytest.mark.parametrize(
    ("row", "language", "danger"),
    [
        (Row("sv", "han slår henne nu", "acute"), "sv", True),
        (Row("sv", "han slår henne nu", "acute", ("victim_self_acute",)), "sv", True),
        (Row("hr", "tuče je", "victim_self_acute"), "bs", True),
        (Row("sr", "zabava", "other"), "bs", False),
        (Row("sv", "festen är hög", "other", ("negated",)), "sv", False),
        (Row("sv", "oro", "concern"), "", False),
        (Row("sv", "kanske", "acute", ("other",)), "", False),
        (Row("sv", "kanske", "negated", ("acute",)), "", False),
        (Row("tlh", "nuqneH", "acute"), "", False),
    ],
)
def test_a_row_counts_for_one_side_or_for_none(lexicon: Lexicon, row: Row, language: str, danger: bool) -> None:  # noqa: FBT001 - a row of a table
    found = example_of(lexicon, row)
    assert (found.language, found.danger) == (language, danger) if found else language == ""


def rows(language: str, acute: int, everyday: int) -> list[Row]:
    """Every fifth everyday one sounds like the others."""
    cry, calm = ("han slår henne", "festen är hög") if language == "sv" else ("he hits her", "the party is loud")
    return [
        *(Row(language, f"{cry} i rum {'abcdefghij'[n % 10]}{n}", "acute") for n in range(acute)),
        *(Row(language, f"{calm if n % 5 else cry} i hus {'abcdefghij'[n % 10]}{n}", "other") for n in range(everyday)),
    ]


@pytest.fixture(scope="module")
def fitted(lexicon: Lexicon) -> tuple[dict[str, Fitted], list[str]]:
    told: list[str] = []
    return dict(fit(lexicon, [*rows("sv", FEWEST_ACUTE, 60), *rows("en", FEWEST_ACUTE - 1, 60)], told.append)), told


def test_a_language_with_few_rows_is_left_to_the_rules(fitted: tuple[dict[str, Fitted], list[str]]) -> None:
    assert list(fitted[0]) == ["sv"]


def test_every_row_is_kept_aside_once_and_counted(fitted: tuple[dict[str, Fitted], list[str]]) -> None:
    one, told = fitted[0]["sv"], fitted[1]
    assert (one.acute, one.everyday) == (FEWEST_ACUTE, 60)
    assert told[1:7] == [*(f"part {n} of 5 kept aside" for n in range(1, 6)), "all of them"]


def test_no_more_everyday_messages_than_allowed_weigh_as_much_as_danger(lexicon: Lexicon) -> None:
    calm = [row for row in rows("sv", FEWEST_ACUTE, 100) if "slår" not in row.text or row.label == "acute"]
    one = fit(lexicon, calm)["sv"]
    assert one.alarms <= ALARMS["sv"]
    assert one.misses == 0
    assert one.scale.is_danger("sv", features("sv", "han slår henne"))


def features(language: str, text: str) -> Features:
    words = text.strip("!?").split()
    return features_of(language, words, [0] * len(words), [0] * len(words), frozenset(), text)


def test_words_their_beginnings_and_their_neighbours_are_weighed() -> None:
    own = features("sv", "knivar hemma!").own
    assert {one for one in own if not one.startswith(STRETCH)} == {
        "knivar", "hemma", "^ knivar", "knivar hemma", "hemma $", "kniv*", "kniva*", "hemm*", "#2", SHOUTED,
    }  # fmt: skip
    assert {"~kni", "~ kniv", "~ar he", "~r h", "~mma "} <= own
    assert features("sv", "knivar hemma!").without_stretches().own == own - {one for one in own if one[0] == STRETCH}
    assert {"*^vei*", "*veit*", "*eits*", "*itsi*", "*tsi$*"} <= features("fi", "veitsi?").own
    assert ASKED in features("fi", "veitsi?").own
    assert not any(one.startswith("*") for one in features("en", "knives").own)
    assert "#4" not in features("sv", "en två tre fyra").own
    assert "#3" in features("sv", "en två tre").own


@pytest.mark.parametrize(
    ("language", "fired", "lean"),
    [("sv", [FIRED], 450), ("fi", [FIRED], 450), ("en", [FIRED], 450), ("pl", [FIRED], 2000), ("pl", [], 0),
     ("pl", [FIRED, FIRED_SURELY], 2000), ("sv", [FIRED_SURELY], 900), ("en", [FIRED_SURELY], 900),
     ("fi", [FIRED_SURELY], 900)],
)  # fmt: skip
def test_what_the_rules_say_leans_towards_danger(language: str, fired: list[str], lean: int) -> None:
    assert leaning(language, Features(frozenset(), frozenset(fired))) == lean


def test_a_text_is_danger_from_the_threshold_on_and_says_what_spoke_for_it() -> None:
    scale = Scale(-10, {"kniv": 6, "hem": -3, "nu": 5}, {"{weapon}": 4, "{calm}": -1})
    both = Features(frozenset({"kniv", "hem", "ord"}), frozenset({"{weapon}", "{calm}"}))
    assert scale.weigh(both) == -10 + 6 - 3 + 4 - 1
    assert not scale.is_danger("sv", both)
    assert scale.is_danger("sv", Features(frozenset({"kniv"}), frozenset({"{weapon}"})))
    assert scale.is_danger("sv", Features(frozenset({"hem"}), frozenset({FIRED})))
    assert not scale.is_danger("sv", Features(frozenset({"hem"}), frozenset()))
    assert scale.telling(both) == "kniv, {weapon}"
    assert scale.telling(both, 1) == "kniv"
