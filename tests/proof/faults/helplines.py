"""Numbers of others that have grown old, and the file of what no text may say."""

from tests.proof.fault import EN, FORBIDDEN, HELPLINES, SV, Fault, at


def line(name: str, date: str) -> tuple[str, str]:
    """The check of one helpline, as it is written, with another date."""
    source = {"men": "https://www.uu.se/centrum/nck/kontakt/pressrum", "bris": "https://8sidor.se"}[name]
    old = f"    checked_on: 2026-11-25\n    how: read\n    source: {source}"
    return old, old.replace("2026-11-25", date)


FAULTS = (
    Fault("a helpline that nobody has checked for long", HELPLINES, *line("bris", "2025-11-25"),
          "was last checked 371 days ago"),
    Fault("a helpline that was checked tomorrow", HELPLINES, *line("bris", "2026-12-02"), "lies in the future"),
    Fault("a helpline without a date", HELPLINES, *line("bris", "lately"), "valid date"),
    Fault("a helpline that is to be checked more often", HELPLINES, "stale_after_days: 365", "stale_after_days: 5",
          "was last checked 6 days ago", at(HELPLINES, "lines", "kvinnofrid", "checked_on")),
    Fault("a helpline that was guessed", HELPLINES,
          "    hours: vardagar, kontorstid\n    checked_on: 2026-11-25\n    how: read",
          "    hours: vardagar, kontorstid\n    checked_on: 2026-11-25\n    how: guessed",
          "Input should be 'read' or 'rung'"),
    Fault("a helpline that cannot be read aloud", HELPLINES, '    spoken: "020, 57 70 70"\n', "", "spoken: is missing",
          at(HELPLINES, "lines", "honour")),
    Fault("a kind of advice without its reason", FORBIDDEN, '  film: "tells somebody to film or record"\n', "",
          "film has no `why`", at(FORBIDDEN, "patterns", "sv", "film")),
    Fault("a kind of advice that is allowed in Finnish", FORBIDDEN,
          "    film: 'kuvaa|nauhoita|videoi|ota (kuva|kuvia|video)'\n", "", "fi has no pattern for film",
          at(FORBIDDEN, "patterns", "fi")),
    Fault("a language in which everything is allowed", FORBIDDEN, "  fi:\n    go_there", "  et:\n    go_there",
          "nothing is forbidden in fi", at(FORBIDDEN, "patterns")),
    Fault("a pattern with a capital letter", FORBIDDEN, "    film: 'filma|", "    film: 'Filma|", "never occurs"),
    Fault("a pattern with an accent", FORBIDDEN, "hall dig framme'", "håll dig framme'", "never occurs",
          at(FORBIDDEN, "patterns", "sv", "go_there")),
    Fault("a pattern that forbids what is said", FORBIDDEN, "    personal_number: 'personnummer'",
          "    personal_number: 'nummer'", "says 'nummer': asks for a personal identity number",
          at(SV, "texts", "self", "sms")),
    Fault("a promise that a text makes", EN, "Thank you for caring. Nothing is saved.",
          "Thank you for caring. We promise help.", "says 'we promise': promises a time"),
)  # fmt: skip
