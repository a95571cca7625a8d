"""What the letter that goes along with a workbook says of it: the same steps as its own sheet."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen


@frozen
class StepNames:
    """One step, as an item of ``workbook.steps`` in a template."""

    lead: Annotated[str, "wat men doet"]
    text: Annotated[str, "de uitleg erbij"]


@frozen
class WorkbookNames:
    """The workbook that goes along, as ``workbook`` in a template."""

    file_name: Annotated[str, "de naam van het bestand"]
    steps: Annotated[tuple[StepNames, ...], "de stappen van het blad Start"]
    step_count_word: Annotated[str, "hoeveel stappen dat zijn, in woorden"]
    return_to: Annotated[str, "waar het ingevulde overzicht heen gaat"]
