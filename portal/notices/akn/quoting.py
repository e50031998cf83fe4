"""What an amending part quotes: the new text between “ and ”, over one paragraph or many."""

import re

from lxml import etree

from portal.notices.akn import xml

_ANNOUNCES = re.compile(r"(?:sửa đổi|bổ sung|thay thế|thay cụm|đính chính|như sau).*:\Z", re.IGNORECASE | re.DOTALL)
_LINES = frozenset({"p", "h2", "h3", "h4"})


class Quotation:
    """Gathers the paragraphs from “ at the beginning of one up to the closing ”, after a line that announces a change.

    The words stay as they are; nothing is read into the quoted text.
    """

    def __init__(self) -> None:
        self._before = ""
        self._open = 0
        self._place = 0
        self._blocks: list[str] | None = None

    def follows(self, element: etree._Element) -> None:
        """The line before the next block."""
        self._before = _words(element)

    def takes(self, element: etree._Element, block: str, blocks: list[str]) -> bool:
        """Whether the block, which goes to `blocks`, belongs to a quotation; then it has been put there."""
        words = _words(element)
        if self._blocks is None:
            if element.tag not in _LINES or not words.startswith("“") or not _ANNOUNCES.search(self._before):
                return False
            self._blocks, self._place, self._open = blocks, len(blocks), 0
        blocks.append(block)
        self._open += words.count("“") - words.count("”")
        if self._open <= 0:
            quoted = xml.tag("quotedStructure", "".join(blocks[self._place :]))
            blocks[self._place :] = [xml.tag("p", xml.tag("mod", quoted), own_line="quoted")]
            self._blocks = None
        return True

    def end(self) -> None:
        """A quotation that nobody closed is none."""
        self._blocks = None


def _words(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
