"""Words of danger that are answers as well, words that lead nowhere, and slips in the files of words."""

from tests.proof.fault import EN, FI, SV, TRIAGE, Fault, at

WORDS_SV, WORDS_FI, WORDS_EN = "words/sv.yaml", "words/fi.yaml", "words/en.yaml"

FAULTS = (
    Fault("a danger word that means yes", WORDS_SV, "\nanswers:\n  yes: |\n", "\nanswers:\n  yes: |\n    hjälp mig,\n",
          "'hjalp mig' is an answer, but is heard as danger", at(WORDS_SV, "answers", "yes")),
    Fault("a danger word that means no", WORDS_EN, "\n  no: |\n    no, ", "\n  no: |\n    he is hitting her, no, ",
          "'he is hitting her' is an answer, but is heard as danger", at(WORDS_EN, "answers", "no")),
    Fault("a danger word that is a number", WORDS_EN, '\n  numbers:\n    - "', '\n  numbers:\n    - "knife, ',
          "'knife' is an answer, but is heard as danger", at(WORDS_EN, "ordered", "numbers")),
    Fault("a danger word that asks for another language", WORDS_FI, "\n  language:fi: |\n    ",
          "\n  language:fi: |\n    apua, ", "'apua' is an answer, but is heard as danger",
          at(WORDS_FI, "groups", "language:fi")),
    Fault("a danger word of those with a duty", WORDS_SV, "\n  mandated: |\n    ",
          "\n  mandated: |\n    jag är skjuten, ", "'jag ar skjuten' is an answer, but is heard as danger",
          at(WORDS_SV, "groups", "mandated")),
    Fault("a word of both yes and no", WORDS_SV, "\n  no: |\n    nej, ", "\n  no: |\n    japp, nej, ",
          "'japp' means yes and no", at(WORDS_SV, "answers", "no")),
    Fault("a group without words", WORDS_FI, "\n  staff: |\n    ", "\n  staff: |\n    # ",
          "words/fi.yaml has no words for staff", at(TRIAGE, "anywhere", "words", "staff")),
    Fault("an unknown group", WORDS_FI, "\n  staff: |\n", "\n  stuff: |\n", "unknown groups name 'stuff'"),
    Fault("an unknown class", WORDS_EN, "\nclasses:\n", "\nclasses:\n  peril: |\n    peril\n",
          "unknown classes name 'peril'"),
    Fault("a class that no entry can have", WORDS_FI, "\nanswers:\n  yes: |\n",
          "\nanswers:\n  yes: |\n    {peril} joo,\n", "unknown class 'peril'"),
    Fault("words of another language", WORDS_FI, "language: fi\n", "language: et\n", "the language must be 'fi'"),
    Fault("an unknown key of a combination", "words/any.yaml", "{name: hurt, all:", "{name: hurt, any:",
          "any: unknown key"),
    # Labels stand in the texts.
    Fault("a danger word that is a label", SV, '"1": [när som helst]', '"1": [när som helst, hjälp]',
          "'hjälp' is a label, but is heard as danger"),
    Fault("a cry that is a label", EN, '"2": [day, daytime,', '"2": [day, he is hitting her, daytime,',
          "'he is hitting her' is a label, but is heard as danger"),
    Fault("a danger word that sends nothing", FI, '"4": [älä lähetä mitään,', '"4": [veitsi, älä lähetä mitään,',
          "'veitsi' is a label, but is heard as danger"),
)  # fmt: skip
