"""What is kept compiled is what the files say, or it is not used."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.adapters.content import MOST_KEPT, OnlyValues, compiled, fingerprint, load_content, read, write
from hotline.adapters.yaml_files import FileFaultError
from hotline.core.reading import read_danger

ROOT = Path(__file__).parents[2]
FLOWS, TOWNS = ROOT / "flows", ROOT / "flows" / "municipalities"


class Harm:
    """What an attacker who can write the file would put into it."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, ("harm",)


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOWNS, tmp_path / "towns"))


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("content-*.pickle"))


def test_what_was_kept_is_what_would_be_read(tmp_path: Path) -> None:
    first = load_content(FLOWS, TOWNS, tmp_path / "cache", unreviewed=True)
    again = load_content(FLOWS, TOWNS, tmp_path / "cache", unreviewed=True)
    assert first is not again
    anew = compiled(FLOWS, TOWNS, unreviewed=True)
    assert (again, again.script.lexicon) == (anew, anew.script.lexicon)


def test_only_we_may_read_and_write_it(tmp_path: Path) -> None:
    load_content(FLOWS, TOWNS, tmp_path / "cache", unreviewed=True)
    (path,) = kept(tmp_path / "cache")
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_changed_word_is_another_copy(towns: Path) -> None:
    before = fingerprint(FLOWS, towns, unreviewed=True)
    assert before == fingerprint(FLOWS, towns, unreviewed=True) != fingerprint(FLOWS, towns, unreviewed=False)
    path = towns / "smedjebacken.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 3", "minutes: 4"), encoding="utf-8")
    assert fingerprint(FLOWS, towns, unreviewed=True) != before


def test_a_municipality_that_goes_is_noticed_too(towns: Path) -> None:
    before = fingerprint(FLOWS, towns, unreviewed=True)
    (towns / "exempelby.yaml").unlink()
    assert fingerprint(FLOWS, towns, unreviewed=True) != before


@pytest.mark.parametrize("harm", [b"", b"no pickle", pickle.dumps({"script": 1}), pickle.dumps([])[:-1]])
def test_a_damaged_copy_is_not_used(tmp_path: Path, harm: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "content-1.pickle").write_bytes(harm)
    (tmp_path / "words-1.pickle").touch()
    assert read(tmp_path / "content-1.pickle", FLOWS) is None
    assert "is made anew" in caplog.text


@pytest.mark.parametrize("harm", [b"", b"no pickle", pickle.dumps({"script": 1}), pickle.dumps([])[:-1]])
def test_damaged_words_are_read_anew_and_never_missing(tmp_path: Path, harm: bytes) -> None:
    load_content(FLOWS, TOWNS, tmp_path, unreviewed=True)
    again = load_content(FLOWS, TOWNS, tmp_path, unreviewed=True)
    (words,) = tmp_path.glob("words-*.pickle")
    words.write_bytes(harm)
    assert read_danger(again.script.lexicon, "han slår henne nu")


def test_words_are_read_when_somebody_speaks_and_once(tmp_path: Path) -> None:
    load_content(FLOWS, TOWNS, tmp_path, unreviewed=True)
    script = load_content(FLOWS, TOWNS, tmp_path, unreviewed=True).script
    (words,) = tmp_path.glob("words-*.pickle")
    words.unlink()  # whoever has not read them yet reads the files that they were made from
    assert script.lexicon is script.lexicon
    assert script.lexicon.words


def test_a_copy_that_would_run_something_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content-1.pickle").write_bytes(pickle.dumps({"script": Harm()}))
    assert read(tmp_path / "content-1.pickle", FLOWS) is None
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    "named",
    [
        ("os", "system"), ("builtins", "eval"), ("hotline.core.flow", "Path.home"),
        ("hotline.adapters.content", "write"),
        ("hotline.core.conversation", "replace"), ("zoneinfo", "ZoneInfo.clear_cache"), ("datetime", "datetime"),
    ],
)  # fmt: skip
def test_nothing_but_the_cores_own_classes_is_made(tmp_path: Path, named: tuple[str, str]) -> None:
    path = tmp_path / "any"
    path.touch()
    with path.open("rb") as empty, pytest.raises(pickle.UnpicklingError, match="has no place"):
        OnlyValues(empty).find_class(*named)


def test_where_nothing_can_be_kept_it_is_read_each_time(tmp_path: Path) -> None:
    nowhere = tmp_path / "file" / "cache"
    nowhere.parent.touch()
    assert load_content(FLOWS, TOWNS, nowhere, unreviewed=True).municipalities


def test_a_fault_in_a_file_is_told_and_nothing_is_kept(tmp_path: Path, towns: Path) -> None:
    (towns / "smedjebacken.yaml").write_text("name: [", encoding="utf-8")
    with pytest.raises(FileFaultError, match=r"smedjebacken\.yaml:\d"):
        load_content(FLOWS, towns, tmp_path / "cache", unreviewed=True)
    assert kept(tmp_path / "cache") == []


def test_old_copies_go(tmp_path: Path) -> None:
    one = compiled(FLOWS, TOWNS, unreviewed=True)
    for number in range(MOST_KEPT + 3):
        write(tmp_path / f"content-{number}.pickle", one)
        os.utime(tmp_path / f"content-{number}.pickle", (number, number))
    assert len(kept(tmp_path)) <= MOST_KEPT + 1
    assert (tmp_path / f"content-{MOST_KEPT + 2}.pickle").exists()
