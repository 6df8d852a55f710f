"""What people text and press, signed beforehand as Twilio does: while it is measured nothing but sending costs."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, islice, product
from random import Random
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

TOKEN, PUBLIC, ACCOUNT, LINE = "t" * 32, "https://hotline.example.org", "AC" + "c" * 32, "+46846500400"
VALIDATOR = RequestValidator(TOKEN)  # type: ignore[no-untyped-call]  # twilio ships no types
NUMBERS = count(1)
# Nobody writes as the next one does: whatever is remembered of a text must not help with another.
WHO = ("Min granne", "Grannen ovanför", "Paret i lägenheten bredvid", "Min väninnas sambo", "Pappan på tredje våningen")
DOES = (
    "bråkar ofta om pengar", "är otrevlig mot alla", "kommer hem full varje fredag", "bråkar mest på helgerna",
    "är svartsjuk", "är aldrig nöjd med någonting",
)  # fmt: skip
TAIL = ("", ", vad gör jag?", " och jag är orolig", ". Kan ni ringa dem?", ", det har varit så länge 😟", "!!")
ELSEWHERE = (
    "Hello, my neighbour shouts at his wife nearly every evening", "Is this the number for worries about a child?",
    "Hei, olen huolissani naapuristani", "Waxaan ka welwelsanahay deriskayga", "أنا قلقة على جارتي",
    "Martwię się o sąsiadkę", "Добрый вечер, у меня вопрос", "Komşum için endişeliyim",
)  # fmt: skip
IN_SWEDISH = 0.8  # of all texts
# One question after the other, up to what to do with it: each is a turn that is kept.
QUESTIONS = ("2", "1", "2", "1")
TURNS = 1 + len(QUESTIONS)  # of one person
# The same with consent and the place: an urgent report, its alert, and one addendum.
REPORT = ("Hej, jag är orolig för min granne", "2", "1", "1", "1", "1", "Provgatan 4, två trappor")
OF_A_TEXT = {
    "ToCountry": "SE", "ToState": "", "NumMedia": "0", "ToCity": "", "FromZip": "", "FromState": "", "FromCity": "",
    "SmsStatus": "received", "FromCountry": "SE", "ToZip": "", "NumSegments": "1", "ApiVersion": "2010-04-01",
}  # fmt: skip
OF_A_CALL = {
    "ApiVersion": "2010-04-01", "CallStatus": "in-progress", "Direction": "inbound", "FromCountry": "SE",
    "ToCountry": "SE", "CallerCountry": "SE", "CalledCountry": "SE", "FromCity": "", "ToCity": "",
}  # fmt: skip


def number_of(chance: Random) -> str:
    """Of a mobile telephone; only this machine ever sees it."""
    return f"+467{chance.randrange(10**8):08}"


def posted(path: str, form: Mapping[str, str]) -> bytes:
    """The whole request, as it goes over the line."""
    body = urlencode(form).encode()
    signature = VALIDATOR.compute_signature(PUBLIC + path, dict(form))  # type: ignore[no-untyped-call]  # as above
    head = (
        f"POST {path} HTTP/1.1\r\nHost: hotline.example.org\r\nX-Twilio-Signature: {signature}\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nUser-Agent: TwilioProxy/1.1\r\n"
        f"Accept: */*\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def all_first_words() -> list[str]:
    """Everything that `first_words` can be."""
    return [*ELSEWHERE, *("{} {}{}".format(*one) for one in product(WHO, DOES, TAIL))]


def first_words(chance: Random) -> str:
    """What somebody writes who is worried; nothing that is answered with the 112 text alone."""
    if chance.random() >= IN_SWEDISH:
        return chance.choice(ELSEWHERE)
    return f"{chance.choice(WHO)} {chance.choice(DOES)}{chance.choice(TAIL)}"


def texting(chance: Random, texts: Iterable[str] = (), line: str = LINE) -> Iterator[bytes]:
    """One person's texts, one after the other; without `texts` whatever words, and the answers to the questions."""
    sender = number_of(chance)
    for text in texts or (first_words(chance), *QUESTIONS):
        sid = f"SM{next(NUMBERS):032x}"
        ids = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": ACCOUNT}
        yield posted("/twilio/sms", {**OF_A_TEXT, **ids, "From": sender, "To": line, "Body": text})


def calling(chance: Random) -> Iterator[bytes]:
    """One person's call: what is pressed after each question."""
    sender, sid = number_of(chance), f"CA{next(NUMBERS):032x}"
    ids = {"CallSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": LINE, "Caller": sender, "Called": LINE}
    for step, key in enumerate(("", *QUESTIONS)):
        pressed = {"Digits": key} if step else {}
        yield posted(f"/twilio/voice/{step}" if step else "/twilio/voice", {**OF_A_CALL, **ids, **pressed})


def people(way: str, chance: Random) -> Iterator[list[bytes]]:
    """Without end, each with all of their turns. `way`: "text" or "call"."""
    speak = texting if way == "text" else calling
    while True:
        yield list(speak(chance))


def one_by_one(way: str, chance: Random, turns: int) -> list[list[bytes]]:
    """So many turns in all, person by person."""
    return list(islice(people(way, chance), turns // TURNS))


def as_many(way: str, chance: Random, turns: int) -> list[bytes]:
    """So many turns in a row, of one person after the other."""
    return list(islice(chain.from_iterable(people(way, chance)), turns))
