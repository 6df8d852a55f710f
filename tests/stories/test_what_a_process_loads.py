"""A process that answers texts and calls loads what they need: seen in a new process, as a server begins."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import pytest

from hotline.adapters.vault import new_key
from tests.earnest import in_earnest
from tests.web.doors import CALLER, PUBLIC, ROOT, TOKEN, sign

LINE = "+46846500400"
ANSWERS = """
import json, sys
from app import app
statuses = []
for path, form, signature in json.load(sys.stdin):
    answer = app.test_client().post(path, data=form, headers={"X-Twilio-Signature": signature})
    statuses.append(answer.status_code)
json.dump([statuses, sorted(sys.modules)], sys.stdout)
"""
# What a text or a call needs: our own, and whatever these bring along. Nobody else's comes in unseen.
NEEDED = {
    "app", "hotline", "cryptography", "flask", "blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug",
    "prometheus_client", "rapidfuzz", "sqlalchemy", "greenlet", "structlog", "twilio", "typing_extensions", "dotenv",
    "cython_runtime",
}  # fmt: skip
# structlog looks for these, and finds them where tests are run.
WITH_TESTS = {"rich", "pygments", "attr", "attrs", "better_exceptions"}
# For those who change words, migrate, serve, try it out, prove, or speak to the carrier: each loads its own.
NOT_NEEDED = {
    "twilio.rest", "hotline.adapters.flow_files", "hotline.adapters.flow_workshop", "hotline.adapters.web_server",
    "hotline.adapters.simulated_carrier", "hotline.adapters.twilio_carrier", "hotline.core.costing",
    "hotline.core.exploring", "hotline.core.proof", "hotline.core.reading.fitting", "hotline.web.phone",
}  # fmt: skip
PLANS = "phonenumbers.data.region_"


def asked() -> list[tuple[str, dict[str, str], str]]:
    """A text, and a call with one key."""
    common = {"From": CALLER, "To": LINE}
    steps = [
        ("/twilio/sms", {**common, "MessageSid": "SM1", "Body": "Min granne bråkar ofta med sin fru", "NumMedia": "0"}),
        ("/twilio/voice", {**common, "CallSid": "CA1"}),
        ("/twilio/voice/1", {**common, "CallSid": "CA1", "Digits": "2"}),
    ]
    return [(path, form, sign(PUBLIC + path, form)) for path, form in steps]


@pytest.fixture(scope="module")
def loaded(
    migrated_sqlite: Path, clean_environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """The names of all modules; the first process may still compile words that were changed, the second does not."""
    settings = {
        **clean_environment,
        **in_earnest("http://127.0.0.1:9", public=PUBLIC, token=TOKEN),
        "HOTLINE_DATABASE_URL": f"sqlite:///{copy(migrated_sqlite, tmp_path_factory.mktemp('loaded'))}",
        "HOTLINE_KEYS": new_key(),
        "HOTLINE_MUNICIPALITIES": str(ROOT / "tests" / "web" / "municipalities"),
    }
    for _ in range(2):
        told = subprocess.run(
            [sys.executable, "-c", ANSWERS], cwd=ROOT, env=settings, input=json.dumps(asked()), text=True,
            stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
    statuses, modules = json.loads(told.stdout)
    assert statuses == [200, 200, 200]
    return list(modules)


def test_nothing_is_loaded_that_a_text_or_a_call_does_not_need(loaded: list[str]) -> None:
    assert "hotline.web.sms" in loaded
    assert NOT_NEEDED & set(loaded) == set()


def test_of_all_libraries_only_those_are_loaded_that_answer(loaded: list[str]) -> None:
    tops = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) - WITH_TESTS
    assert {top for top in tops if not top.startswith("_")} - NEEDED == set()


def test_no_numbering_plan_and_no_countrys_holidays_are_loaded(loaded: list[str]) -> None:
    """The carrier writes numbers whole, and the days off were worked out when the files were read."""
    assert [name for name in loaded if name.startswith(("phonenumbers", "holidays"))] == []


def test_a_number_that_somebody_types_loads_the_plan_of_its_country_alone() -> None:
    asked = "import sys; from hotline.core.phone import e164; print(e164('070-174 06 12')); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=True).stdout
    number, modules = told.splitlines()
    assert number == CALLER
    assert [name for name in modules.split() if name.startswith(PLANS)] == [f"{PLANS}SE"]
