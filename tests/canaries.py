"""Words that nobody else writes, in five scripts, and a search for them in every form that a program might leave.

What may not enter: where they are sent. A form that is found is told with the file's name, never with what is around.
"""

import base64
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

WORDS = {
    "latin": "Žůřñåvíková",
    "arabic": "زمردةالليل",
    "cyrillic": "Жемчуговцева",
    "geez": "ዕንቍዋሪትዬ",
    "thai": "มุกดาหารินทร์",
}
# From the series that is kept for fiction: nobody has them.
NUMBERS = {owner: f"+467017406{place}" for place, owner in enumerate((*WORDS, "caller", "given", "refused"), start=41)}
LONGEST_PIECE = 1 << 20


def message(script: str, what: str) -> str:
    """A name, an address and words of somebody, the canary in each."""
    word = WORDS[script]
    return f"{what}: {word}, {word} 14, {word}!"


def forms(text: str) -> Mapping[str, bytes]:
    """How it may lie in a file. Of base64 the three ways in which it can begin; the ends, which depend on what stands
    beside it, are cut off.
    """
    utf8 = text.encode()
    encoded = {f"base64 {lead}": _base64(utf8, lead) for lead in range(3)}
    wide = {f"base64 utf-16 {lead}": _base64(text.encode("utf-16-le"), lead) for lead in range(3)}
    found = {
        "utf-8": utf8,
        "utf-16": text.encode("utf-16-le"),
        "utf-16 big end first": text.encode("utf-16-be"),
        "percent": quote(text, safe="").encode(),
        "percent, small": quote(text, safe="").lower().encode(),
        "JSON": json.dumps(text)[1:-1].encode(),
        "hexadecimal": utf8.hex().encode(),
        "hexadecimal, large": utf8.hex().upper().encode(),
        "markup": "".join(f"&#{ord(letter)};" for letter in text).encode(),
        **encoded,
        **wide,
    }
    return {name: form for name, form in found.items() if name == "utf-8" or form != utf8}


def _base64(content: bytes, lead: int) -> bytes:
    """As it stands behind `lead` other bytes."""
    whole = base64.b64encode(b"\0" * lead + content).rstrip(b"=")
    first = -(-lead * 8 // 6)  # the letter that holds bits of what stands before, too
    return whole[first : (lead + len(content)) * 8 // 6]


def needles() -> Mapping[str, bytes]:
    """Name of canary and form → the bytes. Numbers without what is written before them, and as they are read aloud."""
    words = {f"{script}, {name}": form for script, word in WORDS.items() for name, form in forms(word).items()}
    digits = {owner: number.removeprefix("+46") for owner, number in NUMBERS.items()}
    plain = {f"number of {owner}, {name}": form for owner, text in digits.items() for name, form in forms(text).items()}
    return words | plain | {f"number of {owner}, spoken": ", ".join(text).encode() for owner, text in digits.items()}


def found_in(content: bytes, wanted: Mapping[str, bytes]) -> Iterator[str]:
    yield from (name for name, form in wanted.items() if form in content)


def found_in_files(files: Iterable[Path]) -> list[str]:
    """`file: canary, form` for everything that is found.

    A database gives pages of its journal a new name meanwhile: those are looked for beside where they were.
    """
    listed, found, gone = list(files), list[str](), set[Path]()
    wanted = needles()
    margin = max(map(len, wanted.values()))
    for file in listed:
        try:
            pieces = _pieces(file, margin)
            found += [f"{file.name}: {name}" for piece in pieces for name in found_in(piece, wanted)]
        except FileNotFoundError:
            gone.add(file.parent)
    renamed = {path for folder in gone for path in folder.iterdir() if path.is_file()} - set(listed)
    return found + (found_in_files(renamed) if renamed else [])


def _pieces(file: Path, margin: int) -> Iterator[bytes]:
    """Overlapping, so that nothing is cut in two; empty pages, of which databases have many, are left out."""
    with file.open("rb") as opened:
        kept = b""
        while part := opened.read(LONGEST_PIECE):
            piece = kept + part
            kept = piece[-margin:]
            if piece.strip(b"\0"):
                yield piece


def files_below(folder: Path, since: float = 0) -> list[Path]:
    """Every file, or those written since then (a time stamp)."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in found if _written(path) >= since]


def _written(path: Path) -> float:
    """When; for what has just gone, now: whoever reads it looks for its new name."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf
