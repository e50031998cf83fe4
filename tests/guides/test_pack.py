"""Guides of a content pack, and those of the demonstration."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from makers import Makers
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.guides.checks import findings
from portal.guides.data import clean, nodes_of
from portal.guides.graph import Graph
from portal.guides.queries import NAME
from portal.packs import Pack, Verdict
from portal.packs.errors import BadPack
from portal.packs.guides import jobs
from portal.packs.people import Cast
from portal.packs.stage import Stage
from portal.publishing.models import Edition, Item, State
from portal.settings import ROOT, Settings

DEMO = ROOT / "content" / "demo"
FILES = sorted(path.name for path in (DEMO / "guides").glob("*.toml"))
PACK = """[pack]
name = "thu"
[load]
order = ["guides"]
guides = "guides/*.toml"
"""
GUIDE = """title = "Thử"
[[nodes]]
id = "n1"
kind = "question"
title = "Hỏi?"
choices = [{ label = "Có", target = "n2" }, { label = "Không", target = "n2" }]
[[nodes]]
id = "n2"
kind = "outcome"
title = "Xong"
text = "- Một\\n- Hai"
[[tests]]
answers = ["co"]
outcome = "n2"
"""


@pytest.fixture
def bring(db: Session, make: Makers, settings: Settings, at: datetime, tmp_path: Path) -> Any:
    """`bring({name: text})` brings the guides of a pack of these files in; their verdicts."""
    own = make.agency()

    def go(files: dict[str, str]) -> list[Verdict]:
        for name, text in {"pack.toml": PACK, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        pack = Pack.read(tmp_path)
        stage = Stage(db, pack.name, settings.origin, at, own, Cast(db, pack))
        return [job.run(stage) for job in jobs(pack)]

    return go


def _guides(db: Session) -> list[Edition]:
    return list(db.scalars(select(Edition).join(Item).where(Item.kind == NAME).order_by(Edition.id)))


def test_a_guide_of_a_pack_is_public_with_its_expected_paths_in_words(db: Session, bring: Any) -> None:
    bring({"guides/mot.toml": GUIDE})

    [edition] = _guides(db)
    assert (edition.state, edition.item.path) == (State.PUBLISHED, "/huong-dan/thu")
    assert nodes_of(edition.data, "outcome")[0]["text"].replace("\n", "") == "<ul><li>Một</li><li>Hai</li></ul>"
    assert edition.data["tests"] == [{"answers": ["co"], "outcome": "n2", "words": "Có"}]


def test_a_second_load_writes_nothing_and_a_changed_file_makes_an_edition(db: Session, bring: Any) -> None:
    bring({"guides/mot.toml": GUIDE})
    assert bring({}) == [Verdict.UNCHANGED]

    assert bring({"guides/mot.toml": GUIDE.replace("Hỏi?", "Hỏi lại?")}) == [Verdict.UPDATED]

    assert [edition.state for edition in _guides(db)] == [State.SUPERSEDED, State.PUBLISHED]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("title = \"Thử\"\n", ""), "thiếu title"),
        (('id = "n2"', 'id = "n1"'), "id riêng"),
        (('target = "n2" }]', 'target = "n9" }]'), "target không rõ: n9"),
        (('text = "-', 'txt = "-'), "khóa không rõ: txt"),
        (("[[tests]]", "[[test]]"), "khóa không rõ: test"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_what_is_wrong(bring: Any, wrong: tuple[str, str], said: str) -> None:
    with pytest.raises(BadPack, match=said) as refused:
        bring({"guides/mot.toml": GUIDE.replace(*wrong)})

    assert "guides/mot.toml" in str(refused.value)


def test_the_guides_of_the_demonstration_lead_to_procedures_that_it_has(db: Session, make: Makers, bring: Any) -> None:
    procedures = [_toml(path) for path in (DEMO / "procedures").glob("*.toml")]
    for code in {row["code"] for row in procedures if "procedure" not in row}:
        make.procedure(make.agency(), published=True, code=code)

    bring({f"guides/{name}": (DEMO / "guides" / name).read_text(encoding="utf-8") for name in FILES})

    editions = _guides(db)
    assert len(editions) == len(FILES) == 3
    for edition in editions:
        assert [finding.message.interpolate() for finding in findings(db, edition.data)] == []
        assert all(test["words"] for test in edition.data["tests"])


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_the_demonstration_is_there_in_english(name: str) -> None:
    data = clean(_toml(DEMO / "guides" / name))

    assert data["title_en"]
    assert data["summary_en"]
    for node in data["nodes"]:
        assert node["title_en"], node["id"]
        assert all(choice["label_en"] for choice in node.get("choices", ()))
        assert bool(node.get("text")) == bool(node.get("text_en"))
        assert all(row["why_en"] for row in node.get("procedures", ()))
    assert Graph.of(data).most_questions >= 2


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
