"""A municipality in which somebody would not be told, not be called, or not be understood."""

from tests.proof.fault import TOWN, VILLAGE, Fault, at

NIGHT = "by_night:\n  - {tell: [text duty], minutes: 5}\n  - {tell: [call duty], minutes: 5}\n"
WEEKNIGHTS = ", ".join(f'{day}: ["16:30-08:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))

CHRISTMAS = ", ".join(f"2026-12-{day}" for day in range(14, 26))


def roster(*duties: str) -> str:
    """A night that only a roster covers."""
    rows = "".join(f"    - {{{duty}}}\n" for duty in duties)
    return f"rosters:\n  nights:\n{rows}by_night:\n  - {{tell: [call nights], minutes: 5}}\n"


FAULTS = (
    Fault("a landline that is texted", TOWN, "[text duty, email duty]", "[text desk, email duty]", "cannot take texts"),
    Fault("a contact with the hotline's own number", TOWN, '"070-174 06 06"', '"08-465 004 00"', "would call itself"),
    Fault("a contact without a PIN", TOWN, '    pin: "864209"\n', "", "could never acknowledge",
          at(TOWN, "by_day", 2, "tell", 0)),
    Fault("a PIN without quotes", TOWN, 'pin: "135724"', "pin: 135724", "put it in quotes"),
    Fault("social services on the hotline's own line", TOWN, 'telephone: "0240-660 335"\nlines',
          'telephone: "08-465 004 00"\nlines', "a caller would be put through to the hotline"),
    Fault("social services on a line of the officers", VILLAGE, 'desk_lines: ["+46846500441"]',
          'desk_lines: ["+46846500450"]', "own line", at(VILLAGE, "people", "reception", "telephone")),
    Fault("a telephone that is none", TOWN, 'telephone: "0240-660 335"\nlines', 'telephone: "0240-66"\nlines',
          "is no telephone number"),
    Fault("a line that another municipality has", VILLAGE, 'lines: ["+46846500440"]', 'lines: ["+46846500400"]',
          "belongs to", at(VILLAGE)),
    Fault("a night without anybody", TOWN, NIGHT, "by_night: []\n", "an urgent alert would reach nobody",
          at(TOWN, "by_night")),
    Fault("a night that only e-mail is sent to", TOWN, "{tell: [text duty], minutes: 5}",
          "{tell: [email duty], minutes: 5}", "which wakes nobody"),
    Fault("a roster that ends next month", TOWN, NIGHT, roster("person: duty, first: 2026-11-01, last: 2026-12-31"),
          "an urgent alert would reach nobody", at(TOWN, "by_night")),
    Fault("a roster with holes at week-ends", TOWN, NIGHT,
          roster(f"person: duty, weekly: {{{WEEKNIGHTS}}}"), "2026-12-05 07:00 to 2026-12-07 07:00 UTC",
          at(TOWN, "by_night")),
    Fault("a roster with somebody unknown", TOWN, NIGHT, roster("person: nobody"), "'nobody' is not among people",
          at(TOWN, "rosters", "nights", 0, "person")),
    Fault("a roster that ends before it begins", TOWN, NIGHT,
          roster("person: duty, first: 2026-12-31, last: 2026-11-01"), "ends before beginning",
          at(TOWN, "rosters", "nights")),
    Fault("somebody who is told and unknown", TOWN, "{tell: [call head], minutes: 5}",
          "{tell: [call boss], minutes: 5}", "'boss' is not among people"),
    Fault("somebody who is told in an unknown way", TOWN, "{tell: [call head], minutes: 5}",
          "{tell: [fax head], minutes: 5}", "write call, text or email"),
    Fault("a level without an end", TOWN, "{tell: [call head], minutes: 5}", "{tell: [call head], minutes: 500}",
          "less than or equal to 240"),
    Fault("an office that closes before it opens", TOWN, '    fri: ["08:00-16:30"]', '    fri: ["16:30-08:00"]',
          "closes before it opens"),
    Fault("an office that never opens", VILLAGE, "  weekly:\n    mon:", "  weekly: {}\n  weekly_:\n    mon:",
          "unknown key", at(VILLAGE, "hours", "weekly_")),
    Fault("an office that is closed for weeks", TOWN, "  closed: []\n", f"  closed: [{CHRISTMAS}]\n",
          "a raised or ordinary alert would reach nobody 1 times in the next 60 days: 2026-12-11 15:30 to 2026-12-28",
          at(TOWN, "hours")),
    Fault("an hour that is none", VILLAGE, '    fri: ["09:00-12:00"]', '    fri: ["09:00-25:00"]',
          "holds no time of day"),
    Fault("a zone that is none", VILLAGE, "zone: Europe/Stockholm", "zone: Europe/Exempelby", "is no time zone"),
    Fault("a language without a script", TOWN, "languages: [sv, fi, en]", "languages: [sv, fi, en, de]",
          "there is no script in de", at(TOWN, "languages", 3)),
    Fault("a first language without a script", TOWN, "languages: [sv, fi, en]", "languages: [so, sv, fi, en]",
          "there is no script in so", at(TOWN, "languages", 0)),
    Fault("a language without a voice", TOWN, "  fi: Polly.Suvi-Neural\n", "", "fi has no voice", at(TOWN, "voices")),
    Fault("a fact that is empty", TOWN, "housing_company: Bärkehus", 'housing_company: ""', "at least 1 character"),
    Fault("an unknown key of a municipality", TOWN, "speech: false", "speach: false", "speach: unknown key"),
    Fault("an unconfirmed fact that is none", TOWN, "  - people.duty\n", "  - people.dusty\n", "names nothing"),
)  # fmt: skip
