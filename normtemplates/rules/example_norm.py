"""The made-up norm of the examples: small, and with one of everything that a rule looks at."""

from __future__ import annotations

from datetime import date

from normtemplates.model.fitting import NotFitting
from normtemplates.model.norm import (
    DateBound,
    Field,
    FieldKind,
    Norm,
    PartStatus,
    Requirement,
    Role,
    Status,
    Theme,
)
from normtemplates.model.organisation import Organisation, OrganisationKind, Region
from normtemplates.model.round import Round

_DONE, _PARTLY, _MISSING, _NOT = (
    Role.DONE,
    Role.PARTLY,
    Role.MISSING,
    Role.NOT_APPLICABLE,
)


def _status(label: str, role: Role) -> Status:
    return Status(
        key=role.value,
        label=label,
        role=role,
        meaning="",
        then="",
        letter=label[0],
        strong="#FFFFFF",
        on_strong="#000000",
        tint="#FFFFFF",
    )


_FIELDS = (
    Field("number", "Nr", FieldKind.NUMBER, width=6),
    Field("text", "Norm", FieldKind.SENTENCE, width=40),
    Field("previous", "Vorige status", FieldKind.PREVIOUS, width=14),
    Field(
        "status", "Status", FieldKind.STATUS, width=16, required=True,
        help="Kies een status uit de lijst.",
    ),
    Field("check", "Controle", FieldKind.CHECK, width=20),
    Field(
        "explanation", "Toelichting", FieldKind.TEXT, width=30, max_length=500, min_letters=15,
        required_for=(_PARTLY, _MISSING, _NOT), parts=True, part_required_for=(_NOT,),
        help="Beschrijf hoe het er nu voor staat.",
    ),
    Field(
        "evidence", "Bewijs of vindplaats", FieldKind.TEXT, width=20, max_length=200,
        required_for=(_DONE,), unused_for=(_NOT,), help="Noem het document of de plek.",
    ),
    Field(
        "done_on", "Laatst uitgevoerd", FieldKind.DATE, width=13, required_for=(_DONE,),
        recurring_only=True, unused_for=(_NOT,), not_after=DateBound.RETURN,
        help="Vul de datum in waarop dit voor het laatst is gedaan.",
    ),
    Field(
        "action", "Actie", FieldKind.TEXT, width=30, max_length=300,
        required_for=(_PARTLY, _MISSING), unused_for=(_DONE, _NOT),
        help="Schrijf kort op wat er klaar moet zijn.",
    ),
    Field(
        "due_on", "Gereed uiterlijk", FieldKind.DATE, width=13,
        required_for=(_PARTLY, _MISSING), unused_for=(_DONE, _NOT),
        not_before=DateBound.REFERENCE, aim_before=DateBound.AMBITION,
        help="Vul de datum in waarop de actie klaar is.",
    ),
    Field(
        "priority", "Prioriteit", FieldKind.CHOICE, width=11, choices=("Hoog", "Midden", "Laag"),
        required_for=(_MISSING,), unused_for=(_DONE, _NOT), help="Kies Hoog, Midden of Laag.",
    ),
)  # fmt: skip

_COVER = (
    Field(
        "decision_date", "Datum besluit van {board}", FieldKind.DATE, not_after=DateBound.RETURN,
        prompt="Vul de datum van het besluit van {board} in.",
    ),
    Field(
        "team", "Team dat dit overzicht maakt", FieldKind.TEXT, short="Team", max_length=80,
        required=True, prompt="Noem een team, geen naam van een persoon.",
    ),
    Field(
        "discussed", "Besproken in de driehoek", FieldKind.CHOICE, choices=("Ja", "Nog niet"),
        required=True, prompt="Kies Ja of Nog niet.",
    ),
)  # fmt: skip

NORM = Norm(
    code="voorbeeld",
    edition="2030",
    title="Voorbeeldnorm",
    name_in_text="Voorbeeldnorm",
    issuer="de voorbeeldprovincie",
    website="",
    source="Verzonnen voor de voorbeelden",
    scale=(
        _status("Uitgevoerd", Role.DONE),
        _status("In ontwikkeling", Role.PARTLY),
        _status("Ontbreekt", Role.MISSING),
        _status("Niet van toepassing", Role.NOT_APPLICABLE),
    ),
    part_scale=(
        PartStatus("ja", "Ja", _DONE, "", "", "#FFFFFF"),
        PartStatus("nee", "Nee", _MISSING, "", "", "#FFFFFF"),
        PartStatus("past-niet", "Niet van toepassing", _NOT, "", "", "#FFFFFF"),
    ),
    field=_FIELDS,
    cover=_COVER,
    theme=(
        Theme(
            "1",
            "Afspraken",
            "",
            (
                Requirement("1.1", "Wij hebben een gedragscode vastgesteld"),
                Requirement(
                    "1.2", "Wij bespreken de gedragscode jaarlijks in elk team", recurrence="P1Y"
                ),
                Requirement(
                    "1.3", "Wij leren nieuwe medewerkers de gedragscode", builds_on=("1.1",)
                ),
                Requirement("1.4", "Wij maken afspraken over nevenwerk van vrijwilligers"),
            ),
        ),
        Theme(
            "2",
            "Melden",
            "",
            (
                Requirement("2.1", "Wij hebben een meldpunt voor signalen"),
                Requirement("2.1.a", "Het meldpunt is buiten kantoortijd bereikbaar"),
                Requirement(
                    "2.2",
                    "Wij delen signalen met de waterschappen in ons gebied",
                    not_fitting=(
                        NotFitting(
                            "gemeente", "Deze norm is alleen voor waterschappen.", locked=True
                        ),
                    ),
                ),
            ),
        ),
    ),
    placeholders=("-", "x", "volgt", "n.t.b."),
    ambition=date(2032, 12, 31),
)

_KIND = OrganisationKind(
    "gemeente",
    "raadsinformatiebrief",
    {
        "organisation": "gemeente",
        "board": "het college",
        "leader": "burgemeester",
        "secretary": "gemeentesecretaris",
        "clerk": "griffier",
    },
)
_REGION = Region("voorbeeld", "RIEC Voorbeeld")

_ORGANISATIONS = (
    Organisation("GM0000", _KIND, "Voorbeeldstad", "Voorbeeldstad", _REGION),
    Organisation(
        "GM0001", _KIND, "Voorbeeldland", "Voorbeeldland", _REGION, predecessors=("GM0002",)
    ),
)

_NEW = Organisation(
    "GM0003", _KIND, "Voorbeeldnieuw", "Voorbeeldnieuw", _REGION, valid_from=date(2031, 1, 1)
)

_ELSEWHERE = Organisation("GM0004", _KIND, "Voorbeeldkust", "Voorbeeldkust", _REGION)

ROUND = Round(
    name="meting-2030",
    title="meting 2030",
    norm=NORM,
    reference_date=date(2030, 4, 1),
    organisations=_ORGANISATIONS,
    return_date=date(2030, 4, 1),
    default=True,
    not_valid=(_NEW,),
)

NEXT_ROUND = Round(
    name="meting-2031",
    title="meting 2031",
    norm=NORM,
    reference_date=date(2031, 4, 1),
    organisations=(*_ORGANISATIONS, _NEW, _ELSEWHERE),
    previous="meting-2030",
)
