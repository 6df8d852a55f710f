"""A municipality's file is refused, with its line, wherever it would leave somebody untold."""

from pathlib import Path

import pytest

from hotline.adapters.municipality_files import load_municipalities, read_municipality
from hotline.adapters.yaml_files import FileFaultError
from hotline.core.alert import Means

FLOWS = Path(__file__).parents[2] / "flows" / "municipalities"
REAL = (FLOWS / "smedjebacken.yaml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in REAL
    path = folder / "smedjebacken.yaml"
    path.write_text(REAL.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_real_one_and_the_invented_one_are_read() -> None:
    found = load_municipalities(FLOWS)
    assert list(found) == ["smedjebacken", "exempelby"]
    assert found["smedjebacken"].telephone == "+46240660335"
    assert found["smedjebacken"].telephone_shown == "0240-660 335"
    assert found["smedjebacken"].languages == ("sv", "fi", "en")
    assert found["exempelby"].hours != found["smedjebacken"].hours


def test_the_landline_of_social_services_is_called_first() -> None:
    (contact,) = load_municipalities(FLOWS)["smedjebacken"].by_day[0].contacts
    assert (contact.means, contact.address) == (Means.CALL, "+46240660335")


def test_what_nobody_has_confirmed_is_named() -> None:
    assert {"lines", "hours", "people.duty"} <= set(load_municipalities(FLOWS)["smedjebacken"].unconfirmed)


def test_a_language_nobody_has_reviewed_is_off_until_the_file_names_it(tmp_path: Path) -> None:
    path = changed(tmp_path, "use_unreviewed: []", "use_unreviewed: [fi]")
    assert read_municipality(path, reviewed={"sv"}).languages == ("sv", "fi")
    assert load_municipalities(FLOWS, reviewed={"sv"})["smedjebacken"].languages == ("sv",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("text duty, email", "text desk, email", "cannot take texts"),
        ('telephone: "0240-660 335"\nlines', "telephone: 0240660335\nlines", "put it in quotes"),
        ('telephone: "0240-660 335"\nlines', 'telephone: "0240"\nlines', "is no telephone number"),
        ("speech: false", "speach: false", "unknown key"),
        ("speech: false", "speech: false\nspeech: true", "stands twice"),
        ("speech: false", "speech: no", "valid boolean"),
        ('mon: ["08:00-16:30"]', 'mon: ["16:30-08:00"]', "closes before it opens"),
        ('mon: ["08:00-16:30"]', 'mon: ["08:00-12:00", "11:00-16:00"]', "spans overlap"),
        ('mon: ["08:00-16:30"]', 'mon: ["08:00-25:00"]', "no time of day"),
        ('mon: ["08:00-16:30"]', 'mån: ["08:00-16:30"]', "hours.weekly"),
        ("Europe/Stockholm", "Europe/Smedjebacken", "no time zone"),
        ("call desk", "call nobody", "not among people"),
        ("call desk", "ring desk", "write call, text or email"),
        ("[text duty, email duty]", "[email duty]", "wakes nobody"),
        ("[text duty, email duty]", "[]", "at least 1 item"),
        ("minutes: 3", "minutes: 0", "greater than or equal to 1"),
        ('    pin: "135724"\n', "", "could never acknowledge"),
        ('pin: "135724"', "pin: 135724", "put it in quotes"),
        ('pin: "135724"', 'pin: "12"', "not written as it must be"),
        ('telephone: "070-174 06 05"', 'telephone: "+46846500400"', "would call itself"),
        ("mottagningen@example.org", "mottagningen", "no e-mail address"),
        ("  - people.duty\n", "  - people.dusty\n", "names nothing"),
        ("use_unreviewed: []", "use_unreviewed: [de]", "not among the languages"),
        ("languages: [sv, fi, en]", "languages: []", "at least 1 item"),
        ("name: Smedjebackens kommun", "name: [", "no valid YAML"),
    ],
)
def test_a_fault_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(FileFaultError) as refused:
        read_municipality(path)
    assert message in str(refused.value)
    assert str(refused.value).startswith(f"{path}:")


def test_the_line_is_the_line_of_the_fault(tmp_path: Path) -> None:
    path = changed(tmp_path, "speech: false", "speach: false")
    with pytest.raises(FileFaultError, match=rf":{REAL[: REAL.index('speech:')].count(chr(10)) + 1}: speach"):
        read_municipality(path)


def test_two_municipalities_cannot_own_one_line(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(REAL, encoding="utf-8")
    with pytest.raises(FileFaultError, match="belongs to one already"):
        load_municipalities(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFaultError, match="no municipality file"):
        load_municipalities(tmp_path)
