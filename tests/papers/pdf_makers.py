"""PDF files for tests: typeset papers, and pages drawn operator by operator for the odd cases."""

import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import typst
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from portal.papers.options import Options
from portal.papers.paper import Paper
from portal.papers.readers.pdf import read

PAGE = """
#set page(paper: "a4", margin: (left: 3cm, right: 2cm, y: 2.2cm))
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", hyphenate: false)
#set super(typographic: false)
#set sub(typographic: false)
#set par(justify: true, first-line-indent: (amount: 1.2cm, all: true), leading: 0.75em, spacing: 1.1em)
"""

HEAD = """
#set par(first-line-indent: 0pt, justify: false)
#align(center, grid(columns: (6.2cm, 1fr), row-gutter: 5pt,
  [#text(size: 12pt)[BỘ GIAO THÔNG] \\ #strong[CỤC ĐƯỜNG THỦY]],
  [#strong[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM] \\ #strong[Độc lập - Tự do - Hạnh phúc]],
  [Số: 31/TB-CĐT], [#emph[Hải Phòng, ngày 04 tháng 3 năm 2025]]))
#v(1em)
"""

FOOT = """
#set par(first-line-indent: 0pt, justify: false)
#v(1em)
#grid(columns: (7cm, 1fr),
  text(size: 11pt)[#strong[#emph[Nơi nhận:]] \\ - Như trên; \\
    \\- Sở Xây dựng các tỉnh, thành phố ven sông Hồng và sông Đuống (để phối hợp); \\ - Lưu: VT, KT.],
  align(center)[#strong[KT. CỤC TRƯỞNG] \\ #strong[PHÓ CỤC TRƯỞNG] #v(1.6cm) #strong[Lý Thị Mến]])
"""


def typeset(source: str, path: Path) -> Path:
    """A paper set by Typst from the markup."""
    path.write_bytes(typst.compile(source.encode()))
    return path


def read_pdf(path: Path, **options: int) -> Paper:
    return read(path, path.name, options=Options(**options))


def lines(paper: Paper) -> list[str]:
    return paper.text.split("\n")


def html(paper: Paper) -> str:
    return "\n".join(block.html for block in paper.blocks)


@dataclass
class Drawn:
    """A PDF written by hand. A page is a stream of operators.

    `/F1` is Courier (600/1000 wide); `letters` says what its codes mean.
    """

    letters: dict[int, str] = field(default_factory=dict)
    font: str = "Courier"
    pages: list[tuple[str, str]] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)

    def page(self, operators: str, extra: str = "") -> "Drawn":
        self.pages.append((operators, extra))
        return self

    def image(self, width: int = 40, height: int = 40, color: str = "teal") -> str:
        """A JPEG for the pages; its name to draw it by."""
        out = io.BytesIO()
        Image.new("RGB", (width, height), color).save(out, "JPEG")
        self.images.append(out.getvalue())
        return f"/I{len(self.images)}"

    def save(self, path: Path) -> Path:
        objects: list[bytes] = []

        def add(content: str | bytes) -> int:
            objects.append(content.encode("latin-1") if isinstance(content, str) else content)
            return len(objects)

        def stream(content: bytes, entries: str = "") -> int:
            head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode("latin-1")
            return add(head + content + b"\nendstream")

        add("<< /Type /Catalog /Pages 2 0 R >>")
        add("")
        to_unicode = stream(_to_unicode(self.letters))
        widths = " ".join(["600"] * 256)
        font = add(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{self.font} /FirstChar 0 /LastChar 255 /Widths [{widths}]"
            f" /Encoding /WinAnsiEncoding" + (f" /ToUnicode {to_unicode} 0 R" if self.letters else "") + " >>"
        )
        pictures = [
            stream(image, "/Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceRGB"
                          " /BitsPerComponent 8 /Filter /DCTDecode")
            for image in self.images
        ]  # fmt: skip
        named = " ".join(f"/I{i} {number} 0 R" for i, number in enumerate(pictures, 1))
        kids = []
        for operators, extra in self.pages:
            content = stream(zlib.compress(operators.encode("latin-1")), "/Filter /FlateDecode")
            kids.append(
                add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R {extra}"
                    f" /Resources << /Font << /F1 {font} 0 R >> /XObject << {named} >> >> >>")
            )  # fmt: skip
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
        path.write_bytes(_file(objects))
        return path


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _to_unicode(letters: dict[int, str]) -> bytes:
    rows = "\n".join(f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in letters.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(letters)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def shown(text: str, x: float, y: float, size: float = 13, before: str = "") -> str:
    """Operators that show a text at a place (y upwards)."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def encrypted(source: Path, path: Path, *, owner: str, user: str) -> Path:
    """The same file with passwords."""
    with source.open("rb") as file:
        writer = copy_into_new_writer(PdfFileReader(file))
        writer.encrypt(owner, user)
        with path.open("wb") as out:
            writer.write(out)
    return path
