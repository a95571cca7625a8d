"""Registers, regions and kinds: what they give, and every fault with its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError, RequestError

HEADER = (
    "code,kind,name,running_name,region,safety_region,province,valid_from,valid_to,"
    "predecessors,note\n"
)
GOOD = "GM0000,gemeente,Voorbeeldstad,Voorbeeldstad,riec-noord-holland,,,,,,\n"
REGIONS = "key,name,email,post,riec\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "registers").mkdir()
    return tmp_path


def faults_of(own: Path, text: str | bytes, name: str = "proef.csv") -> tuple[str, ...]:
    path = own / "registers" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    definitions = Definitions(own)
    with pytest.raises(DefinitionError) as caught:
        _load(definitions, name)
    return tuple(fault.replace(str(path), name) for fault in caught.value.faults)


def _load(definitions: Definitions, name: str) -> object:
    if name.startswith("regions"):
        return definitions.regions
    return definitions.kinds if name.startswith("kinds") else definitions.register("proef")


def row(**cells: str) -> str:
    names = HEADER.strip().split(",")
    values = dict(zip(names, GOOD.strip().split(","), strict=True))
    assert set(cells) <= set(names)
    return ",".join({**values, **cells}.values()) + "\n"


def test_a_register_keeps_order_dates_and_predecessors(own: Path) -> None:
    (own / "registers" / "proef.csv").write_text(
        HEADER
        + row(code="GM0001", valid_from="2022-01-01", predecessors="GM0002|PV99")
        + "\n"
        + row(
            code="GM0003",
            name='"Nuenen, Gerwen en Nederwetten"',
            running_name="'s-Voorbeeld",
            valid_to="2026-12-31",
            note="x",
        ),
        encoding="utf-8",
    )
    first, second = Definitions(own).register("proef")
    assert first.predecessors == ("GM0002", "PV99")
    assert not first.valid_on(date(2021, 12, 31))
    assert first.valid_on(date(2022, 1, 1))
    assert second.name == "Nuenen, Gerwen en Nederwetten"
    assert second.full_name == "gemeente 's-Voorbeeld"
    assert second.valid_on(date(2026, 12, 31))
    assert not second.valid_on(date(2027, 1, 1))
    assert first.region.email == "info@riec-noord-holland.nl"


def test_a_merger_is_data(own: Path) -> None:
    """Wijdemeren goes up in Hilversum: two rows, and the date decides which are asked."""
    (own / "registers" / "proef.csv").write_text(
        HEADER
        + row(code="GM0402", running_name="Hilversum", valid_to="2026-12-31")
        + row(code="GM1696", running_name="Wijdemeren", valid_to="2026-12-31")
        + row(code="GM9999", valid_from="2027-01-01", predecessors="GM0402|GM1696"),
        encoding="utf-8",
    )
    register = Definitions(own).register("proef")
    assert [o.code for o in register if o.valid_on(date(2026, 12, 31))] == ["GM0402", "GM1696"]
    assert [o.code for o in register if o.valid_on(date(2027, 1, 1))] == ["GM9999"]


def test_what_excel_makes_of_a_csv_reads_alike(own: Path) -> None:
    text = (HEADER + GOOD).replace(",", ";").replace("\n", "\r\n") + ";" * 10 + "\r\n"
    (own / "registers" / "proef.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [o.code for o in Definitions(own).register("proef")] == ["GM0000"]


CASES: list[tuple[dict[str, str], str, str]] = [
    ({"code": "358"}, "code", "‘358’ is geen CBS-code"),
    ({"code": "GM00358"}, "code", "geen CBS-code"),
    ({"kind": "gemente"}, "kind", "Bedoelt u ‘gemeente’?"),
    ({"kind": ""}, "kind", "Kies uit: gemeente, provincie"),
    ({"region": "xyz"}, "region", "Bekend zijn: riec-noord-holland"),
    ({"name": ""}, "name", "ontbreekt"),
    ({"running_name": ""}, "running_name", "ontbreekt"),
    ({"running_name": "Gemeente Voorbeeldstad"}, "running_name", "Laat ‘gemeente’ weg"),
    ({"name": "Voorbeeld\u200bstad"}, "name", "U+200B"),
    ({"name": "Voorbeeldstad "}, "name", "eindigt met een spatie"),
    ({"valid_from": "1-1-2022"}, "valid_from", "zoals 2022-01-01"),
    ({"valid_from": "20220101"}, "valid_from", "geen datum"),
    ({"valid_to": "2022-02-30"}, "valid_to", "geen datum"),
    ({"valid_from": "2022-01-02", "valid_to": "2022-01-01"}, "valid_to", "vóór valid_from"),
    ({"predecessors": "GM0001 GM0002"}, "predecessors", "Scheid codes met een |"),
    ({"predecessors": "GM0000"}, "predecessors", "van deze rij zelf"),
    ({"predecessors": "GM0001|GM0001"}, "predecessors", "twee keer"),
]


@pytest.mark.parametrize(("cells", "column", "piece"), CASES)
def test_each_fault_names_its_row_and_column(
    cells: dict[str, str], column: str, piece: str, own: Path
) -> None:
    faults = faults_of(own, HEADER + row(code="GM0009") + row(**cells))
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"proef.csv · rij 3 · kolom ‘{column}’ · ")
    assert piece in faults[0]


def test_all_faults_of_a_register_show_at_once(own: Path) -> None:
    faults = faults_of(own, HEADER + GOOD + row(kind="x", region="y", valid_to="z") + "te,kort\n")
    assert sum("rij 3" in fault for fault in faults) == 4  # and the code is there already
    assert any("GM0000 staat al in rij 2" in fault for fault in faults)
    assert any("rij 4 · Er staan 2 cellen in plaats van 11" in fault for fault in faults)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("", "rij 1 · De kop moet zijn: code,kind,"),
        (HEADER.replace("kind,name", "name,kind") + GOOD, "Er staat: ‘code,name,kind,"),
        (HEADER, "geen regels onder de kop"),
        (HEADER + 'GM0001,"open\n', "niet te lezen"),
        (HEADER.encode() + GOOD.encode() + b"GM0001,gemeente,Caf\xe9", ":3 · Het bestand is geen"),
    ],
)
def test_a_file_that_is_no_register(text: str | bytes, piece: str, own: Path) -> None:
    faults = faults_of(own, text)
    assert len(faults) == 1
    assert piece in faults[0]


def test_region_files_add_up_and_a_key_is_there_once(own: Path) -> None:
    (own / "registers" / "regions-eigen.csv").write_text(
        REGIONS + "riec-eigen,RIEC Eigen,,,ja\n", encoding="utf-8"
    )
    regions = Definitions(own).regions
    assert {"riec-eigen", "riec-noord-holland"} <= set(regions)
    assert regions["riec-eigen"].email == ""
    faults = faults_of(own, REGIONS + "riec-noord-holland,Twee,,,ja\n", "regions-zz.csv")
    assert len(faults) == 1
    assert "rij 2 · kolom ‘key’ · ‘riec-noord-holland’ is er al" in faults[0]


def test_every_fault_of_regions(own: Path) -> None:
    text = REGIONS + "RIEC X,,geen-adres,,misschien\n"
    faults = faults_of(own, text, "regions.csv")
    assert [fault.split(" · ")[2] for fault in faults] == [
        "kolom ‘key’",
        "kolom ‘name’",
        "kolom ‘email’",
        "kolom ‘riec’",
    ]


def test_faults_of_several_region_files_show_together(own: Path) -> None:
    (own / "registers" / "regions.csv").write_bytes(b"\xff")
    faults = faults_of(own, REGIONS + "a,,,,ja\n", "regions-b.csv")
    assert len(faults) == 2


def test_a_new_kind_of_organisation_is_a_file(own: Path) -> None:
    shipped = Definitions().templates.find("registers/kinds.toml").read_text(encoding="utf-8")
    block = shipped[shipped.index("[[kind]]") : shipped.index("[[kind]]", 200)]
    new = block.replace('"gemeente"', '"waterschap"')
    (own / "registers" / "kinds-waterschap.toml").write_text(new, encoding="utf-8")
    assert list(Definitions(own).kinds) == ["waterschap", "gemeente", "provincie"]
    faults = faults_of(own, block, "kinds-z.toml")
    assert [f for f in faults if "De soort ‘gemeente’ is er al." in f]


def test_every_fault_of_kinds(own: Path) -> None:
    (own / "registers" / "kinds-kapot.toml").write_bytes(b"=")
    text = (
        '[[kind]]\ncode = "A B"\nleter = "x"\nletter = "x"\n[kind.terms]\nboard = ""\nbord = "b"\n'
    )
    faults = faults_of(own, text, "kinds.toml")
    assert any("kinds-kapot.toml:1" in f for f in faults)
    wanted = [
        ("sleutel ‘code’", "kleine letters"),
        ("kinds.toml:3 · soort ‘A B’ · sleutel ‘leter’", "Bedoelt u ‘letter’?"),
        ("kinds.toml:6 · soort ‘A B’ · sleutel ‘terms.board’", "geen tekst"),
        ("kinds.toml:7 · soort ‘A B’ · sleutel ‘terms.bord’", "Bedoelt u ‘board’?"),
        (
            "sleutel ‘terms’",
            "Deze woorden ontbreken: board_full, board_salutation, board_signature, clerk,",
        ),
    ]
    for place, piece in wanted:
        assert [f for f in faults if place in f and piece in f], (place, piece, faults)


def test_an_unknown_register_is_the_operators_mistake(own: Path) -> None:
    with pytest.raises(RequestError, match="Bedoelt u ‘noord-holland’"):
        Definitions(own).register("noord-holand")
    with pytest.raises(RequestError):
        Definitions(own).register("regions")
