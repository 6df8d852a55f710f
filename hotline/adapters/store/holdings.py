"""The holdings table: what every column holds, read from the tables themselves. What may not enter: any row."""

from collections.abc import Iterator

from sqlalchemy import Column, Table

from hotline.adapters.tables import metadata

HEADINGS = ("table.column", "what", "locked", "why", "how long", "who reads it")
SAYS = ("why", "until", "who")


def markdown() -> str:
    """A row for every column. Raises LookupError naming one without an entry."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *holdings()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def holdings() -> Iterator[tuple[str, ...]]:
    """As HEADINGS says. A column says what it holds; why, how long and who may stand once, at its table."""
    for table in sorted(metadata.tables.values(), key=lambda one: one.name):
        for column in table.columns:
            said = {**table.info, **column.info}
            missing = [name for name in ("what", *SAYS) if not said.get(name)]
            if missing:
                raise LookupError(f"{table.name}.{column.name} does not say {', '.join(missing)}: see tables.column")
            yield (f"`{table.name}.{column.name}`", said["what"], locked(column, table), *(said[name] for name in SAYS))


def locked(column: Column[object], table: Table) -> str:
    """How it is protected: its name promises it, and tests look at what is stored."""
    if column.name.startswith("sealed_"):
        return "the case's key" if "reference" in table.columns else "a key of the day"
    if column.name == "wrapped_key":
        return "the municipality's key of that day"
    return "keyed hash" if column.name.endswith("_hash") else "no"
