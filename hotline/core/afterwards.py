"""What is said once there is a report: rows that join it. After the last text nothing is taken back, all is added.

What may not enter: whom it is told to, and when (`usecases.adding`).
"""

from .case import ANSWER
from .conversation import Conversation, changed
from .effects import AddToCase
from .flow import Step
from .hearing import Heard, is_over
from .opening import Moment, Outcome, begin, reopening
from .reading import Chosen
from .reports import note
from .turn import Turn


def words_beside(turn: Turn, heard: Heard) -> str:
    """The words of an answer, where they tell more than it: "a child, four years old"; else ""."""
    return turn.text.strip() if heard.more or heard.danger or heard.red else ""


def answered(reference: str, step: Step, key: str, words: str) -> tuple[AddToCase, ...]:
    """A choice that was made after consent, and what was said with it."""
    choice = AddToCase(reference, "call_back" if step.choices[key].note else ANSWER, note(step.name, key))
    return (choice, AddToCase(reference, "words", words)) if words else (choice,)


def after_the_end(moment: Moment, here: Conversation, heard: Heard) -> Outcome:
    """0 takes nothing back, 1 begins anew; where the last text was the 112 text, an answer is one to that."""
    say, text = moment.say, moment.turn.text.strip()
    asked = None if is_over(moment.script, here) else moment.script.steps[here.step]
    here = changed(here, step=here.after or here.step, after="")
    if asked and isinstance(heard.answer, Chosen) and not heard.danger:
        rows = answered(here.reference, asked, heard.answer.key, words_beside(moment.turn, heard))
        return here, (*rows, say.text("added", here), *say.close())
    if heard.sign == "0":
        return here, (AddToCase(here.reference, "withdrawn", text), say.text("withdrawn", here), *say.close())
    if heard.sign == "1" and not say.voice:
        return reopening(moment, begin(moment, Heard(language=here.language)))
    return here, (AddToCase(here.reference, "words", text), say.text("added", here), *say.close())
