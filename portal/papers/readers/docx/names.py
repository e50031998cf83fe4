"""The names of WordprocessingML (ISO/IEC 29500) that the reader knows, in their transitional spelling."""

_OOXML = "http://schemas.openxmlformats.org"

W = f"{{{_OOXML}/wordprocessingml/2006/main}}"
R = f"{{{_OOXML}/officeDocument/2006/relationships}}"
M = f"{{{_OOXML}/officeDocument/2006/math}}"
A = f"{{{_OOXML}/drawingml/2006/main}}"
WP = f"{{{_OOXML}/drawingml/2006/wordprocessingDrawing}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  the namespace is called so

STRICT: tuple[tuple[bytes, bytes], ...] = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", f"{_OOXML}/wordprocessingml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", f"{_OOXML}/officeDocument/2006/math".encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", f"{_OOXML}/officeDocument/2006/".encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", f"{_OOXML}/drawingml/2006/".encode()),
)
"""Names of the strict form and how the transitional form writes them, longest first."""

OFF = frozenset({"0", "false", "off"})
"""How a switch says no; a switch without a value says yes."""
