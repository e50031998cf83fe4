"""The package: pictures, notes, page counts, strict names, and everything that a broken or hostile file can hold."""

import zipfile
from pathlib import Path

import pytest
from papers.docx_makers import (
    GRID,
    SPACES,
    cell,
    codes,
    html,
    item,
    level,
    lists,
    package,
    paper,
    para,
    picture,
    png,
    relation,
    row,
    run,
    table,
    write,
)

from portal.papers.errors import EncryptedPaper, PaperError, TooLong, Unreadable
from portal.papers.options import Options
from portal.papers.readers.docx import read

REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{id}"/></w:r>'


def _read(folder: Path, files: dict[str, bytes]):  # type: ignore[no-untyped-def]
    return read(write(folder / "p.docx", files), "p.docx", options=Options())


def _note(kind: str, identifier: int, *inner: str) -> str:
    return f'<w:{kind} w:id="{identifier}">{para(f"<w:r><w:{kind}Ref/></w:r>", *inner)}</w:{kind}>'


def test_footnotes_and_endnotes_count_in_the_order_of_the_text(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para("Một", REFERENCE.format(kind="footnote", id=7), ", hai", REFERENCE.format(kind="endnote", id=2), "."),
        para("Ba", REFERENCE.format(kind="footnote", id=3)),
        footnotes=_note("footnote", 3, " sau") + _note("footnote", 7, " trước ", run("đậm", "<w:b/>")),
        endnotes=_note("endnote", 2, " cuối"),
    )

    assert made.text == "Một, hai.\nBa"
    assert [(note.number, note.html) for note in made.notes] == [
        (1, "trước <strong>đậm</strong>"),
        (2, "cuối"),
        (3, "sau"),
    ]
    assert made.blocks[0].html == (
        '<p>Một<sup><a href="#chu-thich-1">1</a></sup>, hai<sup><a href="#chu-thich-2">2</a></sup>.</p>'
    )


def test_pictures_are_kept_once_with_their_description(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(picture("p1", "Sơ đồ tổ chức")),
        para("Dấu ", picture("p1", "Sơ đồ tổ chức")),
        relations=relation("p1", "image", "media/image1.png"),
        parts={"word/media/image1.png": png()},
    )

    assert [(image.name, image.media_type, image.alt) for image in made.images] == [
        ("image1.png", "image/png", "Sơ đồ tổ chức")
    ]
    assert html(made).split("\n") == [
        '<p><img src="hinh:image1.png" alt="Sơ đồ tổ chức"></p>',
        '<p>Dấu <img src="hinh:image1.png" alt="Sơ đồ tổ chức"></p>',
    ]
    assert made.text == "\nDấu"


def test_the_content_of_a_picture_decides_what_it_is(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(picture("p1"), picture("p2"), picture("p3"), "chữ"),
        relations=relation("p1", "image", "media/a.emf")
        + relation("p2", "image", "media/b.png")
        + relation("p3", "image", "https://example.vn/c.png", outer=True),
        parts={"word/media/a.emf": png(), "word/media/b.png": b"\x01\x00\x00\x00 no picture"},
    )

    assert [image.name for image in made.images] == ["a.png"]
    assert [remark.values for remark in made.remarks if remark.code == "image_dropped"] == [{"count": 2}]


@pytest.mark.parametrize(("pixels", "size"), [((600, 2), (900_000, 900_000)), ((600, 400), (1_900_000, 9_525))])
def test_drawn_lines_are_no_pictures(tmp_path: Path, pixels: tuple[int, int], size: tuple[int, int]) -> None:
    made = paper(
        tmp_path,
        para("chữ", picture("p1", size=size)),
        relations=relation("p1", "image", "media/line.png"),
        parts={"word/media/line.png": png(*pixels)},
    )

    assert (made.images, made.remarks, html(made)) == ((), (), "<p>chữ</p>")


def test_pictures_of_old_drawings_are_found(tmp_path: Path) -> None:
    shape = '<v:shape style="width:90pt;height:60pt" alt="Bản đồ"><v:imagedata r:id="p1"/></v:shape>'
    old = f"<w:r><w:pict>{shape}</w:pict></w:r>"

    made = paper(
        tmp_path, para(old), relations=relation("p1", "image", "/word/media/x.png"), parts={"word/media/x.png": png()}
    )

    assert html(made) == '<p><img src="hinh:x.png" alt="Bản đồ"></p>'


def test_a_strict_file_is_read_like_a_transitional_one(tmp_path: Path) -> None:
    body = (item("Mục", 1), para("xem", REFERENCE.format(kind="footnote", id=1)))
    made = paper(
        tmp_path, *body, numbering=lists(level(0, "%1.")), footnotes=_note("footnote", 1, " ghi chú"), strict=True
    )

    assert made.text == "1. Mục\nxem"
    assert made.notes[0].html == "ghi chú"


def test_a_file_of_another_program_may_use_utf_16(tmp_path: Path) -> None:
    files = package(para("Tiếng Việt"))
    files["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-16"?>' + files["word/document.xml"].decode()
    ).encode("utf-16")

    assert _read(tmp_path, files).text == "Tiếng Việt"


@pytest.mark.parametrize(("pages", "expected"), [("12", 12), ("0", None), ("nhiều", None), ("9999999", None)])
def test_the_page_count_is_taken_where_it_makes_sense(tmp_path: Path, pages: str, expected: int | None) -> None:
    about = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'

    made = paper(tmp_path, para("chữ"), parts={"docProps/app.xml": f"{about}<Pages>{pages}</Pages></Properties>"})

    assert made.pages == expected


def test_a_page_count_that_cannot_hold_the_text_is_not_believed(tmp_path: Path) -> None:
    about = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    parts = {"docProps/app.xml": f"{about}<Pages>1</Pages></Properties>"}

    assert paper(tmp_path, *[para("chữ " * 500)] * 20, parts=parts).pages is None


def test_an_embedded_file_and_a_chart_are_said(tmp_path: Path) -> None:
    chart = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r>'
    )

    assert set(codes(paper(tmp_path, para("a", chart), '<w:altChunk r:id="x"/>'))) == {
        "chunk_dropped",
        "diagram_dropped",
    }


def test_an_empty_paper_says_so(tmp_path: Path) -> None:
    assert codes(paper(tmp_path, para(), para("  "))) == ["empty"]


def test_blocks_lie_where_they_say(tmp_path: Path) -> None:
    made = paper(tmp_path, para("Một"), table(row("a", "b"), row("c", "d"), borders=GRID), para("Hai"))

    assert [made.text[block.start : block.end] for block in made.blocks] == ["Một", "| a | b |\n| c | d |", "Hai"]


# What is wrong with a file


def test_no_zip_is_unreadable(tmp_path: Path) -> None:
    broken = tmp_path / "p.docx"
    broken.write_bytes(b"PK\x03\x04 and nothing more")

    with pytest.raises(Unreadable):
        read(broken, "p.docx", options=Options())


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    locked = tmp_path / "p.docx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)

    with pytest.raises(EncryptedPaper):
        read(locked, "p.docx", options=Options())


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<w:document",
        b"<a/>",
        f"<w:document {SPACES}/>".encode(),
        b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>',
        f'<!DOCTYPE w:document SYSTEM "file:///etc/passwd"><w:document {SPACES}><w:body/></w:document>'.encode(),
        b"\xff\xfe<\x00",
        f"<w:document {SPACES}><w:body>{'<w:tbl><w:tr><w:tc>' * 5000}".encode(),
    ],
    ids=["empty", "cut", "other", "no-body", "entity", "doctype", "utf-16", "deep"],
)
def test_broken_xml_is_unreadable(tmp_path: Path, document: bytes) -> None:
    with pytest.raises(Unreadable):
        _read(tmp_path, package() | {"word/document.xml": document})


def test_a_missing_main_part_is_unreadable(tmp_path: Path) -> None:
    files = package()
    del files["word/document.xml"]

    with pytest.raises(Unreadable):
        _read(tmp_path, files)


def test_a_part_that_unpacks_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in package().items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w", force_zip64=True) as entry:
            for _ in range(130):
                entry.write(b" " * 1024 * 1024)

    with pytest.raises(TooLong):
        read(path, "p.docx", options=Options())


def test_more_pages_or_characters_than_asked_for_are_refused(tmp_path: Path) -> None:
    about = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    parts = {"docProps/app.xml": f"{about}<Pages>31</Pages></Properties>"}

    with pytest.raises(TooLong):
        paper(tmp_path, para("chữ"), parts=parts, options=Options(max_pages=30))
    with pytest.raises(TooLong):
        paper(tmp_path, para("chữ " * 100), options=Options(max_text=200))


def test_tables_and_boxes_nested_beyond_reason_keep_their_words(tmp_path: Path) -> None:
    deep = para("đáy")
    for _ in range(60):
        deep = table(row(cell(deep + "<w:p/>"), ""), borders=GRID)

    assert "đáy" in paper(tmp_path, deep).text


def test_circles_in_styles_and_lists_end(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    made = paper(
        tmp_path,
        para("x", properties='<w:pStyle w:val="A"/>'),
        item("y"),
        styles=styles,
        numbering=lists('<w:numStyleLink w:val="N"/>'),
    )

    assert made.text == "x\ny"


def test_senseless_numbers_do_no_harm(tmp_path: Path) -> None:
    wild = "9" * 40
    made = paper(
        tmp_path,
        table(
            row(cell("a", properties=f'<w:gridSpan w:val="{wild}"/>'), cell("b", properties='<w:gridSpan w:val="-3"/>'))
        ),
        table(row(cell("c", properties='<w:gridSpan w:val="99999999"/>'), "d"), row("e", "f"), borders=GRID),
        para(
            "g", properties=f'<w:outlineLvl w:val="{wild}"/><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>'
        ),
        para("h", f'<w:r><w:sym w:font="Wingdings" w:char="{wild}"/><w:sym w:char="-1"/><w:sym w:char="D800"/></w:r>'),
        numbering=lists(level(0, "%1", start=999_999_999)),
    )

    assert [word for word in "abcdefgh" if word not in made.text] == []


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "word/footnotes.xml"]
)
def test_any_broken_part_ends_in_an_answer(tmp_path: Path, part: str) -> None:
    files = package(
        para("x", REFERENCE.format(kind="footnote", id=1)),
        styles="<w:style/>",
        numbering=lists(level(0, "%1")),
        footnotes=_note("footnote", 1),
    )
    with pytest.raises(PaperError):
        _read(tmp_path, files | {part: b"<broken"})


def test_a_sign_that_the_author_drew_for_a_note_is_not_kept_twice(tmp_path: Path) -> None:
    sign = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'

    made = paper(tmp_path, para("Giá", sign, " tăng"), footnotes=_note("footnote", 1, " tạm tính"))

    assert made.text == "Giá tăng"
    assert made.blocks[0].html.count("<sup>") == 1


def test_a_table_in_a_note_keeps_its_words(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="1">{para("Gồm:")}{table(row("a", "b"), borders=GRID)}</w:footnote>'

    assert (
        paper(tmp_path, para("x", REFERENCE.format(kind="footnote", id=1)), footnotes=note).notes[0].html
        == "Gồm:<br>a<br>b"
    )
