"""Letters drawn from returns: each has its own sender's outcome and nobody else's."""

from __future__ import annotations

from pathlib import Path

import attrs

from normtemplates.definitions import Definitions
from normtemplates.jobs.drawn import Returned
from normtemplates.jobs.letters import LetterRequest, drawn_letters
from normtemplates.layout.corrections import Task
from normtemplates.model.finding import Finding, Report, ReportStatus, Severity
from normtemplates.report.answers import AnswerRow
from tests.letters.reading import Letter


def test_the_letters_of_two_senders_share_no_value(templates: Path) -> None:
    """Five fictional places, each with a finding and an action that only it has."""
    known = Definitions(templates)
    round_ = known.round("voorbeeld-2025")
    (real,) = round_.organisations
    names = ("Aadorp", "Beedorp", "Ceedorp", "Deedorp", "Eedorp")
    senders = [
        attrs.evolve(real, code=f"GM000{n}", name=name, running_name=name)
        for n, name in enumerate(names, 1)
    ]
    round_ = attrs.evolve(round_, organisations=tuple(senders))

    def returned(place: int, status: ReportStatus) -> Returned:
        sender = senders[place]
        wrong = Finding(
            "NT302",
            Severity.FOUT,
            f"Punt van {sender.name}.",
            sheet="Overzicht",
            cell=f"H{place + 5}",
            requirement=f"{place + 1}.1",
        )
        findings = () if status is ReportStatus.AKKOORD else (wrong,)
        report = Report(f"{sender.name}.xlsx", status, findings, sender.code)
        rows = tuple(
            AnswerRow(
                norm="", edition="", round="", organisation=sender.code, organisation_name="",
                kind="", riec=None, safety_region=None, theme="", requirement=r.number,
                part_of=None, status="ontbreekt", status_label="Ontbreekt", role="missing",
                values={"due_on": "2026-01-01"}, source_sha256="",
                texts={"action": f"Actie van {sender.name}"},
            )
            for r in round_.norm.requirements
        )  # fmt: skip
        return Returned(Path(report.path), sender, report, rows)

    for kind, status, mark, detail, said in (
        ("terugkoppelbrief", ReportStatus.TE_CORRIGEREN, "Punt van", False, True),
        ("voortgangsbrief", ReportStatus.AKKOORD, "Actie van", True, True),
        ("voortgangsbrief", ReportStatus.AKKOORD, "Actie van", False, False),
    ):
        files = [returned(place, status) for place in range(len(senders))]
        request = LetterRequest(kind=kind, returned=files, detail=detail)
        letters = drawn_letters(known, round_, request)
        assert [one.organisation for one in letters] == senders
        for letter in letters:
            parts = Letter(letter.data).parts
            everything = " ".join(p.decode() for n, p in parts.items() if n.endswith("l"))
            own = letter.organisation
            assert own.name in everything
            assert (f"{mark} {own.name}" in everything) == said
            others = [s for s in senders if s is not own]
            assert not [s for s in others if s.name in everything or s.code in everything]


def test_what_is_said_of_a_file_that_was_refused_and_of_one_fault(templates: Path) -> None:
    known = Definitions(templates)
    round_ = known.round("voorbeeld-2025")
    (sender,) = round_.organisations

    def text(status: ReportStatus, finding: Finding) -> str:
        report = Report("a.xlsx", status, (finding,), sender.code)
        request = LetterRequest(
            kind="terugkoppelbrief", returned=[Returned(Path("a.xlsx"), sender, report)]
        )
        (letter,) = drawn_letters(known, round_, request)
        return Letter(letter.data).text()

    refused = text(
        ReportStatus.GEWEIGERD,
        Finding("NT202", Severity.FOUT, "Dit is een andere ronde.", refuses=True),
    )
    assert "Wij hebben er geen antwoorden uit overgenomen." in refused
    assert "Het bestand\nDit is een andere ronde." in refused
    assert "correctie-" not in refused
    one = text(
        ReportStatus.TE_CORRIGEREN,
        Finding("NT302", Severity.FOUT, "Actie is nog leeg.", sheet="Overzicht", cell="H6",
                requirement="1.2"),
    )  # fmt: skip
    assert "Er moet nog één punt worden hersteld." in one
    assert "Norm 1.2\nBlad Overzicht, vak H6 · Actie is nog leeg." in one
    # No correction workbook was made of it, so none is named.
    assert "De vakken zijn die van het bestand dat u stuurde." in one
    assert "correctie-" not in one


def test_one_overview_that_is_akkoord_does_not_stop_the_others(templates: Path) -> None:
    known = Definitions(templates)
    round_ = known.round("voorbeeld-2025")
    (real,) = round_.organisations
    other = attrs.evolve(real, code="GM0001", name="Beedorp", running_name="Beedorp")
    round_ = attrs.evolve(round_, organisations=(real, other))
    wrong = Finding("NT302", Severity.FOUT, "Actie is nog leeg.", "Overzicht", "H6", "1.2")
    reports = (
        Report("a.xlsx", ReportStatus.AKKOORD, (), real.code),
        Report("b.xlsx", ReportStatus.TE_CORRIGEREN, (wrong,), other.code),
    )
    senders = zip(reports, (real, other), strict=True)
    files = [Returned(Path(one.path), sender, one) for one, sender in senders]
    values = {"reply_date": "2025-05-20"}
    request = LetterRequest(kind="terugkoppelbrief", returned=files, values=values)
    fine, mend = (Letter(one.data).text() for one in drawn_letters(known, round_, request))
    assert "20 mei 2025" not in fine
    assert "uiterlijk 20 mei 2025 terugsturen" in mend
    # Nothing is left to do, so nobody is asked whether it works.
    assert "of lukt het niet" not in fine
    assert "of lukt het niet" in mend


def test_a_sub_item_is_called_one(templates: Path) -> None:
    known = Definitions(templates)
    round_ = known.round("voorbeeld-brabant-2023")
    (sender,) = round_.organisations
    found = tuple(
        Finding("NT412", Severity.WAARSCHUWING, "Kijk hiernaar.", "Overzicht", f"C{n}", number)
        for n, number in enumerate(("3.2", "3.2.1", "3.2.1.a"), 5)
    )
    report = Report("a.xlsx", ReportStatus.AKKOORD, found, sender.code)
    request = LetterRequest(
        kind="terugkoppelbrief", returned=[Returned(Path("a.xlsx"), sender, report)]
    )
    (letter,) = drawn_letters(known, round_, request)
    lines = Letter(letter.data).text().split("\n")
    assert [one for one in lines if one.startswith(("Norm ", "Onderdeel "))] == [
        "Norm 3.2",
        "Onderdeel 3.2.1",
        "Onderdeel 3.2.1.a",
    ]


def test_nothing_is_left_to_do_in_the_correction_workbook(templates: Path) -> None:
    known = Definitions(templates)
    round_ = known.round("voorbeeld-2025")
    (sender,) = round_.organisations
    wrong = Finding("NT207", Severity.FOUT, "Norm is veranderd.", "Overzicht", "B8", "1.4", "text")
    formula = attrs.evolve(wrong, code="NT407", requirement="2.7", message="Een formule.")
    open_ = attrs.evolve(wrong, code="NT215", severity=Severity.WAARSCHUWING, requirement=None)
    report = Report("a.xlsx", ReportStatus.TE_CORRIGEREN, (wrong, formula, open_), sender.code)
    tasks = [Task(one, True, None, (), (one.code,)) for one in report.findings]
    returned = Returned(Path("a.xlsx"), sender, report, tasks=tasks)
    request = LetterRequest(kind="terugkoppelbrief", returned=[returned])
    (letter,) = drawn_letters(known, round_, request)
    text = Letter(letter.data).text()
    assert "Norm is veranderd." not in text
    assert "Dit moet worden hersteld" not in text
    assert "het is akkoord" not in text
    assert "Wat er mis was, hebben wij hersteld in het bestand correctie-GM0000" in text
    assert "hersteld op het blad Overzicht en bij de normen 1.4 en 2.7." in text
    # Without it coming back the round has no overview that is right.
    assert "Terugsturen" in text
