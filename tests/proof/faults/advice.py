"""Advice that endangers, and promises that nobody can keep: each kind in each language that has a script."""

from tests.proof.fault import EN, FI, SV, Fault

BEFORE = {
    SV: "Jag förstod inte. Svara med en siffra.",
    FI: "En ymmärtänyt. Vastaa numerolla.",
    EN: "I did not understand. Reply with a digit.",
}
# Why it is forbidden → the same said in different words.
SAID = {
    "tells somebody to go there": {
        SV: "Knacka på hos grannen.|Ring på dörren.|Gå dit och lyssna.",
        FI: "Koputa naapurin oveen.|Mene sinne katsomaan.|Soita ovikelloa.",
        EN: "Knock on the door.|Go over and listen.|Ring the bell.",
    },
    "tells somebody to confront or warn": {
        SV: "Prata med honom först.|Konfrontera grannen.|Varna henne.",
        FI: "Puhu hänelle ensin.|Varoita häntä.",
        EN: "Talk to him first.|Confront the neighbour.|Warn her.",
    },
    "tells somebody to film or record": {
        SV: "Spela in ljudet.|Filma det du ser.|Ta en bild.",
        FI: "Kuvaa se.|Nauhoita ääni.|Ota kuva.",
        EN: "Film it.|Record it.|Take a picture.",
    },
    "112 can be texted only by": {
        SV: "Skicka sms till 112.|Smsa 112.",
        FI: "Lähetä viesti numeroon 112.|Tekstaa 112.",
        EN: "Text 112.|Send a message to 112.",
    },
    "we call nobody and alert no police": {
        SV: "Vi har larmat polisen.|Polisen är på väg.|Hjälp är på väg.",
        FI: "Olemme soittaneet poliisille.|Poliisi on tulossa.|Apu on matkalla.",
        EN: "We have called the police.|The police are on the way.|Help is on its way.",
    },
    "the out-of-hours social services have no number": {
        SV: "Ring socialjouren.|Socialjouren: {telephone}.|Socialjourens nummer 0240.",
        FI: "Soita socialjoureniin.|Socialjouren {telephone}.",
        EN: "Call socialjouren.|Socialjouren on {telephone}.",
    },
    "promises a time or an outcome": {
        SV: "Du får svar inom 30 minuter.|Vi lovar det.|Du kommer att få hjälp.",
        FI: "Saat vastauksen.|Lupaamme auttaa.|Vastaamme 30 minuutin kuluessa.",
        EN: "We answer within 30 minutes.|We promise to help.|You will get help.",
    },
    "plays danger down": {
        SV: "Det är ingen fara.|Det är låg risk.|Det är inte så farligt.",
        FI: "Ei hätää.|Ei ole vaaraa.",
        EN: "There is no danger.|The risk is low.|It is not dangerous.",
    },
    "says that it has arrived": {
        SV: "Din anmälan har tagits emot.|Den är skickad.|Socialtjänsten har fått det.",
        FI: "Viestisi on vastaanotettu.|Se on lähetetty.",
        EN: "Your report has been received.|It has arrived.|It was sent to social services.",
    },
    "names what it is about": {
        SV: "Vi tar emot oro om våld.",
        FI: "Tämä on väkivaltaa varten.",
        EN: "This is about violence.",
    },
    "holds a link": {
        SV: "Läs mer på www.example.se.",
        FI: "Lue lisää: https://example.fi.",
        EN: "Read more at example.org.",
    },
    "asks for a personal identity number": {
        SV: "Skriv ditt personnummer.",
        FI: "Kirjoita henkilötunnus.|Kirjoita henkilötunnuksesi.",
        EN: "Write your personal number.|Write your personal identity number.",
    },
}


FAULTS = tuple(
    Fault(f"a text in {file} that {why}", file, BEFORE[file], f"{sentences.split('|')[0]} {BEFORE[file]}", why)
    for why, languages in SAID.items()
    for file, sentences in languages.items()
)
