"""PDF with a text layer: characters with their places become words, lines, columns, paragraphs and tables.

    paper = read(Path("249-TB-VPCP.pdf"), "249-TB-VPCP.pdf", options=Options())

`opening` and `characters`, `drawing` ask PDFium; `lines`, `tables`, `order`, `paragraphs` know only geometry and words.
"""

from portal.papers.readers.pdf.reader import read

__all__ = ["read"]
