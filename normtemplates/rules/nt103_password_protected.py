"""NT103: the file is encrypted with a password."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Haal het wachtwoord eraf: kies in Excel ‘Bestand’, ‘Info’, ‘Werkmap beveiligen’, "
    "‘Versleutelen met wachtwoord’ en maak het vak leeg. In LibreOffice kiest u ‘Opslaan als’, "
    "zonder vinkje bij ‘Met wachtwoord opslaan’. Sla op en verstuur met beveiligde mail."
)


@rule(
    "NT103",
    "password-protected",
    Severity.FOUT,
    finds="Het bestand gaat alleen met een wachtwoord open.",
    why=(
        "Zonder wachtwoord is er niets te lezen. Een wachtwoord in een mail sturen is niet veilig."
    ),
    remedy="Haal het wachtwoord eraf en verstuur het bestand met beveiligde mail.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een versleutelde werkmap.",
            lambda book: book.trouble("password", "Dit bestand is beveiligd met een wachtwoord."),
            ("",),
        ),
    ),
    troubles=("password",),
)
def password_protected(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from password_protected.trouble(submission, _ADVICE)
