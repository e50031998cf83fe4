"""Web pages: the content found, its structure kept, nothing fetched and nothing run.

Text, headings, lists, tables and footnotes (as Word writes them) come through; scripts, forms, hidden parts and the
site's own menus do not. Pictures count only when they stand in the page itself (`data:`).
"""

import re
from pathlib import Path

import lxml.html
from lxml import etree

from portal.papers.decoding import decode, encoding_remarks
from portal.papers.errors import TooLong, Unreadable
from portal.papers.options import Options
from portal.papers.paper import Paper, Remark
from portal.papers.readers.plain import content_of
from portal.papers.readers.web.content import main_part, without_furniture
from portal.papers.readers.web.fonts import to_unicode_inside
from portal.papers.readers.web.notes import take_notes
from portal.papers.readers.web.pictures import Pictures
from portal.papers.readers.web.walking import Walk
from portal.papers.remarks import Remarks
from portal.text import nfc

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_OTHERS = frozenset(
    {"windows-1258", "cp1258", "gb2312", "gbk", "big5", "shift_jis", "euc-kr", "koi8-r", "windows-1251"}
)
"""Declared encodings that are believed when a page is no UTF-8; the Western ones are not, TCVN3 and VNI go as those."""


def read(path: Path, name: str, *, options: Options) -> Paper:
    """The page's content. Raises `TooLong`, `Unreadable`, `FormatUnknown`."""
    content = content_of(path, options)
    text, legacy, candidates, remarks = _decoded(content, options.encoding)
    root = _tree(text)
    if (declared := to_unicode_inside(root, options.encoding)) and not legacy:
        legacy, candidates = declared.encodings, declared.candidates
    without_furniture(root)
    notes = take_notes(root)
    pictures = Pictures()
    walk = Walk(pictures, options.max_text)
    walk.over(main_part(root))
    note_texts = walk.notes(notes)
    if len(walk.writer.text) > options.max_text:
        raise TooLong(characters=options.max_text)
    remarks += encoding_remarks(legacy, candidates) + pictures.remarks()
    if walk.frames:
        remarks.append(Remark(Remarks.FRAME_DROPPED))
    if not walk.writer.text.strip():
        remarks.append(Remark(Remarks.EMPTY))
    return Paper(
        name=name,
        format="html",
        text=walk.writer.text,
        blocks=walk.writer.blocks,
        images=tuple(pictures.found),
        notes=note_texts,
        encoding=legacy[0] if legacy else None,
        encodings=candidates,
        remarks=tuple(remarks),
    )


def _decoded(content: bytes, encoding: str | None) -> tuple[str, tuple[str, ...], tuple[str, ...], list[Remark]]:
    declared = _DECLARED.search(content[:4096])
    named = declared[1].decode("ascii").lower() if declared else ""
    if encoding is None and named in _OTHERS:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return nfc(content.decode(named, "replace")), (), (), []
    decoded = decode(content, encoding)
    lost = [remark for remark in decoded.remarks() if remark.code == Remarks.CHARACTERS_LOST]
    return decoded.text, decoded.legacy, decoded.candidates, lost


def _tree(text: str) -> lxml.html.HtmlElement:
    """The page as a tree; the parser repairs what it must, reads no DTD and opens no address."""
    text = _XML_DECLARATION.sub("", text, count=1).replace("\0", "")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        if text.strip() and not re.sub(r"<[^>]*>", "", text).strip():
            return lxml.html.document_fromstring("<p></p>")
        raise Unreadable() from error
    return root
