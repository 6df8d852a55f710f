"""The environment of this process, and below it what stands in .env. What may not enter: what a variable means."""

import os
from pathlib import Path

from dotenv import dotenv_values


def read_environment(root: Path) -> dict[str, str]:
    """`root`: the folder of .env."""
    kept = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    return {**kept, **os.environ}
