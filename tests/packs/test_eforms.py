"""Interactive forms of a content pack, and those of the demonstration."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.eforms.definition import clean, paths
from portal.eforms.kinds import Type
from portal.eforms.problems import problems_of
from portal.packs import Loaded, Pack
from portal.packs.eforms import definition_of
from portal.packs.errors import BadPack
from portal.publishing.models import Edition, State
from portal.settings import ROOT

Bring = Callable[..., Loaded]
DEMO = ROOT / "content" / "demo"
FILES = sorted(path.name for path in (DEMO / "eforms").glob("*.toml"))
PACK = """[pack]
name = "thu"
[load]
order = ["eforms", "procedures"]
eforms = "eforms/*.toml"
procedures = "procedures/*.toml"
"""
FORM = """title = "Thử"
[[sections]]
id = "mot"
title = "Phần một"
[[sections.fields]]
id = "co"
type = "yes_no"
label = "Có không?"
required = true
[[sections.fields]]
id = "vi_sao"
type = "text"
label = "Vì sao?"
when = "co = đúng"
"""
PROCEDURE = """code = "1.000001"
name = "Cấp thẻ"
authority = "G15"
audiences = ["cong-dan"]
eform = "thu"
results = ["Thẻ"]
[[cases]]
steps = [{ name = "Nộp", text = "Nộp tại quầy." }]
[[channels]]
channel = "direct"
"""


def test_a_form_is_public_under_the_name_of_its_file_and_a_procedure_names_it(
    db: Session, bring: Bring, folder: Any
) -> None:
    folder.write("pack.toml", PACK)
    folder.write("eforms/thu.toml", FORM)
    folder.write("procedures/a.toml", PROCEDURE)

    bring(folder.root)

    form, procedure = db.scalars(select(Edition).order_by(Edition.id)).all()
    assert (form.state, form.item.path) == (State.PUBLISHED, "/bieu-mau/thu")
    assert procedure.data["eform"] == str(form.item.uid)
    assert form.data["definition"]["sections"][0]["fields"][1]["when"] == {
        "op": "=", "args": [{"field": "co"}, {"bool": True}],
    }  # fmt: skip
    assert bring(folder.root).changed == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (('when = "co = đúng"', 'when = "co = "'), "không đọc được điều kiện “co = ”"),
        (('type = "text"', 'type = "chu"'), r"giá trị không dùng được: sections\[1\]\.fields"),
        (('label = "Vì sao?"', 'nhan = "Vì sao?"'), r"sections\[1\]\.fields\[2\]\.nhan"),
        (('title = "Phần một"', 'title = ""'), "Có phần chưa có tên"),
        (('when = "co = đúng"', 'when = "khac = đúng"'), "dùng mục “khac” không có"),
        (('title = "Thử"\n', 'title = "Thử"\nstate = "scheduled"\n'), "state không dùng được"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_place(bring: Bring, folder: Any, wrong: tuple[str, str], said: str) -> None:
    folder.write("pack.toml", PACK)
    folder.write("eforms/thu.toml", FORM.replace(*wrong))
    with pytest.raises(BadPack, match=rf"eforms/thu\.toml.*{said}"):
        bring(folder.root)


def test_a_procedure_that_names_no_form_says_so(bring: Bring, folder: Any) -> None:
    folder.write("pack.toml", PACK)
    folder.write("procedures/a.toml", PROCEDURE)
    with pytest.raises(BadPack, match="dòng 5: không có biểu mẫu điện tử mang tên thu"):
        bring(folder.root)


@pytest.mark.parametrize("name", FILES)
def test_the_forms_of_the_demonstration_are_sound_and_say_everything_in_english(name: str) -> None:
    definition = definition_of(tomllib.loads((DEMO / "eforms" / name).read_text(encoding="utf-8")), name)

    assert clean(definition) == definition
    assert [problem.message.interpolate() for problem in problems_of(definition)] == []
    assert definition["title_en"]
    for section in definition["sections"]:
        assert section["title_en"]
    for path, field, _group in paths(definition):
        assert field["label_en"], path
        assert bool(field["help"]) == bool(field["help_en"]), path
        assert all(option["label_en"] for option in field.get("options", ())), path


def test_the_demonstration_shows_what_forms_can_do() -> None:
    files = [tomllib.loads((DEMO / "eforms" / name).read_text(encoding="utf-8")) for name in FILES]
    fields = [field for one in files for _path, field, _group in paths(definition_of(one, "x"))]

    assert len(FILES) >= 4
    assert {field["type"] for field in fields} >= set(Type) - {Type.AGENCY}
    assert sum(field["when"] is not None for field in fields) >= 10
    assert Pack.read(DEMO).eforms
