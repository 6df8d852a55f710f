"""The word files are read whole, and what is wrong in one is named with its line."""

from pathlib import Path

import pytest

from hotline.adapters.word_files import load_lexicon, read_word_file
from hotline.adapters.yaml_files import FileFaultError


def _file(folder: Path, text: str) -> Path:
    path = folder / "sv.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_that_entries_are_read_between_commas_and_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, "language: sv\nclasses:\n  cry: |\n    skrik, vrål\n    gråt # or crying\n")
    assert read_word_file(path).classes["cry"] == ("skrik", "vrål", "gråt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("language: sv\nclasses:\n  cry: a\n  cry: b\n", "sv.yaml:4: a key stands twice"),
        ("language: sv\nclases:\n  cry: a\n", "sv.yaml:2: unknown key 'clases'"),
        ("language: sv\nclasses:\n  scream: a\n", "sv.yaml:3: unknown classes name 'scream'"),
        ("language: sv\ngroups:\n  staf: a\n", "sv.yaml:3: unknown groups name 'staf'"),
        ("language: sv\nclasses:\n  cry: |\n    a\n    {vitcim} b\n", "sv.yaml:5: unknown class 'vitcim'"),
        ("language: sv\nclasses:\n  cry: |\n    a\n    skri(k|ker\n", "sv.yaml:5: a bracket is missing"),
        ("language: sv\nclasses:\n  cry: [a, b]\n", "sv.yaml:3: 'cry' holds a text of entries"),
        ("language: sv\nclasses:\n  cry: |\n    {cry\n", "sv.yaml:4: a class stands alone"),
        ("language: sv\nclasses:\n  cry: |\n    skrik{cry}\n", "sv.yaml:4: a class stands alone"),
        ("language: sv\nclasses:\n  cry: |\n    skrik, *\n", "sv.yaml:4: there is no word in '*'"),
        ("language: sv\ncombinations:\n- - name: a\n", "sv.yaml:3: combinations.0: "),
        ("language: sv\ncombinations: a\n", "sv.yaml:2: combinations: "),
        ("language: sv\ncombinations:\n- {name: a}\n", "sv.yaml:3: combinations.0.all: is missing"),
        ("language: sv\ncombinations:\n- {name: a, all: [hit], within: sentnce}\n", "sv.yaml:3: combinations.0.within"),
        ("language: sv\ncombinations:\n- {name: a, all: [hit], sure: 'no'}\n", "sv.yaml:3: combinations.0.sure"),
        ("language: sv\ncombinations:\n- {name: a, all: [hti]}\n", "sv.yaml:3: unknown class 'hti'"),
        ("language: fi\n", "sv.yaml:1: the language must be 'sv'"),
        ("- a\n", "sv.yaml:1: holds no keys"),
        ("language: sv\nordered:\n  numbers: [1, 2]\n", "sv.yaml:3: 1 in 'numbers' is no text"),
    ],
)
def test_that_a_fault_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FileFaultError) as caught:
        read_word_file(_file(tmp_path, text))
    assert message in str(caught.value)


def test_that_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFaultError, match="no word file"):
        load_lexicon(tmp_path)
