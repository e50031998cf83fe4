"""Every stored document as Akoma Ntoso: valid against the standard's schema, equal text when it comes back (B3-1, E22).

By default every 80th document and the longest ones; all of them with `PORTAL_TEST_ALL=1`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from portal.notices import data as record
from portal.notices.akn import Source, from_akn, to_akn
from portal.notices.body import plain_text
from portal.notices.importing import sources_in
from portal.notices.importing.rows import record_of
from portal.notices.importing.sources import Source as Found
from portal.notices.paper import from_paper

EVERY, LONGEST = 80, 1_000_000
SOURCE = Source(
    uid="018f0000-0000-7000-8000-000000000001", origin="vi-du.gov.vn", address="https://vi-du.gov.vn/van-ban/1"
)
NOT_SENT = ("doubts", "sources", "paper", "original", "scan", "attachments", "relations")
"""What stays at home, and relations, whose passage does: they are compared without it."""
OUTSIDE = "//a:meta | //a:preface | //a:conclusions | //a:authorialNote"


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "standards" / "akomantoso30.xsd"))


def chosen(paths: list[Path]) -> Iterator[Found]:
    whole = bool(os.environ.get("PORTAL_TEST_ALL"))
    for place, source in enumerate(sources_in(paths)):
        if whole or place % EVERY == 0 or source.size > LONGEST:
            yield source


def assert_conforms(data: record.Data, schema: etree.XMLSchema, where: str) -> None:
    content = to_akn(data, SOURCE)
    tree = etree.fromstring(content)
    assert schema.validate(tree), f"{where}: {schema.error_log.last_error}"
    came = from_akn(content)
    assert str(came["body"]) == str(data["body"]), where
    fields = [name for name in data if name not in NOT_SENT]
    assert {name: came[name] for name in fields} == {name: data[name] for name in fields}, where
    assert [row | {"passage": None} for row in data["relations"]] == came["relations"], where
    assert words_of(tree) == "".join(plain_text(data["body"]).split()), where


def words_of(tree: etree._Element) -> str:
    """The text of the body as any other program finds it, without gaps."""
    for each in tree.xpath(OUTSIDE, namespaces={"a": tree.nsmap[None]}):
        each.clear(keep_tail=True)
    return "".join("".join(tree.itertext()).split())


@pytest.mark.unmeasured
def test_every_document_goes_out_valid_and_comes_back_equal(shared: Path, schema: etree.XMLSchema) -> None:
    count = 0
    for source in chosen([shared / "data" / "documents"]):
        data, _doubts = record_of(source, resolve=None)
        assert_conforms(data, schema, source.where)
        count += 1
    assert count > 50


def test_both_seeds_conform(shared: Path, schema: etree.XMLSchema) -> None:
    numbers = set()
    for paper in sorted((shared / "data" / "seeds").glob("*.txt")):
        data = from_paper(paper.read_text(encoding="utf-8"), resolve=None)
        assert_conforms(data, schema, paper.name)
        numbers.add(record.full_number(data))
    assert numbers == {"249/TB-VPCP", None}
