"""What stands in an answer and cannot be one, and answers that contradict each other."""

from __future__ import annotations

from normtemplates.layout.places import START
from normtemplates.model.finding import Severity
from tests.mutations.kind import (
    DONE,
    MISSING,
    PARTLY,
    Kind,
    all_of,
    at,
    clear,
    cover,
    formula,
    fout,
    on_start,
    put,
    typed,
    warn,
)

_ERRORS = (("evidence", "#REF!"), ("evidence", "#N/A"), ("status", "#NAME?"))

VALUES = (
    Kind(
        "values",
        "formula with a text",
        formula(at(DONE, "evidence"), 'B5&" zie dossier"', "Wij hebben zie dossier"),
        (fout("NT407", at(DONE, "evidence")),),
    ),
    Kind(
        "values",
        "formula without an outcome",
        formula(at(DONE, "status"), "C7"),
        (fout("NT407", at(DONE, "status")),),
    ),
    Kind(
        "values",
        "formula for a date",
        formula(at(PARTLY, "due_on"), "TODAY()+90", "45900", "n"),
        (fout("NT407", at(PARTLY, "due_on")),),
    ),
    Kind(
        "values",
        "link made by a formula",
        formula(at(DONE, "evidence"), 'HYPERLINK("https://a.example","besluit")', "besluit"),
        (fout("NT407", at(DONE, "evidence")),),
    ),
    Kind(
        "values",
        "formula in a cover field",
        formula(cover("team"), '"Team "&"Veiligheid"', "Team Veiligheid", sheet=START),
        (on_start("NT407", "team"),),
    ),
    Kind(
        "values",
        "formula that fails",
        formula(at(DONE, "evidence"), "1/0", "#DIV/0!", "e"),
        (fout("NT407", at(DONE, "evidence")), fout("NT408", at(DONE, "evidence"))),
    ),
    *(
        Kind(
            "values",
            f"{error} in {key}",
            typed(at(DONE, key), "e", error),
            (fout("NT408", at(DONE, key)),),
        )
        for key, error in _ERRORS
    ),
    Kind(
        "values",
        "error in a date",
        typed(at(PARTLY, "due_on"), "e", "#VALUE!"),
        (fout("NT408", at(PARTLY, "due_on")),),
    ),
    Kind(
        "values",
        "one character too many",
        put(at(DONE, "evidence"), "a" * 501),
        (fout("NT409", at(DONE, "evidence")),),
    ),
    Kind(
        "values",
        "33 000 characters",
        put(at(PARTLY, "explanation"), "Tekst. " * 4715),
        (fout("NT409", at(PARTLY, "explanation")),),
        "more than a cell of Excel holds; other programs write it",
    ),
    Kind(
        "values",
        "too long on the cover",
        put(cover("team"), "Team " * 30, START),
        (on_start("NT409", "team"),),
    ),
)

COHERENCE = (
    Kind(
        "coherence",
        "done with an open action",
        put(at(DONE, "action"), "Nog laten vaststellen door het college"),
        (warn("NT410", at(DONE, "action")),),
    ),
    Kind(
        "coherence",
        "done, with n.v.t. at Actie",
        put(at(DONE, "action"), "n.v.t."),
        (warn("NT410", at(DONE, "action")),),
        "debatable: it means ‘none’; Controle says the same while one types, and it is no fout",
    ),
    Kind(
        "coherence",
        "done while the norm below it is missing",
        all_of(
            put(at("2.1", "status"), "Ontbreekt"),
            put(at("2.1", "priority"), "Hoog"),
        ),
        (warn("NT411", at("2.5", "status")),),
        "2.5 (a protocol for breaches) builds on 2.1",
    ),
    Kind(
        "coherence",
        "five mistakes in one file",
        all_of(
            clear(at(DONE, "status")),
            put(at(PARTLY, "action"), "volgt"),
            put(at(MISSING, "due_on"), "eind 2025"),
            put(at("2.2", "status"), "Klaar"),
            clear(cover("email"), sheet=START),
        ),
        (
            fout("NT301", at(DONE, "status")),
            fout("NT303", at(PARTLY, "action")),
            fout("NT402", at(MISSING, "due_on")),
            fout("NT401", at("2.2", "status")),
            on_start("NT304", "email", Severity.FOUT),
        ),
    ),
)

KINDS = (*VALUES, *COHERENCE)
