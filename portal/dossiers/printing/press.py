"""A paper as PDF: set by typst in the process of its own that documents are set in, by the layout of `form.typ`."""

from datetime import datetime
from functools import cache
from pathlib import Path

from portal.dossiers.office import Office
from portal.dossiers.printing.page import svg_of
from portal.dossiers.printing.sheets import Sheet, as_values
from portal.notices.printing import keeping, press
from portal.theming import lineage
from portal.theming.assets import Assets

TEMPLATE = Path(__file__).parent / "form.typ"
_SIGN = {"vi": "(Ký và ghi rõ họ tên)", "en": "(Signature, full name)"}


def pdf_of(sheet: Sheet, office: Office, *, made_at: datetime) -> bytes:
    """The PDF, tagged and for archives; the same sheet gives the same bytes. Raises `PrintingError`."""
    qr = svg_of(sheet.qr, alone=True) if sheet.qr else None
    content = as_values(sheet) | {"qr": qr, "qr_text": sheet.qr or "", "sign_note": _SIGN[sheet.lang]}
    settings = office.settings
    assets = _assets(settings.themes_dir, settings.theme)
    given = ((name, assets[name].body) for name in press.FONTS)
    fonts = keeping.fonts_in(keeping.folder_of(settings.files_dir), given)
    return press.print_pdf(content, pictures={}, fonts=fonts, made_at=made_at, template=TEMPLATE)


@cache
def _assets(themes_dir: Path, theme: str) -> Assets:
    return Assets(lineage.load(themes_dir, theme))
