"""The forms that an agency hands out (mẫu 01–07, A6-3): versioned templates, as page and as PDF.

`facts` takes from the log what a form says, `wording` holds the templates, `sheets` joins both, `page` and `press` draw
it, `issuing` keeps what went out. Others use `render` and `pdf`.
"""

from pyramid.config import Configurator

from portal.dossiers.printing.issuing import issue, issued
from portal.dossiers.printing.papers import Printed, pdf, render
from portal.dossiers.profiles import Paper

__all__ = ["Paper", "Printed", "issue", "issued", "pdf", "render"]


def includeme(config: Configurator) -> None:
    """Routes and pages of the papers, for officers."""
    config.include("portal.dossiers.printing.views")
    config.scan("portal.dossiers.printing.views")
