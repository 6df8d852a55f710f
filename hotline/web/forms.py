"""What a request brings, read quickly: Twilio sends twenty names and values, of which hardly any is written otherwise.

werkzeug decodes every name and every value, needed or not. What may not enter: whether a request is Twilio's, and what
it asks.
"""

from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote_plus

from flask import Request, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 64 * 1024  # the longest text the carrier sends is 1,600 characters
Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]


class FormReader(FormDataParser):
    """Every other kind of body is read as werkzeug does."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Parsed:
        """The stream, names and values, no files. What is no UTF-8 is no form, as for werkzeug."""
        if mimetype != FORM:
            return super().parse(stream, mimetype, content_length, options)
        try:
            body = stream.read().decode()
        except UnicodeDecodeError:
            body = ""
        return stream, self.cls(pairs_of(body)), self.cls()


class FormRequest(Request):
    """A request to any of our doors.

    Its limits stand here, where Flask finds them without looking into the application's settings each time.
    """

    form_data_parser_class = FormReader
    max_content_length = MOST_BYTES
    max_form_memory_size = MOST_BYTES
    max_form_parts = 200


def the_request() -> Request:
    """The request that is answered now: itself, not Flask's proxy, which looks it up at each access."""
    return request._get_current_object()  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 - as Flask tells to


def pairs_of(body: str) -> Iterator[tuple[str, str]]:
    """Names and values in their order, as `parse_qsl` with blank values; bytes that are no UTF-8 stay as written."""
    for one in body.split("&"):
        if one:
            name, _, value = one.partition("=")
            yield plain(name), plain(value)


def plain(written: str) -> str:
    """What was meant."""
    if "%" in written or "+" in written:
        return unquote_plus(written, errors="werkzeug.url_quote")
    return written
