"""Checking files against the standard's schema, which the operator has: `akomantoso30.xsd`, `xml.xsd` beside it."""

from pathlib import Path

from lxml import etree

from portal.errors import PortalError
from portal.notices.akn.parsing import opened
from portal.request import _


class NoSchema(PortalError):
    """The path holds no XML schema."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _(
                "“${path}” không phải lược đồ XML đọc được. Hãy tải akomantoso30.xsd và xml.xsd của OASIS về cùng một "
                "thư mục.",
                mapping={"path": str(path)},
            )
        )


class Schema:
    """The schema of a file. Raises `NoSchema`."""

    def __init__(self, path: Path) -> None:
        try:
            parser = etree.XMLParser(no_network=True, resolve_entities=False)
            self._schema = etree.XMLSchema(etree.parse(path, parser))
        except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError):
            raise NoSchema(path) from None

    def problems(self, content: bytes) -> list[str]:
        """What breaks the schema, a line each; empty for a valid document. Raises an `AknError` for no Akoma Ntoso."""
        tree = opened(content).document.getroottree()
        if self._schema.validate(tree):
            return []
        return [f"{error.line}: {error.message}" for error in self._schema.error_log]
