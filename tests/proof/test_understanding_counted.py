"""`flows understand` counts messages and answers, and shows each wrong one unless only totals are wanted."""

import json
from pathlib import Path

import pytest

from tests.proof.commands import invoked
from tests.proof.fault import FLOWS, lexicon, workshop

ANSWERS = [
    {"lang": "sv", "question_kind": "menu4", "text": "två", "expected": "2"},
    {"lang": "sv", "question_kind": "menu4", "text": "den andra", "expected": "reprompt"},
    {"lang": "en", "question_kind": "yesno", "text": "yes", "expected": "yes"},
    {"lang": "sv", "question_kind": "when", "text": "igår", "expected": "yesterday"},
]
MESSAGES = [{"lang": "sv", "text": "hej", "label": "acute"}]


def understood(folder: Path, rows: list[dict[str, str]], *words: str) -> tuple[int, list[str]]:
    """Exit status and lines of the command."""
    file = folder / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    bench = workshop(FLOWS)
    bench.lexicon = lexicon()
    result = invoked(bench, "understand", str(file), *words)
    return result.exit_code, result.output.splitlines()


def test_answers_are_counted_by_kind_and_the_wrong_ones_shown(tmp_path: Path) -> None:
    assert understood(tmp_path, ANSWERS) == (0, [
        "menu4: 1/2 right (50.0%), 1/1 taken for an answer that should be asked again",
        "   sv taken for 2, meant reprompt: den andra",
        "yesno: 1/1 right (100.0%), 0/0 taken for an answer that should be asked again",
        "when: no script asks such a question; 1 not counted",
        "answers: 2/3 right (66.7%), 1/1 taken for an answer that should be asked again",
    ])  # fmt: skip


@pytest.mark.parametrize(("rows", "wrong"), [(ANSWERS, "den andra"), (MESSAGES, "hej")])
def test_totals_show_no_row(tmp_path: Path, rows: list[dict[str, str]], wrong: str) -> None:
    assert wrong in " ".join(understood(tmp_path, rows)[1])
    status, lines = understood(tmp_path, rows, "--totals")
    assert status == 0
    assert wrong not in " ".join(lines)


def test_messages_and_answers_may_stand_in_one_file(tmp_path: Path) -> None:
    _, lines = understood(tmp_path, [*MESSAGES, *ANSWERS], "--totals")
    assert lines[0] == "sv: 1/1 missed, 0/0 false alarms"
    assert lines[1].startswith("missed sv+en 100.0%")
    assert lines[-1].startswith("answers: 2/3 right")


def test_a_row_that_is_neither_is_named(tmp_path: Path) -> None:
    status, lines = understood(tmp_path, [*MESSAGES, {"lang": "sv", "text": "hej"}])
    assert (status, len(lines)) == (1, 1)
    assert "rows.jsonl:2: no object with" in lines[0]
