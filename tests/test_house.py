"""The guards of the house: what a reader may rely on in every file, whoever wrote it."""

import ast
import os
import re
import statistics
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus" / "training"
MADE = {".git", ".venv", ".venv-tool", "var", "node_modules", "__pycache__", ".env", "htmlcov", "build", "dist"}
LOCKS = ("requirements.txt", "requirements-dev.txt")
# Each of these collides with "social service", Flask's or SQLAlchemy's session, or says nothing.
EMPTY_WORDS = {"service", "session", "user", "tenant", "client", "manager", "helper", "util", "common"}
# Addresses of package registries, folders of one machine, words about how a text came to be, and gaps left in it.
FOREIGN = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|file:///(?!\{)|/(work|root|opt/pypi)/|/home/\w"
    r"|\bissues?[ ]#?\d|\bassistants?\b|\bco-authored-by\b|^(<{7}|>{7}) |@@[A-Z]+@@",
    re.IGNORECASE | re.MULTILINE,
)
SILENCED = re.compile(r"#\s*(?:noqa\b|type:\s*ignore\b)(?P<code>:(?:\s*[A-Z]+\d+,?)+|\[[a-z, -]+\])?(?P<reason>.*)")

NO_SECOND_LOOK = re.compile(r"#.{8,}#\s*nosec B\d{3}(, B\d{3})*$")  # a reason, then which check


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project, without what the environment and the program make."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE or path.name.endswith("_cache") or path.name.startswith((".coverage", ".hypothesis")):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def python_files(*folders: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def parsed(path: Path) -> ast.Module:
    """In a thread of its own: a browser's driver leaves the count of this one's stack wrong (CPython 3.11)."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(ast.parse, path.read_text(encoding="utf-8")).result()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def names_given_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line, name) of all that this file names itself; what others named stays theirs."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((node.lineno, alias.asname) for alias in names if alias.asname)


def words_of(name: str) -> set[str]:
    """{"office", "hour"} of officeHours, OfficeHours, office_hours and OFFICE_HOURS."""
    return {word.lower().removesuffix("s") for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def locked(lock: str) -> dict[str, str]:
    """Package → version."""
    found = (re.match(r"([a-z0-9.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line) for line in lines(ROOT / lock))
    return {match[1]: match[2] for match in found if match}


def test_a_file_fits_in_the_head() -> None:
    lengths = {path: len(lines(path)) for path in python_files("app.py", "hotline", "migrations", "tests")}
    assert {str(path): length for path, length in lengths.items() if length > 300} == {}
    assert statistics.median(lengths.values()) <= 120


def test_most_functions_are_a_few_statements() -> None:
    sizes = [
        sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
        for path in python_files("app.py", "hotline")
        for function in functions(path)
    ]
    assert statistics.median(sizes or [0]) <= 8


def test_a_test_is_read_in_one_look() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{test.lineno} {test.name}"
        for path in python_files("tests")
        for test in functions(path)
        if test.name.startswith("test_") and (test.end_lineno or 0) - test.body[0].lineno >= 15
    ]
    assert long == []


def test_names_say_something() -> None:
    empty = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in python_files("app.py", "hotline")
        for line, name in [(0, path.stem), *names_given_in(path)]
        if words_of(name) & EMPTY_WORDS
    ]
    assert empty == []


@pytest.mark.parametrize("folder", ["app.py", "hotline", "migrations", "tests"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    silent = [str(path.relative_to(ROOT)) for path in python_files(folder) if not ast.get_docstring(parsed(path))]
    assert silent == []


def test_whatever_is_silenced_has_its_code_and_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files("app.py", "hotline", "migrations", "tests")
        for number, line in enumerate(lines(path), start=1)
        if (found := SILENCED.search(line)) and not (found["code"] and len(found["reason"]) > 5)
    ]
    assert bare == []


def test_a_place_that_the_second_linter_passes_over_has_its_check_and_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files("app.py", "hotline", "migrations")
        for number, line in enumerate(lines(path), start=1)
        if "nosec" in line and not NO_SECOND_LOOK.search(line)
    ]
    assert bare == []


def test_the_project_speaks_of_itself_alone() -> None:
    foreign = [
        f"{path.relative_to(ROOT)}:{number} {found[0]}"
        for path in files()
        # What people write may hold any word.
        if path != Path(__file__)
        and CORPUS not in path.parents
        and path.suffix not in {".png", ".pdf", ".ico", ".woff2", ".bin"}
        for number, line in enumerate(lines(path), start=1)
        if (found := FOREIGN.search(line))
    ]
    assert foreign == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.partition("\n")[2])
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|file:|--index|--extra-index|--find-links", text) == []


def test_the_locks_hold_what_the_project_asks_for_at_the_same_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[\[>=<~!;]", name)[0].replace(".", "-") for name in project["project"]["dependencies"]}
    run_time, everything = (locked(lock) for lock in LOCKS)
    assert asked - set(run_time) == set()
    wanted = {re.split(r"[\[>=<~!;]", name)[0] for name in project["dependency-groups"]["dev"]}
    assert wanted - set(everything) == set()
    assert run_time.items() - everything.items() == set()


def test_every_setting_is_told_in_the_example() -> None:
    asked = {
        name
        for path in python_files("app.py", "hotline")
        for name in re.findall(r"[\"']((?:HOTLINE|TWILIO)_[A-Z_]+)[\"']", path.read_text(encoding="utf-8"))
    }
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked - told == set()


def test_what_ci_runs_may_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
