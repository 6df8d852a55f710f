"""Prints how well labelled texts are understood: `python tests/core/reading/figures.py [--totals] FILE...`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from hotline.adapters.word_files import load_lexicon  # noqa: E402 (the project's folder must be known first)
from hotline.core.reading import measure, row_of  # noqa: E402 (as above)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> None:
    files = [Path(name) for name in arguments if not name.startswith("--")]
    lines = [
        json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    figures = measure(load_lexicon(ROOT / "flows" / "words"), [row_of(line) for line in lines if "label" in line])
    for language, count in figures.by_language.items():
        _say(f"{language}: {count.misses}/{count.acute} missed, {count.false_alarms}/{count.everyday} false alarms")
        for wrong in () if "--totals" in arguments else count.wrong:
            _say(f"   {'FALSE [' + wrong.evidence + ']' if wrong.evidence else 'MISSED'} {wrong.row.text}")
    _say(
        f"missed sv+en {figures.miss_share(('sv', 'en')):.1%}, others {figures.miss_share(without=('sv', 'en')):.1%}, "
        f"false alarms {figures.false_share():.1%}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
