"""The report as one HTML file, for a browser, a mail or a printer; it needs nothing around it.

What the page looks like and how it is worded stands in a jinja template, which a user may
replace; :mod:`normtemplates.report.sections` has the values that it is filled with. The page
has no script, and its Content-Security-Policy lets none run.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from normtemplates.errors import DefinitionError
from normtemplates.model.finding import RoundReport
from normtemplates.report.sections import Neighbourhoods, page_of

if TYPE_CHECKING:
    import jinja2

#: Where the template lies among the templates.
TEMPLATE: Final = "report/report.html"


def render_html(
    round_report: RoundReport,
    template: str,
    neighbourhoods: Neighbourhoods | None = None,
    *,
    name: str = TEMPLATE,
) -> str:
    """Give the report as a page, drawn with the text of a jinja ``template``.

    ``neighbourhoods`` are the cells around findings, by path and finding; a finding that has
    none is told without. ``name`` stands for the template in messages. The same arguments give
    the same page. Raises ``DefinitionError`` for a template that is wrong.
    """
    import jinja2
    from jinja2.exceptions import SecurityError

    page = page_of(round_report, neighbourhoods or {})
    try:
        return _environment().from_string(template).render(page=page)
    except jinja2.TemplateSyntaxError as error:
        where, what = f"{name}, regel {error.lineno}", f"een tag klopt niet ({error.message})"
    except jinja2.UndefinedError as error:
        where, what = name, f"een naam in een tag bestaat niet ({error.message})"
    except SecurityError as error:
        where, what = name, f"een tag wil meer dan een rapport mag ({error.message})"
    except Exception as error:  # the template's own code: anything can come out of it
        where, what = name, f"een tag is niet uit te voeren ({error})"
    raise DefinitionError(
        f"{where}: {what}. Herstel de sjabloon, of haal dit bestand weg om de meegeleverde te "
        "gebruiken."
    )


def _environment() -> jinja2.Environment:
    """Give the environment of the template: no loader, no globals, all text escaped."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters["sha256"] = _sha256
    return environment


def _sha256(text: str) -> str:
    """Digest ``text`` as a Content-Security-Policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
