"""Tables whose columns are made by a loop: their grid follows the cells that are there.

A column gets room by the longest word above it, so that no head is cut in the middle of a word.
LibreOffice takes the widths of the grid, Word those of the cells; both must agree with the
number of columns, which a template cannot know.
"""

from __future__ import annotations

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def fit_tables(tree: etree._Element) -> None:
    """Give each table as many columns in its grid as its rows have cells.

    The first column keeps its width and the others share what is left of the table's, by the
    longest word of their first cell.
    """
    for table in tree.iter(f"{_W}tbl"):
        grid = table.find(f"{_W}tblGrid")
        rows = [[c for c in row if c.tag == f"{_W}tc"] for row in table.findall(f"{_W}tr")]
        count = max((len(row) for row in rows), default=0)
        if grid is None or count < 2 or count == len(grid) or _spans(table):
            continue
        old = [int(column.get(f"{_W}w", "0")) for column in grid]
        first = old[0]
        head = rows[0][1:] if len(rows[0]) == count else []
        parts = [_longest(cell) for cell in head] or [1] * (count - 1)
        widths = [first, *_shares(sum(old) - first, parts)]
        for column in list(grid):
            grid.remove(column)
        for width in widths:
            etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": str(width)})
        for row in rows:
            for cell, width in zip(row, widths, strict=False):
                size = cell.find(f"{_W}tcPr/{_W}tcW")
                if size is not None:
                    size.set(f"{_W}w", str(width))


def _longest(cell: etree._Element) -> int:
    """Give how long the longest word in ``cell`` is, with the room that it needs around it."""
    text = " ".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in cell.iter(f"{_W}p"))
    return max(map(len, text.split()), default=1) + 1


def _shares(room: int, parts: list[int]) -> list[int]:
    """Divide ``room`` by ``parts``, with nothing left."""
    ends = [room * sum(parts[: n + 1]) // sum(parts) for n in range(len(parts))]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _spans(table: etree._Element) -> bool:
    """Tell whether cells span columns, which makes counting them something else."""
    return next(table.iter(f"{_W}gridSpan"), None) is not None
