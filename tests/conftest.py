"""What every test can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.fixtures import browser, engine, gnumeric, iron, office, sdk

__all__ = ["browser", "engine", "gnumeric", "iron", "office", "sdk"]

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def templates() -> Path:
    """The templates of the fictional Voorbeeldstad, which lie beside the tests."""
    return ROOT / "tests" / "templates"


@pytest.fixture(scope="session")
def returned() -> Path:
    """The filled-in workbooks that came back from Voorbeeldstad."""
    return ROOT / "tests" / "returned"
