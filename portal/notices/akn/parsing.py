"""Opening an Akoma Ntoso file, which anybody may have written."""

from dataclasses import dataclass

from lxml import etree

from portal.notices.akn.errors import AknTooLarge, BrokenXml, DeclaresEntities, NotAkn
from portal.notices.akn.names import AKN, DRAFTS, OWN

LARGEST = 20_000_000
"""Bytes of one file."""
MOST = 300_000
"""Elements of one file: reading so many takes a few seconds and half a gigabyte."""
_BODIES = frozenset(
    {"act", "bill", "doc", "judgment", "debate", "debateReport", "statement", "amendment", "amendmentList", "portion"}
    | {"officialGazette", "documentCollection"}
)


@dataclass(frozen=True)
class Opened:
    """`document`: the element that says what kind it is; `own`: written here; `namespace` as the file has it."""

    document: etree._Element
    namespace: str
    own: bool

    @property
    def is_draft(self) -> bool:
        """Whether it follows a draft or an earlier version of the standard."""
        return self.namespace != AKN


def opened(content: bytes) -> Opened:
    """Parse without entities, network or document types. Raises an `AknError` for whatever is no Akoma Ntoso."""
    if len(content) > LARGEST or content.count(b"<") > 2 * MOST:
        raise AknTooLarge(LARGEST, MOST)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in content[:100_000]:
            raise DeclaresEntities from None
        raise BrokenXml(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise DeclaresEntities
    name = etree.QName(root)
    known = name.namespace == AKN or DRAFTS.fullmatch(name.namespace or "")
    if name.localname != "akomaNtoso" or not known:
        raise NotAkn
    document = next((child for child in root if etree.QName(child).localname in _BODIES), None)
    if document is None:
        raise NotAkn
    own = next(document.iter(f"{{{OWN}}}record"), None) is not None
    return Opened(document, name.namespace or "", own)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    return None if element is None else next((each for each in element if local(each) == name), None)


def first(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first descendant of that name."""
    return None if element is None else next((each for each in element.iter() if local(each) == name), None)


def words(element: etree._Element | None) -> str:
    """The whole text of an element in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
