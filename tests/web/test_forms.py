"""What we read more quickly than the libraries do is what they read."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import example, given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from hotline.web.forms import pairs_of
from hotline.web.twilio_guard import signature_of
from tests.web.doors import Door

WRITTEN = st.text(st.sampled_from("ab=&%+;2 0CDf\x00å\n"), max_size=40)
FIELDS = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=30), max_size=6)


@given(WRITTEN)
@example("a=%C3%A5&b=%FF&c=%E2%82&d=%zz&e&=f&&g=1=2&h=+")
def test_a_body_holds_the_pairs_that_the_library_finds(body: str) -> None:
    assert list(pairs_of(body)) == parse_qsl(body, keep_blank_values=True, errors="werkzeug.url_quote")


@given(FIELDS)
def test_what_was_written_as_a_form_is_read_as_it_was(form: dict[str, str]) -> None:
    assert dict(pairs_of(urlencode(form))) == form


@given(FIELDS, st.text(min_size=1, max_size=10))
def test_the_signature_is_the_one_that_twilios_library_makes(form: dict[str, str], token: str) -> None:
    address = "https://hotline.example.org/twilio/sms?a=1"
    known = RequestValidator(token).compute_signature(address, form)
    assert signature_of(address, form, token).decode() == known


def test_a_body_that_is_no_utf_8_is_no_form_and_no_fault(door: Door) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "x"}
    assert door.app.test_client().post("/twilio/sms", data=b"Body=\xff", headers=kind).status_code == 403
