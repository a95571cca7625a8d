"""Is the answer scale of a norm sound, and are its columns and cover fields?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from normtemplates.definitions.column_set import check_column_set, unique, unique_at
from normtemplates.definitions.toml import Document, Place
from normtemplates.definitions.wording import (
    LONGEST,
    has_stray_brace,
    listed,
    placeholders,
    quoted,
    suggestion,
    units,
)
from normtemplates.model.norm import (
    DateBound,
    Field,
    FieldKind,
    Norm,
    PartStatus,
    Role,
    Status,
)
from normtemplates.model.organisation import OrganisationKind

# Limits of Excel for data validations; a stop message above 224 is cut or refused.
_PROMPT, _STOP, _TITLE, _CHOICE = 255, 224, 32, 255
_WIDEST = 255  # characters; Excel's widest column
# The longest date in words: a prompt must fit with any date in it.
_LONG_DATE = "30 september 2025"
_STATUS_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FIELD_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_INK = "#1F2933"  # the colour of text on a tint
_CONTRAST = 4.5  # WCAG 2.1 AA, 1.4.3


def check_columns(document: Document, norm: Norm, kinds: Mapping[str, OrganisationKind]) -> None:
    """Note what is wrong with scale, columns and cover fields of ``norm``."""
    _check_scales(document, norm)
    for table, statuses in _scales(norm):
        for position, status in enumerate(statuses):
            _check_status(document, (table, position), status)
    check_column_set(document, norm)
    terms = _longest_terms(kinds)
    for position, field in enumerate(norm.fields):
        place = ("field", position)
        _check_field(document, place, field, {})
        _check_column(document, place, field, norm)
    for position, field in enumerate(norm.cover):
        place = ("cover", position)
        _check_field(document, place, field, terms)
        _check_cover(document, place, field)


# -- scale ------------------------------------------------------------------------------


def _scales(norm: Norm) -> tuple[tuple[str, tuple[PartStatus, ...]], ...]:
    return ("scale", norm.statuses), ("part_scale", norm.part_statuses)


def _check_scales(document: Document, norm: Norm) -> None:
    letters = [s.letter for s in norm.statuses]
    unique(document, "scale", "letter", letters, "Kies een andere letter.")
    ground = any(r.not_fitting or r.applies_to for r in norm.requirements)
    for table, statuses in _scales(norm):
        keys = [s.key for s in statuses]
        unique(document, table, "key", keys, "Geef elke status een eigen key.")
        labels = [s.label for s in statuses]
        advice = "Hoofdletters en spaties maken geen verschil; kies een ander woord."
        unique(document, table, "label", labels, advice)
        if document.unsure(table, "role") or (table == "part_scale" and not norm.parts):
            continue
        if table == "part_scale" and not statuses:
            document.fault(
                (table,),
                f"De norm heeft onderdelen (zoals {norm.parts[0].number}), maar geen antwoorden "
                "daarvoor. Voeg [[part_scale]] toe.",
            )
            continue
        roles = {s.role for s in statuses}
        if Role.DONE not in roles:
            document.fault((table,), 'Geen status heeft role = "done". Voeg er een toe.')
        if ground and Role.NOT_APPLICABLE not in roles:
            document.fault(
                (table,),
                "Een norm past niet bij elke organisatie (not_fitting of applies_to), maar geen "
                'status heeft role = "not_applicable". Voeg er een toe.',
            )


def _check_status(document: Document, place: Place, status: PartStatus) -> None:
    if status.key and not _STATUS_KEY.fullmatch(status.key):
        document.fault(
            (*place, "key"),
            f"{quoted(status.key)} kan geen key zijn. Gebruik kleine letters, cijfers en "
            "streepjes.",
        )
    colours = {"tint": status.tint}
    if isinstance(status, Status):
        colours |= {"strong": status.strong, "on_strong": status.on_strong}
        if status.letter and len(status.letter) != 1:
            document.fault((*place, "letter"), "Hier hoort één letter, voor de tegel.")
    right = {}
    for key, colour in colours.items():
        if _COLOUR.fullmatch(colour):
            right[key] = colour
        elif colour:
            document.fault(
                (*place, key),
                f"{quoted(colour)} is geen kleur. Schrijf een # en zes tekens, zoals #0B3F66.",
            )
    for back, text, key in (
        (right.get("strong"), right.get("on_strong"), "on_strong"),
        (right.get("tint"), _INK, "tint"),
    ):
        if back and text and contrast(back, text) < _CONTRAST:
            document.fault(
                (*place, key),
                f"Tekst in {text} is op {back} slecht te lezen (contrast onder 4,5). Kies een "
                "lichtere of donkerder kleur.",
            )


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours ``#RRGGBB`` (WCAG 2.1), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- columns and cover fields -----------------------------------------------------------


def _check_field(document: Document, place: Place, field: Field, terms: Mapping[str, str]) -> None:
    """Judge one column or cover field by itself; ``terms`` may stand in its texts."""
    if field.key and not _FIELD_KEY.fullmatch(field.key):
        document.fault(
            (*place, "key"),
            f"{quoted(field.key)} kan geen key zijn. Gebruik kleine letters, cijfers en _.",
        )
    _check_kind(document, place, field)
    dates = {
        name: _LONG_DATE
        for name in ("not_before", "not_after")
        if getattr(field, name) is not None or document.is_unusable((*place, name))
    }
    for key in ("header", "short", "prompt_title", "prompt", "prompt_needed", "stop_title", "stop"):
        known = dates if key == "stop" else terms if key in ("header", "prompt") else {}
        _check_terms(document, (*place, key), getattr(field, key), known)
    prompt = " ".join(filter(None, (field.prompt, field.prompt_needed)))
    for key, text, limit in (
        ("prompt_title", field.prompt_title, _TITLE),
        ("prompt", prompt, _PROMPT),
        ("stop_title", field.stop_title, _TITLE),
        ("stop", field.stop, _STOP),
    ):
        length = units(_filled(text, {**terms, **dates}))
        if length > limit:
            both = " (samen met prompt_needed)" if key == "prompt" and field.prompt_needed else ""
            document.fault(
                (*place, key),
                f"De tekst is {length} tekens lang{both}; Excel toont er hooguit {limit}. Maak hem "
                "korter.",
            )
        if field.answerable and not text and not document.is_unusable((*place, "kind")):
            document.fault(
                (*place, key),
                "Hier staat geen tekst. Elk vak dat men invult, heeft uitleg bij het invullen en "
                "bij een fout nodig.",
            )


def _check_kind(document: Document, place: Place, field: Field) -> None:
    """Judge the keys that belong to one kind of field only."""
    word = quoted(field.kind.value)
    if document.is_unusable((*place, "kind")):
        return
    if field.kind is FieldKind.CHOICE:
        if not field.choices:
            document.fault((*place, "choices"), "Er valt niets te kiezen. Noem de keuzes.")
    elif field.choices:
        document.fault((*place, "choices"), f"Keuzes horen niet bij kind {word}. Haal ze weg.")
    unique_at(
        document,
        [(*place, "choices", i) for i in range(len(field.choices))],
        list(field.choices),
        "Hoofdletters en spaties maken geen verschil.",
    )
    for position, choice in enumerate(field.choices):
        if units(choice) > _CHOICE:
            document.fault(
                (*place, "choices", position), f"Een keuze heeft hooguit {_CHOICE} tekens."
            )
    for key in ("max_length", "min_letters"):
        number = getattr(field, key)
        if number is None:
            continue
        if field.kind is not FieldKind.TEXT:
            document.fault((*place, key), f"Een lengte hoort niet bij kind {word}. Haal die weg.")
        elif not 0 < number <= (field.max_length or LONGEST) or number > LONGEST:
            limit = min(LONGEST, field.max_length or LONGEST) if key == "min_letters" else LONGEST
            document.fault((*place, key), f"{number} kan niet. Kies 1 tot en met {limit}.")
    for key in ("not_before", "not_after", "aim_before"):
        bound: DateBound | None = getattr(field, key)
        if bound is not None and field.kind is not FieldKind.DATE:
            document.fault(
                (*place, key), f"Een grens aan de datum hoort niet bij kind {word}. Haal hem weg."
            )
    if not field.answerable:
        for key in ("required", "required_for", "unused_for", "parts", "prompt", "stop"):
            if getattr(field, key):
                document.fault(
                    (*place, key), f"Een kolom van kind {word} vult men niet in. Haal dit weg."
                )


def _check_column(document: Document, place: Place, field: Field, norm: Norm) -> None:
    """Judge what only a column of the overview has: width, and roles of the status."""
    if not 0 < field.width <= _WIDEST:
        document.fault(
            (*place, "width"), f"Een kolom is meer dan 0 en hooguit {_WIDEST} tekens breed."
        )
    if field.width_beside < 0 or field.width_beside > field.width > 0:
        document.fault(
            (*place, "width_beside"),
            "Naast de vorige status is een kolom smaller dan anders. Kies hooguit "
            f"{field.width:g} tekens.",
        )
    if field.kind is FieldKind.STATUS:
        if not field.required:
            document.fault(
                (*place, "required"), "Een status is altijd nodig. Schrijf required = true."
            )
        for key in ("required_for", "unused_for"):
            if getattr(field, key):
                document.fault((*place, key), "De status hangt van niets af. Haal dit weg.")
    elif field.required and field.required_for:
        document.fault(
            (*place, "required_for"),
            "Dit vak is al altijd nodig (required = true). Haal een van de twee weg.",
        )
    if field.recurring_only and not field.required_for:
        document.fault(
            (*place, "recurring_only"), "Dit beperkt required_for, en die is leeg. Vul die in."
        )
    for position, role in enumerate(field.required_for):
        if role in field.unused_for:
            document.fault(
                (*place, "required_for", position),
                f"Bij {quoted(role.value)} is dit vak nodig én niet in gebruik (unused_for). Kies.",
            )
    if field.part_required_for and not field.parts:
        document.fault(
            (*place, "part_required_for"),
            "Onderdelen hebben dit vak niet. Schrijf parts = true of haal dit weg.",
        )
    known = {s.role for s in norm.part_statuses}
    for position, role in enumerate(field.part_required_for):
        if role not in known and not document.unsure("part_scale", "role"):
            document.fault(
                (*place, "part_required_for", position),
                f'Geen antwoord voor onderdelen heeft role = "{role.value}". Voeg het toe of haal '
                "dit weg.",
            )
    if document.unsure("scale", "role"):
        return
    for position, role in enumerate(field.required_for):
        if not norm.statuses_of(role):
            document.fault(
                (*place, "required_for", position),
                f'Geen status heeft role = "{role.value}". Voeg zo’n status toe of haal dit weg.',
            )


def _check_cover(document: Document, place: Place, field: Field) -> None:
    """Judge what a cover field cannot have, for it belongs to no row."""
    if not field.answerable or field.kind is FieldKind.STATUS:
        document.fault(
            (*place, "kind"),
            f"Een vak op Start kan niet van kind {quoted(field.kind.value)} zijn. Kies text, date "
            "of choice.",
        )
    keys = ("required_for", "recurring_only", "unused_for", "prompt_needed", "min_letters")
    for key in (*keys, "width_beside", "parts", "part_required_for"):
        if getattr(field, key):
            document.fault(
                (*place, key), "Dit hoort bij een kolom; een vak op Start heeft geen status."
            )


def _check_terms(document: Document, place: Place, text: str, known: Mapping[str, str]) -> None:
    """Note the placeholders of ``text`` that nobody fills in."""
    for name in placeholders(text):
        if name not in known:
            tail = suggestion(name, known) or (f" Bekend zijn: {listed(known)}." if known else "")
            document.fault(place, f"Het woord {{{name}}} kan hier niet.{tail}")
    if has_stray_brace(text):
        document.fault(place, "Er staat een losse accolade. Schrijf {woord} of haal haar weg.")


def _filled(text: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _longest_terms(kinds: Mapping[str, OrganisationKind]) -> dict[str, str]:
    """Give every term with its longest form, so that a text that fits, fits for every kind."""
    longest: dict[str, str] = {}
    for kind in kinds.values():
        for name, word in kind.terms.items():
            longest[name] = max(longest.get(name, ""), word, key=units)
    return longest
