"""What officers read and hear, checked when it is loaded."""

from pathlib import Path

import pytest

from hotline.adapters.officer_texts import load_officer_texts
from hotline.adapters.yaml_files import FileFaultError

OFFICERS = Path(__file__).parents[2] / "flows" / "officers"
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà{}"
)


def test_texts_are_found_by_name_with_dots() -> None:
    assert load_officer_texts(OFFICERS)["answer.who.2"] == "Orolig för ett barn under 18 år."


def test_no_outgoing_text_tells_what_it_is_about_and_each_fits_one_segment() -> None:
    outgoing = {
        name: text for name, text in load_officer_texts(OFFICERS).items() if name.startswith(("text_", "mail_"))
    }
    assert [name for name, text in outgoing.items() if "våld" in text.lower() or "huskurage" in text.lower()] == []
    assert [
        name for name, text in outgoing.items() if name.startswith("text_") and (len(text) > 160 or set(text) - GSM)
    ] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('text_alert: "{place}"', "text_alert may only name"),
        ('text_alert: "{reference"', "sv.yaml:1: text_alert may hold names only"),
        ('text_alert: "{}"', "may hold names only"),
        ('call_pin: "{minutes:d}"', "may hold names only"),
        ('call_pin: "{minutes.real}"', "may hold names only"),
        ("call_pin: 112", "put it in quotes"),
        ("- a list", "holds no keys"),
        ('call_pin: "a"\ncall_pin: "b"', "stands twice"),
    ],
)
def test_a_fault_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "sv.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(FileFaultError, match=message):
        load_officer_texts(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFaultError, match="cannot be read"):
        load_officer_texts(tmp_path)
