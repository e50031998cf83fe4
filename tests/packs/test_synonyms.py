"""The synonyms that a pack brings."""

import pytest
from sqlalchemy import select

from portal.packs import synonyms
from portal.packs.errors import BadPack
from portal.packs.pack import Pack
from portal.packs.stage import Stage, Verdict
from portal.search.models import Synonym

GROUP = '[[groups]]\nterms = ["KCB", "khám bệnh, chữa bệnh"]\n'


@pytest.fixture
def bring(db, make, at, tmp_path):
    """`bring(text)` → the verdict on a file of synonyms with that text."""
    (tmp_path / "pack.toml").write_text('[pack]\nname = "thu"\n[load]\norder = ["synonyms"]\nsynonyms = "tu.toml"\n')
    unit = make.agency()

    def go(text):
        (tmp_path / "tu.toml").write_text(text)
        (job,) = synonyms.jobs(Pack.read(tmp_path))
        return job.run(Stage(db, "thu", "localhost", at, unit, None))

    return go


def test_groups_come_once(db, bring):
    assert bring(GROUP) is Verdict.ADDED
    assert bring(GROUP) is Verdict.UNCHANGED
    assert bring(GROUP + '[[groups]]\nterms = ["CTXH", "công tác xã hội"]\n') is Verdict.UPDATED
    assert [row.terms[0] for row in db.scalars(select(Synonym).order_by(Synonym.id))] == ["KCB", "CTXH"]


@pytest.mark.parametrize("text", ["[[groups]]\nterms = ['mot']", "[[groups]]\nterms = ['TT', 'thông tư']", "[["])
def test_a_file_that_would_spoil_results_is_named(db, bring, text):
    with pytest.raises(BadPack, match=r"tu\.toml"):
        bring(text)
    assert db.scalars(select(Synonym)).all() == []
