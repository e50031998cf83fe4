"""Whatever is wrong in a pack is told with the file and, where it is known, the line."""

from collections.abc import Callable

import pytest
from packs.conftest import MATTER, NOTICE, Folder

from portal.packs import Loaded
from portal.packs.errors import BadPack

Bring = Callable[..., Loaded]
PERSON = '[pack]\nname = "thu"\n[[people]]\nname = "A"\nemail = "a@b.vn"\n'


@pytest.mark.parametrize(
    ("matter", "line", "told"),
    [
        (MATTER.replace('title = "', "title = "), 7, "TOML"),
        (MATTER + 'tiltle = "x"\n', 9, "tiltle"),
        (MATTER.replace('"thong-bao"', '"bua-chu"'), 2, "bua-chu"),
        (MATTER.replace("2026-02-13", '"hôm qua"'), 6, "hôm qua"),
        (MATTER.replace('"G22"', '"G99"'), 5, "G99"),
        (MATTER.replace('"published"', '"lost"'), 8, "state"),
        (MATTER.replace('"published"', '"scheduled"'), 8, "publish_at"),
        (MATTER.replace('"published"', '"scheduled"\npublish_at = 2026-04-01T08:00:00'), 8, "múi giờ"),
        (MATTER.replace('"published"', '"withdrawn"'), 8, "withdrawn_why"),
        (MATTER + 'fields = ["khong-co"]\n', 9, "khong-co"),
        (MATTER + 'relations = [{ relation = "loves", number = "1/TB" }]\n', 9, "relations"),
        (MATTER + 'signer = { name = "A", on_behalf = "XX." }\n', 9, "signer"),
        (MATTER + 'unit = "G98"\n', 9, "G98"),
        (MATTER.replace('title = "Về việc thử nghiệm"', 'title = ""'), 7, "title"),
    ],
)
def test_front_matter_of_a_document(folder: Folder, bring: Bring, matter: str, line: int, told: str) -> None:
    folder.notice(matter)
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert (refused.value.file, refused.value.line) == (NOTICE, line)
    assert told in refused.value.message.interpolate()


def test_what_the_services_refuse_names_the_file(folder: Folder, bring: Bring) -> None:
    review = (
        MATTER.replace('"published"', '"in_review"')
        .replace(', code = "G22"', "")
        .replace("Văn phòng Chính phủ", "Bộ Tư pháp")
    )
    folder.notice(review)
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert refused.value.file == NOTICE
    assert "Bộ Tư pháp" in refused.value.message.interpolate()


def test_a_document_without_text_that_may_not_be_published(folder: Folder, bring: Bring) -> None:
    folder.notice('type = "thong-bao"\ntitle = "Về việc"\nissuer = { name = "Văn phòng Chính phủ" }\n', paper="\n")
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert "toàn văn" in refused.value.message.interpolate()


@pytest.mark.parametrize(
    ("text", "told"),
    [("không có mô tả", "+++"), ("+++\ntype = 1\n", "+++"), (b"+++\n\xff\n+++\n", "UTF-8")],
)
def test_files_that_cannot_be_read(folder: Folder, bring: Bring, text: str | bytes, told: str) -> None:
    folder.write(NOTICE, text)
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert refused.value.file == NOTICE
    assert told in refused.value.message.interpolate()


def test_a_link_to_a_page_that_is_not_there_names_the_line(folder: Folder, bring: Bring) -> None:
    folder.page("lien-he", "vi", "| a | b |\n| 1 | 2 |\n\nXem [đây](page:khong-co).\n")
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert (refused.value.file, refused.value.line) == ("pages/lien-he.vi.md", 9)


@pytest.mark.parametrize(
    ("matter", "told"),
    [('slug = "Lien He"\nlanguage = "vi"\ntitle = "x"\n', "slug"),
     ('slug = "a"\nlanguage = "fr"\ntitle = "x"\n', "language"),
     ('slug = "a"\nlanguage = "vi"\n', "title"), ('slug = "a"\nlanguage = "en"\ntitle = "x"\n', "tiếng Việt"),
     ('slug = "a"\nlanguage = "vi"\ntitle = "x"\nowner = "G98"\n', "G98")],
)  # fmt: skip
def test_front_matter_of_a_page(folder: Folder, bring: Bring, matter: str, told: str) -> None:
    folder.write("pages/a.md", f"+++\n{matter}+++\nNội dung.")
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert refused.value.file == "pages/a.md"
    assert told in refused.value.message.interpolate()


@pytest.mark.parametrize(
    "description",
    [
        '[pack]\nname = "Tên Sai"\n',
        '[pack]\nname = "thu"\n[load]\norder = ["magic"]\n',
        '[pack]\nname = "thu"\n[[people]]\nname = "A"\n',
        PERSON + 'grants = [{ role = "king", agency = "G22" }]\n',
        PERSON + 'grants = [{ role = "editor", agency = "G98" }]\n',
        PERSON + 'language = "fr"\ngrants = [{ role = "editor", agency = "G22" }]\n',
        "[pack\n",
    ],
)
def test_the_description_of_the_pack(folder: Folder, bring: Bring, description: str) -> None:
    folder.write("pack.toml", description)
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert refused.value.file == "pack.toml"


@pytest.mark.parametrize(
    "row", ['title = "x"', 'slug = "A b"\ntitle = "x"', 'slug = "a"\ntitle = "x"\nlits = {}',
            'slug = "a"\ntitle = "x"\nlists = { types = ["bua-chu"] }'],
)  # fmt: skip
def test_sections(folder: Folder, bring: Bring, row: str) -> None:
    description = (folder.root / "pack.toml").read_text(encoding="utf-8")
    folder.write("pack.toml", description.replace("[load]", '[load]\nsections = "sections.toml"'))
    folder.write("sections.toml", f"[[sections]]\n{row}\n")
    with pytest.raises(BadPack) as refused:
        bring(folder.root)
    assert refused.value.file == "sections.toml"
