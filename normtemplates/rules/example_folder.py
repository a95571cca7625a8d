"""A folder with what came back, for the examples of the rules about a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Self

from attrs import evolve

from normtemplates.layout.recognise import recognise
from normtemplates.model.finding import Report, status_of
from normtemplates.model.norm import FieldKind
from normtemplates.model.returned import Return
from normtemplates.model.round import Round
from normtemplates.rules.context import Context
from normtemplates.rules.example_norm import NEXT_ROUND, ROUND
from normtemplates.rules.examples import Book
from normtemplates.rules.facts import facts_of
from normtemplates.rules.registry import Case, run
from normtemplates.rules.round import Inbox, RoundRule, Told

_ROUNDS = (ROUND, NEXT_ROUND)


class Folder:
    """What came back for the made-up round; every method changes it and gives it back.

    It begins with one sound overview, that of ``GM0000``. What is done to a file is done to the
    one that was added last.
    """

    next_round = NEXT_ROUND

    def __init__(self) -> None:
        """Begin with one file."""
        self._books: dict[str, Book] = {}
        self._moments: dict[str, datetime] = {}
        self._round: Round | None = ROUND
        self.add("GM0000")

    def add(
        self,
        code: str,
        name: str = "",
        change: Callable[[Book], object] | None = None,
        *,
        round_: Round = ROUND,
    ) -> Self:
        """Add the overview of an organisation; a name of its own when there is one already."""
        self._last = name or f"{code}.xlsx"
        self._books[self._last] = Book(round_, code)
        return self.change(change) if change else self

    def change(self, change: Callable[[Book], object]) -> Self:
        """Spoil the file."""
        change(self._books[self._last])
        return self

    def write_texts(self, text: str, *, same: bool = False) -> Self:
        """Let every row be explained in these words alone; they differ by row unless ``same``."""
        book = self._books[self._last]
        for slot in book.layout.rows:
            if not slot.opens("explanation"):
                continue
            number = slot.requirement.number
            for column in book.layout.answer_columns:
                if column.field.kind is FieldKind.TEXT and slot.opens(column.field.key):
                    book.set(number, column.field.key, None)
            book.set(number, "explanation", text if same else f"{text}, regel {number}")
        return self

    def saved(self, moment: str) -> Self:
        """Let the file say when it was saved (ISO, UTC)."""
        self._moments[self._last] = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        return self

    def any_round(self) -> Self:
        """Let the operator name no round."""
        self._round = None
        return self

    def inbox(self) -> Inbox:
        """Give what the rules about a round see of it."""
        returns = tuple(self._return(name, book) for name, book in self._books.items())
        return Inbox(returns, self._round, _ROUNDS)

    def _return(self, name: str, book: Book) -> Return:
        submission = evolve(book.submission(), modified=self._moments.get(name))
        recognised = recognise(submission, _ROUNDS, self._round)
        findings = run(submission, Context(recognised, _ROUNDS))
        found, stamp = recognised.found, recognised.stamp
        whose = found.organisation if found else None
        if not found and stamp:
            whose = (self._round or ROUND).organisation(stamp.organisation)
        report = Report(
            name,
            status_of(findings),
            findings,
            whose.code if whose else None,
            whose.full_name if whose else None,
            found.layout.round.name if found else None,
        )
        return Return(report, facts_of(submission, recognised))


def told(rule: RoundRule, case: Case) -> tuple[Told, ...]:
    """Give what ``rule`` says of an example."""
    folder = Folder()
    case.change(folder)
    return tuple(rule.check(folder.inbox()))
