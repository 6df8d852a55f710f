"""Looks for secrets in every file of the project: `python -m tests.supply.secrets`, or a part of `make lint`.

Whatever looks like one is either listed in KNOWN, with what it is, or the command fails and names file and line.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

from tests.test_house import LOCKS, ROOT, files

KNOWN = {
    "what stands in an address that is explained": "password",
    "the letters of which references are made": "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
    "the tests' account, which is nobody's": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "a signature printed in Twilio's guide": "0/KCTR6DLpKmkAf8muzZqo1nDgQ=",
    "a call printed in Twilio's guide": "CA1234567890ABCDE",
}
# Words, weights and sentences by the ten thousand, hashes of packages, and what the tests' own keys have made.
WORDS_ONLY = (
    "flows/weights/", "flows/words/", "tests/corpus/", "tests/transcripts/", "tests/core/reading/understanding.jsonl",
    "tests/web/forged/vectors.json", "tests/adapters/test_what_was_sealed_before.py",
    "tests/chromium/package-lock.json", *LOCKS,
)  # fmt: skip


def found_in(paths: Iterable[Path]) -> Iterator[str]:
    """ "path:line kind" of each thing that looks like a secret and is not known. The thing itself is not shown."""
    with default_settings():
        for path in paths:
            for one in scan_file(str(path)):
                if one.secret_value not in KNOWN.values():
                    yield f"{path}:{one.line_number} {one.type}"


def ours() -> Iterator[Path]:
    for path in files():
        if path.suffix not in {".png", ".bin"} and not path.relative_to(ROOT).as_posix().startswith(WORDS_ONLY):
            yield path


if __name__ == "__main__":
    wrong = list(found_in(ours()))
    print(*wrong, sep="\n" if wrong else "")  # noqa: T201 - what a command says
    sys.exit(f"{len(wrong)} secrets: take them out, and change them: what was committed is known" if wrong else 0)
