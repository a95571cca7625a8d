"""Make the pictures of docs/pictures: sheets empty, half and full, and the letters' pages.

    .venv/bin/python -m scripts.make_pictures [letters]

Rendered by LibreOffice and poppler, so what a person would see on paper, and once more in grey as a
black and white printer gives it. Everything in them belongs to the fictional Voorbeeldstad.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from normtemplates.definitions import Definitions
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.drawn import read_returns
from normtemplates.jobs.letters import LetterRequest, drawn_letters
from normtemplates.layout.kinds import likely_date
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from tests.clients import fills
from tests.clients.office import Office

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
RETURNED = Path(__file__).parents[1] / "tests" / "returned"
DOTS_PER_INCH = 80
PARTS_PAGE = "4"  # of the workbook with sub-items: where 3.2.1.a stands
#: Colours of a picture: what is flat stays as it is, and a file has a third of its size.
COLOURS = 64

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


def workbooks(definitions: Definitions) -> dict[str, bytes]:
    """Give the workbooks to draw, by file name."""
    layout = fills.voorbeeldstad()
    return {
        f"{name}.xlsx": write_workbook(workbook_plan(layout, answers, definitions.texts))
        for name, answers in (("leeg", layout.presets()), ("half", half()), ("vol", full()))
    }


def letters(definitions: Definitions) -> dict[str, bytes]:
    """Give the letters to draw, by file name."""
    layout = fills.voorbeeldstad()
    made: dict[str, bytes] = {}
    for kind, returned in (
        ("voortgangsbrief", "goed.xlsx"),
        ("aanbiedingsbrief", ""),
        ("terugkoppelbrief", "met-fouten.xlsx"),
    ):
        files = read_returns(definitions, [RETURNED / returned]).files if returned else ()
        request = LetterRequest(kind=kind, returned=files)
        (drawn,) = drawn_letters(definitions, layout.round, request)
        made[f"{kind}.docx"] = drawn.data
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


def with_parts(definitions: Definitions) -> bytes:
    """Give a filled-in workbook of a norm with sub-items."""
    layout = fills.voorbeeldstad(fills.WITH_PARTS)
    answers = {
        number: {field: value(text) for field, text in values.items()}
        for number, values in fills.right_answers_with_parts(layout).items()
    }
    return write_workbook(workbook_plan(layout, Answers(answers), definitions.texts))


def shrink(picture: Path) -> None:
    """Write a picture with a palette of its own; no dots where a colour is not in it."""
    with Image.open(picture) as opened:
        small = opened.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


def main(arguments: list[str]) -> int:
    """Draw everything, or only the letters."""
    definitions = fills.definitions()
    documents = letters(definitions)
    if "letters" not in arguments:
        documents |= workbooks(definitions)
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Office() as office:
        folder = Path(name)
        for file, data in documents.items():
            source = folder / file
            source.write_bytes(data)
            pdf = office.convert(source, source.with_suffix(".pdf"))
            command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(folder / "page")]
            subprocess.run(command, check=True)
            if source.suffix == ".xlsx":
                grey = [*command[:3], "-gray", *command[3:-1], str(folder / "grey")]
                subprocess.run(grey, check=True)
                for number, page in enumerate(sorted(folder.glob("grey-*.png")), start=1):
                    shrink(page.replace(TARGET / f"{SHEETS[number]}-{source.stem}-grijs.png"))
            for number, page in enumerate(sorted(folder.glob("page-*.png")), start=1):
                if source.suffix == ".xlsx":
                    target = f"{SHEETS[number]}-{source.stem}.png"
                else:
                    target = f"{source.stem}-{number}.png"
                shrink(page.replace(TARGET / target))
        source = folder / "onderdelen.xlsx"
        source.write_bytes(with_parts(definitions))
        pdf = office.convert(source, source.with_suffix(".pdf"))
        only = ["-f", PARTS_PAGE, "-singlefile", str(pdf), str(folder / "page")]
        subprocess.run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", *only], check=True)
        shrink((folder / "page.png").replace(TARGET / "overzicht-onderdelen.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
