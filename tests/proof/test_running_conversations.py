"""`flows check --deploy`: how many conversations stand on which version of the script, and what they would lose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.adapters.flow_files import ScriptFiles, read_script_files
from hotline.adapters.flow_workshop import Workshop
from hotline.adapters.store import SqlStore
from hotline.adapters.vault import new_key
from hotline.core.conversation import IDLE, Conversation
from tests.proof.commands import Running, invoked
from tests.proof.fault import FLOWS, TODAY, TRIAGE, lexicon

FILES = read_script_files(FLOWS)
# Yesterday's script has a step that today's calls otherwise.
OLD = FILES.texts[TRIAGE].replace("  pattern:\n", "  formerly:\n").replace("to: pattern", "to: formerly")
OLDER = ScriptFiles(FLOWS, {**FILES.texts, TRIAGE: OLD})
ALL_GO_ON = "No running conversation loses its step. Words and weights are no part of a version: today's hold for all."
HERE = Conversation(FILES.version, "sv", "who")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[SqlStore]:
    store = SqlStore(sqlite_url, new_key())
    yield store
    store.close()


def stands(store: SqlStore, caller: str, here: Conversation, *, before: timedelta = timedelta()) -> None:
    """Somebody is in the middle of a conversation."""
    at = TODAY - before
    with store.begin() as work:
        work.open_turn(caller, f"SM-{caller}", at, IDLE)
        work.keep_turn(caller, f"SM-{caller}", at, b"svar", here.to_text(), municipality="smedjebacken")


def kept(store: SqlStore, files: ScriptFiles) -> None:
    with store.begin() as work:
        work.keep_script(files.version, files.packed(), TODAY)


def told(store: SqlStore) -> tuple[int, list[str]]:
    """Exit status and lines of the command."""

    def find(version: str) -> bytes | None:
        with store.begin() as work:
            return work.find_script(version)

    bench = Workshop(FLOWS, FLOWS / "municipalities", Path("none"), find)
    bench.lexicon = lexicon()

    def running() -> Running:
        return bench.standing(store.running(TODAY - IDLE))

    result = invoked(bench, "check", "--deploy", running=running)
    return result.exit_code, sorted(result.output.splitlines())


def test_nobody_talks_to_us(store: SqlStore) -> None:
    assert told(store) == (0, [ALL_GO_ON])


def test_conversations_are_counted_by_version(store: SqlStore) -> None:
    kept(store, OLDER)
    for number in range(3):
        stands(store, f"sms|{number}", HERE)
    stands(store, "voice|CA1", Conversation(OLDER.version, "fi", "what"))
    assert told(store) == (0, sorted([
        f"{FILES.version} (this one): 3 conversations, each can go on",
        f"{OLDER.version}: 1 conversation, each can go on",
        ALL_GO_ON,
    ]))  # fmt: skip


def test_a_step_that_only_its_own_version_has_is_not_lost_while_that_is_kept(store: SqlStore) -> None:
    kept(store, OLDER)
    stands(store, "sms|1", Conversation(OLDER.version, "sv", "formerly"))
    assert told(store)[0] == 0


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({"step": "formerly"}, "formerly"),
        ({"step": "called", "after": "formerly"}, "formerly"),
        ({"step": "consent", "before": "formerly"}, "formerly"),
        ({"language": "de"}, "de"),
        ({"step": "once", "before": "formerly"}, "formerly, once"),
    ],
)
def test_what_a_version_takes_with_it_is_named(store: SqlStore, changes: dict[str, str], lost: str) -> None:
    here = replace(HERE, script=OLDER.version, **changes)  # type: ignore[arg-type] # fields that are all texts
    stands(store, "sms|1", here)
    stands(store, "sms|2", HERE)
    assert told(store) == (1, sorted([
        f"{OLDER.version}: 1 conversation; LOST: {lost}",
        f"{FILES.version} (this one): 1 conversation, each can go on",
        "Error: Some conversations would lose their step: keep the version that they began with",
    ]))  # fmt: skip


def test_a_version_that_is_gone_loses_nothing_that_todays_has(store: SqlStore) -> None:
    stands(store, "sms|1", replace(HERE, script="0123456789abcdef"))
    lines = ["0123456789abcdef: 1 conversation, each can go on", ALL_GO_ON]
    assert told(store) == (0, lines)


def test_idle_and_unreadable_conversations_are_not_counted(store: SqlStore) -> None:
    stands(store, "sms|1", replace(HERE, step="formerly"), before=IDLE + timedelta(seconds=1))
    with store.begin() as work:
        work.open_turn("sms|2", "SM-2", TODAY, IDLE)
        work.keep_turn("sms|2", "SM-2", TODAY, b"svar", '{"of another form": 1}', municipality="smedjebacken")
    assert told(store) == (0, [ALL_GO_ON])


def test_a_database_that_is_away_is_one_line() -> None:
    away = SqlStore("sqlite:////nowhere/at/all.sqlite", new_key())
    status, lines = told(away)
    assert (status, len(lines)) == (1, 1)
    assert lines[0].startswith("Error: The database cannot be reached")
