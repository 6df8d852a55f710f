"""What no single line shows: it comes out when every conversation is walked through."""

from tests.proof.fault import EN, FI, SV, TRIAGE, Fault, at
from tests.proof.faults.structure import step

FAULTS = (
    # Danger.
    Fault("a danger text without 112", SV, 'sms: "Ring 112 nu.', 'sms: "Ring polisen nu.', "must lead with 112"),
    Fault("a danger text with another number", FI, 'sms: "Soita 112 nyt.', 'sms: "Soita 121 nyt.',
          "must lead with 112"),
    Fault("a danger text with 112 at its end", EN, 'sms: "Call 112 now. Say where it is and what you see or hear. This',
          'sms: "Say where it is and what you see or hear. Call 112 now. This', "must lead with 112"),
    Fault("a danger text by voice without 112", FI, "Sulje puhelu ja soita 112 nyt.", "Sulje puhelu ja soita apua.",
          "must lead with 112"),
    Fault("a danger text that says 112 too late in a call", SV,
          'voice: "Lägg på och ring 112 nu. Säg var det är och vad du',
          'voice: "Säg var det är och vad du ser eller hör, och vem det gäller, om du vet. Ring 112 nu. Säg '
          "vad du",
          "112 is said after"),
    Fault("an opening without 112", EN, 'sms: "Danger now? Call 112.', 'sms: "Danger now? Call help.',
          "must lead with 112"),
    Fault("an opening that says 112 too late in a call", SV,
          'voice: "Är någon i fara nu: lägg på och ring 112. Det här',
          'voice: "Välkommen till telefonen för dig som är orolig för en granne eller för ett barn. Ring '
          "112. Det här",
          "112 is said after"),
    Fault("less time until 112", TRIAGE, "seconds_to_112: 6 ", "seconds_to_112: 2 ", "112 is said after", step("now")),
    Fault("a yes to danger that is not noted", TRIAGE, "{to: called, flags: [going_on, told_112]}",
          "{to: called, flags: [told_112]}", "told to call 112, but it is not noted", step("now")),
    Fault("an advice that is noted and was never given", SV, "Osäker? Ring 112 ändå, de avgör.", "Osäker? Det går bra.",
          "noted as told to call 112, but 112 is not in the answer", step("now")),
    # Ends.
    Fault("an end without 112", SV, "igen eller ring {telephone}. Vid fara: ring 112. Radera",
          "igen eller ring {telephone}. Radera", "ends without saying how to get help", step("consent")),
    Fault("an end by call without 112", SV, "Inget är sparat. Vid fara: ring 112. Socialtjänsten",
          "Inget är sparat. Socialtjänsten", "ends without saying how to get help", step("now")),
    Fault("an end for those with a duty without 112", FI, "ilmoita kirjallisesti. Vaara: soita 112.",
          "ilmoita kirjallisesti.", "ends without saying how to get help", step("now")),
    Fault("an end at night without 112", SV, "{kvinnofrid}. Kan det inte vänta: ring 112 och be om socialjouren.",
          "{kvinnofrid}.", "ends without saying how to get help", step("self")),
    Fault("an answer after the end without 112", SV, 'sms: "Det är tillagt. Vid fara: ring 112.',
          'sms: "Det är tillagt.', "ends without saying how to get help", step("saved")),
    Fault("a farewell to STOP without 112", SV, "Vi skriver aldrig först. Vid fara: ring 112.",
          "Vi skriver aldrig först.", "ends without saying how to get help", step("now")),
    Fault("a report at night that does not lead with 112", SV,
          'sms_urgent_closed: "Kan det inte vänta? Ring 112 och be om socialjouren. Sparat {time}, lämnas '
          "vidare till",
          'sms_urgent_closed: "Sparat {time}. Kan det inte vänta längre? Ring 112 och be om socialjouren. '
          "Lämnas vidare till",
          "the last text must lead with 112", step("place")),
    Fault("a report by call at night that does not lead with 112", SV,
          'voice_urgent_closed: "Kan det inte vänta: ring 112 och be om socialjouren. Det är sparat',
          'voice_urgent_closed: "Det är sparat hos oss nu. Kan det inte vänta: ring 112 och be om '
          "socialjouren. Det är sparat",
          "the last text must lead with 112", step("number")),
    # Failures.
    Fault("a call that nobody takes without 112", SV, "Ingen kunde svara. Vid fara: lägg på och ring 112.",
          "Ingen kunde svara.", "a failure is not answered with advice", step("reach")),
    Fault("a silence without 112", SV, "Jag hörde inget svar. Är någon i fara: lägg på och ring 112.",
          "Jag hörde inget svar.", "a failure is not answered with advice", step("now")),
    Fault("giving up without 112", SV, "inte säga vem du är. Vid fara: ring 112. Vill du gå vidare här",
          "inte säga vem du är. Vill du gå vidare här", "a failure is not answered with advice", step("now")),
    Fault("a picture without 112", SV, "svara med en siffra. Vid fara: ring 112.", "svara med en siffra.",
          "a failure is not answered with advice", step("now")),
    Fault("giving up with the wrong text", TRIAGE, "missed: [not_understood, give_up]", "missed: [not_understood]",
          "ends without saying how to get help", step("now")),
    # What is claimed.
    Fault("a report that is claimed and was never made", TRIAGE, '"4": {to: nothing}', '"4": {to: saved}',
          "says that there is a report, and there is none", step("consent")),
    Fault("a word that is answered with a report", TRIAGE, "mandated: mandated}", "mandated: saved}",
          "says that there is a report, and there is none", step("now")),
    Fault("a report that is denied", TRIAGE, "place: {kind: place, to: saved}", "place: {kind: place, to: nothing}",
          "there is a report, and nothing, the last text, does not say so", step("place")),
    Fault("a report without a number that is denied", TRIAGE, "none: saved}", "none: bye}",
          "there is a report, and bye, the last text, does not say so", step("number")),
    # Consent.
    Fault("consent that files nothing", TRIAGE, "{to: place, file: without_number}", "{to: place}",
          "added to a report that does not exist", step("place")),
    Fault("consent by call that files nothing", TRIAGE, "{to: number, file: without_number}", "{to: number}",
          "added to a report that does not exist", step("number")),
    Fault("a place before consent", TRIAGE, '"4": {to: pattern}', '"4": {to: place}',
          "added to a report that does not exist", step("place")),
    Fault("a number that goes along whatever is answered", TRIAGE, "{to: place, file: without_number}",
          "{to: place, file: with_number}", "without the number", step("consent", "choices")),
    Fault("a number of a call that goes along", TRIAGE, "{to: number, file: without_number}",
          "{to: number, file: with_number}", "without the number", step("leave", "choices")),
    Fault("two reports of one conversation", TRIAGE, '      "2": {to: saved, note: true}\n',
          '      "2": {to: consent, note: true}\n', "a second report", step("leave")),
    # How much, how long.
    Fault("an answer of too many texts", TRIAGE, "messages: 2 ", "messages: 1 ",
          "is answered with 2 texts; 1 are allowed", step("now")),
    Fault("a text of too many segments", SV,
          "Ring 112 nu. Säg var det är och vad du ser eller hör. Det här är en automat:",
          "Ring 112 nu. " + "Säg var det är. " * 16 + "Det här är en automat:", "takes 3 segments; 2 are allowed",
          step("now")),
    Fault("less room for a text", TRIAGE, "segments: 2 ", "segments: 1 ", "segments; 1 are allowed", step("now")),
    Fault("an end that is too far away", TRIAGE, "turns: 12 ", "turns: 2 ",
          "no end can be reached from here in 2 turns", step("called")),
    Fault("a connection that takes too long", SV, 'voice: "Vem är du orolig för?',
          'voice: "' + "Vi vill veta mer om det. " * 18 + "Vem är du orolig för?", "a call is connected after",
          step("now")),
    Fault("nobody to be connected to", TRIAGE,
          "  reach:\n"
          "    kind: connect\n"
          "    otherwise:\n"
          "      by_text: what       # a text cannot be connected\n"
          "      closed: what\n"
          "      again: what         # it has been tried in this call\n"
          "      busy: what\n"
          "      no_answer: what\n"
          "      refused: what       # picked up, but nobody pressed the key: a machine, a queue\n"
          "      failed: what\n",
          "  reach: {kind: anything, to: what}\n", "is to be said, and cannot be", at(SV, "texts")),
    Fault("an answer that says nothing", SV, 'sms: "Skriv var det är, till exempel ort, gata och nummer."', 'sms: " "',
          "is answered with silence", step("place")),
    Fault("a withheld caller who hears nothing while the office is open", SV,
          'number_withheld:\n    voice: "', 'number_withheld:\n    voice: " "\n    voice_closed: "',
          "is answered with silence", step("leave")),
    Fault("a place that is asked for in a call, where no words are heard", TRIAGE, "{to: number, file: without_number}",
          "{to: place, file: without_number}", "the call is left hanging", step("place")),
    # What cannot be said.
    Fault("a text before the next question that nobody wrote", TRIAGE, "say: serious", "say: grave",
          "grave is to be said, and cannot be", at(SV, "texts")),
    Fault("a text for what is missed that nobody wrote", TRIAGE, "missed: [not_understood,", "missed: [not_heard,",
          "not_heard is to be said, and cannot be", at(SV, "texts")),
    Fault("a text for silence that nobody wrote", TRIAGE, "silent: [silence, silence,", "silent: [silence, hush,",
          "hush is to be said, and cannot be", at(SV, "texts")),
    Fault("a question that nobody wrote", TRIAGE, "place: {kind: place, to: saved}",
          "place: {kind: place, to: floor}\n  floor: {kind: anything, to: saved}", "floor is to be said, and cannot be",
          at(SV, "texts")),
    Fault("first words that are put through", TRIAGE, "{out_of_scope: scope}", "{out_of_scope: reach}",
          "reach is to be said, and cannot be", at(SV, "texts")),
)  # fmt: skip
