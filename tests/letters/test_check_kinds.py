"""What ``letter check`` finds in a finished letter of each kind, norm and sort of organisation."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from attrs import evolve
from docx import Document

from normtemplates.definitions import Definitions
from normtemplates.jobs.letters import find_template
from normtemplates.letters import LetterTemplate
from normtemplates.letters.blanks import BLANKS
from normtemplates.letters.check import Checked, check
from normtemplates.letters.progress import progress_names
from normtemplates.letters.sample import sample_answers, sample_feedback, sample_workbook
from normtemplates.model.finding import Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.reading import Letter, with_parts

KNOWN = Definitions()
EVERYONE = tuple(one for name in KNOWN.registers for one in KNOWN.register(name))
#: Provinces, a name that the register has a province behind, a clipped one, the longest.
SENDERS = [
    ("nulmeting-2025", "GM0373"),
    ("nulmeting-2025", "PV27"),
    ("brabant-2023", "GM0796"),
    ("brabant-2023", "GM0820"),
    ("brabant-2023", "PV30"),
]
KINDS = ["", "voortgangsbrief", "aanbiedingsbrief", "terugkoppelbrief"]
each_letter = pytest.mark.parametrize(
    ("name", "code", "kind"), [(*sender, kind) for sender in SENDERS for kind in KINDS]
)


def finished(name: str, code: str, kind: str) -> tuple[bytes, Round, Organisation]:
    """Give a letter in which everything is filled in; ``""`` is the one to the own council."""
    round_ = KNOWN.round(name)
    organisation = round_.organisation(code)
    assert organisation
    kind = kind or organisation.kind.letter
    path = find_template(KNOWN.templates, round_.norm.code, kind)
    template = LetterTemplate(path.read_bytes(), kind)
    drawn: dict[str, object] = {
        "progress": progress_names(organisation, round_, sample_answers(round_)),
        "feedback": sample_feedback(organisation, round_),
        "workbook": sample_workbook(organisation),
    }
    used = {one: drawn[one] for one in template.draws_on}
    open_ = {c.tag for c in Letter(template.letter(organisation, round_, {}, used)).controls()}
    values = {b.key: "3 juni 2025" if b.dated else "Iets" for b in BLANKS if b.key in open_}
    return template.letter(organisation, round_, values, used), round_, organisation


def looked_at(data: bytes) -> Checked:
    return check(data, KNOWN.rounds(), others=EVERYONE)


def typed_over(data: bytes, old: str, new: str) -> bytes:
    document = Document(BytesIO(data))
    texts: Any = document.element.body.iter("{*}t")
    hits = [text for text in texts if old in (text.text or "")]
    assert hits
    for text in hits:
        text.text = text.text.replace(old, new)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_paragraph(data: bytes, text: str) -> bytes:
    document = Document(BytesIO(data))
    document.paragraphs[12].insert_paragraph_before(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@each_letter
def test_a_good_letter_is_good(name: str, code: str, kind: str) -> None:
    data, round_, organisation = finished(name, code, kind)
    checked = looked_at(data)
    assert checked.findings == ()
    assert (checked.organisation, checked.round) == (organisation, round_)


@each_letter
def test_what_was_planted_is_found(name: str, code: str, kind: str) -> None:
    data, round_, organisation = finished(name, code, kind)

    def codes(changed: bytes) -> set[tuple[str, Severity]]:
        checked = looked_at(changed)
        assert checked.organisation == organisation
        return {(one.code, one.severity) for one in checked.findings}

    fout, look = Severity.FOUT, Severity.WAARSCHUWING
    assert codes(with_paragraph(data, "Wij besloten op XX datum XX.")) == {("prompt", fout)}
    assert codes(with_paragraph(data, "De gemeente Zundert doet mee.")) == {("other", look)}
    # Noord-Holland's norm has no date, only an edition.
    severity = fout if round_.norm.issued else look
    early = typed_over(data, "3\u00a0juni\u00a02025", "3 januari 2019")
    assert ("date", severity) in codes(early)
    if kind in ("", "voortgangsbrief"):
        gone = typed_over(data, round_.norm.themes[1].title, "Iets anders")
        assert codes(gone) == {("themes", fout)}


@each_letter
def test_the_name_of_another_is_found(name: str, code: str, kind: str) -> None:
    data, _, organisation = finished(name, code, kind)
    document = Document(BytesIO(data))
    for run in document.element.body.iter("{*}r"):
        texts = list(run.iter("{*}t"))
        said = "-".join(text.text or "" for text in texts)
        if organisation.running_name in said and texts:
            # The hyphen of a clipped name stands apart, as Word has it.
            for part in [*run.iter("{*}noBreakHyphen"), *texts[1:]]:
                run.remove(part)
            texts[0].text = said.replace(organisation.running_name, "Zundert")
    out = BytesIO()
    document.save(out)
    found = [one for one in looked_at(out.getvalue()).findings if one.code == "other"]
    assert Severity.FOUT in {one.severity for one in found}
    assert any("Zundert’ is niet" in one.message for one in found)


# -- which round it is of ------------------------------------------------------------------------


def without_properties(data: bytes) -> bytes:
    """The letter as it was made before letters named their round."""
    parts = Letter(data).parts
    relations = re.sub(rb"<Relationship [^>]*custom-properties[^>]*/>", b"", parts["_rels/.rels"])
    types = re.sub(rb"<Override [^>]*custom-properties[^>]*/>", b"", parts["[Content_Types].xml"])
    changed = {"_rels/.rels": relations, "[Content_Types].xml": types}
    return with_parts(data, changed, ["docProps/custom.xml"])


def with_a_later_default() -> tuple[Round, ...]:
    first = KNOWN.round("brabant-2023")
    later = evolve(first, name="brabant-2024", reference_date=date(2024, 7, 1), default=True)
    return (*KNOWN.rounds(), later)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_of_the_round_that_it_was_made_for(kind: str) -> None:
    data, _, _ = finished("brabant-2023", "GM0820", kind)
    checked = check(with_paragraph(data, "Iets erbij."), with_a_later_default(), others=EVERYONE)
    assert checked.round
    assert checked.round.name == "brabant-2023"


def test_without_properties_the_reference_date_in_the_text_says_which_round() -> None:
    data, _, _ = finished("brabant-2023", "GM0820", "voortgangsbrief")
    plain = without_properties(data)
    assert "docProps/custom.xml" not in Letter(plain).parts
    rounds = with_a_later_default()
    checked = check(plain, rounds, others=EVERYONE)
    assert checked.round
    assert checked.round.name == "brabant-2023"
    later = typed_over(plain, "1\u00a0juli\u00a02023", "1\u00a0juli\u00a02024")
    assert check(later, rounds, others=EVERYONE).round == rounds[-1]
    silent = typed_over(plain, "1\u00a0juli\u00a02023", "de zomer")
    assert check(silent, rounds, others=EVERYONE).round == rounds[-1]  # the default one


def test_the_name_of_the_round_stands_beside_the_properties_of_a_template() -> None:
    """A house template with properties of its own, read back by a second library."""
    data, round_, organisation = finished("nulmeting-2025", "GM0373", "")
    parts = Letter(data).parts
    own = parts["docProps/custom.xml"].replace(b"normtemplates_round", b"Zaaktype")
    template = LetterTemplate(with_parts(data, {"docProps/custom.xml": own}))
    letter = template.letter(organisation, round_, {})
    blobs = {str(p.partname): p.blob for p in Document(BytesIO(letter)).part.package.iter_parts()}
    (custom,) = (blob for name, blob in blobs.items() if name == "/docProps/custom.xml")
    said = re.findall(rb'pid="(\d+)" name="(\w+)"', custom)
    assert said == [(b"2", b"Zaaktype"), (b"3", b"normtemplates_round")]
    assert looked_at(letter).round == round_
    missing = LetterTemplate(with_parts(data, {}, ["docProps/custom.xml"]))
    assert "docProps/custom.xml" not in Letter(missing.letter(organisation, round_, {})).parts
