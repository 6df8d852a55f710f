"""A neighbour who texts: from "Hej" to the place, urgent or not; some go silent, some send two texts at once."""

import re
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.neighbour import REPEATS, Neighbour

SAVED = re.compile(r"Sparat \d\d\.\d\d.*?Ref ([A-Z2-9]{4})", re.DOTALL)
GOES, HURRIES = 0.03, 0.15  # of those who text: leave before consent; send the place and more at once


class Texting(Neighbour):
    """One conversation."""

    def talk(self) -> None:
        """Until it is over, and written into the book."""
        name, chance = f"prov {self.number}", self.chance
        words = [f"Hej, {name}", "2", *(chance.choice(keys) for keys in ("123", "1234", "123", "12"))]
        stays = chance.random() >= GOES
        answers: list[str | None] = []
        for turn in range(len(words) if stays else chance.randrange(1, len(words))):
            answers.append(self.text(turn, words[turn]))
            if answers[-1] is None:
                break
        else:
            answers += self.tell_where(name) if stays else []
        with self.book.lock:
            self.write_down(name, answers, stays=stays)

    def write_down(self, name: str, answers: list[str | None], *, stays: bool) -> None:
        """What is true of this contact."""
        if found := SAVED.search("\n".join(one or "" for one in answers)):
            self.book.told[name] = found[1]
        elif None in answers:
            self.book.given_up.add(name)
        else:
            (self.book.unserved if stays else self.book.gone).add(name)

    def tell_where(self, name: str) -> list[str | None]:
        """The place; from some a second text at once, and either may arrive first."""
        texts = [f"Provgatan {self.number}"]
        if self.chance.random() < HURRIES:
            texts.append(f"Bakgatan {self.number}")
        with ThreadPoolExecutor(len(texts)) as hands:
            answers = list(hands.map(self.text, range(6, 6 + len(texts)), texts))
        with self.book.lock:
            self.book.said[name] = [text for text, answer in zip(texts, answers, strict=True) if answer is not None]
        return answers

    def text(self, turn: int, words: str) -> str | None:
        """What it is answered with, or None."""
        if turn:
            self.think()
        form = {
            "MessageSid": f"SMc{self.number:08}{turn:02}",
            "From": f"+4670{self.number:07}",
            "To": self.line,
            "Body": words,
            "NumMedia": "0",
        }
        return self.knocker.post("/twilio/sms", form, repeats=REPEATS)
