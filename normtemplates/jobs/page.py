"""What the HTML report needs besides the findings: the cells around them, and its template."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from normtemplates.errors import DefinitionError
from normtemplates.layout.neighbourhood import Neighbourhood, neighbourhood
from normtemplates.layout.recognise import Recognised
from normtemplates.model.finding import Finding
from normtemplates.model.submission import Submission
from normtemplates.report.html import TEMPLATE
from normtemplates.resources import TemplatePath
from normtemplates.rules import withheld_codes


@frozen
class PageTemplate:
    """The text of the template, and how messages call it."""

    text: str
    name: str


def page_template(templates: TemplatePath) -> PageTemplate:
    """Give the template of the page, the user's own before the shipped one.

    Raises ``RequestError`` when there is none, ``DefinitionError`` when it cannot be read.
    """
    path = templates.find(TEMPLATE)
    name = templates.shown(path)
    try:
        return PageTemplate(path.read_text(encoding="utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f"{name} kan niet worden gelezen. Bewaar het bestand als UTF-8, of haal het weg om "
            "het meegeleverde te gebruiken."
        ) from error


def neighbourhoods(
    submission: Submission, recognised: Recognised | None, findings: Iterable[Finding]
) -> dict[Finding, Neighbourhood]:
    """Give the cells around each finding that is about cells."""
    findings = list(findings)
    found = recognised.found if recognised else None
    # What the findings of some rules do not repeat may not stand beside another finding either.
    codes = withheld_codes()
    withheld = {(f.sheet, f.cell) for f in findings if f.code in codes and f.sheet and f.cell}
    return {
        one: near
        for one in findings
        if (near := neighbourhood(submission, one, found, withheld=withheld))
    }
