"""Making letters: which organisations, from which template, into which files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from attrs import evolve, field, frozen

from normtemplates.definitions import Definitions
from normtemplates.dutch import enumerate_nl, one_of, slug
from normtemplates.errors import LetterError, RequestError
from normtemplates.jobs.drawn import Returned, drawn_for, told_to_all
from normtemplates.jobs.faults import Faults
from normtemplates.jobs.letter_check import refuse_template
from normtemplates.jobs.letter_fields import refuse_strangers
from normtemplates.jobs.manifest import (
    Entry,
    add_to_manifest,
    manifest_for,
    read_manifest,
)
from normtemplates.jobs.names import file_name, pdf_name
from normtemplates.jobs.output import output_folder, write_file
from normtemplates.jobs.recipients import recipients
from normtemplates.letters import LetterTemplate, template_names
from normtemplates.letters.blanks import BLANK_BY_KEY
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.office import NO_PDF, OfficeError, find_office, pdfs_of
from normtemplates.resources import TemplatePath

#: Blanks with which one letter differs from the next.
_OWN = ("reference", "secretary_name", "leader_name", "done_text", "plans_text")
_CONFIDENTIAL = "vertrouwelijk"


@frozen
class LetterRequest:
    """Which letters somebody asks for.

    ``organisations`` are CBS codes, empty for the whole round. ``kind`` is a kind of letter,
    ``None`` for the one that goes to each organisation's own council. ``template`` is a Word
    template that takes the place of the one that would be found. ``values`` are what only an
    organisation knows (:data:`normtemplates.letters.BLANKS`), the same for all; ``by_code`` are
    those of one organisation each, by CBS code, and go before ``values``. ``returned`` are the
    overviews that letters are drawn from; with ``detail`` such a letter may name norms that are
    not carried out yet. With ``pdf`` there is a PDF beside each letter. A letter that somebody
    changed after it was made is only replaced with ``overwrite``. With ``strict`` a template must
    have what every letter has: a date, a greeting and the like.
    """

    organisations: Collection[str] = ()
    kind: str | None = None
    template: Path | None = None
    values: Mapping[str, str] = field(factory=dict)
    overwrite: bool = False
    by_code: Mapping[str, Mapping[str, str]] = field(factory=dict)
    returned: Sequence[Returned] = ()
    detail: bool = False
    pdf: bool = False
    strict: bool = False


@frozen
class DrawnLetter:
    """One letter in memory, with the name of its file.

    ``note`` is what whoever sends it must know first, ``""`` for nothing.
    """

    organisation: Organisation
    kind: str
    name: str
    data: bytes
    note: str = ""


def make_letters(
    definitions: Definitions,
    round_: Round,
    request: LetterRequest,
    out: Path,
    tell: Callable[[str], object] | None = None,
) -> tuple[Path, ...]:
    """Write the letters of ``request`` into the folder ``out`` and give their paths.

    ``tell`` takes, line by line, what must be known before they are sent. Nothing is written
    before every letter is made, and each file appears whole. A manifest that is in the folder is
    kept up to date. Raises ``RequestError``, ``LetterError`` or ``OutputError``.
    """
    if request.pdf:
        find_office()  # raises before there is any work to lose
    letters = drawn_letters(definitions, round_, request)
    if request.pdf:
        letters = with_pdfs(letters, round_)
    before = manifest_for(out, round_)  # raises when it is that of another round
    changed = [x.name for x in letters if before.guards(out, x.name, x.data)]
    if changed and not request.overwrite:
        raise RequestError(before.kept(out, name) for name in changed)
    with output_folder(out):
        for letter in letters:
            write_file(out / letter.name, letter.data)
        # A build into the folder of the round may still be at work, and has no manifest yet.
        if out.resolve().name == round_.name or read_manifest(out) is not None:
            issued = [Entry.of(x.name, x.organisation.code, x.kind, x.data) for x in letters]
            add_to_manifest(out, round_, issued)
    for note in dict.fromkeys(letter.note for letter in letters):
        if note and tell:
            tell(note)
    return tuple(out / letter.name for letter in letters)


def drawn_letters(
    definitions: Definitions, round_: Round, request: LetterRequest
) -> tuple[DrawnLetter, ...]:
    """Give the letters of ``request``, in the order of the round; nothing is written.

    Raises ``RequestError`` or ``LetterError``.
    """
    by_code = {one.organisation.code: one for one in request.returned}
    chosen = addressed(definitions, round_, request)
    if len(chosen) > 1 and (own := [key for key in request.values if key in _OWN]):
        belong = "hoort" if len(own) == 1 else "horen"
        raise RequestError(
            f"{enumerate_nl(own)} {belong} bij één organisatie, en dit zijn {len(chosen)} brieven. "
            "Kies de organisatie met --organisation."
        )
    ready: dict[str, LetterTemplate] = {}
    letters: list[DrawnLetter] = []
    faults = Faults()
    kinds = {o.code: o.kind.letter if request.kind is None else request.kind for o in chosen}
    for kind in kinds.values():
        if kind not in ready:
            path = request.template or find_template(definitions.templates, round_.norm.code, kind)
            codes = request.organisations
            refuse_template(definitions, path, codes, round_, strict=request.strict)
            ready[kind] = _read(path, definitions.templates.shown(path))
            _check_use(ready[kind], kind, request, chosen)
    rows = [(kinds[o.code], request.by_code.get(o.code, {})) for o in chosen]
    refuse_strangers(
        definitions, round_.norm.code, ready, request.values, rows, own=request.template is not None
    )
    for organisation in chosen:
        kind = kinds[organisation.code]
        with faults:
            drawn = drawn_for(
                ready[kind].draws_on,
                round_,
                organisation,
                definitions.texts,
                by_code.get(organisation.code),
                detail=request.detail,
            )
            values = {**request.values, **request.by_code.get(organisation.code, {})}
            # In a batch of several kinds not every one has a place for each.
            values = {
                key: text
                for key, text in values.items()
                if key not in BLANK_BY_KEY or key in ready[kind].blanks
            }
            data = ready[kind].letter(organisation, round_, values, drawn)
            if request.template and organisation.running_name not in _words(data):
                raise LetterError(
                    f"{request.template} noemt {organisation.full_name} nergens. Gebruik een "
                    "sjabloon, geen brief die al is gemaakt."
                )
            # What may not be published never takes the place of what may.
            what = f"{kind}-{_CONFIDENTIAL}" if request.detail else kind
            name = file_name(what, organisation, ".docx")
            note = ""
            if "progress" in drawn and not request.detail:
                note = told_to_all(by_code[organisation.code], round_)
            elif not (drawn or round_.first or request.template):
                note = announces(round_)
            letters.append(DrawnLetter(organisation, kind, name, data, note))
    faults.raise_all()
    return tuple(letters)


def announces(round_: Round) -> str:
    """Say of a round that follows another one that its letters to councils announce the norm."""
    return (
        f"De ronde {round_.name} volgt op {round_.previous}, en de brief aan de raad of de Staten "
        "kondigt de norm aan: die hoort bij de eerste ronde. Over de voortgang gaat een andere "
        "brief: ‘normtemplates letter make --kind voortgangsbrief --return MAP’."
    )


def with_pdfs(letters: Sequence[DrawnLetter], round_: Round) -> tuple[DrawnLetter, ...]:
    """Give the letters, each followed by itself as a PDF.

    Raises ``OfficeError``, with every letter that could not be converted.
    """
    pdfs = pdfs_of([letter.data for letter in letters], round_.reference_date)
    both: list[DrawnLetter] = []
    faults: list[str] = []
    for letter, pdf in zip(letters, pdfs, strict=True):
        name = pdf_name(letter.name)
        if pdf is None:
            faults.append(f"{name}: {NO_PDF}")
        else:
            both += (letter, evolve(letter, name=name, data=pdf))
    if faults:
        raise OfficeError(faults)
    return tuple(both)


def _check_use(
    template: LetterTemplate, kind: str, request: LetterRequest, chosen: Sequence[Organisation]
) -> None:
    """Refuse a return, or detail, for a letter that says nothing of it, and no return for one."""
    used = template.draws_on
    if not request.returned and not used.isdisjoint(("progress", "feedback")):
        whose = f" van {chosen[0].full_name}" if len(chosen) == 1 else ""
        raise RequestError(
            f"Een {kind} komt uit een ingevuld overzicht{whose}. Geef dat met --return. Een map "
            "met overzichten mag ook."
        )
    if request.returned and used.isdisjoint(("progress", "feedback")):
        raise RequestError(
            f"In een {kind} staat niets uit een ingevuld overzicht. Laat --return weg, of kies met "
            "--kind een brief die eruit wordt gemaakt."
        )
    if request.detail and "progress" not in used:
        raise RequestError(
            f"Een {kind} noemt geen normen; --detail hoort bij een voortgangsbrief. Laat --detail "
            "weg, of kies met --kind een andere brief."
        )


def _words(letter: bytes) -> str:
    """Give the text of a letter without its markup."""
    with ZipFile(BytesIO(letter)) as package:
        markup = package.read("word/document.xml").decode()
    markup = markup.replace("<w:noBreakHyphen/>", "-")
    return unescape(re.sub("<[^>]*>", "", markup)).replace("\u00a0", " ")


def find_template(templates: TemplatePath, norm: str, kind: str) -> Path:
    """Give the template for letters of ``kind`` under the norm with code ``norm``.

    The user's own folder goes before the shipped one, and in each folder a template of the
    norm before one for all norms. Raises ``RequestError`` when there is none.
    """
    if kind and slug(kind) == kind:
        for root in templates.roots:
            for name in template_names(norm, kind):
                if (root / name).is_file():
                    return root / name
    found = (
        path.stem
        for folder in ("letters", f"letters/{norm}")
        for path in templates.listing(folder, "*.docx")
    )
    known = enumerate_nl(sorted(set(found)))
    raise RequestError(
        f"Voor de norm {norm} is er geen sjabloon voor een ‘{kind}’. "
        + (f"Er is wel: {known}. " if known else "")
        + f"Geef een sjabloon met --template, of zet {template_names(norm, slug(kind))[0]} in de "
        "map van --templates."
    )


def addressed(
    definitions: Definitions, round_: Round, request: LetterRequest
) -> Sequence[Organisation]:
    """Give the organisations that get a letter, in the order of the round.

    The letter to a council belongs to one kind of organisation: asking for it leaves the
    others of the round out, and asking for it by code for another one is a mistake.
    """
    chosen = _with_return(request, recipients(round_, request.organisations))
    kind = request.kind
    if kind is None:
        kinds = list(dict.fromkeys(o.kind.letter for o in chosen))
        if request.template and len(kinds) > 1:
            raise RequestError(
                f"Eén sjabloon past niet bij {enumerate_nl(kinds)} samen. Kies een soort brief "
                f"({one_of(kinds)}) met --kind, of kies organisaties met --organisation."
            )
        return chosen
    if kind not in {known.letter for known in definitions.kinds.values()}:
        return chosen  # a letter for any organisation
    fitting = [o for o in chosen if o.kind.letter == kind]
    if request.organisations and len(fitting) < len(chosen):
        raise RequestError(
            f"{o.code} ({o.full_name}): hierbij hoort geen {kind} maar een {o.kind.letter}. Laat "
            "--kind weg, of kies een andere organisatie."
            for o in chosen
            if o not in fitting
        )
    if not fitting:
        raise RequestError(
            f"In de ronde {round_.name} hoort bij geen enkele organisatie een {kind}. Laat --kind "
            "weg, of kies een andere ronde met --round."
        )
    return fitting


def _with_return(request: LetterRequest, chosen: Sequence[Organisation]) -> Sequence[Organisation]:
    """Leave out who sent nothing, when letters are drawn from what came back.

    Raises ``RequestError`` when somebody is asked for and the overview is of another one.
    """
    if not request.returned:
        return chosen
    senders = {one.organisation.code: one for one in request.returned}
    if request.organisations:
        asked = {o.code: o for o in chosen}
        names = enumerate_nl(o.full_name for o in chosen)
        faults = [
            f"{one.path}: dit overzicht is van {one.organisation.full_name}, niet van {names}."
            for code, one in senders.items()
            if code not in asked
        ]
        faults += [
            f"Van {o.full_name} is er geen overzicht. Geef dat ook met --return, of laat "
            f"--organisation {code} weg."
            for code, o in asked.items()
            if code not in senders and not faults
        ]
        if faults:
            raise RequestError(faults)
    return [o for o in chosen if o.code in senders]


def _read(path: Path, shown: str) -> LetterTemplate:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RequestError(
            f"{shown} kon niet worden gelezen. Controleer het pad, en of u het mag openen."
        ) from error
    return LetterTemplate(data, shown)
