"""What may happen to guides beyond publishing in general: begun, given nodes, freed of them, told what is expected.

Every change is a save of the draft: it names the version that was seen and raises what `publishing.save` raises.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.guides.data import QUESTION, Answer, Data, clean
from portal.guides.forms import added
from portal.guides.queries import NAME
from portal.guides.walking import walk, words_of
from portal.publishing import service as publishing
from portal.publishing.models import Edition


def create(
    db: Session,
    data: Data,
    *,
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    source_id: str | None = None,
) -> Edition:
    """A new guide as a draft of `unit`. The data may be incomplete."""
    return publishing.create(db, kind=NAME, data=data, unit=unit, origin=origin, by=by, at=at, source_id=source_id)


def begin(db: Session, title: str, *, unit: Agency, origin: str, by: Person, at: datetime) -> Edition:
    """A new guide with a first question that is still to be written."""
    data = {"title": title, "nodes": [{"kind": QUESTION}]}
    return create(db, data, unit=unit, origin=origin, by=by, at=at)


def add_node(
    db: Session, edition: Edition, kind: str, *, answer: str = Answer.CHOICE, version: int, by: Person, at: datetime
) -> str:
    """Add a blank question or outcome; its id."""
    data = clean(edition.data)
    id_ = added(data, kind, answer)
    publishing.save(db, edition, data, version=version, by=by, at=at)
    return id_


def remove_node(db: Session, edition: Edition, node: str, *, version: int, by: Person, at: datetime) -> None:
    """Take a node out. Answers that led to it lead nowhere, and publication asks for a new target."""
    nodes = [one for one in edition.data["nodes"] if one["id"] != node]
    publishing.save(db, edition, {**edition.data, "nodes": nodes}, version=version, by=by, at=at)


def expect(
    db: Session, edition: Edition, paths: Sequence[Sequence[str]], *, version: int, by: Person, at: datetime
) -> None:
    """Note that these paths are right as they are now: from then on they must lead to the same outcome."""
    data = edition.data
    tests = list(data["tests"])
    for answers in paths:
        walked = walk(data, answers)
        if walked.is_over and walked.refused is None and walked.node is not None:
            words = words_of(data, answers)
            tests.append({"answers": list(answers), "outcome": walked.node["id"], "words": words})
    publishing.save(db, edition, {**data, "tests": tests}, version=version, by=by, at=at)


def expect_no_more(
    db: Session, edition: Edition, answers: Sequence[str], *, version: int, by: Person, at: datetime
) -> None:
    """Forget that a path was right."""
    tests = [test for test in edition.data["tests"] if test["answers"] != list(answers)]
    publishing.save(db, edition, {**edition.data, "tests": tests}, version=version, by=by, at=at)
