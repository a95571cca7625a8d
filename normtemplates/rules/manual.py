"""The manual of the rules in Dutch, written from the rules themselves and their examples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import called
from normtemplates.rules.registry import Case, FileRule, Rule, all_rules, run
from normtemplates.rules.round import RoundRule

_FAMILIES: Final = {
    "1": "Het bestand",
    "2": "Herkomst en opbouw",
    "3": "Volledigheid",
    "4": "Klopt het met elkaar",
    "5": "Aandacht",
    "6": "De ronde",
    "9": "Onze eigen fouten",
}

_HEAD: Final = """# De regels van de controle

Gemaakt uit de regels zelf door `scripts/docs-rules`; verander deze tekst daar, niet hier.

Elke regel heeft een code, die nooit een andere betekenis krijgt. Een bevinding is een **fout**
(moet worden hersteld), een **waarschuwing** (kijk nog eens) of **info** (goed om te weten). Zonder
fout is een overzicht *akkoord*, met een fout *te corrigeren*; *geweigerd* is het als er niets uit
het bestand kon worden overgenomen. De voorbeelden zijn van een verzonnen norm en een verzonnen
gemeente.
"""


def manual() -> str:
    """Give the whole manual as Markdown."""
    return "\n".join([_HEAD, *_overview(), *_families()])


def page(rule: Rule) -> str:
    """Give what there is to know about one rule, as Markdown."""
    return "\n".join(_page(rule, 1))


def summary(rule: Rule) -> str:
    """Give one line about a rule: code, severity, name and what it finds."""
    return f"{rule.code}  {rule.severity.value:<12}  {rule.name:<26}  {_first(rule.finds)}"


def _overview() -> Iterator[str]:
    yield "| code | ernst | naam | vindt |"
    yield "|---|---|---|---|"
    for rule in all_rules():
        link = f"[{rule.code}](#{rule.code.lower()}-{rule.name})"
        yield f"| {link} | {_severity(rule)} | {rule.name} | {_cell(rule.finds)} |"
    yield ""


def _families() -> Iterator[str]:
    for digit, rules in groupby(all_rules(), key=lambda one: one.code[2]):
        yield f"## NT{digit} · {_FAMILIES[digit]}\n"
        for rule in rules:
            yield from _page(rule, 3)


def _page(rule: Rule, level: int) -> Iterator[str]:
    yield f"{'#' * level} {rule.code} {rule.name}\n"
    yield f"**Ernst:** {_severity(rule)}\n"
    yield f"**Vindt:** {rule.finds}\n"
    yield f"**Waarom:** {rule.why}\n"
    yield f"**Wat te doen:** {rule.remedy}\n"
    yield "**Wel een bevinding:**\n"
    for case in rule.bad:
        yield f"- {case.title}"
        yield f"  > {_message(rule, case)}"
    yield "\n**Geen bevinding:**\n"
    for case in rule.good:
        yield f"- {case.title}"
    if rule.known_misses:
        yield "\n**Wat de regel niet ziet:**\n"
        for miss in rule.known_misses:
            yield f"- {miss}"
    yield ""


def _severity(rule: Rule) -> str:
    """Give the severity, and the milder one that some findings of the rule have."""
    severities = {rule.severity}
    for case in rule.bad:
        severities |= {finding.severity for _, finding in _findings(rule, case)}
    return " of ".join(one.value for one in Severity if one in severities)


def _message(rule: Rule, case: Case) -> str:
    """Give the message of the first finding of an example, with its place before it."""
    whole, first = _findings(rule, case)[0]
    where = [whole, first.sheet and f"{first.sheet}!{first.cell}" if first.cell else first.sheet]
    where.append(called(first.requirement) if first.requirement else None)
    return " · ".join([*(part for part in where if part), first.message])


def _findings(rule: Rule, case: Case) -> list[tuple[str, Finding]]:
    """Give what a rule finds in an example, and for one about a round which file that is of."""
    # Only who asks for a page pays for the examples.
    from normtemplates.rules.example_folder import told
    from normtemplates.rules.examples import Book

    if isinstance(rule, RoundRule):
        return [(one.path if one else "De ronde", finding) for one, finding in told(rule, case)]
    assert isinstance(rule, FileRule)
    book = Book()
    case.change(book)
    submission = book.submission()
    found = run(submission, book.context(submission), (rule,))
    return [("", finding) for finding in found if finding.code == rule.code]


def _first(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _cell(text: str) -> str:
    return _first(text).replace("|", "\\|")
