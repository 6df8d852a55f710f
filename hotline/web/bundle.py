"""What the doors need, put together once by app.py. No door reaches for anything that does not stand here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flask import current_app

from hotline.core.municipality import Municipality
from hotline.core.phone import digits_of
from hotline.ports import Begin, Chance, Clock, Scripts
from hotline.web.counts import Counts
from hotline.web.turnstile import Turnstile


@dataclass(frozen=True)
class Hotline:
    """`officer_texts`: what officers hear and read. `door_texts`: language → name → what is said where no script is.

    `public_url`: without a slash at the end. `auth_tokens`: any of them may have signed. `seal`/`unseal`: a text as
    an unguessable part of an address and back (None: not ours). `ailments`: which parts do not work now, in words.
    """

    begin: Begin
    clock: Clock
    chance: Chance
    scripts: Scripts
    municipalities: Mapping[str, Municipality]
    officer_texts: Mapping[str, str]
    door_texts: Mapping[str, Mapping[str, str]]
    public_url: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    seal: Callable[[str], str]
    unseal: Callable[[str], str | None]
    ailments: Callable[[], Sequence[str]]
    recordings: Path
    local: bool = True
    metrics_token: str = field(default="", repr=False)
    counts: Counts = field(default_factory=Counts)
    turnstile: Turnstile = field(default_factory=Turnstile, repr=False)

    def municipality_of(self, line: str) -> Municipality | None:
        """Whose number was dialled (E.164)."""
        owners = (one for one in self.municipalities.values() if line in (*one.lines, *one.desk_lines))
        return next(owners, None)

    def is_ours(self, number: str) -> bool:
        """Whether one of our own lines is calling or texting, however it is written: a circle."""
        return digits_of(number) in self._our_digits

    @cached_property
    def _our_digits(self) -> frozenset[str]:
        every = self.municipalities.values()
        return frozenset(digits_of(line) for one in every for line in (*one.lines, *one.desk_lines))

    @property
    def first(self) -> Municipality:
        """Whose telephone number stands where nobody knows which municipality was meant."""
        return next(iter(self.municipalities.values()))

    def door_text(self, name: str, language: str, municipality: Municipality | None = None) -> str:
        """What a door says by itself, with the social services' number in it."""
        texts = self.door_texts.get(language) or self.door_texts["sv"]
        owner = municipality or self.first
        return texts[name].replace("{telephone}", owner.telephone_shown).replace("{municipality}", owner.name)


def the_hotline() -> Hotline:
    """The bundle of the application that is answering."""
    hotline = current_app.extensions["hotline"]
    if not isinstance(hotline, Hotline):
        raise TypeError("app.py put no Hotline into the application")
    return hotline
