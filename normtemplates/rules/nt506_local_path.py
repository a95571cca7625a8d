"""NT506: a place that nobody outside the organisation can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_LOCAL = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:\\|\\\\[\w.-]+\\|\bfile:/"
    r"|\bhttps?://(?:localhost|127\.|10\.|192\.168\.|[\w-]+(?:[:/\s]|$))",
    re.IGNORECASE,
)


@rule(
    "NT506",
    "local-path",
    Severity.INFO,
    finds="Een antwoord verwijst naar een eigen schijf of een interne server.",
    why=(
        "Een ander kan daar niet bij, en het laat zien hoe uw netwerk in elkaar zit. Een naam en "
        "een zaaknummer zeggen genoeg."
    ),
    remedy="Noem de naam van het document, met zaaknummer of datum.",
    good=(
        Case(
            "Een adres op het internet.",
            lambda book: book.set("1.1", "evidence", "https://www.voorbeeldstad.nl/gedragscode"),
        ),
        Case(
            "Een document met een zaaknummer.",
            lambda book: book.set("1.1", "evidence", "Gedragscode, zaak: 2030/0012"),
        ),
    ),
    bad=(
        Case(
            "Een map op een schijf.",
            lambda book: book.set("1.1", "evidence", r"H:\Veiligheid\gedragscode.docx"),
            ("1.1/evidence",),
        ),
        Case(
            "Een interne server.",
            lambda book: book.set("1.2", "evidence", "http://intranet/verslagen"),
            ("1.2/evidence",),
        ),
    ),
    known_misses=("Een intern adres dat op een gewoon internetadres lijkt, valt niet op.",),
    withholds=True,
)
def local_path(submission: Submission, context: Context) -> Iterator[Finding]:
    """Point at every such answer; the path itself is not repeated."""
    for one in context.typed:
        text = one.cell.text
        if (":" in text or "\\" in text) and _LOCAL.search(text):
            yield local_path.finding(
                f"{one.name} verwijst naar een schijf of server waar alleen uw organisatie bij "
                "kan. Noem de naam van het document, met zaaknummer of datum.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )
