"""The theme, the front end, and the program itself: does it start?"""

from collections.abc import Iterator

from portal.cli.doctor.finding import Finding, ok, told_by, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.errors import PortalError


def look(patient: Patient) -> Iterator[Finding]:
    from portal.theming import lineage
    from portal.theming.assets import Assets

    settings = patient.settings
    try:
        theme = lineage.load(settings.themes_dir, settings.theme)
        yield ok("theme", " → ".join(one.name for one in theme.themes))
        Assets(theme)
        yield ok("front-end", _("đã dựng"))
    except PortalError as error:
        yield told_by("theme", error)


def start(patient: Patient) -> Iterator[Finding]:
    """Configure everything, as a start would; this also proves that every view states its permission."""
    from pyramid.exceptions import ConfigurationError

    import portal

    try:
        registry = portal.configure(patient.settings).registry
        registry["portal.engine"].dispose()
        yield ok("start", _("chương trình khởi động được"))
    except PortalError as error:
        yield told_by("start", error)
    except ConfigurationError as error:
        yield wrong("start", " ".join(str(error).split())[:500], _("báo cho người phát triển"))
