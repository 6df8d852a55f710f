"""A place in the script is kept as text and comes back the same; what only grows never shrinks."""

import json
from dataclasses import fields, replace

import pytest

from hotline.core.conversation import IDLE, MOST_WORDS, Conversation

FRESH = Conversation("abc123", "sv", "who")
FULL = Conversation(
    "abc123", "fi", "what", after="who", flags=frozenset({"red", "child"}), answers=(("now", "2"), ("who", "1")),
    words=("Hej", "hon gråter på nätterna"), before="now", misses=1, silences=2, tried=True, reference="K7Q2",
    complete=True, spent=1.5, spent_at=1_800_000_000.0, over=True,
)  # fmt: skip


@pytest.mark.parametrize("here", [FRESH, FULL])
def test_it_comes_back_as_it_was(here: Conversation) -> None:
    assert Conversation.from_text(here.to_text()) == here


def test_it_is_kept_in_few_bytes_the_same_ones_each_time() -> None:
    written = FULL.to_text()
    assert '"flags":["child","red"]' in written
    assert "gråter på nätterna" in written
    assert ", " not in written
    assert ": " not in written


def test_a_new_one_has_told_and_spent_nothing() -> None:
    new = {one.name: getattr(FRESH, one.name) for one in fields(FRESH)}
    assert [name for name, value in new.items() if value] == ["script", "language", "step"]
    assert (IDLE.total_seconds(), MOST_WORDS) == (1800, 20)


@pytest.mark.parametrize("later", ["spent", "spent_at", "over"])
def test_one_that_began_in_an_older_release_goes_on(later: str) -> None:
    told = json.loads(FRESH.to_text())
    del told[later]
    assert Conversation.from_text(json.dumps(told)) == FRESH


@pytest.mark.parametrize("change", [{"mood": "sad"}, {"step": None}])
def test_a_text_of_another_form_is_none(change: dict[str, str | None]) -> None:
    told = {name: value for name, value in {**json.loads(FRESH.to_text()), **change}.items() if value is not None}
    with pytest.raises(ValueError, match="another form"):
        Conversation.from_text(json.dumps(told))


def test_of_many_words_the_latest_are_kept_and_empty_ones_are_none() -> None:
    here = FRESH
    for number in range(25):
        here = here.with_words(f" {number} ")
    assert here.words == tuple(str(number) for number in range(5, 25))
    assert here.with_words(" \n") is here


def test_a_flag_once_raised_stays() -> None:
    assert FRESH.raised("red").raised("child", "told_112").flags == {"red", "child", "told_112"}
    assert FULL.raised("red") is FULL


@pytest.mark.parametrize(
    ("here", "missing"),
    [(FRESH, ()), (replace(FRESH, after="who", before="now"), ()), (replace(FRESH, step="gone"), ("gone",)),
     (replace(FRESH, after="gone"), ("gone",)), (replace(FRESH, before="gone"), ("gone",)),
     (replace(FRESH, language="pl"), ("pl",)), (replace(FRESH, step="gone", language="pl"), ("gone", "pl"))],
)  # fmt: skip
def test_what_another_script_lacks_of_it_is_named(here: Conversation, missing: tuple[str, ...]) -> None:
    assert here.lost_in({"now", "who", "what"}, {"sv", "fi"}) == missing
