"""Office equations (OMML) as one line of text: (a + b)/2, x^2, √(n)."""

from lxml import etree

from portal.papers.readers.docx.names import M

_DEEPEST = 30


def linear(element: etree._Element, depth: int = 0) -> str:
    """An equation as a person would type it."""
    if depth > _DEEPEST:
        return "".join(text.text or "" for text in element.iter(M + "t"))
    if element.tag == M + "t":
        return element.text or ""
    if not isinstance(element.tag, str) or element.tag.endswith("Pr"):
        return ""
    write = _WRITERS.get(element.tag)
    return write(element, depth + 1) if write else _all(element, depth + 1)


def _all(element: etree._Element, depth: int) -> str:
    return "".join(linear(child, depth) for child in element)


def _part(element: etree._Element, name: str, depth: int) -> str:
    found = element.find(M + name)
    return "" if found is None else _all(found, depth).strip()


def _group(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _fraction(element: etree._Element, depth: int) -> str:
    return f"{_group(_part(element, 'num', depth))}/{_group(_part(element, 'den', depth))}"


def _scripts(element: etree._Element, depth: int) -> str:
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    marks = (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")
    return _part(element, "e", depth) + marks


def _root(element: etree._Element, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return f"{degree if degree != '2' else ''}√({_part(element, 'e', depth)})"


def _many(element: etree._Element, depth: int) -> str:
    sign = element.find(f"{M}naryPr/{M}chr")
    written = "∫" if sign is None else sign.get(M + "val") or ""
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    marks = (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")
    return f"{written}{marks} {_part(element, 'e', depth)}"


def _brackets(element: etree._Element, depth: int) -> str:
    def sign(name: str, usual: str) -> str:
        found = element.find(f"{M}dPr/{M}{name}")
        return usual if found is None else found.get(M + "val") or ""

    inner = sign("sepChr", "|").join(_all(part, depth).strip() for part in element.iterfind(M + "e"))
    return f"{sign('begChr', '(')}{inner}{sign('endChr', ')')}"


def _rows(element: etree._Element, depth: int) -> str:
    rows = ([_all(cell, depth).strip() for cell in row.iterfind(M + "e")] for row in element.iterfind(M + "mr"))
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def _lines(element: etree._Element, depth: int) -> str:
    return "; ".join(_all(line, depth).strip() for line in element.iterfind(M + "e"))


_WRITERS = {
    M + "f": _fraction,
    M + "sSup": _scripts,
    M + "sSub": _scripts,
    M + "sSubSup": _scripts,
    M + "sPre": _scripts,
    M + "rad": _root,
    M + "nary": _many,
    M + "d": _brackets,
    M + "m": _rows,
    M + "eqArr": _lines,
}
