"""Widgets: how one field is drawn and how what was sent becomes its value."""

from portal.forms.widgets.choices import Checkbox, Checkboxes, Radios, Select
from portal.forms.widgets.date import Date
from portal.forms.widgets.files import Upload, Uploads
from portal.forms.widgets.richtext import RichText
from portal.forms.widgets.structure import Group, Page, Rows
from portal.forms.widgets.text import Hidden, Number, Password, Text, TextArea

__all__ = [
    "Checkbox",
    "Checkboxes",
    "Date",
    "Group",
    "Hidden",
    "Number",
    "Page",
    "Password",
    "Radios",
    "RichText",
    "Rows",
    "Select",
    "Text",
    "TextArea",
    "Upload",
    "Uploads",
]
