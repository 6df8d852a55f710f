"""`cases show`: a case in a terminal, which obeys what stands in a text unless somebody sees to it."""

from tests.web.doors import make_door

PLACE = "Lindvägen 8\x1b[2J\x1b]0;x\x07\u202e\r\nNummer: 112"


def test_what_a_caller_wrote_cannot_move_an_officers_cursor() -> None:
    hotline = make_door()
    for number, words in enumerate(("Hej", "1", "1", "1", "1", "1", "2", PLACE)):
        hotline.text(words, f"SM{number}")
    (reference,) = hotline.memory.rows.reports
    shown = hotline.app.test_cli_runner().invoke(args=["cases", "show", reference]).output
    assert "Lindvägen 8\N{REPLACEMENT CHARACTER}[2J" in shown
    assert not set("\x1b\x07\r\u202e") & set(shown)
    assert "\nNummer: 112" not in shown
