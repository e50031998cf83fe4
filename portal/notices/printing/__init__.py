"""Documents on paper: a PDF of A4 pages in the layout of Decree 30/2020/NĐ-CP, Appendix I.

`content` turns an edition into plain values, `blocks` its body, `press` has typst set them by `document.typ` in a
process of its own, `keeping` remembers what was made. The words of a document are data for the layout, never code.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.notices.kind import NAME
from portal.notices.printing.keeping import folder_of, sweep
from portal.publishing.routes import edition_of, of_kind


def includeme(config: Configurator) -> None:
    config.add_route("notices.pdf", "/van-ban/{slug}.pdf")
    config.add_route(
        "notices.preview_pdf", "/ban-lam-viec/van-ban/{uid}/xem-truoc/{number}.pdf", factory=of_kind(NAME, edition_of)
    )
    folder = folder_of(config.registry["portal.settings"].files_dir)

    def sweep_derived(db: Session, at: datetime) -> None:
        sweep(folder, at)

    config.add_periodic("printing.sweep", timedelta(days=1), sweep_derived)
