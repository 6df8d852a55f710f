"""Reads and writes what words weigh (flows/weights/<language>.json): one line per weight, heaviest first, to be read.

What may enter: files. What may not: what a weight means, and how it was learnt.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from hotline.core.reading.fitting import Fitted
from hotline.core.reading.weighing import STRETCHED, Scale

from .yaml_files import FileFaultError

SPEC_VERSION = 1
KINDS, KINDS_STRETCHED = "kinds", "kinds-stretched"


def read_scales(folder: Path) -> dict[str, Scale]:
    """Language → scale; none where the folder is not there. Raises FileFaultError."""
    if not folder.is_dir():
        return {}
    kinds = {name: _read(folder / f"{name}.json")[1] for name in (KINDS, KINDS_STRETCHED)}
    paths = [path for path in sorted(folder.glob("*.json")) if path.stem not in kinds]
    return {path.stem: Scale(*_read(path), kinds[kinds_of(path.stem)]) for path in paths}


def kinds_of(language: str) -> str:
    """The file of what kinds of words weigh, shared by the languages that were learnt together."""
    return KINDS_STRETCHED if language in STRETCHED else KINDS


def _read(path: Path) -> tuple[int, dict[str, int]]:
    """Bias and weights of one file. Raises FileFaultError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        weights = {one: int(weight) for weight, features in found["weights"].items() for one in features}
        fits = found["spec_version"] == SPEC_VERSION and found["of"] == path.stem
        bias = int(found["bias"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise FileFaultError(f"{path}:1: cannot be used: {problem}; make it anew with `flows weigh`") from problem
    if not fits:
        raise FileFaultError(f"{path}:1: was made for something else; make it anew with `flows weigh`")
    return bias, weights


def write_scales(folder: Path, fitted: Mapping[str, Fitted]) -> None:
    """What was learnt, and how well it read what was kept aside."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, one in fitted.items():
        aside = {
            "acute": one.acute, "missed": round(one.misses, 3),
            "everyday": one.everyday, "false alarms": round(one.alarms, 3),
        }  # fmt: skip
        text = _written(language, one.scale.bias, one.scale.words, {"kept aside": aside})
        (folder / f"{language}.json").write_text(text, encoding="utf-8")
        kinds = kinds_of(language)
        (folder / f"{kinds}.json").write_text(_written(kinds, 0, one.scale.kinds, {}), encoding="utf-8")


def _written(name: str, bias: int, weights: Mapping[str, int], more: Mapping[str, object]) -> str:
    """One line per weight, heaviest first."""
    by_weight: dict[int, list[str]] = {}
    for feature, weight in sorted(weights.items()):
        by_weight.setdefault(weight, []).append(feature)
    rows = [f'  "{weight}": {_json(by_weight[weight])}' for weight in sorted(by_weight, reverse=True)]
    head = {"spec_version": SPEC_VERSION, "of": name, "bias": bias, **more}
    lines = [f" {_json(key)}: {_json(value)}," for key, value in head.items()]
    return "\n".join(["{", *lines, ' "weights": {', ",\n".join(rows), " }", "}", ""])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
