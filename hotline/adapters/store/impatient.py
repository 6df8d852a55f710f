"""PostgreSQL's driver, but waiting only so long for an answer (`patience`). Imported where PostgreSQL is used."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from hotline.adapters.store.patience import UNTIL

STATEMENT_SECONDS = 4.5  # longer than the server's own limit, which says more
Result = TypeVar("Result")


class Impatient(psycopg.Connection[Any]):
    """Waits for an answer only so long; then it is closed, since nobody knows what became of the question.

    `knows`: names of the statements that were prepared on it.
    """

    def __init__(self, *of: Any, **more: Any) -> None:  # noqa: ANN401 - as the driver makes it
        super().__init__(*of, **more)
        self.knows: set[bytes] = set()

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """Raises psycopg.OperationalError when it took too long."""
        now = monotonic()
        until = min(now + (timeout or STATEMENT_SECONDS), UNTIL.get(float("inf")))
        try:
            return super().wait(gen, interval, max(until - now, 0.01))
        except psycopg.OperationalError:
            if monotonic() >= until:
                self.pgconn.finish()
            raise


def connect(
    _dialect: Dialect, _entry: ConnectionPoolEntry, arguments: Sequence[Any], parameters: Mapping[str, Any]
) -> Impatient:
    """In place of the driver's own connection, which waits for ever."""
    return Impatient.connect(*arguments, **parameters)
