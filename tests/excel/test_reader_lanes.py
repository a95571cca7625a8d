"""The fast lane reads what expat reads: the same values in the same order, the same refusals."""

from __future__ import annotations

import random
import re

import pytest

from normtemplates.excel import _sheet, reader
from normtemplates.excel._plain import plain_strings, split_rows
from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Submission
from tests.excel.test_reader import CELLS, ITEMS
from tests.excel.test_reader_damage import CELLS as DAMAGED
from tests.excel.test_reader_oracles import overview
from tests.package.files import MAIN, SHEET, STRINGS, book, sheet, strings, with_sheet

PIECES = [
    "<c>", "</c>", "<row>", '<row r="1"/>', "</row>", "<v>", "</v>", "<f>", "<f/>", "<v/>",
    "<is><t>x</t></is>", "&amp;", "&#10;", "&#13;", "&x;", "&", "]]>", "<!-- -->",
    "<![CDATA[x]]>", "<?x?>", "\r\n", "\x00", "\x0b", "\ufffe", "\uf000", "_x000D_", "_xD800_",
    ' t="s"', ' t="str"', ' t="b"', ' t="inlineStr"', ' s="1"', ' s="99"', ' r="A1"',
    ' xmlns="x"', ' xml:space="preserve"', "NaN", "-1", "1e999", "01", " ", "<sheetData>",
    "</sheetData>", "<sheetData/>", "<extLst/>", "<si>", "</si>", "<t>", "</t>", "<r>", "é", '"',
]  # fmt: skip

ROWS = (
    '<row r="1" ht="15" hidden="0"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="str"><f>A1&amp;'
    '"x"</f><v>n &lt; x</v></c></row><row r="3"><c r="A3" s="2"/><c r="C3"><v>1.5</v></c>'
    '<c r="D3"><f t="shared" si="0"/><v>1</v></c><c r="E3" t="b"><v>1</v></c></row><row r="4"/>'
)
TEXTS = strings(
    "<t>nul</t>", '<t xml:space="preserve"> een </t>', "<r><t>rijk</t></r>", "<t>a&amp;b</t>"
)


def both(data: bytes, patch: pytest.MonkeyPatch) -> Submission:
    """Read the same file both ways and hold them against each other."""
    fast = read_bytes("x.xlsx", data)
    with patch.context() as without:
        without.setattr(_sheet, "split_rows", lambda data: None)
        without.setattr(reader, "plain_strings", lambda data, part: None)
        long = read_bytes("x.xlsx", data)
    assert fast == long
    assert [list(one.cells) for one in fast.sheets] == [list(one.cells) for one in long.sheets]
    return fast


def test_the_lane_is_taken() -> None:
    assert split_rows(sheet(ROWS)) is not None
    assert plain_strings(TEXTS, STRINGS) == {"0": "nul", "1": " een ", "2": "rijk", "3": "a&b"}
    assert not read_bytes("x.xlsx", with_sheet(ROWS, strings=TEXTS)).fatal


@pytest.mark.parametrize(
    "rows",
    [
        "<!-- -->",
        "\r\n",
        '<row r="1"><c t="s" r="A1"><v>0</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="A1"><v>\uf000</v></c></row>',
        '<row r="1"><c r="A1"><v>&#49;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>]]></v></c></row>',
        '<row r="1"><c r="A1"><f>A1 & B1</f></c></row>',
        *[f'<row r="1"><c r="A1" t="str"><v>{sign}</v></c></row>' for sign in "\x00\x01\x0b\x1f\r"],
        '<row r="1"><c r="A1" t="str"><v>\ufffe</v></c></row>',
    ],
)
def test_the_lane_is_not_taken(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert split_rows(sheet(rows)) is None
    both(with_sheet(rows), monkeypatch)


def test_bytes_that_are_no_utf_8_are_refused_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    for part, content in ((SHEET, sheet(ROWS)), (STRINGS, TEXTS)):
        spoiled = content.replace(b"x", b"\xc3(").replace(b"nul", b"\xc3(")
        assert both(book({part: spoiled}), monkeypatch).fatal


def test_an_overview(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(both(overview(), monkeypatch).sheets) == 4


def test_every_kind_of_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    for cell, *_ in CELLS:
        assert not both(with_sheet(f'<row r="2">{cell}</row>', strings=ITEMS), monkeypatch).fatal
    for cell in DAMAGED:
        assert both(with_sheet(f'<row r="1">{cell}</row>'), monkeypatch).fatal


DECOYS = [
    '<ext xmlns=""><sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData></ext>',
    '<x><sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData></x>',
    '<!--<sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData>-->',
    '<?x <sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData>?>',
    '<x><![CDATA[<sheetData><row r="9"><c r="A9"/></row></sheetData>]]></x>',
]


@pytest.mark.parametrize("decoy", DECOYS)
def test_rows_in_another_place_are_no_rows(decoy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (with_sheet(ROWS, before=decoy), with_sheet(ROWS, after=decoy)):
        found = both(data, monkeypatch)
        assert all((9, 1) not in one.cells for one in found.sheets)
    prefixed = sheet(before=decoy).decode().replace("<sheetData></sheetData>", "")
    space = re.search('xmlns="([^"]*)"', prefixed)
    assert space is not None
    real = '<p:sheetData><p:row r="2"><p:c r="A2"><p:v>2</p:v></p:c></p:row></p:sheetData>'
    content = prefixed.replace("</worksheet>", f"{real}</worksheet>").replace(
        "<worksheet", f'<worksheet xmlns:p="{space[1]}"'
    )
    found = both(book({SHEET: content.encode()}), monkeypatch)
    assert [list(one.cells) for one in found.sheets] in ([[(2, 1)]], [])


def test_other_rows_under_a_prefix_do_not_lend_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoy = '<x><sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData></x>'
    real = '<p:sheetData><p:row r="9"/></p:sheetData>'
    content = f'<worksheet xmlns="{MAIN}" xmlns:p="{MAIN}">{decoy}{real}</worksheet>'
    found = both(book({SHEET: content.encode()}), monkeypatch)
    assert found.sheets[0].cells == {}


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- <si><t>schijn</t></si><si> --> <si><t>echt</t></si>",
        "<?x <si><t>schijn</t></si><si> ?> <si><t>echt</t></si>",
        "<extLst><si><t>schijn</t></si></extLst>",
        "<si/><si><t>echt</t></si>",
        "<si><t>echt</t></si><!-- </si>",
        "<si><r><t>a</t></r><si><t>b</t></si></si>",
        "<si><r><t>a</t></r></si><si><t>b</t></si><si><t xml:space='preserve'> c</t></si>",
    ],
)
def test_strings_in_another_place_are_no_strings(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    content = f'<sst xmlns="{MAIN}">{inside}</sst>'.encode()
    found = both(with_sheet(rows, strings=content), monkeypatch)
    assert all("schijn" not in one.text(1, 1) for one in found.sheets)


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_parts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rnd = random.Random(seed)
    outcomes = {False: 0, True: 0}
    for _ in range(300):
        parts = {SHEET: sheet(ROWS, "<mergeCells/>").decode(), STRINGS: TEXTS.decode()}
        for _ in range(rnd.choice([1, 1, 2])):
            part = rnd.choice([SHEET, SHEET, STRINGS])
            text = parts[part]
            marks = [match.start() for match in re.finditer('[<>"/ ]', text)]
            place = rnd.choice(marks) + rnd.randrange(2)
            match rnd.randrange(4):
                case 0:
                    parts[part] = text[:place] + rnd.choice(PIECES) + text[place:]
                case 1:
                    parts[part] = text[:place] + text[place + rnd.randrange(1, 40) :]
                case 2:
                    other = rnd.choice(marks)
                    copied = text[other : other + rnd.randrange(1, 90)]
                    parts[part] = text[:place] + copied + text[place:]
                case _:
                    digits = [match.start() for match in re.finditer("[0-9]", text)]
                    at = rnd.choice(digits)
                    parts[part] = text[:at] + rnd.choice(["0", "2", "x", "99"]) + text[at + 1 :]
        data = book({name: text.encode() for name, text in parts.items()})
        outcomes[both(data, monkeypatch).fatal] += 1
    assert min(outcomes.values()) > 15
