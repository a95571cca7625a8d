"""What a letter says, read by another way than the one that made it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text (tabs as tabs) and its style."""

    text: str
    style: str


@dataclass(frozen=True)
class Control:
    """One content control: its tag, what it shows and whether that is only a prompt."""

    tag: str
    alias: str
    text: str
    prompt: bool


@dataclass
class Letter:
    """The parts of a .docx file."""

    data: bytes
    parts: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Unpack, and parse what says that it is XML."""
        with zipfile.ZipFile(BytesIO(self.data)) as package:
            assert package.testzip() is None
            self.dates = {member.date_time for member in package.infolist()}
            self.parts = {name: package.read(name) for name in package.namelist()}
        for name, content in self.parts.items():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(content)

    def tree(self, part: str = "word/document.xml") -> ET.Element:
        """Parse one part."""
        return ET.fromstring(self.parts[part])

    def paragraphs(self, part: str = "word/document.xml") -> list[Paragraph]:
        """Give all paragraphs in order, those in a table too."""
        return [
            Paragraph(text_of(p), value(p.find(f"{W}pPr/{W}pStyle")))
            for p in self.tree(part).iter(f"{W}p")
        ]

    def text(self) -> str:
        """Give the text of the body and the footer, a paragraph a line."""
        both = self.paragraphs() + self.paragraphs("word/footer1.xml")
        return "\n".join(p.text for p in both)

    def of_style(self, *styles: str) -> list[str]:
        """Give the texts in one of ``styles``."""
        return [p.text for p in self.paragraphs() if p.style in styles]

    def controls(self) -> list[Control]:
        """Give the content controls in order."""
        return [
            Control(
                tag=value(control.find(f"{W}sdtPr/{W}tag")),
                alias=value(control.find(f"{W}sdtPr/{W}alias")),
                text=text_of(control),
                prompt=control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None,
            )
            for control in self.tree().iter(f"{W}sdt")
        ]

    def core(self) -> dict[str, str]:
        """Give the core properties by their names without namespaces."""
        return {e.tag.rpartition("}")[2]: e.text or "" for e in self.tree("docProps/core.xml")}


def value(element: ET.Element | None) -> str:
    """Give the ``w:val`` of an element, ``""`` without any."""
    return "" if element is None else element.get(f"{W}val", "")


def text_of(element: ET.Element) -> str:
    """Give the text in an element, tabs as tabs; what does not break as what does."""
    marks = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return "".join(
        marks.get(str(e.tag)) or (e.text or "").replace("\u00a0", " ")
        for e in element.iter()
        if e.tag == f"{W}t" or (e.tag in marks and f"{W}val" not in e.attrib)
    )


def with_parts(data: bytes, changed: Mapping[str, bytes], leave_out: Iterable[str] = ()) -> bytes:
    """Give a .docx file with other contents for some of its parts."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {**parts, **changed}.items():
            if name not in leave_out:
                package.writestr(name, content)
    return out.getvalue()


def with_body(data: bytes, body: str) -> bytes:
    """Give a .docx file with this XML in the place of its whole body."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
    start = document.index("<w:body>") + len("<w:body>")
    end = document.rindex("<w:sectPr>")
    return with_parts(
        data, {"word/document.xml": (document[:start] + body + document[end:]).encode()}
    )


def with_line(data: bytes, text: str) -> bytes:
    """Give a .docx file whose body is one paragraph with ``text``."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return with_body(data, f"<w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>")
