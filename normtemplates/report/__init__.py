"""What a check says, for people and for programs: text, HTML and JSON from the same findings."""

from normtemplates.report.html import render_html
from normtemplates.report.json import render_json
from normtemplates.report.text import render_text

__all__ = ["render_html", "render_json", "render_text"]
