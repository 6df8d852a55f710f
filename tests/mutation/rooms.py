"""Which files faults are put into, and which tests should notice, the quickest first."""

from collections.abc import Mapping, Sequence

READING = (
    *(f"tests/core/reading/test_{name}.py" for name in (
        "what_counts", "on_few_words", "senses", "compiling", "language_on_few_words", "statements", "tokens",
        "normalise", "weighed", "fitting", "learning", "labels", "answers", "language", "danger",
    )),
    "tests/core/reading", "tests/test_transcripts.py",
)  # fmt: skip
ALERTS = (
    "tests/core/test_case.py", "tests/core/test_on_duty.py", "tests/core/test_roster.py", "tests/core/test_readout.py",
    "tests/core/test_escalation.py", "tests/core/test_engine.py",
    "tests/usecases/test_alerting.py", "tests/usecases/test_officers.py", "tests/usecases/test_holding.py",
    "tests/usecases/test_silence.py", "tests/usecases/test_reconciling.py", "tests/usecases/test_probing.py",
    "tests/adapters/test_municipality_files.py", "tests/web/test_sms.py", "tests/web/test_voice.py",
)  # fmt: skip
TALKING = (
    "tests/core/test_conversation.py", "tests/core/test_engine.py", "tests/core/test_warning.py",
    "tests/core/test_hearing.py", "tests/core/test_wording.py", "tests/core/test_speaking.py",
    "tests/test_transcripts.py",
    "tests/core/test_phone.py",
    "tests/usecases/test_intake.py",
    "tests/web/test_sms.py", "tests/web/test_voice.py", "tests/proof/test_conversations.py",
    "tests/proof/test_transcripts_cover.py",
)  # fmt: skip
SMALL = ("tests/proof/test_small_walk.py", "tests/proof/test_small_proof.py", "tests/proof/test_small_differences.py")
# The faults put into the shipped script (tests/proof/faults) would notice more, and take a minute for each fault here:
# without them no more is claimed than these notice.
PROOF = (
    "tests/proof/test_made_up_words.py", "tests/proof/test_small_texts.py", "tests/proof/test_structure.py",
    "tests/proof/test_who_is_told.py", "tests/proof/test_written.py", "tests/proof/test_rules.py", *SMALL,
    "tests/test_transcripts.py",
)  # fmt: skip
FIRST_OF_PROOF = {
    "structure": "tests/proof/test_structure.py", "texts": "tests/proof/test_small_texts.py",
    "offers": "tests/proof/test_written.py", "municipality": "tests/proof/test_who_is_told.py",
    "safety": "tests/proof/test_rules.py", "ends": SMALL[1], "walking": SMALL[1],
}  # fmt: skip
EXPLORING = ("tests/proof/test_small_cries.py", *SMALL, *PROOF)
COMPARING = (SMALL[2], "tests/test_transcripts.py")
OLD = "tests/adapters/test_what_was_sealed_before.py"
STORED = "tests/adapters/store/test_keeping.py"
RING = (
    OLD,
    "tests/adapters/test_keyring.py",
    "tests/adapters/test_vault.py",
    "tests/adapters/test_keyring_file.py",
    STORED,
)
VAULT = (OLD, "tests/adapters/test_vault.py", "tests/adapters/test_keyring.py", STORED)
RING_FILE = ("tests/adapters/test_keyring_file.py", "tests/adapters/test_keyring.py", STORED)
GUARD = ("tests/web/test_twilio_guard.py", "tests/web/forged/test_genuine.py",
         "tests/web/forged/test_random.py")  # fmt: skip
TRAIL = ("tests/adapters/store/test_audit.py", "tests/adapters/store/test_cases.py")
KEEPING = ("tests/core/test_keeping.py", "tests/usecases/test_retention.py", STORED,
           "tests/adapters/test_municipality_files.py")  # fmt: skip

OF_ALERTS = ("alert", "case", "escalation", "municipality", "readout", "reports", "roster")
OF_TALK = (
    "asking", "conversation", "danger", "effects", "engine", "flow", "hearing", "opening", "phone", "speaking", "turn",
    "wording",
)  # fmt: skip
# A file belongs to the first pattern that it matches.
ROOMS: Mapping[str, Sequence[str]] = {
    "hotline/core/reading/measure.py": ("tests/core/reading/test_counting.py",),
    "hotline/core/reading/*.py": READING,
    **{f"hotline/core/proof/{name}.py": (first, *PROOF) for name, first in FIRST_OF_PROOF.items()},
    "hotline/core/proof/*.py": PROOF,
    "hotline/core/comparing.py": COMPARING,
    "hotline/core/exploring.py": EXPLORING,
    "hotline/core/crying.py": EXPLORING,
    **{f"hotline/core/{name}.py": ALERTS for name in OF_ALERTS},
    **{f"hotline/core/{name}.py": TALKING for name in OF_TALK},
    "hotline/core/costing.py": ("tests/core/test_costing.py", *TALKING),
    "hotline/core/sparing.py": ("tests/core/test_sparing.py", "tests/usecases/test_intake.py"),
    "hotline/core/scoring.py": ("tests/core/test_scoring.py",),
    "hotline/core/keeping.py": KEEPING,
    "hotline/usecases/retention.py": KEEPING,
    "hotline/usecases/erasing.py": ("tests/usecases/test_erasing.py", STORED),
    "hotline/adapters/store/audit.py": TRAIL,
    "hotline/adapters/audit_heads.py": ("tests/adapters/test_audit_heads.py",),
    "hotline/adapters/twilio_copies.py": ("tests/adapters/test_twilio_copies.py",),
    "hotline/adapters/keyring.py": RING,
    "hotline/adapters/vault.py": VAULT,
    "hotline/adapters/keyring_file.py": RING_FILE,
    "hotline/web/twilio_guard.py": GUARD,
    "hotline/core/*.py": TALKING,
}
