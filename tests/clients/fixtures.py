"""The real clients as fixtures, one of each for a test session.

A client that is not installed skips its tests and says so; with ``CI=true`` nothing may be left
out, so there it fails them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.clients import browser as browser_client
from tests.clients import gnumeric as gnumeric_client
from tests.clients import iron as iron_client
from tests.clients import javascript as javascript_client
from tests.clients import office as office_client
from tests.clients import sdk as sdk_client
from tests.clients.browser import Browser
from tests.clients.engine import NAMES, Engine
from tests.clients.gnumeric import Gnumeric
from tests.clients.iron import Iron
from tests.clients.javascript import HyperFormula, Library
from tests.clients.office import Office
from tests.clients.sdk import Validator


def require(missing: str | None) -> None:
    """Skip the test, or fail it in CI, when something is missing."""
    if missing is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"with CI=true no client may be left out: {missing}", pytrace=False)
    pytest.skip(f"LEFT OUT: {missing}")


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """LibreOffice, started at its first document and closed after the last test."""
    require(office_client.missing())
    with Office() as running:
        yield running


@pytest.fixture(scope="session")
def gnumeric() -> Gnumeric:
    """Gnumeric's converter."""
    require(gnumeric_client.missing())
    return Gnumeric()


@pytest.fixture(scope="session")
def iron() -> Iron:
    """IronCalc."""
    require(iron_client.missing())
    return Iron()


@pytest.fixture(scope="session")
def hyperformula() -> HyperFormula:
    """HyperFormula, fed by SheetJS."""
    require(javascript_client.missing("hyperformula") or javascript_client.missing("xlsx"))
    return HyperFormula()


@pytest.fixture(scope="session")
def sheetjs() -> Library:
    """SheetJS, which saves values and formulas."""
    require(javascript_client.missing("xlsx"))
    return Library("sheetjs.cjs")


@pytest.fixture(scope="session")
def exceljs() -> Library:
    """ExcelJS."""
    require(javascript_client.missing("exceljs"))
    return Library("exceljs.cjs")


@pytest.fixture(scope="session")
def sdk() -> Validator:
    """The validator of the Open XML SDK."""
    require(sdk_client.missing())
    return Validator()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window, closed after the last test."""
    require(browser_client.missing())
    with Browser() as running:
        yield running


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine that can work out a workbook, one after the other."""
    found: Engine = request.getfixturevalue(request.param)
    return found
