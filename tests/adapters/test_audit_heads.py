"""Ends of the audit trail, noted in a file: each once, in order, the newest five hundred."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.adapters.audit_heads import AuditHeads

AT = datetime(2027, 3, 9, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ring.heads"


def test_an_end_is_noted_once_with_the_time_and_read_by_whoever_comes_later(file: Path) -> None:
    heads = AuditHeads(file)
    assert heads.noted() == []
    assert [heads.note(one, AT) for one in ((7, "ab"), (7, "ab"), (7, "cd"), (8, "cd"))] == [True, False, True, True]
    assert AuditHeads(file).noted() == [(7, "ab"), (7, "cd"), (8, "cd")]
    assert file.read_text(encoding="ascii").startswith("2027-03-09T09:00:00+00:00 7 ab\n")
    assert list(file.parent.iterdir()) == [file]


def test_of_an_empty_trail_and_without_a_place_for_it_nothing_is_noted(file: Path) -> None:
    assert not AuditHeads(file).note(None, AT)
    assert not file.exists()
    assert not AuditHeads(None).note((7, "ab"), AT)
    assert AuditHeads(None).noted() == []


def test_the_newest_five_hundred_are_kept(file: Path) -> None:
    heads = AuditHeads(file)
    for number in range(502):
        heads.note((number, f"{number:x}"), AT + timedelta(minutes=number))
    assert [number for number, _ in heads.noted()] == list(range(2, 502))
