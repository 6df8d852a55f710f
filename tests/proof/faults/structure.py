"""Steps and answers: taken out, led astray, without an end, in a circle."""

from tests.proof.fault import TRIAGE, Fault, Place, at


def step(*names: str) -> Place:
    """Where the proof points when it speaks of a step."""
    return at(TRIAGE, "steps", *names)


FAULTS = (
    Fault("an answer that is taken out and leaves a step alone", TRIAGE, '      "3": {to: unsure, flags: [told_112]}\n',
          "", "no way leads here", step("unsure")),
    Fault("an answer that is taken out and still stands in the text", TRIAGE,
          '      "2": {to: consent}\n      "3": {to: consent}\n', '      "2": {to: consent}\n', "offers 3",
          at("texts/sv.yaml", "texts", "pattern", "sms")),
    Fault("an answer that is taken out and still has words", TRIAGE, '      "2": {to: reach, flags: [child]}\n', "",
          "labels.who.2 names no answer", at("texts/fi.yaml", "labels", "who", "2")),
    Fault("an answer that no text offers", TRIAGE, '      "2": {to: mandated}\n',
          '      "2": {to: mandated}\n      "3": {to: bye}\n', "no text in sv offers it", step("work", "choices", "3")),
    Fault("yes without no", TRIAGE, '      "1": {to: number, file: without_number}\n      "2": {to: call_yourself}\n',
          '      "1": {to: number, file: without_number}\n', "both are needed", step("leave", "choices")),
    Fault("a question without answers", TRIAGE, '    choices:\n      "1": {to: staff}\n      "2": {to: mandated}\n', "",
          "a step of kind choice needs `choices`", step("work")),
    Fault("an answer to nowhere", TRIAGE, "{to: more_numbers}", "{to: more_number}", "which is no step"),
    Fault("a way on to nowhere", TRIAGE, "place: {kind: place, to: saved}", "place: {kind: place, to: save}",
          "which is no step"),
    Fault("a beginning that is nowhere", TRIAGE, "start: now", "start: hello", "which is no step"),
    Fault("a danger that leads nowhere", TRIAGE, "  danger: called ", "  danger: call ", "which is no step"),
    Fault("a group of words that leads nowhere", TRIAGE, "words: {staff: staff,", "words: {staff: stuff,",
          "which is no step"),
    Fault("a failure that leads nowhere", TRIAGE, "      no_answer: what", "      no_answer: wait", "which is no step"),
    Fault("a beginning that asks nothing", TRIAGE, "start: now", "start: bye", "a conversation begins with a question"),
    Fault("a danger that ends the conversation", TRIAGE, "  danger: called ", "  danger: bye ",
          "must be of kind anything"),
    Fault("a leaving that goes on", TRIAGE, "  leave: bye", "  leave: scope", "must be of kind end"),
    Fault("a step that nothing leads to", TRIAGE, "  bye: {kind: end}", "  bye: {kind: end}\n  later: {kind: end}",
          "no way leads here"),
    Fault("a place that can never be left", TRIAGE, "place: {kind: place, to: saved}",
          "place: {kind: place, to: place}", "no way leads from here to an end"),
    Fault("two questions that lead to each other", TRIAGE,
          '      "1": {to: staff}\n'
          '      "2": {to: mandated}\n'
          "  staff:\n"
          "    kind: choice\n"
          "    yes_no: true\n"
          "    choices:\n"
          '      "1": {to: now}\n'
          '      "2": {to: bye}\n',
          '      "1": {to: staff}\n'
          '      "2": {to: staff}\n'
          "  staff:\n"
          "    kind: choice\n"
          "    yes_no: true\n"
          "    choices:\n"
          '      "1": {to: work}\n'
          '      "2": {to: work}\n',
          "no way leads from here to an end", step("staff")),
    Fault("a place without a way on", TRIAGE, "place: {kind: place, to: saved}", "place: {kind: place}", "needs `to`"),
    Fault("a number without a way for those who leave none", TRIAGE, "to: when, none: saved}", "to: when}",
          "needs `none`"),
    Fault("an end that goes on", TRIAGE, "mandated: {kind: end}", "mandated: {kind: end, to: bye}", "has no `to`"),
    Fault("a caller whom nobody answers", TRIAGE, "      no_answer: what\n", "", "nothing is said for `no_answer`",
          step("reach", "otherwise")),
    Fault("a caller whom a machine answers", TRIAGE,
          "      refused: what       # picked up, but nobody pressed the key: a machine, a queue\n", "",
          "nothing is said for `refused`", step("reach", "otherwise")),
    Fault("a caller who is worried about themselves and not connected", TRIAGE, "      failed: leave\n", "",
          "nothing is said for `failed`", step("reach_for_oneself", "otherwise")),
    Fault("a circle without a question", TRIAGE, "      again: what  ", "      again: reach ", "goes in a circle",
          step("reach")),
    Fault("a circle over two steps", TRIAGE, "      closed: leave\n      again: leave",
          "      closed: reach_for_oneself\n      again: leave", "goes in a circle", step("reach_for_oneself")),
    Fault("a step that stands in for itself", TRIAGE, "    on_voice: leave", "    on_voice: consent",
          "goes in a circle", step("consent")),
    Fault("the key 0 as an answer", TRIAGE, '      "4": {to: self}', '      "0": {to: self}',
          "the key 0 goes back at every step"),
    Fault("a language's key as an answer", TRIAGE, '      "4": {to: self}', '      "9": {to: self}',
          "the key 9 changes to en at every step"),
    Fault("a language's key that an answer has", TRIAGE, '"7": sv,', '"6": sv,', "the key 6 changes to sv",
          step("now", "choices", "6")),
    Fault("a language without a key", TRIAGE, ', "9": en}', "}", "no key changes to en", at(TRIAGE, "language_keys")),
    Fault("a key for a language without texts", TRIAGE, ', "9": en}', ', "9": en, "5": de}', "there are no texts in de",
          at(TRIAGE, "language_keys", "5")),
    Fault("two languages with each other's key", TRIAGE, '{"7": sv, "8": fi,', '{"7": fi, "8": sv,',
          "does not name the key 8", at("texts/sv.yaml", "texts", "languages", "sms")),
    Fault("a group of words that nobody has written", TRIAGE, "{staff: staff, mandated: mandated}",
          "{staff: staff, mandated: mandated, burglar: scope}", "has no words for burglar",
          at(TRIAGE, "anywhere", "words", "burglar")),
    Fault("first words that are met with an end of a report", TRIAGE, "{out_of_scope: scope}", "{out_of_scope: saved}",
          "says that there is a report", step("now")),
    Fault("first words that are asked for a place", TRIAGE, "{out_of_scope: scope}", "{out_of_scope: place}",
          "added to a report that does not exist", step("place")),
)  # fmt: skip
