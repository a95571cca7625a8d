"""Make the letter templates (.docx) from their texts, once; after that Word is their editor.

    python scripts/make_letter_templates.py [--check]

Every ``scripts/letters/<norm>/<kind>.txt`` becomes ``templates/letters/<norm>/<kind>.docx``, and
``scripts/letters/<kind>.txt``, for every norm, ``templates/letters/<kind>.docx``. The files are the
same to the byte at every run; ``--check`` writes nothing and fails when a template differs from its
text. Who changes a shipped template changes the text here and runs this; an organisation's own
template lies in its own folder and is no business of this script.

The text, one paragraph a line, empty lines between them:

    title: …                the title of the document, read out first
    footer: …               the left half of the footer
    creator: …              who sends it, where that is not the organisation itself
    = …                     the title on the page
    : label | value         a line of the head block
    # …                     a heading; ``#! …`` begins a new page
    1. …                    an item of a numbered list, of few words
    1) …                    a step: an item of one or more lines
    - …                     an item of a list with bullets
    **…**                   bold
    | label | text          a row of the planning; the first one is the header row
    |= caption | 4 c6 6     a table with columns of so many cm, ``c`` for centred, on one page;
                            ``|~`` for one that may go on on the next page
    || a | b // b | c       its rows; the first one is the header row, ``//`` divides paragraphs
    !chart …                the chart of statuses by theme, with its text for who cannot see it
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
from normtemplates.letters.chart import CHART_TYPE  # noqa: E402

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DRAWING = (
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COLUMNS = (2608, 6463)  # twips: 4.6 and 11.4 cm; ‘Vóór 31 december 2024’ fits with room beside it
_CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
# Rows of one line: less air than where rows have several.
_CLOSE = (
    '<w:tblCellMar><w:top w:w="34" w:type="dxa"/><w:bottom w:w="34" w:type="dxa"/></w:tblCellMar>'
)
# Columns of running text next to each other: more air between them.
_APART = '<w:tblCellMar><w:right w:w="198" w:type="dxa"/></w:tblCellMar>'
_CM = 360_000  # in the units of DrawingML
_CHART = ("word/charts/chart1.xml", "rId6", 16.0, 4.8)  # part, relation, cm wide and high
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
_PIECE = re.compile(rf"({_BLANK.pattern})|\*\*(.+?)\*\*")


def paragraph(style: str, *runs: str, keep: bool = False, new_page: bool = False) -> str:
    """Give a paragraph in ``style``; ``""`` is the style of running text.

    ``keep`` holds it on one page with what follows, ``new_page`` begins one.
    """
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:keepNext/>" if keep else ""
    properties += "<w:pageBreakBefore/>" if new_page else ""
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
    for found in _PIECE.finditer(text):
        if found.start() > end:
            pieces.append(run(text[end : found.start()], style))
        blank = found[1]
        pieces.append(control(found[2], found[3]) if blank else run(found[4], "Strong"))
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
    left, bar, right = (half.strip() for half in text.partition(" | "))
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
    """Give the rows, kept on one page; a lone jinja tag becomes a row that docxtpl takes out."""
    for number, row in enumerate(rows):
        label, _, text = (half.strip() for half in row.partition(" | "))
        header = "<w:tblHeader/>" if number == 0 else ""
        styles = (
            ("Planningkop", "Planningkop") if number == 0 else ("Planningmoment", "Planningtekst")
        )
        keep = number < len(rows) - 1
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(style, inline(words), keep=keep)}</w:tc>"
            for width, style, words in zip(_COLUMNS, styles, (label, text), strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"


def data_table(caption: str, widths: str, rows: list[str], *, together: bool) -> str:
    """Give a table with as many columns as ``widths`` has; ``together`` keeps it on one page."""
    columns = [(one.startswith("c"), round(float(one.lstrip("c")) * 567)) for one in widths.split()]
    made = []
    for number, row in enumerate(rows):
        texts = [cell.strip() for cell in row.split(" | ")]
        texts += [""] * (len(columns) - len(texts))
        keep = number < len(rows) - 1 if together else number == 0
        cells = []
        for place, ((centred, width), text) in enumerate(zip(columns, texts, strict=True)):
            style = ("Tabelkop" if number == 0 else "Tabeltekst") + ("midden" if centred else "")
            if place == 0 and number and "**" not in text:
                style = "Tabelregel"
            paragraphs = "".join(
                paragraph(style, inline(one.strip()), keep=keep) for one in text.split(" // ")
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'
            )
        header = "<w:tblHeader/>" if number == 0 else ""
        made.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width in columns)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Planning"/>'
        f'<w:tblW w:w="{sum(width for _, width in columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_CLOSE if together else _APART}'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>" + paragraph("Tabelslot")
        # Two tables after each other would be one, and the next heading needs room above it.
    )


def chart(text: str) -> str:
    """Give the paragraph with the chart; ``text`` is read out to who cannot see it."""
    _, relation, wide, high = _CHART
    return paragraph(
        "Figuur",
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(wide * _CM)}" cy="{round(high * _CM)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name="Statusdiagram" descr="{escape(text)}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    )


def body_of(lines: list[str]) -> str:
    """Give the body of the document."""
    blocks: list[str] = []
    rows: list[str] = []
    heading = ("", "", "")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        mark, _, rest = line.partition(" ")
        if mark == "|":
            rows.append(rest)
            if not following.startswith("| "):
                blocks.append(table(rows))
                blocks.append("" if following.startswith("#") else paragraph("Tabelslot"))
                rows = []
        elif mark in ("|=", "|~"):
            caption, _, widths = rest.rpartition("|")
            heading = (mark, caption.strip(), widths)
        elif mark == "||":
            rows.append(rest)
            if not following.startswith("|| "):
                kind, caption, widths = heading
                blocks.append(data_table(caption, widths, rows, together=kind == "|="))
                rows = []
        elif mark == "!chart":
            blocks.append(chart(rest))
        elif mark == "=":
            blocks.append(paragraph("Title", inline(rest)))
        elif mark in ("#", "#!"):
            blocks.append(paragraph("Heading1", inline(rest), new_page=mark == "#!"))
        elif mark == ":":
            blocks.append(by_tab("Briefkop", rest, "Briefkoplabel"))
            if not following.startswith((": ", "{%p")):
                blocks.append(paragraph("Lijn", TAB))
        elif line.startswith("{%p endif") and lines[number - 1].startswith(": "):
            blocks.append(paragraph("", inline(line)))
            if not following.startswith((": ", "{%p if")):  # the last line of the head was a choice
                blocks.append(paragraph("Lijn", TAB))
        elif mark == "1.":
            blocks.append(paragraph("ListNumber", inline(rest)))
        elif mark == "1)":
            blocks.append(paragraph("Stappen", inline(rest)))
        elif mark == "-":
            blocks.append(paragraph("ListBullet", inline(rest)))
        elif mark in _SIGNATURE:
            blocks.append(by_tab(_SIGNATURE[mark], rest))
        elif mark == ">":
            blocks.append(by_tab("Kopieaan", rest, "Briefkoplabel"))
        else:
            # What announces a list or a table, and the last words before the signature: these are
            # two paragraphs, or the last page would have little more than a name.
            after = [one for one in lines[number + 1 :] if not one.startswith("{%p")][:2]
            keep = line.endswith(":") or any(one.startswith("~ ") for one in after)
            keep = keep or following.startswith(("| ", "|=", "|~"))
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
    body = body_of(lines)
    names = _NAMESPACES + (_DRAWING if "<w:drawing>" in body else "")
    return f"{_XML}<w:document {names}><w:body>{body}{section}</w:body></w:document>"


def core_of(title: str, creator: str) -> str:
    """Give the core properties: title, sender and language; the dates come with a letter."""
    sender = f"<dc:creator>{escape(creator)}</dc:creator>" if creator else ""
    return (
        f"{_XML}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title>{sender}<dc:language>nl-NL</dc:language>"
        "</cp:coreProperties>"
    )


def with_chart(parts: dict[str, bytes]) -> None:
    """Add the part of the chart, and name it where a package names its parts."""
    name, relation, *_ = _CHART
    target = name.removeprefix("word/")
    parts[name] = (_BASE.parent / "chart.xml").read_bytes()
    for listing, entry in (
        ("[Content_Types].xml", f'<Override PartName="/{name}" ContentType="{CHART_TYPE}"/>'),
        (
            "word/_rels/document.xml.rels",
            f'<Relationship Id="{relation}" Type="{_CHART_RELATION}" Target="{target}"/>',
        ),
    ):
        before, end, after = parts[listing].decode().rpartition("</")
        parts[listing] = f"{before}  {entry}\n{end}{after}".encode()


def template_of(text: str) -> bytes:
    """Give the .docx template of a letter's text."""
    lines = [line for line in text.splitlines() if line.strip()]
    named = dict(line.split(": ", 1) for line in lines[: lines.index(_first_body(lines))])
    parts = {
        path.relative_to(_BASE).as_posix(): path.read_bytes()
        for path in sorted(_BASE.rglob("*"))
        if path.is_file()
    }
    document = document_of(lines[len(named) :])
    if "<c:chart " in document:
        with_chart(parts)
    parts["docProps/core.xml"] = core_of(named["title"], named.get("creator", "")).encode()
    parts["word/document.xml"] = document.encode()
    parts["word/footer1.xml"] = footer_of(named["footer"]).encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            member = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, parts[name])
    return packed.getvalue()


def _first_body(lines: list[str]) -> str:
    """Give the line with which the body begins: the title on the page."""
    return next(line for line in lines if line.startswith("= "))


def main(arguments: list[str]) -> int:
    """Write the templates, or with ``--check`` tell whether they are up to date."""
    stale = 0
    for text in sorted(_TEXTS.rglob("*.txt")):
        target = (_TEMPLATES / text.relative_to(_TEXTS)).with_suffix(".docx")
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
