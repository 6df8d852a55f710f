"""Faults that change nothing anybody could notice, each with the reason: they are left out of the count."""

# (file, line, change) → why the program does the same
EQUAL: dict[tuple[str, str, str], str] = {
    ("hotline/adapters/vault.py", 'raise UnreadableError(f"no key opens {about[:40]!r}")', "40 → 41"): (
        "a letter more in the words of an error"
    ),
    ("hotline/adapters/keyring_file.py", 'draft = path.with_name(f"{path.name}.{os.getpid()}")', "'.' → '.x'"): (
        "the draft is gone when anybody looks, whatever it was called"
    ),
    ("hotline/adapters/keyring.py", 'return base64.urlsafe_b64encode(key).decode().rstrip("=")', "'=' → '=x'"): (
        "the last letter of 32 bytes holds four bits of them, and is never an x"
    ),
    (
        "hotline/core/exploring.py",
        'flags = "going_on" in here.flags, bool(here.flags & URGENT_FLAGS)',
        "'going_on' in here.flags → 'going_on' not in here.flags",
    ): "two places are told apart by it, whichever of them is called what",
    ("hotline/core/reading/scope.py", "turns, count = [], 0", "0 → 1"): (
        "turns are only ever compared with each other"
    ),
    (
        "hotline/core/reading/rules.py",
        "following = masks[at + 1] if at + 1 < len(masks) and tokens.parts[at + 1] == tokens.parts[at] else 0",
        "0 → 1",
    ): "that bit means acute, and of what follows only an errand and the writer are asked for",
    (
        "hotline/core/reading/senses.py",
        "and all(seen & slot for slot in phrase.slots)",
        "seen & slot → seen | slot",
    ): "a phrase that cannot stand in a text is looked for in vain: it only takes longer",
    (
        "hotline/core/reading/senses.py",
        "if isinstance(elements[index + 1], int) and at >= 0 and self.masks[at] & _DET:",
        "at >= 0 → at > 0",
    ): "before the first word nothing stands that a phrase could begin with",
    ("hotline/core/proof/municipality.py", 'VOWELS = "aeiou"', "'aeiou' → 'aeioux'"): (
        "the name of no priority begins with an x"
    ),
}
