"""``--previous``: the overviews of the round before, read for what the new workbooks start from.

An overview counts when answers were taken from it: also one that is not right yet, for what is in
it is a better start than nothing, and every answer is given anew. One that was refused never
counts. Of several of one organisation the one counts that counts in its round. Whatever is not
used is told, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from normtemplates.definitions import Definitions
from normtemplates.dutch import enumerate_nl
from normtemplates.errors import RequestError
from normtemplates.jobs.check import Checked, check_context, checked_file
from normtemplates.jobs.inbox import absent, files_in
from normtemplates.jobs.made import Making
from normtemplates.jobs.returned import Reader
from normtemplates.layout.carry import Carried
from normtemplates.layout.renew import Source, Start, start_from
from normtemplates.model.editions import Successors, along
from normtemplates.model.finding import ReportStatus
from normtemplates.model.organisation import Organisation
from normtemplates.model.returned import Return, turnout
from normtemplates.model.round import Round
from normtemplates.model.shown import visible
from normtemplates.model.texts import Texts
from normtemplates.report import words


@frozen
class Before:
    """What the new workbooks start from, by code of the organisation in the new round.

    An organisation of which nothing came back is not in ``starts``: its workbook starts empty.
    ``told`` says in Dutch what was not used and why; ``wrong`` that a file has a fout.
    """

    starts: Mapping[str, Start]
    told: tuple[str, ...] = ()
    wrong: bool = False


#: Nothing was asked of the round before.
NOTHING_BEFORE = Before({})


def read_before(
    definitions: Definitions,
    round_: Round,
    folder: Path,
    chosen: Sequence[Organisation],
    texts: Texts,
) -> Before:
    """Read the overviews in ``folder`` for ``chosen``, organisations of ``round_``.

    Raises ``RequestError`` when the round follows no other, its norm has no column for the status
    of then, ``folder`` is no folder, or nothing in it can be used.
    """
    before, places = _before(definitions, round_, folder)
    context = check_context(definitions, before.name)
    context = evolve(context, making=Making(carry=texts))
    faults: list[str] = []
    files = files_in([folder], (), faults)
    checked: list[Checked] = []
    with Reader() as reader:
        for path in files:
            try:
                checked.append(checked_file(path, context, reader))
            except RequestError as error:
                faults += error.faults
    if faults:
        raise RequestError(faults)
    return _starts(round_, before, places, chosen, checked, texts)


def _before(definitions: Definitions, round_: Round, folder: Path) -> tuple[Round, Successors]:
    """Give the round before, and where its numbers went; raises all that stands in the way."""
    faults: list[str] = []
    if round_.previous is None:
        faults.append(
            f"De ronde {round_.name} volgt op geen andere. Zet previous in haar bestand, of laat "
            "--previous weg."
        )
    if round_.norm.previous_field is None:
        faults.append(
            f"De norm {round_.norm.code}, editie {round_.norm.edition}, heeft geen kolom voor de "
            'vorige status. Voeg een [[field]] met kind = "previous" toe.'
        )
    if not folder.exists():
        faults.append(absent(folder))
    elif not folder.is_dir():
        faults.append(f"{visible(str(folder))} is geen map. Noem de map met de overzichten.")
    if faults or round_.previous is None:
        raise RequestError(faults)
    before = definitions.round(round_.previous)
    lineage = definitions.lineage(round_.norm)
    at = next((n for n, one in enumerate(lineage) if one.edition == before.norm.edition), None)
    if at is None:
        raise RequestError(
            f"Editie {round_.norm.edition} van {round_.norm.code} zegt niet hoe zij volgt op "
            f"editie {before.norm.edition}, die van de ronde {before.name}. Zet previous_edition "
            "in haar bestand."
        )
    return before, along(lineage[at:])


def _starts(
    round_: Round,
    before: Round,
    places: Successors,
    chosen: Sequence[Organisation],
    checked: Sequence[Checked],
    texts: Texts,
) -> Before:
    carried = {id(one.report): one.extras.carried for one in checked}
    returns = [Return(one.report, one.facts) for one in checked]
    whole = len(chosen) == len(round_.organisations)
    wanted = {code for one in chosen for code in sources_of(one, before, round_)}
    used: dict[str, tuple[Organisation, Carried]] = {}
    told: list[str] = []
    known: set[int] = set()
    counting: set[int] = set()
    passed_over: set[int] = set()  # for another file of the same organisation
    for sent in turnout(before, returns):
        known |= {id(one.report) for one in (*sent.returns, *sent.refused)}
        if sent.counts:
            counting.add(id(sent.counts))
            passed_over |= {id(one) for one in sent.returns if one is not sent.counts}
        own = carried.get(id(sent.counts.report)) if sent.counts else None
        if own:
            used[sent.organisation.code] = sent.organisation, own
        if whole or sent.organisation.code in wanted:
            told += _not_used(sent.organisation, sent.returns, sent.counts)
    # A file of which nobody can tell whose it is, may be of somebody who was chosen.
    about = [
        one
        for one in returns
        if id(one) not in passed_over
        and (whole or id(one.report) not in known or one.report.organisation in wanted)
    ]
    for one in about:
        path = visible(one.report.path)
        if not one.taken:
            told.append(f"{path}: geweigerd, niet gebruikt. {_first(one)}".rstrip())
        elif id(one.report) not in known:
            told.append(f"{path}: van wie dit overzicht is, is niet te zien. Niet gebruikt.")
        elif one.report.status is ReportStatus.TE_CORRIGEREN and id(one) in counting:
            told.append(
                f"{path}: {words.counts(one.report.findings)}. Toch gebruikt: wat hier niet klopt, "
                "wordt in de nieuwe ronde opnieuw gevraagd."
            )
    told += [
        c.extras.fault
        for c in checked
        if c.extras.fault and any(one.report is c.report for one in about)
    ]
    if not used:
        nothing = (
            f"Geen enkel overzicht van de ronde {before.name} is te gebruiken. Controleer de map "
            "bij --previous."
        )
        raise RequestError([*told, nothing])
    starts: dict[str, Start] = {}
    without: list[str] = []
    for organisation in chosen:
        codes = sources_of(organisation, before, round_)
        here = [used[code] for code in codes if code in used]
        merged = len(codes) > 1
        if not here:
            without.append(organisation.full_name)
            continue
        if merged:
            told += _lacking(organisation, before, [c for c in codes if c not in used])
        sources = [Source(one, c.answers) for one, c in here]
        start = start_from(round_, organisation, before, sources, places, texts, merged=merged)
        left = tuple(one for _, c in here for one in c.leftovers)
        starts[organisation.code] = evolve(start, unplaced=(*left, *start.unplaced))
    if without:
        told.append(f"Zonder antwoorden van de {before.title} begonnen: {enumerate_nl(without)}.")
    if whole:
        told += [
            f"{organisation.full_name} doet niet mee in deze ronde. Niet gebruikt."
            for code, (organisation, _) in used.items()
            if code not in wanted
        ]
    wrong = any(one.report.status is not ReportStatus.AKKOORD for one in about)
    return Before(starts, tuple(told), wrong)


def sources_of(organisation: Organisation, before: Round, now: Round) -> tuple[str, ...]:
    """Give the codes of whose answers in the round ``before`` are those of ``organisation``.

    That is itself, and what went up in it since: a predecessor that took part then and does not
    any more. One that still takes part itself never is, whatever the register says of later.
    """
    codes = dict.fromkeys((organisation.code, *organisation.predecessors))
    return tuple(
        code
        for code in codes
        if before.organisation(code)
        and (code == organisation.code or now.organisation(code) is None)
    )


def _not_used(
    organisation: Organisation, returns: Sequence[Return], counts: Return | None
) -> Iterable[str]:
    others = [visible(one.report.path) for one in returns if one is not counts]
    if not others:
        return
    if counts is None:
        yield (
            f"{organisation.full_name}: van {enumerate_nl(others)} is niet te zien welk het "
            "laatste is. Geen ervan is gebruikt; haal weg wat niet telt."
        )
    else:
        yield (
            f"{organisation.full_name}: {visible(counts.report.path)} telt; {enumerate_nl(others)} "
            "is niet gebruikt."
        )


def _lacking(organisation: Organisation, before: Round, codes: Sequence[str]) -> Iterable[str]:
    names = [one.full_name for code in codes if (one := before.organisation(code))]
    if names:
        yield (
            f"{organisation.full_name}: van {enumerate_nl(names)} is er geen overzicht. Alleen de "
            "antwoorden van de andere voorgangers staan erin."
        )


def _first(one: Return) -> str:
    worst = sorted(one.report.findings, key=lambda f: f.severity.rank)
    return words.message(worst[0]) if worst else ""
