"""Marks every test in this folder: ``pytest -m 'not clients'`` leaves them out."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a real client."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.clients)
