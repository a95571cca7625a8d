"""What goes wrong in the answers: left out, put off, not in the list, not a date, too long."""

from __future__ import annotations

from datetime import date

from normtemplates.layout.places import START
from tests.mutations.kind import (
    DONE,
    LAYOUT,
    MISSING,
    NOT_FITTING,
    PARTLY,
    RECURRING,
    Kind,
    all_of,
    at,
    clear,
    count_from_1904,
    cover,
    day,
    fill,
    fout,
    number,
    numbers,
    on_start,
    put,
    typed,
    uncovered,
    warn,
)

_STATUS = at(DONE, "status")
_ANSWERS = LAYOUT.answer_keys
_NEEDED = (
    (DONE, "evidence"),
    (RECURRING, "done_on"),
    *((PARTLY, key) for key in ("explanation", "action", "owner", "due_on")),
    *((MISSING, key) for key in ("explanation", "action", "owner", "due_on", "priority")),
    (NOT_FITTING, "explanation"),
)

COMPLETENESS = (
    Kind("completeness", "status missing", clear(at(DONE, "status")), (fout("NT301", _STATUS),)),
    Kind(
        "completeness",
        "a row left empty",
        clear(*(at("2.9", key) for key in _ANSWERS)),
        (fout("NT301", at("2.9", "status")),),
        "one finding: what else is needed depends on the status",
    ),
    Kind(
        "completeness",
        "a theme left empty",
        clear(*(at(n, k) for n in numbers() if n.startswith("6.") for k in _ANSWERS)),
        (fout("NT301", at("6.1", "status")), fout("NT301", at("6.2", "status"))),
    ),
    *(
        Kind(
            "completeness",
            f"{key} missing at {n}",
            clear(at(n, key)),
            (fout("NT302", at(n, key)),),
        )
        for n, key in _NEEDED
    ),
    *(
        Kind(
            "completeness",
            f"only {name} in a required field",
            put(at(DONE, "evidence"), text),
            (fout("NT302", at(DONE, "evidence")),),
        )
        for name, text in (
            ("spaces", "   "),
            ("a non-breaking space", "\u00a0"),
            ("a zero-width space", "\u200b"),
            ("line breaks", "\n\n"),
            ("an empty string", ""),
        )
    ),
    *(
        Kind(
            "completeness",
            f"placeholder {text!r}",
            put(at(PARTLY, "action"), text),
            (fout("NT303", at(PARTLY, "action")),),
        )
        for text in (
            "volgt",
            "VOLGT NOG",
            "n.t.b.",
            "N.t.b. ",
            "-",
            "…",
            "x",
            "?",
            "p\u00a0m",
            "Volgt.",
            "n.v.t.",
            "NVT",
        )
    ),
    Kind(
        "completeness",
        "placeholder in a cover field",
        put(cover("team"), "n.n.b.", START),
        (on_start("NT303", "team"),),
    ),
    *(
        Kind(
            "completeness",
            f"cover field {key} missing",
            clear(cover(key), sheet=START),
            (on_start("NT304", key),),
        )
        for key in ("team", "email", "discussed")
    ),
    Kind(
        "completeness",
        "explanation of one word",
        put(at(PARTLY, "explanation"), "Bezig"),
        (warn("NT305", at(PARTLY, "explanation")),),
    ),
    Kind(
        "completeness",
        "status changed, the rest left",
        put(at(DONE, "status"), "In ontwikkeling"),
        tuple(fout("NT302", at(DONE, k)) for k in ("explanation", "action", "owner", "due_on")),
    ),
)

# A paste of a column of one's own over Status, with another word for each.
_PASTED = {"3.1": "Ja", "3.2": "Nee", "3.3": "Deels", "3.5": "Gereed"}

LISTS = (
    *(
        Kind(
            "lists",
            f"status {text!r}",
            put(at(DONE, "status"), text),
            (fout("NT401", at(DONE, "status")),),
        )
        for text in ("Uitgevoert", "Ja", "uitgevoerd.", "Uitgevoerd/Ontbreekt", "0")
    ),
    *(
        Kind(
            "lists",
            f"status {text!r} for not applicable",
            put(at(NOT_FITTING, "status"), text),
            (fout("NT401", at(NOT_FITTING, "status")),),
            "another word is never accepted silently, however near; the message suggests one",
        )
        for text in ("n.v.t.", "nvt", "N.V.T.", "n/a")
    ),
    Kind("lists", "number for a status", number(_STATUS, "1"), (fout("NT401", _STATUS),)),
    Kind("lists", "boolean for a status", typed(_STATUS, "b", "1"), (fout("NT401", _STATUS),)),
    Kind(
        "lists",
        "own word for priority",
        put(at(MISSING, "priority"), "Zeer hoog"),
        (fout("NT401", at(MISSING, "priority")),),
    ),
    Kind(
        "lists",
        "number for priority",
        number(at(MISSING, "priority"), "1"),
        (fout("NT401", at(MISSING, "priority")),),
    ),
    Kind(
        "lists",
        "own word on the cover",
        put(cover("discussed"), "Deels", START),
        (on_start("NT401", "discussed"),),
    ),
    Kind(
        "lists",
        "pasted over the lists",
        all_of(
            fill({at(n, "status"): text for n, text in _PASTED.items()}),
            uncovered("status"),
        ),
        (warn("NT214"), *(fout("NT401", at(n, "status")) for n in _PASTED)),
    ),
)

_SPELLINGS = (
    "31-12-2025", "31/12/2025", "31.12.25", "2025-12-31", "31 december 2025", "31 dec. 2025",
    "dec-25", "december 2025", "eind 2025", "Q4 2025", "2025", "46022", "n.v.t.",
)  # fmt: skip

DATES = (
    *(
        Kind(
            "dates",
            f"date as text {text!r}",
            put(at(PARTLY, "due_on"), text),
            (fout("NT402", at(PARTLY, "due_on")),),
        )
        for text in _SPELLINGS
    ),
    Kind(
        "dates",
        "a year as number",
        number(at(PARTLY, "due_on"), "2025"),
        (fout("NT402", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "day and month run together",
        number(at(PARTLY, "due_on"), "31122025"),
        (fout("NT402", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "boolean for a date",
        typed(at(PARTLY, "due_on"), "b", "1"),
        (fout("NT402", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "n.v.t. in a date that is not needed",
        put(at(DONE, "done_on"), "n.v.t."),
        (fout("NT402", at(DONE, "done_on")),),
        "the cell refuses it while one types, so the check says the same",
    ),
    Kind(
        "dates",
        "done after the return date",
        day(at(RECURRING, "done_on"), date(2025, 4, 2)),
        (fout("NT403", at(RECURRING, "done_on")),),
    ),
    Kind(
        "dates",
        "decision after the return date",
        day(cover("decision_date"), date(2026, 1, 14), START),
        (on_start("NT403", "decision_date"),),
    ),
    Kind(
        "dates",
        "decision date as text",
        put(cover("decision_date"), "14 jan 2025", START),
        (on_start("NT402", "decision_date"),),
    ),
    Kind(
        "dates",
        "due before the reference date",
        day(at(PARTLY, "due_on"), date(2025, 3, 31)),
        (fout("NT404", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "due after the ambition",
        day(at(PARTLY, "due_on"), date(2028, 1, 1)),
        (warn("NT405", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "due in the wrong century",
        day(at(PARTLY, "due_on"), date(2205, 12, 31)),
        (fout("NT402", at(PARTLY, "due_on")),),
    ),
    Kind(
        "dates",
        "done too long ago",
        day(at(RECURRING, "done_on"), date(2024, 3, 31)),
        (warn("NT406", at(RECURRING, "done_on")),),
    ),
    Kind(
        "dates",
        "another date system chosen, the numbers left",
        count_from_1904,
        (
            on_start("NT403", "decision_date"),
            fout("NT403", at(RECURRING, "done_on")),
            *(
                fout("NT403", at(n, "done_on"))
                for n in numbers("Uitgevoerd")
                if n != RECURRING and LAYOUT.row_by_number[n].requirement.recurring
            ),
            *(
                warn("NT405", at(n, "due_on"))
                for status in ("In ontwikkeling", "Ontbreekt")
                for n in numbers(status)
            ),
        ),
        "every date is four years and a day later, as Excel shows it",
    ),
)


KINDS = (*COMPLETENESS, *LISTS, *DATES)
