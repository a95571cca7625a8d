"""Plans for the tests of writer and lint: of the size and kind that go out, all invented."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from normtemplates.layout.keys import key_formula
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.look import (
    ANSWER,
    ANSWER_DATE,
    ANSWER_STATUS,
    BAND_CELL,
    BAND_TITLE,
    CHECK_CELL,
    COMPLETE_ACCENT,
    GRID,
    GROUP,
    HEADER,
    INK,
    KEY,
    LEGEND,
    LINKED,
    LOCKED_HEADER,
    NAVY,
    NEEDED_ACCENT,
    NUMBER_CELL,
    SENTENCE_CELL,
    TITLE,
    TO_DO_ACCENT,
    UNUSED_ACCENT,
    WHITE,
    Accent,
    Style,
)
from normtemplates.layout.places import absolute_area, address, column_letters, in_row, on
from normtemplates.layout.plan import (
    AccentPlan,
    ChartPlan,
    ColumnPlan,
    Formula,
    Link,
    PrintPlan,
    Rich,
    Series,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.model.submission import Area

STATUSES = (
    ("Uitgevoerd", NAVY, WHITE, "#A9CBE6"),
    ("In ontwikkeling", "#8FC1E3", INK, "#E3F0FA"),
    ("Ontbreekt", "#B5540F", WHITE, "#FBD9BF"),
    ("Niet van toepassing", "#D5D9DE", INK, "#DDE1E6"),
)
THEMES = (
    ("Bewustwording & Organisatie", 5),
    ("Integriteit & Veilige Werkomgeving", 11),
    ("Veilige Publieke Taak", 10),
    ("Informatiepositie & Informatiebeveiliging", 7),
    ("Beleid & Handhaving", 12),
    ("Communicatie", 2),
)
HEADERS = (
    ("Nr", 5.5), ("Norm", 46), ("Status", 17), ("Controle", 20), ("Toelichting", 36),
    ("Bewijs of vindplaats", 22), ("Laatst vastgesteld of uitgevoerd", 13), ("Actie", 32),
    ("Eigenaar (functie)", 18), ("Gereed uiterlijk", 12), ("Prioriteit", 10.5),
)  # fmt: skip
KEY_COLUMNS = {3: 12, 5: 13, 6: 14, 7: 15, 8: 16, 9: 17, 10: 18, 11: 19}
FOOTER = "&L&8Norm 2025 · nulmeting · gemeente X&C&8Vertrouwelijk&R&8&A · pagina &P van &N"
PLACEHOLDERS = "|volgt|-|x|ntb|n.t.b.|nvt|todo|invullen|onbekend|later|...|…|?|nogbepalen|"

SENTENCE = (
    "Wij besteden binnen de eigen organisatie periodiek aandacht aan weerbaarheid en actuele "
    "ondermijningsthema’s. Dit doen wij organisatiebreed op het niveau van eigen medewerkers"
)


def workbook(
    *sheets: SheetPlan,
    names: dict[str, str] | None = None,
    properties: dict[str, str] | None = None,
) -> WorkbookPlan:
    """Give a plan with the given sheets."""
    return WorkbookPlan(
        title="Implementatieoverzicht gemeente X",
        subject="Norm 2025, nulmeting",
        company="RIEC Voorbeeld",
        created=date(2025, 1, 15),
        sheets=sheets,
        names=names or {},
        properties=properties or {},
    )


def full_plan() -> WorkbookPlan:
    """Give a workbook as large as the one that goes out, half filled in."""
    lists = SheetPlan("_lijsten", hidden=True)
    for row, status in enumerate(STATUSES, start=1):
        lists.put(row, 1, status[0], KEY)
    for row, label in enumerate(("Hoog", "Midden", "Laag"), start=1):
        lists.put(row, 2, label, KEY)
    meta = SheetPlan("_meta", hidden=True)
    for row, pair in enumerate((("norm", "noord-holland"), ("edition", "2025")), start=1):
        for column, text in enumerate(pair, start=1):
            meta.put(row, column, text, KEY)
    return workbook(
        _start(),
        _overview(),
        _picture(),
        _guide(),
        lists,
        meta,
        names={
            "lijst_status": f"_lijsten!{absolute_area(1, 1, 4, 1)}",
            "lijst_priority": f"_lijsten!{absolute_area(1, 2, 3, 2)}",
            "nt_stempel": '"noord-holland · 2025 · nulmeting-2025 · GM0358 · 1 · 0123456789abcdef"',
        },
        properties={"normtemplates_norm": "noord-holland", "normtemplates_edition": "2025"},
    )


def _start() -> SheetPlan:
    sheet = SheetPlan("Start", print=PrintPlan(area=Area(1, 1, 20, 8), footer=FOOTER))
    for column, width in enumerate((2, 4.5, 30, 36, 3, 40, 13, 37), start=1):
        sheet.columns.append(ColumnPlan(column, column, width))
    sheet.put(1, 2, "Implementatieoverzicht Norm 2025", evolve(TITLE, size=22))
    sheet.heights[1] = (32, True)
    wrapped = Style(wrap=True)
    for row in range(5, 10):
        sheet.put(row, 2, float(row - 4), evolve(TITLE, size=16))
        runs = (
            ("Kies bij elke norm een status.", True),
            (" Dat doet u op het blad Overzicht.", False),
        )
        sheet.put(row, 3, Rich(runs), wrapped)
        sheet.heights[row] = (34, True)
    row = 4
    for number, (theme, count) in enumerate(THEMES, start=1):
        sheet.put(number + 5, 6, Link(f"#Overzicht!A{row}", f"{number}. {theme}"), LINKED)
        formula = f'REPT("●",H{number + 30})&REPT("○",{count}-H{number + 30})'
        sheet.put(number + 5, 8, Formula(formula, "○" * count), evolve(TITLE, size=14))
        done = f'COUNTIF(Overzicht!$D${row + 1}:$D${row + count},"✔ Compleet")'
        sheet.put(number + 30, 8, Formula(done, 0), KEY)
        row += count + 1
    sheet.put(14, 3, "Datum besluit van het college", Style())
    sheet.put(14, 4, None, ANSWER_DATE)
    sheet.validations.append(_dates((Area(14, 4, 14, 4),)))
    return sheet


def _overview() -> SheetPlan:
    sheet = SheetPlan(
        "Overzicht",
        freeze=(4, 5),
        selected=(5, 3),
        allow_filter=True,
        print=PrintPlan(
            paper="A3", area=Area(1, 1, 56, 11), repeat_rows=(3, 3), pages_high=0, footer=FOOTER
        ),
    )
    for column, (header, width) in enumerate(HEADERS, start=1):
        sheet.columns.append(ColumnPlan(column, column, width))
        sheet.put(3, column, header, LOCKED_HEADER if column in (1, 2, 4) else HEADER)
        sheet.put(2, column, {1: "De norm", 3: "Uw antwoord"}.get(column), GROUP)
    sheet.columns.append(ColumnPlan(12, 20, 9, hidden=True))
    sheet.put(1, 1, "Overzicht gemeente X", TITLE)
    sheet.put(1, 3, Link("#Start!A1", "Naar Start", "Terug naar het begin"), LINKED)
    done = 'COUNTIF($D$4:$D$56,"✔ Compleet")'
    sheet.put(1, 4, Formula(f'{done}&" van 47 compleet"', "0 van 47 compleet"), LEGEND)
    sheet.put(1, 5, "Wit = u kunt invullen.  Geel = nog nodig.", LEGEND)
    sheet.heights |= {1: (24, True), 2: (18, True), 3: (44, True)}
    row = 3
    areas = []
    for number, (theme, count) in enumerate(THEMES, start=1):
        row += 1
        sheet.heights[row] = (21, True)
        for column in range(1, 12):
            text = {1: str(number), 2: theme}.get(column)
            sheet.put(row, column, text, BAND_TITLE if column < 3 else BAND_CELL)
        for index in range(1, count + 1):
            row += 1
            _requirement(sheet, row, f"{number}.{index}", (row - 1) % 5)
        areas.append((row - count + 1, row))
    sheet.filter = Area(3, 1, row, 11)
    _overview_rules(sheet, areas, row)
    return sheet


def _requirement(sheet: SheetPlan, row: int, number: str, chosen: int) -> None:
    status = STATUSES[chosen][0] if chosen < len(STATUSES) else None
    sheet.heights[row] = (15 * (2 + row % 5) + 4, False)
    sheet.put(row, 1, number, NUMBER_CELL)
    sheet.put(row, 2, f"{SENTENCE} ({number})", SENTENCE_CELL)
    sheet.put(row, 3, status, ANSWER_STATUS)
    control = "Vul ‘Toelichting’ in" if status else "Nog invullen"
    sheet.put(row, 4, Formula(chain(row), control), CHECK_CELL)
    for column in range(5, 12):
        style = ANSWER_DATE if column in (7, 10) else ANSWER
        text = f"Zie het jaarplan, hoofdstuk {row}." if chosen == column - 5 else None
        sheet.put(row, column, text, style)
    for column, key_column in KEY_COLUMNS.items():
        key = status.replace(" ", "").lower() if column == 3 and status else ""
        sheet.put(row, key_column, Formula(key_formula(in_row(row, column)), key), KEY)
    sheet.put(row, 20, Formula(f'EXACT($D{row},"✔ Compleet")', False), KEY)


def chain(row: int) -> str:
    """Give a Controle of some 3 000 characters, in the shapes of the design."""
    k = {c: in_row(row, key) for c, key in KEY_COLUMNS.items()}
    v = {c: in_row(row, c) for c in KEY_COLUMNS}
    blank = ",".join(f"LEN({key})=0" for key in k.values())
    steps = [(f"AND({blank})", "Nog invullen")]
    errors = ",".join(f"ISERROR({value})" for value in v.values())
    steps.append((f"OR({errors})", "Een cel bevat een fout"))
    one = ",".join(f'EXACT({k[3]},"{s[0].replace(" ", "").lower()}")' for s in STATUSES)
    steps += [(f"LEN({k[3]})=0", "Kies een status"), (f"NOT(OR({one}))", "Kies uit de lijst")]
    for column in (5, 6, 8, 9):
        needed = f'OR(EXACT({k[3]},"inontwikkeling"),EXACT({k[3]},"ontbreekt"))'
        name = HEADERS[column - 1][0]
        steps.append((f"AND({needed},LEN({k[column]})=0)", f"Vul ‘{name}’ in"))
        found = f'ISNUMBER(FIND("|"&{k[column]}&"|","{PLACEHOLDERS}"))'
        steps.append((f"AND({needed},{found})", f"Werk ‘{name}’ uit"))
        long = f"IF(ISTEXT({v[column]}),LEN({v[column]})>2000,FALSE)"
        steps.append((long, f"Maak ‘{name}’ korter"))
    for column in (7, 10):
        inside = f"AND({v[column]}>=DATE(1990,1,1),{v[column]}<DATE(2100,1,1))"
        day = f"IF(ISNUMBER({v[column]}),{inside},FALSE)"
        steps.append((f"AND(LEN({k[column]})>0,NOT({day}))", "Typ een datum"))
        guard = f"IF(ISNUMBER({v[column]}),IF({inside},{v[column]}>=DATE(2025,4,1)+1,FALSE),FALSE)"
        steps.append((guard, "De datum ligt te laat"))
    opening = "".join(f'IF({test},"{text}",' for test, text in steps)
    return f'{opening}"✔ Compleet"{")" * len(steps)}'


def _overview_rules(sheet: SheetPlan, areas: list[tuple[int, int]], last: int) -> None:
    def column_areas(column: int) -> tuple[Area, ...]:
        return tuple(Area(first, column, end, column) for first, end in areas)

    sheet.validations.append(
        ValidationPlan(
            column_areas(3), CellRule("list", source="lijst_status"), "Kies een status",
            "Kies wat nu het beste past. Weet u het niet zeker? Kijk op het blad Uitleg.",
            "Kies uit de lijst", "Dit is geen status uit de lijst.",
        )
    )  # fmt: skip
    sheet.validations.append(
        ValidationPlan(
            column_areas(11), CellRule("list", source="lijst_priority"), "Hoe belangrijk is dit?",
            "Kies Hoog, Midden of Laag.", "Kies uit de lijst", "Kies Hoog, Midden of Laag.",
        )
    )  # fmt: skip
    for column in (5, 6, 8, 9):
        sheet.validations.append(
            ValidationPlan(
                column_areas(column), CellRule("textLength", longest=2000),
                "Hoe staat het ervoor?", "Noem functies, geen namen.\nHooguit 2000 tekens.",
                "De tekst is te lang", "Hier passen hooguit 2000 tekens.",
            )
        )  # fmt: skip
    for column in (7, 10):
        sheet.validations.append(_dates(column_areas(column)))
    for name, _, _, tint in STATUSES:
        formula = f'EXACT($L4,"{name.replace(" ", "").lower()}")'
        sheet.accents.append(AccentPlan(Area(4, 3, last, 3), formula, Accent(fill=tint), stop=True))
    for column in (5, 6, 8, 9, 10, 11):
        key = in_row(4, KEY_COLUMNS[column])
        formula = f'AND(LEN({key})=0,EXACT($L4,"ontbreekt"))'
        sheet.accents.append(AccentPlan(Area(4, column, last, column), formula, NEEDED_ACCENT))
    unused = 'OR(EXACT($L4,"uitgevoerd"),EXACT($L4,"nietvantoepassing"))'
    sheet.accents.append(AccentPlan(Area(4, 8, last, 11), unused, UNUSED_ACCENT))
    done = 'EXACT($D4,"✔ Compleet")'
    sheet.accents.append(AccentPlan(Area(4, 4, last, 4), done, COMPLETE_ACCENT, stop=True))
    to_do = 'EXACT($D4,"Nog invullen")'
    sheet.accents.append(AccentPlan(Area(4, 4, last, 4), to_do, TO_DO_ACCENT))


def _dates(areas: tuple[Area, ...]) -> ValidationPlan:
    return ValidationPlan(
        areas, CellRule("date", last=date(2025, 4, 1)), "Wanneer was dit het laatst?",
        "Vul de datum in als dag-maand-jaar, bijvoorbeeld 14-11-2024.",
        "Dit is geen goede datum", "De datum mag niet na 1 april 2025 liggen.",
    )  # fmt: skip


def _picture() -> SheetPlan:
    sheet = SheetPlan("Beeld", print=PrintPlan(area=Area(1, 1, 39, 21), footer=FOOTER))
    sheet.columns += [ColumnPlan(1, 1, 2), ColumnPlan(2, 2, 42), ColumnPlan(3, 8, 11.5)]
    sheet.columns += [ColumnPlan(9, 9, 3), ColumnPlan(10, 21, 4)]
    sheet.put(1, 2, "Weerbaarheidsbeeld gemeente X", evolve(TITLE, size=18))
    sheet.heights[1] = (28, True)
    sheet.put(2, 2, "Dit beeld helpt bij het gesprek in uw eigen organisatie.", LEGEND)
    heads = [name for name, *_ in STATUSES] + ["Nog niet ingevuld", "Totaal"]
    centred = evolve(HEADER, align="center", valign="vcenter", indent=0)
    sheet.put(4, 2, "Thema", evolve(HEADER, valign="vcenter"))
    sheet.heights[4] = (33, True)
    for column, head in enumerate(heads, start=3):
        sheet.put(4, column, head, centred)
    figure = Style(align="center", valign="vcenter", bottom=(1, GRID), number_format="0;-0;–")
    tile = Style(align="center", valign="vcenter", bold=True, border=True)
    row = 4
    for number, (theme, count) in enumerate(THEMES, start=1):
        line = 4 + number
        sheet.heights[line] = (22, True)
        sheet.put(line, 2, f"{number}. {theme}", Style(valign="vcenter", bottom=(1, GRID)))
        counted = [0] * len(STATUSES)
        for index in range(count):
            if (row + index) % 5 < len(STATUSES):
                counted[(row + index) % 5] += 1
        for column, (name, *_) in enumerate(STATUSES, start=3):
            key = name.replace(" ", "").lower()
            formula = f'COUNTIF(Overzicht!$L${row + 1}:$L${row + count},"{key}")'
            sheet.put(line, column, Formula(formula, counted[column - 3]), figure)
        sheet.put(line, 7, Formula(f"H{line}-SUM(C{line}:F{line})", count - sum(counted)), figure)
        sheet.put(line, 8, float(count), evolve(figure, bold=True))
        for index in range(count):
            reference = on("Overzicht", f"$L{row + 1 + index}")
            letter = f'IF(EXACT({reference},"uitgevoerd"),"U","")'
            done = (row + index) % 5 == 0
            sheet.put(line, 10 + index, Formula(letter, "U" if done else ""), tile)
        row += count + 1
    strong = Accent(fill=NAVY, color=WHITE)
    sheet.accents.append(AccentPlan(Area(5, 10, 10, 21), 'EXACT(J5,"U")', strong, stop=True))
    sheet.charts.append(_chart_of_themes())
    _quarters(sheet)
    return sheet


def _chart_of_themes() -> ChartPlan:
    fills = [(fill, label) for _, fill, label, _ in STATUSES] + [(WHITE, INK)]
    series = tuple(
        Series(
            f"=Beeld!${column_letters(column)}$4",
            "=Beeld!$B$5:$B$10",
            f"=Beeld!${column_letters(column)}$5:${column_letters(column)}$10",
            fill,
            label,
        )
        for column, (fill, label) in enumerate(fills, start=3)
    )
    alt = (
        "Staafdiagram: per thema hoeveel normen welke status hebben. De cijfers staan in de tabel."
    )
    return ChartPlan(13, 2, 1235, 300, "bar", "Status per thema (aantal normen)", alt, series)


def _quarters(sheet: SheetPlan) -> None:
    quarters = [f"{1 + q % 4}e kw {2025 + q // 4}" for q in range(1, 12)] + ["Later", "Geen datum"]
    sheet.put(40, 3, "In ontwikkeling", Style())
    sheet.put(40, 4, "Ontbreekt", Style())
    for index, quarter in enumerate(quarters):
        row = 41 + index
        sheet.put(row, 2, quarter, Style())
        dates = f"Overzicht!$J$5:$J$56,$B{row}"
        sheet.put(row, 3, Formula(f"COUNTIFS({dates})", (index * 3) % 7), Style(align="center"))
        sheet.put(row, 4, Formula(f"COUNTIFS({dates})", (index * 2) % 3), Style(align="center"))
    series = tuple(
        Series(f"=Beeld!{absolute_area(40, c, 40, c)}".split(":")[0],
               f"=Beeld!{absolute_area(41, 2, 53, 2)}", f"=Beeld!{absolute_area(41, c, 53, c)}",
               fill, label)
        for c, (_, fill, label, _) in zip((3, 4), STATUSES[1:3], strict=True)
    )  # fmt: skip
    title = "Wanneer zijn de acties klaar? (aantal normen per kwartaal)"
    alt = "Kolomdiagram: hoeveel acties per kwartaal klaar zijn. De cijfers staan eronder."
    sheet.charts.append(ChartPlan(29, 2, 1235, 210, "column", title, alt, series))


def _guide() -> SheetPlan:
    sheet = SheetPlan(
        "Uitleg",
        print=PrintPlan(
            landscape=False, scale=68, breaks_before=(30,), area=Area(1, 1, 80, 4), footer=FOOTER
        ),
    )
    for column, width in enumerate((2, 28, 62, 44), start=1):
        sheet.columns.append(ColumnPlan(column, column, width))
    sheet.put(1, 2, "Uitleg", evolve(TITLE, size=18))
    for row in range(3, 80):
        sheet.put(row, 2, f"Onderwerp {row}", Style(bold=True, wrap=True))
        sheet.put(row, 3, f"{SENTENCE} Uitleg bij {row}.", Style(wrap=True))
        sheet.heights[row] = (34, False)
    sheet.put(80, 2, Link("https://example.org/norm?x=1&y=2#top", "De norm in het kort"), LINKED)
    return sheet


def sample_plan() -> WorkbookPlan:
    """Give a small plan with one of everything: the writer's whole repertoire."""
    sheet = SheetPlan("Blad 'één' & meer", default_style=Style(color=INK), selected=(2, 2))
    sheet.columns += [ColumnPlan(2, 2, 30), ColumnPlan(5, 6, 12, hidden=True)]
    sheet.put(1, 1, "Titel", TITLE)
    sheet.put(2, 2, "antwoord", ANSWER)
    sheet.put(3, 2, 45678.0, ANSWER_DATE)
    sheet.put(4, 2, True, Style())
    sheet.put(5, 2, None, HEADER)
    sheet.put(6, 2, Rich((("Vet.", True), (" Gewoon _x000D_ & <zo>", False))), Style(wrap=True))
    sheet.put(7, 2, Link("#'Blad ''één'' & meer'!A1", "Omhoog", "Naar boven"), LINKED)
    sheet.put(8, 2, Link("https://example.org/a%20b?x=1&y=2#hier", "Site"), LINKED)
    values: tuple[str | float | bool, ...] = ("tekst & <zo>", "", 3.5, 7, True, False, "#N/A")
    for row, value in enumerate(values, start=9):
        sheet.put(row, 2, Formula(f'IF(EXACT($B{row + 20},"<&>"),"a",$B$2)', value), Style())
    sheet.heights |= {1: (30, True), 2: (49, False), 3: (15, True), 4: (15, False), 20: (40, True)}
    sheet.validations.append(
        ValidationPlan(
            (Area(2, 2, 2, 2), Area(3, 2, 3, 2)), CellRule("list", source="lijst_keuze"),
            "Kies", "Kies één van de twee: \"a\" of <b>.\nMeer regels & tekens.", "Let op", "Nee.",
        )
    )  # fmt: skip
    sheet.accents.append(AccentPlan(Area(2, 2, 4, 2), "LEN($B2)=0", NEEDED_ACCENT, stop=True))
    sheet.accents.append(AccentPlan(Area(2, 2, 4, 2), "LEN($B2)>0", COMPLETE_ACCENT))
    sheet.accents.append(AccentPlan(Area(2, 2, 4, 2), "LEN($B2)>9", Accent(color=NAVY)))
    sheet.notes += [
        (2, 2, "Hier klopt iets niet.\nKies opnieuw. _x000D_ & <b>"),
        (9, 2, "Nog één."),
    ]
    data = SheetPlan("Data", hidden=True)
    for row, value in enumerate((3.0, 0.0, 5.0), start=1):
        data.put(row, 1, ("a & b", "c", "d")[row - 1], KEY)
        data.put(row, 2, value, KEY)
    series = (Series("Reeks & <1>", "=Data!$A$1:$A$3", "=Data!$B$1:$B$3", NAVY, WHITE),)
    sheet.charts.append(
        ChartPlan(12, 4, 400, 200, "bar", "Grafiek & <titel>", "Alt & <tekst>", series)
    )
    sheet.charts.append(ChartPlan(24, 4, 400, 200, "column", "Kolommen", "Alt", series))
    return workbook(
        sheet,
        data,
        names={"lijst_keuze": "Data!$A$1:$A$3", "nt_stempel": '"a · b"'},
        properties={"normtemplates_norm": "x & <y>"},
    )


def cell_of(plan: SheetPlan, row: int, column: int) -> str:
    """Give the address of a cell for a message."""
    return f"{plan.name}!{address(row, column)}"
