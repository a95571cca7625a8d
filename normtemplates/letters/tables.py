"""Tables whose columns are made by a loop: their grid follows the cells that are there.

LibreOffice takes the widths of the grid, Word those of the cells; both must agree with the
number of columns, which a template cannot know.
"""

from __future__ import annotations

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def fit_tables(tree: etree._Element) -> None:
    """Give each table as many columns in its grid as its rows have cells.

    The first column keeps its width and the others share what is left of the table's.
    """
    for table in tree.iter(f"{_W}tbl"):
        grid = table.find(f"{_W}tblGrid")
        rows = [[c for c in row if c.tag == f"{_W}tc"] for row in table.findall(f"{_W}tr")]
        count = max((len(row) for row in rows), default=0)
        if grid is None or count < 2 or count == len(grid) or _spans(table):
            continue
        old = [int(column.get(f"{_W}w", "0")) for column in grid]
        first = old[0]
        share, rest = divmod(sum(old) - first, count - 1)
        widths = [first, *(share + (place < rest) for place in range(count - 1))]
        for column in list(grid):
            grid.remove(column)
        for width in widths:
            etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": str(width)})
        for row in rows:
            for cell, width in zip(row, widths, strict=False):
                size = cell.find(f"{_W}tcPr/{_W}tcW")
                if size is not None:
                    size.set(f"{_W}w", str(width))


def _spans(table: etree._Element) -> bool:
    """Tell whether cells span columns, which makes counting them something else."""
    return next(table.iter(f"{_W}gridSpan"), None) is not None
