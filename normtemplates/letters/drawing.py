"""The chart once more, as a picture for programs that forget the text of a chart.

LibreOffice 7.4 drops the alternative text of a chart, without which a PDF is not accessible
(PDF/UA-1, 7.3); that of a picture it keeps. So each chart in a letter stands in an
``mc:AlternateContent`` (ECMA-376 part 3, 7.5): Word takes the chart, LibreOffice the picture.
The template itself holds only the chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from normtemplates.letters.chart import fill_charts, shown_statuses
from normtemplates.letters.fonts import set_chart_font
from normtemplates.letters.progress import ProgressNames
from normtemplates.model.norm import Status

#: Where the picture lies in the package, beside the document.
PICTURE = "media/statusdiagram.svg"
PICTURE_TYPE = "image/svg+xml"

_TYPES = "[Content_Types].xml"
_RELATION = "rIdStatusdiagram"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IMAGE = f"{_R}/image"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Word knows it from 2013 on; LibreOffice takes no choice that asks for it.
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_POINT = 12_700  # of DrawingML's units
_INK, _NAVY, _GRID = "#1F2933", "#0B3F66", "#B8C2CC"
_GAP = 12  # points between the name of a theme and its bar
_NARROW, _WIDE = "iIjlftr.,:;’' ", "mwMW"  # letters, by how much room they take


def parts_with_picture(parts: Mapping[str, bytes], document: str) -> dict[str, bytes]:
    """Give the parts of a package that must name the picture, as they do with it.

    ``parts`` are all of them by name, ``document`` is the one with the text.
    """
    relations = _relations_of(document)
    if relations not in parts:
        return {}
    done = {}
    for name, add in ((relations, _add_relation), (_TYPES, _add_type)):
        tree = _parsed(parts[name])
        add(tree, _picture_of(document))
        done[name] = _written(tree)
    return done


def draw_charts(
    charts: Mapping[str, bytes],
    document: str,
    tree: etree._Element,
    statuses: Sequence[Status],
    progress: ProgressNames,
    font: str,
) -> dict[str, bytes]:
    """Put the counts of ``progress`` in ``charts`` (parts by name); give them and the picture.

    ``font`` is that of the letter, for a chart without one of its own. ``tree`` is the part
    ``document``; each chart in it gets its picture beside it. Without one there is no picture.
    """
    title = ""
    done = {}
    for name, content in charts.items():
        chart = _parsed(content)
        fill_charts(chart, statuses, progress)
        font = set_chart_font(chart, font)
        title = title or "".join(t.text or "" for t in chart.iterfind(f".//{_C}title//{{{_A}}}t"))
        done[name] = _written(chart)
    if size := _add_pictures(tree):
        done[_picture_of(document)] = picture_of(statuses, progress, title, size, font)
    return done


def _picture_of(document: str) -> str:
    return str(PurePosixPath(document).parent / PICTURE)


def _relations_of(document: str) -> str:
    place = PurePosixPath(document)
    return str(place.parent / "_rels" / f"{place.name}.rels")


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", standalone=True)


def _add_pictures(document: etree._Element) -> tuple[float, float] | None:
    """Put the picture beside every chart in ``document``.

    Gives how wide and high it is in points, or ``None`` when there is no chart.
    """
    size = None
    for chart in list(document.iter(f"{_C}chart")):
        drawing = next(chart.iterancestors(f"{{{_W}}}drawing"), None)
        run = drawing.getparent() if drawing is not None else None
        if drawing is None or run is None or run.tag != f"{{{_W}}}r":
            continue
        extent = drawing.find(f"*/{_WP}extent")
        if extent is None:
            continue
        wide, high = (int(extent.get(side, "0")) for side in ("cx", "cy"))
        size = size or (wide / _POINT, high / _POINT)
        place = run.index(drawing)
        both = etree.Element(f"{{{_MC}}}AlternateContent", nsmap={"mc": _MC})
        choice = etree.SubElement(both, f"{{{_MC}}}Choice", Requires="w15", nsmap={"w15": _W15})
        other = etree.SubElement(both, f"{{{_MC}}}Fallback")
        other.append(_as_picture(drawing, wide, high))
        choice.append(drawing)
        run.insert(place, both)
    return size


def _as_picture(drawing: etree._Element, wide: int, high: int) -> etree._Element:
    """Give a copy of ``drawing`` with the picture in the place of the chart."""
    copy = etree.fromstring(etree.tostring(drawing))
    graphic = next(copy.iter(f"{{{_A}}}graphic"))
    for frame in copy.iter(f"{_WP}cNvGraphicFramePr"):
        for child in list(frame):
            frame.remove(child)
    for child in list(graphic):
        graphic.remove(child)
    graphic.append(
        etree.fromstring(
            f'<a:graphicData xmlns:a="{_A}" uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
            '<pic:nvPicPr><pic:cNvPr id="0" name="Statusdiagram"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{_RELATION}"/><a:stretch><a:fillRect/>'
            '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
        )
    )
    return copy


def _add_relation(relations: etree._Element, _: str) -> None:
    """Name the picture in the relations of the document."""
    space = etree.QName(relations).namespace
    about = {"Id": _RELATION, "Type": _IMAGE, "Target": PICTURE}
    etree.SubElement(relations, f"{{{space}}}Relationship", about)


def _add_type(types: etree._Element, picture: str) -> None:
    """Name the content type of the part ``picture``."""
    space = etree.QName(types).namespace
    about = {"PartName": f"/{picture}", "ContentType": PICTURE_TYPE}
    etree.SubElement(types, f"{{{space}}}Override", about)


def picture_of(
    statuses: Sequence[Status],
    progress: ProgressNames,
    title: str,
    size: tuple[float, float],
    font: str,
) -> bytes:
    """Draw the counts of ``progress`` as SVG: stacked bars, a label on each, a legend below."""
    wide, high = size
    names = max((_room(line.title) for line in progress.themes), default=0.0)
    left = min(max(wide * 0.3, names + 14 + _GAP), wide * 0.6)
    right, top, bottom = wide - 14, 26.0, high - 22
    step = (bottom - top) / max(len(progress.themes), 1)
    longest = max((int(line.total) for line in progress.themes), default=1) or 1
    drawn = [
        _box(0.4, 0.4, wide - 0.8, high - 0.8, "#FFFFFF", _GRID),
        _text(wide / 2, 17, title, _NAVY, size=11, bold=True),
    ]
    for place, line in enumerate(progress.themes):
        y, bar = top + place * step, step * 0.68
        middle = y + step / 2
        drawn.append(_text(left - _GAP, middle + 3, line.title, _INK, anchor="end"))
        x = left
        for status, count in zip(statuses, line.counts, strict=True):
            if count.isdigit():
                width = (right - left) * int(count) / longest
                drawn.append(_box(x, middle - bar / 2, width, bar, status.strong))
                middle_x = x + width / 2
                drawn.append(
                    _text(middle_x, middle + 3.5, count, status.on_strong, size=10, bold=True)
                )
                x += width
    legend = [status for _, status in shown_statuses(statuses, progress)]
    widths = [26 + _room(status.label) for status in legend]
    x = (wide - sum(widths)) / 2
    for status, width in zip(legend, widths, strict=True):
        drawn.append(_box(x, high - 15, 7, 7, status.strong))
        drawn.append(_text(x + 10, high - 8.5, status.label, _INK, anchor="start"))
        x += width
    family = f"{font}, Carlito, sans-serif"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.1f}pt" height="{high:.1f}pt" '
        f'viewBox="0 0 {wide:.1f} {high:.1f}" font-family={quoteattr(family)}>'
        f"{''.join(drawn)}</svg>\n"
    ).encode()


def _room(text: str) -> float:
    """Give about how many points ``text`` takes at 9 points."""
    return sum(2.5 if c in _NARROW else 7.2 if c in _WIDE else 4.7 for c in text)


def _box(x: float, y: float, wide: float, high: float, colour: str, edge: str = _NAVY) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{colour}" '
        f'stroke="{edge}" stroke-width="0.75"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    colour: str,
    *,
    size: int = 9,
    bold: bool = False,
    anchor: str = "middle",
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{weight} fill="{colour}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
