"""What every test can use."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tests.clients.fixtures import (
    browser,
    engine,
    exceljs,
    gnumeric,
    hyperformula,
    iron,
    office,
    sdk,
    sheetjs,
)

__all__ = [
    "browser",
    "engine",
    "exceljs",
    "gnumeric",
    "hyperformula",
    "iron",
    "office",
    "sdk",
    "sheetjs",
]

# Whoever runs the tests in the background may have SIGINT ignored, and every program that a test
# starts would inherit that.
with suppress(ValueError):  # not in the main thread
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)

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
