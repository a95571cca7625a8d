"""Make the letter templates (.docx) from their texts, once; after that Word is their editor.

    python scripts/make_letter_templates.py [--check]

Every ``scripts/letters/<norm>/<kind>.txt`` becomes ``templates/letters/<norm>/<kind>.docx``. The
files are the same to the byte at every run; ``--check`` writes nothing and fails when a template
differs from its text. Who changes a shipped template changes the text here and runs this; an
organisation's own template lies in its own folder and is no business of this script.

The text, one paragraph a line, empty lines between them:

    title: …                the title of the document, read out first
    footer: …               the left half of the footer
    = …                     the title on the page
    : label | value         a line of the head block
    # …                     a heading
    1. …                    an item of a numbered list
    | label | text          a row of the table; the first one is the header row
    ~ …                     the greeting at the end
    ~~ …                    who signs
    ~~~ left | right        their names, with room above for the signatures
    ~~~~ left | right       their functions
    > label | …             who gets a copy
    [key: prompt]           a blank: a content control with this tag and prompt

jinja tags stand in the text as docxtpl wants them (``{%p for … %}``, ``{%tr if … %}``).
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zlib import crc32

_ROOT = Path(__file__).parents[1]
_BASE = Path(__file__).parent / "letters" / "base"
_TEXTS = Path(__file__).parent / "letters"
_TEMPLATES = _ROOT / "templates" / "letters"
sys.path.insert(0, str(_ROOT))

from normtemplates.letters.blanks import BLANK_BY_KEY  # noqa: E402

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COLUMNS = (2155, 6916)  # twips: 3.8 and 12.2 cm
_DATE_CONTROL = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="nl-NL"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)
_SIGNATURE = {
    "~": "Slotgroet",
    "~~": "Ondertekening",
    "~~~": "Ondertekeningnaam",
    "~~~~": "Ondertekeningfunctie",
}
_FIXED = "\N{NO-BREAK SPACE}"
_BLANK = re.compile(r"\[(\w+): ([^\]]+)\]")


def paragraph(style: str, *runs: str, keep: bool = False) -> str:
    """Give a paragraph in ``style``; ``""`` is the style of running text.

    ``keep`` holds it on one page with what follows.
    """
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:keepNext/>" if keep else ""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text: str, style: str = "") -> str:
    """Give a run of ``text``, in a character style or none."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


TAB = "<w:r><w:tab/></w:r>"


def inline(text: str, style: str = "") -> str:
    """Give the runs of ``text``; each ``[key: prompt]`` becomes a content control."""
    pieces = []
    end = 0
    for found in _BLANK.finditer(text):
        if found.start() > end:
            pieces.append(run(text[end : found.start()], style))
        pieces.append(control(found[1], found[2]))
        end = found.end()
    if end < len(text):
        pieces.append(run(text[end:], style))
    return "".join(pieces)


def control(key: str, prompt: str) -> str:
    """Give the content control of a blank, showing its prompt in brackets."""
    blank = BLANK_BY_KEY[key]
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(blank.label)}"/><w:tag w:val="{key}"/>'
        f'<w:id w:val="{crc32(key.encode()) % 0x7FFFFFFF}"/><w:showingPlcHdr/>'
        f"{_DATE_CONTROL if blank.dated else ''}</w:sdtPr>"
        f"<w:sdtContent>{run(f'[{prompt}]', 'Invulplek')}</w:sdtContent></w:sdt>"
    )


def by_tab(style: str, text: str, label_style: str = "") -> str:
    """Give ``left | right`` as one paragraph with a tab between the halves."""
    left, bar, right = (half.strip() for half in text.partition("|"))
    middle = TAB if bar else ""
    return paragraph(style, inline(left, label_style), middle, inline(right))


def table(rows: list[str]) -> str:
    """Give the table of ``label | text`` rows, the first one marked as its header."""
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS)
    title = escape(rows[0].replace(" | ", " en ").lower())
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Planning"/>'
        f'<w:tblW w:w="{sum(_COLUMNS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="Planning: {title}"/></w:tblPr>'
        f"<w:tblGrid>{widths}</w:tblGrid>{''.join(table_rows(rows))}</w:tbl>"
    )


def table_rows(rows: list[str]) -> Iterator[str]:
    """Give the rows; a lone jinja tag becomes a row that docxtpl takes out."""
    for number, row in enumerate(rows):
        label, _, text = (half.strip() for half in row.partition("|"))
        header = "<w:tblHeader/>" if number == 0 else ""
        styles = (
            ("Planningkop", "Planningkop") if number == 0 else ("Planningmoment", "Planningtekst")
        )
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(style, inline(words))}</w:tc>"
            for width, style, words in zip(_COLUMNS, styles, (label, text), strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"


def body_of(lines: list[str]) -> str:
    """Give the body of the document."""
    blocks: list[str] = []
    rows: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        mark, _, rest = line.partition(" ")
        if mark == "|":
            rows.append(rest)
            if not following.startswith("| "):
                blocks.append(table(rows))
                rows = []
        elif mark == "=":
            blocks.append(paragraph("Title", inline(rest)))
        elif mark == "#":
            blocks.append(paragraph("Heading1", inline(rest)))
        elif mark == ":":
            blocks.append(by_tab("Briefkop", rest, "Briefkoplabel"))
            if not following.startswith(": "):
                blocks.append(paragraph("Lijn", TAB))
        elif mark == "1.":
            blocks.append(paragraph("ListNumber", inline(rest)))
        elif mark in _SIGNATURE:
            blocks.append(by_tab(_SIGNATURE[mark], rest))
        elif mark == ">":
            blocks.append(by_tab("Kopieaan", rest, "Briefkoplabel"))
        else:
            # What announces a list, and the last words before the signature.
            keep = line.endswith(":") or following.startswith("~ ")
            blocks.append(paragraph("", inline(line), keep=keep))
    return "".join(blocks)


def footer_of(text: str) -> str:
    """Give the footer part: ``text`` left, the page number right."""
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    pages = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    # Fixed spaces: under a long name the page number moves to a second line as a whole.
    numbers = f"{run('pagina' + _FIXED)}{page}{run(f'{_FIXED}van{_FIXED}')}{pages}"
    return f"{_XML}<w:ftr {_NAMESPACES}>{paragraph('Footer', inline(text), TAB, numbers)}</w:ftr>"


def document_of(lines: list[str]) -> str:
    """Give the document part: the body, A4 with its margins and the footer."""
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1417" w:bottom="1247" w:left="1417" '
        'w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>'
    )
    return (
        f"{_XML}<w:document {_NAMESPACES}><w:body>{body_of(lines)}{section}</w:body></w:document>"
    )


def core_of(title: str) -> str:
    """Give the core properties: the title and the language; the dates come with a letter."""
    return (
        f"{_XML}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>nl-NL</dc:language>"
        "</cp:coreProperties>"
    )


def template_of(text: str) -> bytes:
    """Give the .docx template of a letter's text."""
    lines = [line for line in text.splitlines() if line.strip()]
    named = dict(line.split(": ", 1) for line in lines[:2])
    parts = {
        path.relative_to(_BASE).as_posix(): path.read_bytes()
        for path in sorted(_BASE.rglob("*"))
        if path.is_file()
    }
    parts["docProps/core.xml"] = core_of(named["title"]).encode()
    parts["word/document.xml"] = document_of(lines[2:]).encode()
    parts["word/footer1.xml"] = footer_of(named["footer"]).encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            member = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, parts[name])
    return packed.getvalue()


def main(arguments: list[str]) -> int:
    """Write the templates, or with ``--check`` tell whether they are up to date."""
    stale = 0
    for text in sorted(_TEXTS.glob("*/*.txt")):
        target = _TEMPLATES / text.parent.name / f"{text.stem}.docx"
        data = template_of(text.read_text(encoding="utf-8"))
        if target.is_file() and target.read_bytes() == data:
            continue
        stale += 1
        print(target.relative_to(_ROOT).as_posix())
        if "--check" not in arguments:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
