"""Records of the national list as the import makes them: the form keeps every one as it is."""

from datetime import date

import pytest

from portal.catalogue.data import clean
from portal.catalogue.desk.converting import data_of, values_of
from portal.catalogue.desk.forms import doubts_of, place_of
from portal.catalogue.importing import procedures_in
from portal.catalogue.importing.rows import record_of
from portal.publishing import service as publishing

DESK = "/ban-lam-viec/thu-tuc"


@pytest.fixture(scope="module")
def records(shared):
    """Every fortieth row."""
    sources = list(procedures_in([shared / "data/procedures/procedures.jsonl.gz"]))[::40]
    made = [
        record_of(one.row, resolve=lambda name, on: None, field="thu-nghiem", on=date(2026, 11, 1)) for one in sources
    ]
    return [clean(data) for data in made]


def test_values_of_the_form_are_the_record_again(records):
    assert len(records) >= 30
    for data in records:
        assert data_of(values_of(data), data, find=lambda name: None) == data


@pytest.mark.parametrize("number", range(0, 30, 5))
def test_real_records_go_through_the_form_unchanged(app, db, at, make, sign_in, records, number):
    editor = make.person(editor=make.agency())
    edition, before = make.procedure(editor.unit, by=editor), records[number]
    publishing.save(db, edition, before, version=edition.version, by=editor, at=at)
    sign_in(app, editor)
    app.get(f"{DESK}/{edition.item.uid}/sua").forms["thu-tuc"].submit("save", status=303)
    assert edition.data == before


def test_every_doubt_of_a_real_record_has_its_place(records):
    doubted = [data for data in records if data["doubts"]]
    assert doubted
    for data in doubted:
        assert all(place_of(name, data) for name in data["doubts"])
        assert len({doubt.control for doubt in doubts_of(data)}) == len(data["doubts"])


def test_every_word_of_the_source_that_is_kept_leads_to_its_field(records):
    lost = {name for data in records for name in data["original"] if not place_of(name, data)}
    assert lost <= {"url"}
