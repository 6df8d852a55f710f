"""What speaks for the hotline while it cannot be reached: files that any static host can give out."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.web.doors import make_door


@pytest.mark.parametrize(("name", "verbs"), [("sms.xml", {"Message"}), ("voice.xml", {"Say", "Hangup"})])
def test_the_fallback_says_112_and_a_telephone_in_every_language_of_the_script(
    tmp_path: Path, root: Path, name: str, verbs: set[str]
) -> None:
    door = make_door(root / "flows" / "municipalities", carrier="simulator", public_url="http://127.0.0.1:8000")
    result = door.app.test_cli_runner().invoke(args=["provision", "--fallback-only", "--output", str(tmp_path)])
    assert result.exit_code == 0
    said = ET.parse(tmp_path / "smedjebacken" / name).getroot()  # noqa: S314 - our own file
    spoken = ["".join(one.itertext()) for one in said if one.tag != "Hangup"]
    assert {one.tag for one in said} == verbs
    assert len(spoken) == 3
    assert all("112" in one and "0240-660 335" in one for one in spoken)
    assert not [one for one in said.iter() if one.get("action") or one.get("url")]


def test_whoever_puts_them_up_is_told_where_and_how(tmp_path: Path) -> None:
    door = make_door()
    door.app.test_cli_runner().invoke(args=["provision", "--fallback-only", "--output", str(tmp_path)])
    for folder in tmp_path.iterdir():
        assert "POST as well as GET" in (folder / "README.txt").read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir())
