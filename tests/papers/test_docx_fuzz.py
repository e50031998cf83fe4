"""Whatever bytes come: a paper or a `PaperError`, nothing else."""

import random
import re
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from papers.docx_makers import (
    GRID,
    box,
    cell,
    field,
    item,
    level,
    lists,
    package,
    para,
    picture,
    png,
    relation,
    row,
    run,
    table,
    write,
)

from portal.papers.errors import PaperError
from portal.papers.options import Options
from portal.papers.readers.docx import read

_TAG = re.compile(rb"</?[\w:]+[^<>]*>")
_VALUE = re.compile(rb'="[^"]*"')
_VALUES = (
    b'=""',
    b'="-1"',
    b'="99999999999999999999"',
    b'="0"',
    b'="continue"',
    b'="\xc3\x28"',
    b'="%9%8%1"',
    b'="rId1"',
)
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def _everything() -> dict[str, bytes]:
    """A file with some of all that the reader knows."""
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="heading {1}"/><w:basedOn w:val="{2}"/></w:style>'
    )
    return package(
        table(row(cell("BỘ A", "-----"), cell(*_MOTTO)), row("Số: 1/QĐ-A", "Hà Nội, ngày 1 tháng 2 năm 2025")),
        para("Điều 1", properties='<w:pStyle w:val="H1"/>'),
        item("Khoản", 1, 0) + item("điểm", 1, 1) + item("chấm", 2),
        para("a", note, field("PAGE", "1"), field('HYPERLINK "https://example.vn"', "b"), run("c", "<w:b/><w:caps/>")),
        para(picture("p1", "ảnh"), box("trong hộp", across=5)),
        para(run("Hµ Néi", '<w:rFonts w:hAnsi=".VnTime"/>'), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
        para('<w:ins w:id="1">' + run("thêm") + "</w:ins>", '<w:r><w:br w:type="column"/></w:r>'),
        table(
            row(cell("x", properties='<w:vMerge w:val="restart"/>'), "y"),
            row(cell(properties="<w:vMerge/>"), "z"),
            borders=GRID,
        ),
        para("Nơi nhận:", "<w:r><w:tab/></w:r>", "CHỦ TỊCH"),
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:cols w:num="2"/></w:sectPr>',
        styles=style.format("H1", 1, "N") + style.format("N", 2, ""),
        numbering=lists(level(0, "%1.") + level(1, "%2)", "lowerLetter"), level(0, "-", "bullet")),
        footnotes='<w:footnote w:id="1">' + para("ghi chú") + "</w:footnote>",
        relations=relation("p1", "image", "media/a.png") + relation("h1", "header", "document.xml"),
        parts={"word/media/a.png": png()},
    )


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    """One or a few changes: tags dropped, doubled, moved; values replaced; bytes turned over; the end cut off."""
    for _ in range(chance.randint(1, 4)):
        tags = [found.span() for found in _TAG.finditer(content)]
        values = [found.span() for found in _VALUE.finditer(content)]
        way = chance.randrange(6)
        if way == 0 and tags:
            start, end = chance.choice(tags)
            content = content[:start] + content[end:]
        elif way == 1 and tags:
            start, end = chance.choice(tags)
            place = chance.choice(tags)[0]
            content = content[:place] + content[start:end] + content[place:]
        elif way == 2 and values:
            start, end = chance.choice(values)
            content = content[:start] + chance.choice(_VALUES) + content[end:]
        elif way == 3 and len(tags) > 2:
            (start, end), (first, last) = chance.choice(tags), chance.choice(tags)
            content = content[: min(start, first)] + content[max(end, last) :]
        elif way == 4 and content:
            place = chance.randrange(len(content))
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        elif way == 5 and tags:
            start, end = chance.choice(tags)
            content = content[:end] + content[start:end] * chance.choice((2, 40)) + content[end:]
    return content


def _reshaped(content: bytes, chance: random.Random) -> bytes:
    """Well-formed XML of senseless shape: elements moved, doubled, dropped, wrapped; attributes changed, dropped."""
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 12)):
        elements = list(root.iter(etree.Element))
        one, other = chance.choice(elements), chance.choice(elements)
        way = chance.randrange(5)
        if way == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif way == 1:
            other.append(deepcopy(one))
        elif way == 2 and one.getparent() is not None and one not in other.iterancestors() and one is not other:
            other.insert(0, one)
        elif way == 3 and one.attrib:
            one.set(
                chance.choice(list(one.attrib)), chance.choice(("", "-1", "9" * 30, "restart", "begin", "end", "x"))
            )
        elif way == 4:
            one.tag = other.tag
        if len(elements) > 3000:
            break
    return etree.tostring(root)


def _ends_well(path: Path) -> bool:
    try:
        made = read(path, "p.docx", options=Options())
    except PaperError:
        return True
    return all(made.text[block.start : block.end] or block.html for block in made.blocks)


def test_the_whole_file_reads_as_it_is(tmp_path: Path) -> None:
    made = read(write(tmp_path / "p.docx", _everything()), "p.docx", options=Options())

    assert "Hà Nội" in made.text
    assert made.images
    assert made.notes


@pytest.mark.parametrize("seed", range(8))
def test_spoilt_parts_end_in_a_paper_or_an_error(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = _everything()
    for _ in range(40):
        part = chance.choice(
            [name for name in files if not name.startswith("word/document")] + ["word/document.xml"] * 12
        )
        assert _ends_well(write(tmp_path / "p.docx", files | {part: _spoilt(files[part], chance)}))


@pytest.mark.parametrize("seed", range(8))
def test_senseless_parts_end_in_a_paper_or_an_error(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = _everything()
    parts = [name for name in files if name.endswith((".xml", ".rels"))] + ["word/document.xml"] * 12
    for _ in range(40):
        part = chance.choice(parts)
        assert _ends_well(write(tmp_path / "p.docx", files | {part: _reshaped(files[part], chance)}))


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_packages_end_in_a_paper_or_an_error(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "p.docx"
    whole = write(path, _everything()).read_bytes()
    for _ in range(40):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content[: chance.choice((len(content), chance.randrange(len(content))))]))
        assert _ends_well(path)
