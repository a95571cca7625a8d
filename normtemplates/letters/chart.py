"""The chart of a progress letter: the counts by theme put into the template's own chart.

The template holds an ordinary chart that Word can edit: stacked bars. Its title, axes, fonts and
size stay; its series become the statuses of the norm, in their colours (ECMA-376 part 1, 21.2).
The figures stand in the chart itself: no workbook goes along with a public letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lxml import etree

from normtemplates.letters.progress import ProgressNames
from normtemplates.model.norm import Status

#: The content type of a chart.
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAMES = f'xmlns:c="{_C}" xmlns:a="{_A}"'
_EDGE = "0B3F66"  # of every segment: neighbours can be too alike without it
_SHEET = "Status"  # of the figures, as far as the chart is concerned


def fill_charts(tree: etree._Element, statuses: Sequence[Status], progress: ProgressNames) -> None:
    """Give every chart of stacked bars in the chart part ``tree`` the counts of ``progress``."""
    titles = [line.title for line in progress.themes]
    for bars in tree.iter(f"{{{_C}}}barChart"):
        grouping = bars.find(f"{{{_C}}}grouping")
        if grouping is None or grouping.get("val") != "stacked":
            continue
        old = bars.findall(f"{{{_C}}}ser")
        place = bars.index(old[0]) if old else bars.index(grouping) + 1
        for series in old:
            bars.remove(series)
        for order, (number, status) in enumerate(shown_statuses(statuses, progress)):
            counts = [line.counts[number] for line in progress.themes]
            xml = _series(order, status, titles, counts)
            bars.insert(place + order, etree.fromstring(xml))


def shown_statuses(statuses: Sequence[Status], progress: ProgressNames) -> list[tuple[int, Status]]:
    """Give the statuses that some norm has, each with its place; a legend needs no others."""
    return [
        (place, status)
        for place, status in enumerate(statuses)
        if any(line.counts[place].isdigit() for line in progress.themes)
    ]


def _series(number: int, status: Status, titles: Sequence[str], counts: Sequence[str]) -> str:
    """Give one series: its name, its colours, a label on every segment, and its figures."""
    last = len(titles) + 1
    column = chr(ord("B") + number)
    values = [(place, count) for place, count in enumerate(counts) if count.isdigit()]
    return (
        f'<c:ser {_NAMES}><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_texts(f'{_SHEET}!${column}$1', [status.label])}</c:tx>"
        f"<c:spPr>{_fill(status.strong)}"
        f'<a:ln w="9525">{_fill(_EDGE)}</a:ln></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr><a:noFill/>'
        "<a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="1000" b="1">{_fill(status.on_strong)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="nl-NL"/></a:p></c:txPr><c:dLblPos val="ctr"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat>{_texts(f'{_SHEET}!$A$2:$A${last}', titles)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f'<c:formatCode>0;;;</c:formatCode><c:ptCount val="{len(counts)}"/>'
        + "".join(f'<c:pt idx="{place}"><c:v>{count}</c:v></c:pt>' for place, count in values)
        + "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _texts(reference: str, texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>' for place, text in enumerate(texts)
    )
    return (
        f'<c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}'
        "</c:strCache></c:strRef>"
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
