"""What ``letter lint`` and ``letter check`` can find: each with a name, how bad, and what to do.

A finding's place stands in ``sheet`` of :class:`~normtemplates.model.finding.Finding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from normtemplates.model.finding import Finding, Severity

_FOUT, _LOOK, _INFO = Severity.FOUT, Severity.WAARSCHUWING, Severity.INFO


@frozen
class Kind:
    """A kind of fault: how bad it is, what it means and what to do, in Dutch."""

    severity: Severity
    meaning: str
    remedy: str


_LIMITS: Final = Kind(
    _FOUT,
    "het bestand is te groot of te ingewikkeld: nakijken duurt te lang of kost te veel geheugen",
    "Haal weg wat er niet in hoort, zoals lange tabellen en tekst uit een ander document, of begin "
    "opnieuw met een sjabloon uit ‘normtemplates start’.",
)
_INTERNAL: Final = Kind(
    _FOUT,
    "het nakijken zelf ging mis; dat is een fout van het programma",
    "Meld dit aan de makers, met het bestand erbij.",
)

#: What can be wrong with a template, by code.
TEMPLATE: Final[Mapping[str, Kind]] = {
    "no-word": Kind(
        _FOUT, "het bestand is geen Word-document", "Bewaar de sjabloon in Word als .docx."
    ),
    "macros": Kind(_FOUT, "er zitten macro’s in", "Bewaar het document als .docx, zonder macro’s."),
    "active": Kind(
        _FOUT,
        "er zit iets in dat van elders komt of kan starten: een gekoppelde afbeelding, een ander "
        "sjabloon, een ingesloten bestand",
        "Haal het weg, of voeg een afbeelding in met ‘Invoegen’ zonder koppeling. Bij een "
        "gekoppeld sjabloon: Ontwikkelaars > Documentsjabloon > kies Normal.dotm.",
    ),
    "local-link": Kind(
        _FOUT,
        "een koppeling wijst naar een eigen schijf of server",
        "Haal de koppeling weg, of verwijs naar een adres op internet.",
    ),
    "tag-open": Kind(
        _FOUT, "een tag begint en houdt niet op", "Zet er }} of %} achter, in dezelfde alinea."
    ),
    "tag-split": Kind(
        _FOUT,
        "een tag is in stukken verdeeld die niet meer aan elkaar te zetten zijn: over twee "
        "alinea’s, een koppeling, een bijgehouden wijziging, een veld of een invulvak",
        "Typ de tag opnieuw, in één keer en zonder opmaak daarbinnen.",
    ),
    "braces": Kind(
        _FOUT,
        "er staan accolades die bij geen tag horen",
        "Haal ze weg, of maak er een hele tag van: {{ norm.title }}.",
    ),
    "tag-wrong": Kind(
        _FOUT, "een tag is niet te lezen", "Kijk of haakjes, aanhalingstekens en woorden kloppen."
    ),
    "tag-forbidden": Kind(
        _FOUT,
        "een tag wil meer dan een brief mag",
        "Gebruik alleen namen, for, if en de bewerkingen uit docs/briefsjablonen.md.",
    ),
    "name": Kind(
        _FOUT, "een tag noemt een gegeven dat er niet is", "Alle namen: docs/briefsjablonen.md."
    ),
    "block-open": Kind(
        _FOUT,
        "een for of if heeft geen einde, of een einde heeft geen begin",
        "Zet bij elke for een endfor, en bij elke if een endif.",
    ),
    "block-place": Kind(
        _FOUT,
        "begin en einde van een for of if passen niet bij elkaar",
        "Binnen één alinea: {% if … %} en {% endif %}. Over hele alinea’s: {%p if … %} en {%p "
        "endif %}, elk in een eigen alinea. Over rijen: {%tr … %}, elk in een eigen rij.",
    ),
    "text-lost": Kind(
        _FOUT,
        "naast een {%p …} of {%tr …} staat tekst, die in de brief zou wegvallen",
        "Zet de tag in een eigen alinea of rij.",
    ),
    "blank": Kind(
        _FOUT,
        "een invulvak heeft een label dat brieven niet kennen",
        "Neem in de eigenschappen van het vak, bij ‘Label’, een naam uit docs/briefsjablonen.md.",
    ),
    "labels": Kind(
        _FOUT,
        "geen enkel invulvak heeft nog een label; dat gebeurt als men de sjabloon in LibreOffice "
        "bewaart",
        "Neem de versie van daarvoor en bewerk die in Word, of geef elk vak zijn label terug.",
    ),
    "finished": Kind(
        _FOUT,
        "dit is een brief die al is gemaakt, geen sjabloon",
        "Begin met een sjabloon uit ‘normtemplates start’.",
    ),
    "required": Kind(
        _FOUT, "er ontbreekt iets dat in elke brief hoort", "Voeg het toe op de gewenste plek."
    ),
    "other": Kind(
        _FOUT,
        "de naam van een organisatie staat vast in de tekst",
        "Schrijf {{ organisation.name }} of {{ organisation.full_name }}. Is de sjabloon alleen "
        "voor die organisatie? Geef dan haar code met --organisation.",
    ),
    "tracked": Kind(
        _FOUT,
        "er staan nog bijgehouden wijzigingen in",
        "Controleren > Accepteren > Alle wijzigingen accepteren.",
    ),
    "comments": Kind(
        _FOUT, "er staan nog opmerkingen in", "Controleren > Verwijderen > Alle opmerkingen."
    ),
    "hidden": Kind(
        _LOOK, "er staat verborgen tekst in", "Maak de tekst zichtbaar of haal haar weg."
    ),
    "language": Kind(
        _FOUT,
        "de taal van de tekst is niet Nederlands of staat er niet in",
        "Kies in Word: Controleren > Taal > Controletaal instellen > Nederlands > Als standaard.",
    ),
    "title": Kind(
        _LOOK,
        "het document heeft geen titel; wie niet ziet, hoort die als eerste",
        "Bestand > Info > Titel, bijvoorbeeld: Raadsinformatiebrief {{ norm.title }}.",
    ),
    "headings": Kind(
        _LOOK,
        "er zijn geen koppen, of een niveau is overgeslagen",
        "Geef koppen de stijl ‘Kop 1’, en daaronder ‘Kop 2’.",
    ),
    "alt-text": Kind(
        _LOOK,
        "een afbeelding heeft geen beschrijving voor wie haar niet ziet",
        "Klik rechts op de afbeelding > Alternatieve tekst bewerken.",
    ),
    "table-header": Kind(
        _LOOK,
        "een tabel heeft geen kopregel",
        "Klik in de eerste rij > Tabelindeling > Veldnamenrij herhalen.",
    ),
    "make": Kind(_FOUT, "van deze sjabloon is geen brief te maken", "Doe wat de melding zegt."),
    "trial": Kind(
        _FOUT,
        "een proefbrief met verzonnen gegevens mislukt, of Word zou haar beschadigd noemen",
        "Doe wat de melding zegt, en kijk de sjabloon daarna opnieuw na.",
    ),
    "limits": _LIMITS,
    "internal": _INTERNAL,
}

#: What can be wrong with a letter, by code; what both can have, means the same.
LETTER: Final[Mapping[str, Kind]] = {
    "no-word": Kind(_FOUT, "het bestand is geen Word-document", "Geef de brief zelf, als .docx."),
    "limits": _LIMITS,
    "internal": _INTERNAL,
    **{
        code: TEMPLATE[code]
        for code in (
            *("macros", "active", "local-link", "tracked", "comments"),
            *("language", "title", "headings", "alt-text", "table-header"),
        )
    },
    "hidden": Kind(_FOUT, *(TEMPLATE["hidden"].meaning, TEMPLATE["hidden"].remedy)),
    "braces": Kind(
        _FOUT, "er staat nog een tag of een accolade van de sjabloon in", "Haal dit weg."
    ),
    "blank-open": Kind(
        _FOUT, "een invulvak is nog niet ingevuld", "Vul het in, of haal de regel weg."
    ),
    "prompt": Kind(
        _FOUT,
        "er staat nog een aanwijzing of plaatshouder, zoals [datum] of XX datum XX",
        "Vul in wat er moet staan.",
    ),
    "who": Kind(
        _FOUT,
        "van welke organisatie de brief is, is niet te zien",
        "Geef haar code met --organisation.",
    ),
    "round": Kind(
        _FOUT, "over welke norm de brief gaat, is niet te zien", "Geef de ronde met --round."
    ),
    "other": Kind(
        _FOUT,
        "de naam van een andere organisatie staat waar die van de afzender hoort, of in de tekst "
        "(dan een waarschuwing)",
        "Zet de goede naam erin. Klopt het zo, dan hoeft u niets te doen.",
    ),
    "date": Kind(
        _FOUT,
        "een datum kan niet: hij bestaat niet, of ligt vóór de norm of vóór het besluit",
        "Zet de goede datum erin.",
    ),
    "themes": Kind(
        _FOUT, "een thema van de norm ontbreekt", "Zet alle thema’s in de brief, zoals bedoeld."
    ),
}


def finding(
    kinds: Mapping[str, Kind],
    code: str,
    what: str,
    place: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Give a finding of the kind ``code``: ``what`` is wrong at ``place``, and what to do.

    ``severity`` is ``None`` for the one of its kind.
    """
    kind = kinds[code]
    said = what[:1].upper() + what[1:]
    message = f"{said.rstrip('.')}. {kind.remedy}"
    return Finding(code, severity or kind.severity, message, sheet=place)
