"""The goals of understanding, on the project's own corpus (`flows understand` shows each row)."""

import json
import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from hotline.core.reading import Figures, Lexicon, Row, measure, read_danger, row_of

CORPUS = Path(__file__).parents[2] / "corpus"
HERE = Path(__file__).parent
SV_EN = ("sv", "en")


def _rows(files: Iterable[Path]) -> Iterator[Row]:
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            data = json.loads(line) if line.strip() else {}
            if "label" in data:
                yield row_of(data)


def _figures(lexicon: Lexicon, folder: Path) -> Figures:
    rows = list(_rows(sorted(folder.glob("*.jsonl"))))
    if not rows:
        pytest.fail(f"no labelled rows in {folder}: the goals cannot be measured")
    return measure(lexicon, rows)


HELD = (CORPUS / "held", CORPUS / "independent" / "held")


# The goals: missed 2 % in Swedish and English and 8 % in the other languages, false alarms 8 %.
# The held parts' first bound is what is reached now, not the goal: wordings nobody foresaw are missed more often.
@pytest.mark.parametrize(
    ("folder", "missed"),
    [(HERE, 0.02), (CORPUS, 0.02), (HELD[0], 0.05), (HELD[1], 0.02)],
    ids=["written beside the words", "seen", "held back", "held back, by another hand"],
)
def test_that_no_more_is_missed_than_stated(lexicon: Lexicon, folder: Path, missed: float) -> None:
    figures = _figures(lexicon, folder)
    assert figures.miss_share(SV_EN) <= missed, f"missed in Swedish and English: {figures.miss_share(SV_EN):.1%}"
    assert figures.miss_share(without=SV_EN) <= 0.08, f"missed elsewhere: {figures.miss_share(without=SV_EN):.1%}"
    assert figures.false_share() <= 0.08, f"false alarms: {figures.false_share():.1%}"


def test_that_nothing_held_back_is_learnt_from() -> None:
    learnt = {_plain(row) for row in _rows([*CORPUS.glob("training/*.jsonl"), *CORPUS.glob("independent/*.jsonl")])}
    held = {_plain(row) for folder in HELD for row in _rows(folder.glob("messages-*.jsonl"))}
    # A few words alone ("help") are everybody's.
    assert len(learnt) > 20_000
    assert [text for text in sorted(held & learnt) if len(text.split()) > 3] == []


def _plain(row: Row) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in row.text.lower()).split())


def test_that_a_miss_and_a_false_alarm_are_counted_and_an_excuse_is_heard(lexicon: Lexicon) -> None:
    rows = [
        Row("sv", "hej", "acute"),
        Row("sv", "han slår henne", "other"),
        Row("sv", "hej", "acute", ("other",)),
        Row("sv", "han slår henne ofta", "concern"),
    ]
    count = measure(lexicon, rows).by_language["sv"]
    assert (count.acute, count.misses, count.everyday, count.false_alarms) == (2, 1, 1, 1)
    assert [wrong.row.text for wrong in count.wrong] == ["hej", "han slår henne"]


def test_that_a_text_is_understood_within_a_breath(lexicon: Lexicon) -> None:
    text = "grannen bråkar igen och jag hör att hon skriker, men jag vet inte om det är allvar " * 2
    spent = []
    for _ in range(20):
        start = time.process_time()
        read_danger(lexicon, text[:160])
        spent.append(time.process_time() - start)
    # The goal is 1 ms on a quiet machine (the bench holds that); this bound only catches what is far off.
    assert statistics.median(spent) < 0.01
