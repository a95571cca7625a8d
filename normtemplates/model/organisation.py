"""Who fills in an overview, and where it goes."""

from __future__ import annotations

from datetime import date

from attrs import frozen

#: The words that every kind of organisation has, by what they mean for a municipality.
KIND_TERMS = frozenset(
    {
        "organisation",  # gemeente
        "the_organisation",  # de gemeente
        "council",  # gemeenteraad
        "the_council",  # de gemeenteraad
        "council_short",  # raad
        "the_council_short",  # de raad
        "member",  # raadslid
        "members",  # raadsleden
        "salutation",  # Geachte raadsleden,
        "board",  # het college
        "board_salutation",  # Geacht college,
        "board_full",  # het college van burgemeester en wethouders
        "board_signature",  # burgemeester en wethouders
        "leader",  # burgemeester
        "secretary",  # gemeentesecretaris
        "clerk",  # griffier
        "signatory",  # burgemeester: who signs a letter of the board beside the secretary
        "duty",  # artikel 169, tweede lid, van de Gemeentewet: why it keeps its council informed
    }
)


@frozen
class OrganisationKind:
    """A kind of organisation and the words that belong to it.

    ``terms`` are the words for running text, by the names in :data:`KIND_TERMS`. ``letter``
    is the kind of letter that goes to its council.
    """

    code: str
    letter: str
    terms: dict[str, str]


@frozen
class Region:
    """Where a filled-in overview goes: a RIEC or the province itself.

    ``email`` and ``post`` are empty where no source gives an address; ``riec`` is false for
    an addressee that is no RIEC.
    """

    key: str
    name: str
    email: str = ""
    post: str = ""
    riec: bool = True


@frozen
class Organisation:
    """One organisation in a register, matched on ``code`` (CBS), never on name.

    ``name`` is the official name ("Bergen (NH.)"), ``running_name`` how it calls itself in
    text ("Bergen"). ``valid_from`` and ``valid_to`` (last day) are ``None`` where open.
    ``predecessors`` are codes of organisations that went up in this one.
    """

    code: str
    kind: OrganisationKind
    name: str
    running_name: str
    region: Region
    safety_region: str = ""
    province: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()
    note: str = ""

    @property
    def full_name(self) -> str:
        """Give the name with its kind before it: ``gemeente Bergen``."""
        return f"{self.kind.terms['organisation']} {self.running_name}"

    def valid_on(self, day: date) -> bool:
        """Tell whether the organisation existed on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
