"""Forms (biểu mẫu): colander schemas and deform fields, drawn with our Jinja2 templates on GOV.UK Frontend components.

A view builds a `Form`, shows `form.render(appstruct)`, and on POST calls `form.validate(request.POST.items())`, which
returns plain values or raises `Invalid`, whose `.form` renders again with the errors and everything that was typed.
"""

from typing import Any

from portal.forms.dates import IsoDate
from portal.forms.form import Button, Form, Invalid, RowsChanged
from portal.forms.schema import Schema, Section
from portal.forms.uploads import FileRef, NewFile, UploadStore

__all__ = [
    "Button",
    "FileRef",
    "Form",
    "Invalid",
    "IsoDate",
    "NewFile",
    "RowsChanged",
    "Schema",
    "Section",
    "UploadStore",
]


def includeme(config: Any) -> None:
    """Make the templates of the widgets known; a theme may replace each of them (`forms/text.jinja2` …)."""
    config.add_templates("portal.forms")
