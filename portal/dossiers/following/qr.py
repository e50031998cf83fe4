"""QR codes as drawings inside a page: no request of their own, sharp on paper."""

import io

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """The text as an SVG element of medium error correction; it is decoration beside the text itself."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        out,
        kind="svg",
        scale=3,
        border=4,
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        svgclass="portal-qr",
        light="#fff",
    )
    drawing = out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(drawing)  # noqa: S704 - drawn by the library from digits of the code
