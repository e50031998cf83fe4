"""What a form will ask, for everybody to read before they begin."""

from typing import Any

from pyramid.view import view_config

from portal.eforms.checking import MEGABYTE, largest_file, most_files
from portal.eforms.definition import said
from portal.eforms.expressions import fields_of
from portal.eforms.kind import NAME
from portal.eforms.kinds import TYPES
from portal.eforms.rules import READ
from portal.files import KINDS
from portal.publishing.errors import Gone
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _


@view_config(route_name="eforms.one", permission=READ, renderer="eforms/one.jinja2")
def one(context: Any, request: Request) -> dict[str, Any]:
    """The questions of a published form, page by page, read-only."""
    try:
        live = live_at(request, NAME)
    except Gone as gone:
        return gone_page(request, gone, _("Biểu mẫu này đã được gỡ"))
    definition, lang = live.edition.data["definition"], request.lang
    return {
        "edition": live.edition,
        "definition": definition,
        "page_title": said(definition, "title", lang),
        "title_lang": "en" if lang == "en" and definition["title_en"] else "vi",
        "page_description": said(definition, "intro", lang)[:200],
        "said": lambda thing, key: said(thing, key, lang),
        "language": lambda thing, key: "en" if lang == "en" and thing.get(f"{key}_en") else "vi",
        "types": TYPES,
        "conditional": fields_of,
        "kinds": lambda field: ", ".join(f".{KINDS[kind].extensions[0]}" for kind in field["accept"]),
        "files_limit": lambda field: (most_files(field), largest_file(field) // MEGABYTE),
    }
