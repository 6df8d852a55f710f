"""The log: one JSON object a line. Who writes to it says kinds and places, never what somebody wrote."""

from typing import TextIO

import structlog


def keep_a_log(out: TextIO) -> None:
    """From now on every log line of this process goes to `out`."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(out),
    )
