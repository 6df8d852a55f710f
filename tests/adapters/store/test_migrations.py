"""What a migration may do: the release before runs beside it, and must neither fail nor lose what it keeps."""

import ast
import re
from pathlib import Path

import pytest

VERSIONS = Path(__file__).parents[3] / "migrations" / "versions"
FIRST = "0001"  # made an empty database
ALLOWED = {"create_table", "create_index", "add_column", "execute", "f"}


def broken_rules(source: str) -> list[str]:
    """What of this migration the release before would not survive, in words."""
    found = []
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="op"), attr=name)):
                found += list(broken_by(name, call))
    return found


def broken_by(name: str, call: ast.Call) -> list[str]:
    told = ast.unparse(call)
    if name not in ALLOWED:
        return [f"op.{name} takes something away from it"]
    if name == "add_column" and "nullable=True" not in told and "server_default=" not in told:
        return ["it does not fill the new column"]
    if name == "create_index" and "unique=True" in told:
        return ["it may keep what the new index refuses"]
    if name == "execute" and not re.fullmatch(r"op\.execute\(['\"]UPDATE \w+ SET .*", told):
        return ["only rows may be filled"]
    return []


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_the_release_before_can_go_on(path: Path) -> None:
    if not path.stem.startswith(FIRST):
        assert broken_rules(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "op.drop_column('cases', 'priority')",
        "op.drop_table('tallies')",
        "op.rename_table('cases', 'reports')",
        "op.alter_column('cases', 'priority', nullable=False)",
        "op.add_column('cases', sa.Column('seen', sa.Integer(), nullable=False))",
        "op.create_index('ix', 'cases', ['filed_at'], unique=True)",
        "op.create_unique_constraint('uq', 'cases', ['filed_at'])",
        "op.execute('DELETE FROM turns')",
        "op.execute('ALTER TABLE cases DROP COLUMN priority')",
    ],
)
def test_what_would_break_it_is_found(line: str) -> None:
    assert broken_rules(f"def upgrade():\n    {line}\n") != []


def test_what_the_storm_migrates_with_is_all_that_is_allowed() -> None:
    (path,) = (Path(__file__).parents[2] / "chaos" / "next_release").glob("*.py")
    source = path.read_text(encoding="utf-8")
    assert broken_rules(source) == []
    assert all(f"op.{name}(" in source for name in ALLOWED - {"f"})
