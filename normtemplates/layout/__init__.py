"""The contract between the workbook that goes out and the workbook that comes back."""

from normtemplates.layout.contract import Layout, layout_of

__all__ = ["Layout", "layout_of"]
