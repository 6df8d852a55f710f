"""Inputs near to real ones: a seed with a few pieces cut out and put in, where a reader of files would stumble."""

import random
from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

PIECES = (
    b"", b"\n", b"\r", b"\t", b" ", b": ", b"- ", b"-", b"#", b"'", b'"', b"|", b">", b"\\", b"{}", b"[]", b"[", b"{",
    b"}", b"[[[[[[[[[[", b"null", b"~", b"true", b"no", b"0", b"-1", b"1e999", b".inf", b".nan", b"9" * 5000, b"0x1F",
    b"1_000", b"2026-02-30", b"0001-01-01", b"9999-12-31", b"10000-01-01", b"2026-01-01 12:00:00", b"22:30", b"24:00",
    b"08:00-08:00", b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"&a ", b"*a", b"<<: ", b"!x ",
    b"!!python/object:os.system ", b"%YAML 1.1\n", b"---\n", b"...\n", b"? ", b"\x00", b"\x1b", b"\x7f", b"\xff",
    b"\xc3", b"\xed\xa0\x80", "\u2028".encode(), "\u200b".encode(), "\u202e".encode(), "\ufeff".encode(),
    "é".encode(), "e\u0301".encode(), "١٢".encode(), "²".encode(), "０４".encode(), "🔪".encode(), "ﷺ".encode(),
    "ß".encode(), "İ".encode(), b"{name}", b"{0}", b"{a.b[c]}", b"{x!r:>{y}}", b"(", b")", b"+46", b"+", b"00",
    b"tel:+46", b";ext=1", b"*", b"#1#",
)  # fmt: skip
STARTS = (b": ", b"- ", b"\n", b", ", b" ", b"=")
MOST_CHANGES, LONGEST_CUT = 4, 60


def asked_for(share: int) -> int:
    """How many examples: a part of what the profile asks (`--hypothesis-profile=nightly`: many)."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return int(profile.max_examples // share)


def changed(seed: bytes, at: int, cut: int, piece: bytes) -> bytes:
    """`cut` bytes from `at` on are replaced by `piece`."""
    return seed[:at] + piece + seed[at + cut :]


def spots(seed: bytes) -> list[int]:
    """Where a key, a value or a word begins."""
    found = {0, len(seed)}
    for start in STARTS:
        at = seed.find(start)
        while at >= 0:
            found.add(at + len(start))
            at = seed.find(start, at + 1)
    return sorted(found)


@st.composite
def near(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """For hypothesis."""
    text = draw(st.sampled_from(seeds))
    piece = st.sampled_from(PIECES) | st.binary(max_size=12) | st.text(max_size=6).map(str.encode)
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        at = draw(st.sampled_from(spots(text)) | st.integers(0, len(text)))
        line = max(0, text.find(b"\n", at) - at)
        text = changed(text, at, draw(st.just(line) | st.integers(0, LONGEST_CUT)), draw(piece))
    return text


def by_chance(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """The same without hypothesis, for machines on which nothing steers."""
    text = chance.choice(seeds)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        at = chance.choice((chance.choice(spots(text)), chance.randint(0, len(text))))
        piece = chance.choice((chance.choice(PIECES), chance.randbytes(chance.randint(0, 12))))
        text = changed(
            text, at, chance.choice((0, max(0, text.find(b"\n", at) - at), chance.randint(0, LONGEST_CUT))), piece
        )
    return text
