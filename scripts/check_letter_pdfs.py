"""Make every letter of every kind for every organisation of every round, and have each judged.

    .venv/bin/python scripts/check_letter_pdfs.py [--sdk] [ROUND]…

page-validation looks at each PDF as PDF/UA-1; with ``--sdk`` the Open XML SDK looks at each
document too. What a letter says of an overview is invented (``letters/sample.py``), and nothing
of it is kept. Takes a quarter of an hour: the tests look at samples, this at all. 1 when one is
refused.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import page

from normtemplates.definitions import Definitions
from normtemplates.jobs.letters import find_template
from normtemplates.letters import LetterTemplate
from normtemplates.letters.progress import progress_names
from normtemplates.letters.sample import sample_answers, sample_feedback, sample_workbook
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.office import pdfs_of

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.clients.sdk import Validator

OTHERS = ("voortgangsbrief", "aanbiedingsbrief", "terugkoppelbrief")


def drawn_for(organisation: Organisation, round_: Round, *, detail: bool) -> dict[str, object]:
    """Give what letters are drawn from besides the norm, invented."""
    answers = sample_answers(round_)
    return {
        "progress": progress_names(organisation, round_, answers, detail=detail),
        "feedback": sample_feedback(organisation, round_, refused=detail),
        "workbook": sample_workbook(organisation),
    }


def letters(known: Definitions, round_: Round) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Give each kind with its letters, by name."""
    own = dict.fromkeys(o.kind.letter for o in round_.organisations)
    for kind in (*own, *OTHERS):
        path = find_template(known.templates, round_.norm.code, kind)
        template = LetterTemplate(path.read_bytes(), path.name)
        made = []
        for organisation in round_.organisations:
            if kind in own and organisation.kind.letter != kind:
                continue
            for detail in (False, True) if template.draws_on - {"workbook"} else (False,):
                drawn = drawn_for(organisation, round_, detail=detail)
                used = {name: drawn[name] for name in template.draws_on}
                name = f"{kind}-{organisation.code}{'-detail' if detail else ''}.docx"
                made.append((name, template.letter(organisation, round_, {}, used)))
        yield kind, made


def run(arguments: list[str]) -> int:
    """Check the rounds with these names; all without any."""
    known = Definitions()
    sdk = Validator() if "--sdk" in arguments else None
    wanted = [one for one in arguments if one != "--sdk"]
    refused = 0
    for round_ in known.rounds():
        if wanted and round_.name not in wanted:
            continue
        for kind, made in letters(known, round_):
            with tempfile.TemporaryDirectory() as name:
                faults = 0
                paths = [Path(name) / file for file, _ in made]
                pdfs = pdfs_of([data for _, data in made], round_.reference_date)
                for path, (_, data), pdf in zip(paths, made, pdfs, strict=True):
                    path.write_bytes(data)
                    target = path.with_suffix(".pdf")
                    target.write_bytes(pdf or b"")
                    report = page.validate_pdf(target)
                    for failure in report.failures:
                        print(f"{target.name}: {failure.rule_id} {failure.message}")
                    faults += not report.is_compliant
                for path, said in (sdk.complaints_by_file(paths) if sdk else {}).items():
                    for complaint in said:
                        print(f"{path.name}: {complaint}")
                    faults += bool(said)
            print(f"{round_.name}: {len(made)} × {kind}, {faults} refused", flush=True)
            refused += faults
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
