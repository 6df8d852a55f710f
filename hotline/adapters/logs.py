"""The log: one JSON object a line. Who writes to it says kinds and places, never what somebody wrote."""

from contextlib import suppress
from typing import TextIO

import structlog


class Unfailing:
    """Writes as long as it can: a log on a full disk must keep nobody from being answered, or told."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> None:
        with suppress(OSError):
            self._out.write(line)

    def flush(self) -> None:
        with suppress(OSError):
            self._out.flush()


def keep_a_log(out: TextIO) -> None:
    """From now on every log line of this process goes to `out`."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(Unfailing(out)),  # type: ignore[arg-type]  # all that is used of a file,
    )
