"""Make the pictures of docs/pictures: sheets empty, half and full, and the letters' pages.

Rendered by LibreOffice and poppler, so what a person would see on paper, and once more in grey as a
black and white printer gives it. Everything in them belongs to the fictional Voorbeeldstad.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from normtemplates.definitions import Definitions
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.letters import LetterRequest, drawn_letters
from normtemplates.layout.kinds import likely_date
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from tests.clients import fills
from tests.clients.office import Office

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
DOTS_PER_INCH = 80

SHEETS = {
    1: "start",
    2: "overzicht",
    3: "overzicht-2",
    4: "overzicht-3",
    5: "overzicht-4",
    6: "beeld",
    7: "uitleg",
    8: "uitleg-2",
    9: "uitleg-3",
}


def value(text: str) -> Value:
    """Give what typing ``text`` gives: a date where it looks like one."""
    day = likely_date(text_value(text))
    return date_value(day) if day else text_value(text)


def full() -> Answers:
    """Give answers to everything."""
    rows = {
        number: {field: value(text) for field, text in values.items()}
        for number, values in fills.right_answers(fills.voorbeeldstad()).items()
    }
    return Answers(rows, {field: value(text) for field, text in fills.COVER.items()})


def half() -> Answers:
    """Give answers to some of it, with things forgotten and one mistake."""
    rows = dict(list(full().rows.items())[:28])
    forgotten = {"1.3": "evidence", "2.1": "action", "3.2": "owner"}
    for number, field in forgotten.items():
        rows[number] = {key: one for key, one in rows[number].items() if key != field}
    rows["2.6"] = {**rows["2.6"], "explanation": text_value("volgt")}
    rows["1.2"] = {**rows["1.2"], "status": text_value("Gestart")}
    return Answers(rows, {"team": value(fills.COVER["team"])})


def documents(definitions: Definitions) -> dict[str, bytes]:
    """Give the documents to draw, by file name."""
    layout = fills.voorbeeldstad()
    made = {
        f"{name}.xlsx": write_workbook(workbook_plan(layout, answers, definitions.texts))
        for name, answers in (("leeg", layout.presets()), ("half", half()), ("vol", full()))
    }
    (letter,) = drawn_letters(definitions, layout.round, LetterRequest())
    made["raadsinformatiebrief.docx"] = letter.data
    shipped = Definitions()
    (other,) = drawn_letters(
        shipped,
        shipped.round(),
        LetterRequest(organisations=[shipped.round().organisations[-1].code]),
    )
    made["statenbrief.docx"] = other.data
    return made


def main() -> int:
    """Draw everything."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Office() as office:
        folder = Path(name)
        for file, data in documents(fills.definitions()).items():
            source = folder / file
            source.write_bytes(data)
            pdf = office.convert(source, source.with_suffix(".pdf"))
            command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(folder / "page")]
            subprocess.run(command, check=True)
            if source.suffix == ".xlsx":
                grey = [*command[:3], "-gray", *command[3:-1], str(folder / "grey")]
                subprocess.run(grey, check=True)
                for number, page in enumerate(sorted(folder.glob("grey-*.png")), start=1):
                    page.replace(TARGET / f"{SHEETS[number]}-{source.stem}-grijs.png")
            for number, page in enumerate(sorted(folder.glob("page-*.png")), start=1):
                if source.suffix == ".xlsx":
                    target = f"{SHEETS[number]}-{source.stem}.png"
                else:
                    target = f"{source.stem}-{number}.png"
                page.replace(TARGET / target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
