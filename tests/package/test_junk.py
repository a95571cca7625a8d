"""Whatever the bytes: an answer, never an exception, and never parts beside a fatal trouble."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Trouble
from normtemplates.package import KINDS, compound, inspect
from normtemplates.package.troubles import shown
from tests.package.files import SHEET, STRINGS, book, sheet, strings
from tests.package.files import compound as compound_file

BOOK = book(
    {
        SHEET: sheet(
            '<row r="1" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
            '<c r="C1" t="inlineStr"><is><t>x</t></is></c></row>',
            '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        ),
        STRINGS: strings("<t>tekst</t>", "<r><t>rijke</t></r>"),
    }
)
FLIPS = 1_000


def looked_at(data: bytes) -> tuple[Trouble, ...]:
    """Look at the same bytes in every way, and hold the answers against each other."""
    inspect(data, kind="docx")
    package = inspect(data, kind="xlsx")
    fatal = [trouble for trouble in package.troubles if trouble.fatal]
    assert bool(package.parts) != bool(fatal)
    submission = read_bytes("overzicht.xlsx", data)
    assert bool(submission.sheets) != submission.fatal
    assert submission.fatal or not fatal  # the reader refuses whatever the gate refuses
    for trouble in (*package.troubles, *submission.troubles):
        assert trouble.kind in KINDS
        assert re.fullmatch(r"[A-Z].*\.", trouble.detail)
        assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in trouble.detail)
    return submission.troubles


@pytest.mark.parametrize("seed", range(3))
def test_flipped_bits(seed: int) -> None:
    rnd = random.Random(seed)
    kinds = set()
    for _ in range(FLIPS):
        data = bytearray(BOOK)
        for _ in range(rnd.choice([1, 1, 2, 9])):
            data[rnd.randrange(len(data))] ^= 1 << rnd.randrange(8)
        kinds |= {trouble.kind for trouble in looked_at(bytes(data))}
    assert {"damaged", "ambiguous"} <= kinds


def test_flipped_bits_in_a_compound_file() -> None:
    rnd = random.Random(7)
    honest = compound_file("Root Entry", "EncryptedPackage", "DRMEncryptedDataSpace", sectors=3)
    for _ in range(FLIPS):
        data = bytearray(honest)
        for _ in range(rnd.choice([1, 4])):
            data[rnd.randrange(8, len(data))] = rnd.randrange(256)
        looked_at(bytes(data))


@pytest.mark.parametrize("step", [1, 3])
def test_torn_anywhere(step: int) -> None:
    for length in range(0, len(BOOK), 5 * step):
        assert looked_at(BOOK[:length])
        looked_at(BOOK[length:])


BEGINNINGS = [b"", b"PK\x03\x04", BOOK[:200], compound.MAGIC, b"<?xml ", b"\xff\xfe"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS))
def test_any_bytes(tail: bytes, head: bytes) -> None:
    looked_at(head + tail)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_shown_texts_are_short_and_harmless(text: str) -> None:
    safe = shown(text)
    assert len(safe) <= 60
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in safe)


def test_shown_texts_can_be_recognised() -> None:
    assert shown("Blad ‘één’") == "Blad ‘één’"
    assert shown("a\u202eb\x00") == "aU+202EbU+0000"
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
