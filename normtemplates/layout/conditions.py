"""What an answer must satisfy, each condition with two faces.

``formula`` is what the workbook computes while someone types, ``violated_by`` is what the
check computes on return. The two are proved equal by a differential test over several
spreadsheet programs, so keep to the recipe of ``docs/architecture.md`` when you add one.

A condition is a small frozen value. ``short`` is its sentence in Controle, ``describe`` the
sentence of the finding. Conditions are about one row; what spans rows is a rule.
"""

from __future__ import annotations

from functools import cached_property

from attrs import field, frozen

from normtemplates import dutch
from normtemplates.layout.condition import CellOf, Condition, Row, When, one_of, shown
from normtemplates.layout.date_conditions import AimBefore, IsDate, MaxAge, NotAfter, NotBefore
from normtemplates.layout.keys import ERROR_KEY, key_of_text, literal
from normtemplates.layout.kinds import nearest, utf16_length
from normtemplates.model.finding import Severity
from normtemplates.model.submission import CellKind

__all__ = [
    "AimBefore", "CellOf", "Condition", "InList", "IsDate", "MaxAge", "MaxLength", "NoError",
    "NotAfter", "NotBefore", "PartRequired", "PartsBegun", "PartsDone", "Placeholder", "Required",
    "Row", "StatusRequired", "Thin", "Unexpected", "When",
]  # fmt: skip

_LONGEST_LITERAL = 250  # Excel refuses a string in a formula of more than 255 characters


@frozen
class NoError(Condition):
    """The cell holds no error value such as ``#REF!``."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Fout in ‘{self.brief}’"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"Bij {self.name} staat de foutwaarde {shown(row.value(self.field))}. "
            "Typ het antwoord opnieuw."
        )

    def _violated(self, row: Row) -> bool:
        return row.value(self.field).kind is CellKind.ERROR

    def _formula(self, cells: CellOf) -> str:
        return f"ISERROR({cells.value(self.field)})"


@frozen
class Required(Condition):
    """The field is filled in; ``choice`` says that it is picked from a list.

    ``hints`` are other hints for statuses with these keys.
    """

    choice: bool = False
    hints: tuple[tuple[str, str], ...] = ()

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Vul ‘{self.brief}’ in"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        why = ""
        if self.when is not None:
            why = f" Bij status ‘{shown(row.value(self.when.status))}’ is dit nodig."
        status = row.key(self.when.status) if self.when else ""
        hint = dict(self.hints).get(status, self.hint)
        return f"{self.name} is nog leeg.{why} {hint}".rstrip()

    def _violated(self, row: Row) -> bool:
        return not row.key(self.field)

    def _formula(self, cells: CellOf) -> str:
        return f"LEN({cells.key(self.field)})=0"


@frozen
class StatusRequired(Required):
    """A status is chosen."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return "Kies een status"


@frozen
class PartRequired(Required):
    """A sub-item is answered."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return "Kies een antwoord"


@frozen
class _Parts(Condition):
    """No sub-item says one of ``labels``; that only asks for attention.

    ``parts`` are the numbers of the sub-items with the keys of their statuses in the row.
    """

    parts: tuple[tuple[str, str], ...] = field(kw_only=True)
    labels: tuple[str, ...] = field(kw_only=True)

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        status = shown(row.value(self.field))
        below: dict[str, list[str]] = {}
        for number, place in self._open(row):
            below.setdefault(shown(row.value(place)), []).append(number)
        told = dutch.enumerate_nl(
            f"onderdeel {numbers[0]} is ‘{value}’"
            if len(numbers) == 1
            else f"de onderdelen {dutch.enumerate_nl(numbers)} zijn ‘{value}’"
            for value, numbers in below.items()
        )
        return (
            f"{self.name} is ‘{status}’, maar {told}. Klopt dat niet, verbeter dan het antwoord "
            "dat anders is."
        )

    def _open(self, row: Row) -> list[tuple[str, str]]:
        return [part for part in self.parts if row.key(part[1]) in self._keys]

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(key_of_text(label) for label in self.labels)

    def _violated(self, row: Row) -> bool:
        return bool(self._open(row))

    def _formula(self, cells: CellOf) -> str:
        tests = [one_of(cells.key(place), self._keys) for _, place in self.parts]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


@frozen
class PartsDone(_Parts):
    """No sub-item of what is done says that it is not; ``labels`` are the words for that."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return "klaar, maar een onderdeel niet?"


@frozen
class PartsBegun(_Parts):
    """No sub-item of what has not begun, or does not fit, is done; ``labels`` say done."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return "niet begonnen, maar een onderdeel wel?"


@frozen
class Placeholder(Condition):
    """The field says more than "volgt" or "n.t.b."; ``words`` are keys."""

    words: tuple[str, ...] = field(kw_only=True)

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Werk ‘{self.brief}’ uit"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"Bij {self.name} staat alleen ‘{shown(row.value(self.field))}’. "
            f"Dat is nog geen antwoord. {self.hint}"
        ).rstrip()

    def _violated(self, row: Row) -> bool:
        wanted = f"|{row.key(self.field)}|"
        return any(wanted in chunk for chunk in self._chunks)

    def _formula(self, cells: CellOf) -> str:
        wanted = f'"|"&{cells.key(self.field)}&"|"'
        tests = [f"ISNUMBER(FIND({wanted},{literal(chunk)}))" for chunk in self._chunks]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"

    @cached_property
    def _chunks(self) -> list[str]:
        chunks = ["|"]
        for word in self.words:
            if len(chunks[-1]) + len(word) > _LONGEST_LITERAL:
                chunks.append("|")
            chunks[-1] += f"{word}|"
        return chunks


@frozen
class InList(Condition):
    """The field holds one of ``labels``; case and spaces do not count."""

    labels: tuple[str, ...] = field(kw_only=True)

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Kies ‘{self.brief}’ uit de lijst"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        typed = row.value(self.field).text
        suggestion = nearest(typed, self.labels)
        meant = f" Bedoelt u ‘{suggestion}’?" if suggestion else ""
        return (
            f"Bij {self.name} staat ‘{shown(row.value(self.field))}’. Dat staat niet in de "
            f"lijst.{meant} Kies {dutch.one_of(self.labels)}."
        )

    def _violated(self, row: Row) -> bool:
        typed = row.key(self.field)
        value = row.value(self.field)
        if not typed or value.kind is CellKind.ERROR:
            return False
        return typed not in self._keys

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(key_of_text(label) for label in self.labels)

    def _formula(self, cells: CellOf) -> str:
        reference = cells.key(self.field)
        one = one_of(reference, self._keys)
        return f"AND(LEN({reference})>0,NOT(ISERROR({cells.value(self.field)})),NOT({one}))"


@frozen
class MaxLength(Condition):
    """The text has at most ``longest`` UTF-16 units, as Excel counts them."""

    longest: int = field(kw_only=True)

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Maak ‘{self.brief}’ korter"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        length = utf16_length(row.value(self.field).text)
        return (
            f"{self.name} telt {length} tekens; er passen er hooguit {self.longest}. "
            "Maak de tekst korter en verwijs naar een document."
        )

    def _violated(self, row: Row) -> bool:
        value = row.value(self.field)
        return value.kind is CellKind.TEXT and utf16_length(value.text) > self.longest

    def _formula(self, cells: CellOf) -> str:
        value = cells.value(self.field)
        return f"IF(ISTEXT({value}),LEN({value})>{self.longest},FALSE)"


@frozen
class Thin(Condition):
    """A required text has at least ``fewest`` letters; that only asks for attention."""

    fewest: int = field(kw_only=True)

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"‘{self.brief}’ is erg kort"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"{self.name} is erg kort: ‘{shown(row.value(self.field))}’. Een ander moet "
            f"eruit kunnen opmaken hoe het ervoor staat. {self.hint}"
        ).rstrip()

    def _violated(self, row: Row) -> bool:
        if row.value(self.field).kind is not CellKind.TEXT:
            return False
        return 0 < utf16_length(row.key(self.field)) < self.fewest

    def _formula(self, cells: CellOf) -> str:
        length = f"LEN({cells.key(self.field)})"
        return f"IF(ISTEXT({cells.value(self.field)}),AND({length}>0,{length}<{self.fewest}),FALSE)"


@frozen
class Unexpected(Condition):
    """Nothing stands where the status leaves nothing to do; that only asks for attention."""

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"klaar, maar toch een ‘{self.brief}’?"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        status = shown(row.value(self.when.status)) if self.when else ""
        return (
            f"Bij {self.name} staat ‘{shown(row.value(self.field))}’, terwijl de status "
            f"‘{status}’ is. Is er nog iets te doen, kies dan een andere status; zo niet, maak "
            "dit vak leeg."
        )

    def _violated(self, row: Row) -> bool:
        return bool(row.key(self.field)) and row.key(self.field) != ERROR_KEY

    def _formula(self, cells: CellOf) -> str:
        reference = cells.key(self.field)
        return f"AND(LEN({reference})>0,NOT(EXACT({reference},{literal(ERROR_KEY)})))"
