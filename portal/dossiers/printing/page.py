"""A paper as a part of a page: the markup of official documents, escaped by Jinja."""

import io
from functools import cache
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from portal.dossiers.printing.sheets import Sheet
from portal.dossiers.printing.wording import END, VIETNAMESE, together


def html_of(sheet: Sheet) -> str:
    """The sheet as HTML, without scripts and styles; its words are marked with their language."""
    template = _environment().get_template("document.jinja2")
    return template.render(sheet=sheet, qr=Markup(svg_of(sheet.qr)) if sheet.qr else None)  # noqa: S704 - segno's own


def svg_of(text: str, *, alone: bool = False) -> str:
    """A QR code as SVG, of squares and nothing else; `alone`: as a file, else to stand in a page."""
    made = segno.make(text, error="m", micro=False)
    out = io.BytesIO()
    made.save(out, kind="svg", xmldecl=alone, svgns=alone, omitsize=not alone, border=2, svgclass=None, lineclass=None)
    return out.getvalue().decode()


@cache
def _environment() -> Environment:
    made: Any = Environment(
        loader=PackageLoader("portal.dossiers", "templates/dossiers/printing"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"marked": _marked, "together": together}
    return made  # type: ignore[no-any-return]


def _marked(text: str) -> Markup:
    """The text with what is Vietnamese in an English paper told to readers for the blind."""
    opened, closed = Markup('<span lang="vi">'), Markup("</span>")
    said = str(escape(text)).replace(VIETNAMESE, opened).replace(END, closed)
    return Markup(said)  # noqa: S704 - escaped above
