"""What docs/open-data.md promises is there."""

import re

from portal.api.catalogue_parameters import LARGEST, NAMES, SORTS
from portal.catalogue.data import Level, Service
from portal.catalogue.open import table
from portal.settings import ROOT

DOCS = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")


def test_every_address_answers(app, full):
    addresses = {one for one in re.findall(r"`(/[^`]+)`", DOCS) if one != "/en"}
    assert len(addresses) == 17
    for address in addresses:
        answer = app.get(address)
        assert answer.status_int == 200, address
        assert "ETag" in answer.headers, address
        assert app.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_int == 304, address


def test_the_example_of_a_list_finds_something(app, full):
    address = re.search(r"^`(/api/v1/procedures\?[^`]+)`$", DOCS, re.MULTILINE)
    assert address is not None
    assert [row["code"] for row in app.get(address[1]).json["results"]] == ["1.001193"]


def test_parameters_and_columns_are_those_of_the_program():
    lists = DOCS.partition("## Lists")[2].partition("\n## ")[0]
    said = set(re.findall(r"`(\w[\w-]*)(?:=true)?`", lists))
    values = {*SORTS, *(one.value for one in Level), *(one.value for one in Service)}
    assert {*NAMES, *values} <= said
    assert f"1 to {LARGEST}" in lists
    columns = DOCS.partition("The columns are:")[2].partition("\nSeveral")[0]
    assert tuple(re.findall(r"`(\w+)`", columns)) == table.COLUMNS
    assert f"`{table.SEVERAL}`" in DOCS


def test_every_property_it_names_is_used(app, full):
    data = app.get("/thu-tuc/1.001193.ttl").text
    named = set(re.findall(r"`((?:dct|cv|cpsv|eli):\w+)`", DOCS))
    assert {one for one in named if not re.search(rf"\b{one}\b", data)} == set()
