"""Make every letter of every round as a PDF and have page-validation look at it as PDF/UA-1.

    .venv/bin/python scripts/check_letter_pdfs.py [ROUND]…

Takes some minutes: the tests look at samples, this at all. 1 when one of them is refused.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import page

from normtemplates.definitions import Definitions
from normtemplates.jobs.letters import LetterRequest, make_letters


def run(wanted: list[str]) -> int:
    """Check the rounds with these names; all without any."""
    known = Definitions()
    refused = 0
    for round_ in known.rounds():
        if wanted and round_.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            made = make_letters(known, round_, LetterRequest(pdf=True), Path(folder))
            pdfs = [path for path in made if path.suffix == ".pdf"]
            for path in pdfs:
                report = page.validate_pdf(path)
                for failure in report.failures:
                    print(f"{path.name}: {failure.rule_id} {failure.message}")
                refused += not report.is_compliant
            print(f"{round_.name}: {len(pdfs)} letters")
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
