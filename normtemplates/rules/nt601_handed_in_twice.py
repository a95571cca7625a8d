"""NT601: an organisation handed in more than one overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from normtemplates.dutch import enumerate_nl, long_date
from normtemplates.model.finding import ReportStatus
from normtemplates.model.returned import Return, Turnout
from normtemplates.rules.names import file_names
from normtemplates.rules.registry import Case
from normtemplates.rules.round import Inbox, Told, round_rule

_CLEAR = "Haal dit bestand uit de map."


@round_rule(
    "NT601",
    "handed-in-twice",
    finds="Van dezelfde organisatie zijn er twee of meer bestanden.",
    why=(
        "Een organisatie telt één keer mee in een ronde. Het bestand dat het laatst is opgeslagen, "
        "telt: dat is wat de organisatie nu te zeggen heeft, ook als er nog een fout in staat. "
        "Zeggen de bestanden hetzelfde, dan gaat een .xlsx vóór een .ods of .xls (daarvan is de "
        "structuur niet gecontroleerd), en telt het bestand met de minste bevindingen. Is niet te "
        "zien welk het nieuwste is, dan telt het enige zonder fout. Zijn er meer zonder fout, dan "
        "telt er geen."
    ),
    remedy=(
        "Laat in de map alleen het bestand staan dat moet tellen. Weet u niet welk dat is, vraag "
        "het dan aan de organisatie."
    ),
    good=(
        Case("Elke organisatie heeft één bestand.", lambda folder: folder.add("GM0001")),
        Case(
            "Een ander bestand van de organisatie is geweigerd: daar is niets uit overgenomen.",
            lambda folder: folder.add("GM0000", "tweede.xlsx", lambda book: book.empty_workbook()),
        ),
    ),
    bad=(
        Case(
            "Van twee bestanden is te zien welk het laatst is opgeslagen.",
            lambda folder: (
                folder.saved("2030-03-01T09:00"),
                folder.add("GM0000", "tweede.xlsx", lambda book: book.set("1.1", "status", "Ja")),
                folder.saved("2030-03-20T14:30"),
            ),
            ("GM0000.xlsx", "tweede.xlsx"),
        ),
        Case(
            "Het is niet te zien welk het nieuwste is, en maar één heeft geen fout.",
            lambda folder: folder.add(
                "GM0000", "tweede.xlsx", lambda book: book.set("1.1", "status", "Ja")
            ),
            ("GM0000.xlsx", "tweede.xlsx"),
        ),
        Case(
            "Het is niet te zien welk het nieuwste is, en geen van beide heeft een fout.",
            lambda folder: folder.add(
                "GM0000", "tweede.xlsx", lambda book: book.set("1.1", "evidence", "Een ander stuk")
            ),
            ("GM0000.xlsx", "tweede.xlsx"),
        ),
        Case(
            "Hetzelfde overzicht twee keer.",
            lambda folder: folder.add("GM0000", "kopie.xlsx"),
            ("GM0000.xlsx", "kopie.xlsx"),
        ),
    ),
    known_misses=(
        (
            "Wanneer een bestand is opgeslagen, staat erin volgens de klok van de computer van de "
            "afzender. Loopt die verkeerd, dan is de volgorde ook verkeerd. Naar de datum van het "
            "bestand op uw eigen schijf wordt niet gekeken: die verandert bij kopiëren en mailen."
        ),
        (
            "Niet elk programma legt vast wanneer het opslaat. In .ods, .xls en .xlsb wordt er "
            "niet naar gekeken."
        ),
        "Wie zonder iets te veranderen opnieuw opslaat, maakt een oude versie de nieuwste.",
    ),
)
def handed_in_twice(inbox: Inbox) -> Iterator[Told]:
    """Tell on each of the files which one counts and why."""
    for turn in inbox.turnouts:
        if len(turn.returns) > 1:
            names = file_names(turn.returns)
            for one in turn.returns:
                yield handed_in_twice.of(one, _message(turn, one, names))


def _message(turn: Turnout, one: Return, names: dict[str, str]) -> str:
    others = [names[other.report.path] for other in turn.returns if other is not one]
    who = turn.organisation.full_name
    said = f"Van {who} zijn er {len(turn.returns)} bestanden; ook {enumerate_nl(others)}."
    if turn.counts is None:
        return (
            f"{said} Aan de bestanden is niet te zien welk het nieuwste is{_moment(one)}. Daarom "
            "telt er geen mee. Vraag aan de organisatie welk moet tellen, en laat alleen dat in "
            "de map staan."
        )
    counting = names[turn.counts.report.path]
    rest = "het andere" if len(others) == 1 else "de andere"
    if turn.ground == "same":
        if one is turn.counts:
            return f"{said} Ze zeggen hetzelfde, en dit bestand telt. Haal {rest} uit de map."
        return f"{said} Ze zeggen hetzelfde, en {counting} telt. {_CLEAR}"
    if turn.ground == "sound":
        why = "Aan de bestanden is niet te zien welk het nieuwste is"
        if one is turn.counts:
            return (
                f"{said} {why}. Dit is het enige zonder fout, en telt. Is een ander bestand "
                "nieuwer, haal dit dan uit de map."
            )
        return (
            f"{said} {why}. Het enige zonder fout is {counting}, en dat telt. Is dit bestand "
            "nieuwer, haal dat dan uit de map."
        )
    last, this = _days(turn.counts, one)
    if one is turn.counts:
        advice = (
            f"Haal {rest} uit de map."
            if one.report.status is ReportStatus.AKKOORD
            else f"Er staat nog een fout in: laat die herstellen. Haal {rest} uit de map."
        )
        return f"{said} Dit is het laatst opgeslagen ({last}), en telt. {advice}"
    return (
        f"{said} Dit is opgeslagen op {this}, en {counting} later, op {last}. Dat bestand telt, "
        f"dit niet. {_CLEAR}"
    )


def _moment(one: Return) -> str:
    """Say when a file was saved where that is known, since then it is another that lacks it."""
    moment = one.facts.modified
    return f" (dit is opgeslagen op {long_date(moment.date())})" if moment else ""


def _days(last: Return, one: Return) -> tuple[str, str]:
    """Give when both were saved: the day, and the time too where the day is the same."""
    moments = (last.facts.modified, one.facts.modified)
    days = [long_date(moment.date()) if moment else "" for moment in moments]
    if last is not one and days[0] == days[1]:
        return _time(moments[0]), _time(moments[1])
    return days[0], days[1]


def _time(moment: datetime | None) -> str:
    return f"{long_date(moment.date())} om {moment:%H:%M:%S} uur (UTC)" if moment else ""
