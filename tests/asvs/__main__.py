"""`python -m tests.asvs`: writes README.md from the table, and prints the count."""

import sys

from tests.asvs.table import PAGE, counted, page, requirements

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{counted(list(requirements().values()))}\n")
