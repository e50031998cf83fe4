"""Word files for tests: a package written by hand, so that each test shows exactly what stands in its file."""

import struct
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from portal.papers.options import Options
from portal.papers.paper import Paper
from portal.papers.readers.docx import read

_OOXML = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:w="{_OOXML}/wordprocessingml/2006/main" xmlns:r="{_OOXML}/officeDocument/2006/relationships" '
    f'xmlns:m="{_OOXML}/officeDocument/2006/math" xmlns:a="{_OOXML}/drawingml/2006/main" '
    f'xmlns:wp="{_OOXML}/drawingml/2006/wordprocessingDrawing" xmlns:pic="{_OOXML}/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = f"{_OOXML}/officeDocument/2006/relationships"
GRID = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def run(text: str, properties: str = "") -> str:
    """A run; `properties` as XML: `<w:b/>`."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*inner: str, properties: str = "") -> str:
    """A paragraph: texts become runs, what begins with `<` stays XML."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def item(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return para(text, properties=numbered(number, level))


def numbered(number: int = 1, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def cell(*inner: str, properties: str = "") -> str:
    """A cell: texts become paragraphs."""
    content = "".join(part if part.startswith("<") else para(part) for part in inner) or "<w:p/>"
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    about = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{about}{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str, borders: str = "") -> str:
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{''.join(rows)}</w:tbl>"


def level(depth: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    """A level of a list: `text` as in Word, "%1."."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def lists(*definitions: str, nums: str = "") -> str:
    """A numbering part: a `w:num` of the same number for each definition of levels, from 1; more in `nums`."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{one}</w:abstractNum>' for n, one in enumerate(definitions, 1)
    )
    own = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(definitions) + 1)
    )
    return abstract + own + nums


def field(code: str, result: str) -> str:
    """A complex field over one run each."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*paragraphs: str, across: int = 0) -> str:
    """A floating text box as Word writes it: the new form, and the same text once more in the old one."""
    content = f"<w:txbxContent>{''.join(map(para, paragraphs))}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wp:positionH relativeFrom='column'><wp:posOffset>{across}</wp:posOffset></wp:positionH>"
        "<wp:extent cx='2000000' cy='800000'/><wp:docPr id='1' name='Text Box 1'/><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(identifier: str, alt: str = "", size: tuple[int, int] = (900_000, 900_000)) -> str:
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent cx='{size[0]}' cy='{size[1]}'/>"
        f"<wp:docPr id='1' name='Picture 1' descr={quoteattr(alt)}/><a:graphic><a:graphicData><pic:pic>"
        f"<pic:blipFill><a:blip r:embed='{identifier}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def png(width: int = 40, height: int = 30) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    lines = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def relation(identifier: str, kind: str, target: str, *, outer: bool = False) -> str:
    mode = ' TargetMode="External"' if outer else ""
    return f'<Relationship Id="{identifier}" Type="{_RELATION}/{kind}" Target={quoteattr(target)}{mode}/>'


def package(
    *body: str,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    parts: dict[str, bytes | str] | None = None,
    relations: str = "",
    strict: bool = False,
) -> dict[str, bytes]:
    """The parts of a file. `parts`: more of them, by path; `relations`: more of the main part's."""
    known = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": _relations(relation("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    for name, content in known.items():
        if content:
            files[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{content}</w:{name}>"
            relations += relation(f"own{name}", name, f"{name}.xml")
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files |= parts or {}
    done = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    return {name: _strict(content) for name, content in done.items()} if strict else done


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _strict(content: bytes) -> bytes:
    for name, strict in (
        ("wordprocessingml/2006/main", "wordprocessingml/main"),
        ("officeDocument/2006/", "officeDocument/"),
        ("drawingml/2006/", "drawingml/"),
    ):
        content = content.replace(f"{_OOXML}/{name}".encode(), f"http://purl.oclc.org/ooxml/{strict}".encode())
    return content


def write(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def paper(folder: Path, *body: str, options: Options | None = None, **more: object) -> Paper:
    """The file with this body, read."""
    path = write(folder / "paper.docx", package(*body, **more))  # type: ignore[arg-type]
    return read(path, "paper.docx", options=options or Options())


def html(made: Paper) -> str:
    """All blocks, a line each."""
    return "\n".join(block.html for block in made.blocks)


def codes(made: Paper) -> list[str]:
    return [str(remark.code) for remark in made.remarks]
