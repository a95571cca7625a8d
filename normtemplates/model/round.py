"""One time of asking: a norm, its dates and its recipients."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from normtemplates.model.norm import DateBound, Norm
from normtemplates.model.organisation import Organisation


@frozen(eq=False)
class Round:
    """A round (uitvraag) of one edition of a norm.

    ``name`` is its code (``nulmeting-2025``), ``title`` its word in running text
    ("nulmeting"). ``return_date`` is ``None`` where no source gives one; bounds then use
    ``reference_date``. ``previous`` is the name of the round before it, or ``None`` for a
    first one. ``organisations`` are those valid on the reference date, in register order;
    ``not_valid`` are the others of the register, which do not take part. ``lineage`` are the
    editions that led to ``norm``, oldest first and itself last; empty when nobody asked.
    """

    name: str
    title: str
    norm: Norm
    reference_date: date
    organisations: tuple[Organisation, ...]
    return_date: date | None = None
    previous: str | None = None
    default: bool = False
    lineage: tuple[Norm, ...] = ()
    not_valid: tuple[Organisation, ...] = ()

    @property
    def first(self) -> bool:
        """Tell whether nothing came before this round."""
        return self.previous is None

    def date_of(self, bound: DateBound) -> date | None:
        """Give the date that ``bound`` stands for, or ``None`` where there is none."""
        if bound is DateBound.AMBITION:
            return self.norm.ambition
        if bound is DateBound.RETURN:
            return self.return_date or self.reference_date
        return self.reference_date

    def organisation(self, code: str) -> Organisation | None:
        """Give the organisation with this CBS code, or ``None``."""
        return next((o for o in self.organisations if o.code == code), None)
