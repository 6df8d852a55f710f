"""One target in this process, steered by atheris: `python -m tests.fuzz.steered TARGET SECONDS SEED FOLDER`.

It ends the process. FOLDER holds what it starts from, and gets what opened a new way through the code; an input that
breaks something is left there as crash-….
"""

import sys
from pathlib import Path

import atheris

from tests.fuzz.near import PIECES

with atheris.instrument_imports(include=["hotline"]):
    from tests.fuzz.targets import TARGETS

LONGEST = 60  # bytes that it takes for one word


def main(name: str, seconds: str, seed: str, folder: str) -> None:
    """Never returns."""
    target = TARGETS[name]
    for number, told in enumerate(target.seeds):
        (Path(folder) / f"seed-{number}").write_bytes(told)
        target.attempt(told)  # once before it counts: words and scripts are read at the first one

    words = "".join(
        '"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"\n' for piece in PIECES if 0 < len(piece) < LONGEST
    )
    (Path(folder).parent / f"{Path(folder).name}.dict").write_text(words, encoding="ascii")

    def attempt(told: bytes) -> None:
        target.attempt(told)

    limits = [f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=60", "-max_len=8000", "-rss_limit_mb=4096"]
    atheris.Setup(["tests.fuzz", *limits, f"-dict={folder}.dict", f"-artifact_prefix={folder}/", folder], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
