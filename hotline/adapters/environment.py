"""The environment of this process, and below it what stands in .env. What may not enter: what a variable means."""

import os
from pathlib import Path

from dotenv import dotenv_values


class EnvironmentFileError(ValueError):
    """.env cannot be read at all."""


def read_environment(root: Path) -> dict[str, str]:
    """`root`: the folder of .env. Raises EnvironmentFileError."""
    try:
        kept = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    except (OSError, UnicodeDecodeError) as problem:
        raise EnvironmentFileError(f"{root / '.env'} cannot be read: write it anew in UTF-8 ({problem})") from problem
    return {**kept, **os.environ}
