"""The commands of `flows` on a folder of one's own, without an application and without a database."""

from collections.abc import Callable, Iterator
from pathlib import Path

from click.testing import Result
from flask import Flask

from hotline.adapters.flow_workshop import Workshop
from hotline.adapters.keyring_home import KeyringMaker
from hotline.cli import add_first_commands
from hotline.cli.tools import FirstTools
from tests.proof.fault import TODAY, copied, workshop

Running = Iterator[tuple[str, int, list[str]]]


def one_language(folder: Path) -> Path:
    """The shipped script in a municipality that speaks Swedish alone: enough to see what a command does."""
    flows = copied(folder)
    (flows / "municipalities" / "exempelby.yaml").unlink()
    town = flows / "municipalities" / "smedjebacken.yaml"
    spoken = town.read_text(encoding="utf-8").replace("languages: [sv, fi, en]", "languages: [sv]")
    town.write_text(spoken, encoding="utf-8")
    return flows


def invoked(bench: Workshop, *words: str, running: Callable[[], Running] = lambda: iter(())) -> Result:
    """What `flows …` prints, and its exit status."""
    app = Flask(__name__, static_folder=None)
    app.extensions["hotline.first_tools"] = lambda: FirstTools(
        (), lambda: "", KeyringMaker("", Path(), Path(), lambda: TODAY), bench, lambda: TODAY, running
    )
    add_first_commands(app)
    return app.test_cli_runner().invoke(args=["flows", *words])


def invoked_on(flows: Path, *words: str) -> Result:
    """The same for a folder."""
    return invoked(workshop(flows), *words)
