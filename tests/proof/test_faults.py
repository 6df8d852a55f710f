"""Every way we could think of in which a person breaks the script: the proof must see it, and say where."""

from pathlib import Path

import pytest

from tests.proof.fault import Fault, copied, proved
from tests.proof.faults import advice, helplines, municipalities, safety, structure, texts, words, writing

FAULTS = [
    fault
    for module in (writing, structure, safety, texts, advice, helplines, words, municipalities)
    for fault in module.FAULTS
]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.what.replace(" ", "_") for fault in FAULTS])
def test_a_fault_is_found_where_it_stands(fault: Fault, tmp_path: Path) -> None:
    flows = copied(tmp_path)
    place, said = fault.done(flows), []
    for text in proved(flows, own_words=fault.file.startswith("words/")):
        said.append(text)
        if text.startswith(place) and fault.says in text:
            return
    pytest.fail("\n".join([f"nobody says «{fault.says}» at {place}", *said]))


def test_there_are_many_faults_and_no_two_are_the_same() -> None:
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 75
