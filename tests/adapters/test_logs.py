"""The log goes on when its file does not."""

import errno
import io

import structlog

from hotline.adapters.logs import keep_a_log


class Full(io.StringIO):
    """A file on a disk without room."""

    def write(self, _line: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_under_the_log_stops_nobody() -> None:
    kept = structlog.get_config()
    keep_a_log(Full())
    structlog.get_logger().error("fault", kind="StoreAwayError")
    structlog.configure(**kept)
