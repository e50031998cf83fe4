"""Interactive forms as a kind of content: what publishing must know of them."""

from typing import Any

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.eforms.definition import clean as clean_definition
from portal.eforms.describing import describe
from portal.eforms.problems import problems_of
from portal.publishing.kinds import Data, Kind
from portal.publishing.models import Edition, Item
from portal.request import _
from portal.text import slug

NAME = "eform"


def clean(given: Data) -> Data:
    """`{"slug", "definition"}`: the part of its address, and what is pinned when somebody submits."""
    definition = clean_definition(given.get("definition"))
    wanted = str(given.get("slug") or definition["title"] or "")
    return {"slug": slug(wanted, empty="bieu-mau"), "definition": definition}


def _problems(db: Session, edition: Edition) -> list[TranslationString]:
    return [problem.message for problem in problems_of(edition.data["definition"])]


def _path(db: Session, item: Item, data: Data) -> str:
    return f"/bieu-mau/{data['slug']}"


def _project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    """Nothing is asked of a form but what its edition holds."""


def _title(data: Data) -> str:
    title: Any = data["definition"]["title"]
    return str(title)


EFORM = Kind(
    name=NAME,
    label=_("Biểu mẫu điện tử"),
    schema=1,
    clean=clean,
    title=_title,
    problems=_problems,
    path=_path,
    project=_project,
    describe=lambda data: describe(data["definition"]),
    files=lambda data: [],
    edit_route="eforms.edit",
    preview="eforms.preview",
    touches=lambda data: frozenset({"list:eform"}),
)
