"""Whether a page could run anything that an editor or visitor wrote."""

import json
from typing import Any

from lxml import etree
from webtest import TestResponse

FORBIDDEN = ("iframe", "object", "embed", "base", "applet", "frame", "style")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href")
HARMLESS = ("/", "#", "?", "http://localhost", "mailto:", "tel:", "https://")


def live_parts(answer: TestResponse) -> list[str]:
    """Everything in the page that a browser would run or fetch from elsewhere; empty for a harmless page."""
    if answer.content_type.endswith("xml"):
        return _of_xml(answer.body)
    if answer.content_type != "text/html":
        return []
    return [f"{problem}: {str(tag)[:120]}" for tag in answer.html.find_all(True) for problem in _problems(tag)]


def _problems(tag: Any) -> list[str]:
    found = []
    if tag.name in FORBIDDEN:
        found.append(f"<{tag.name}>")
    if tag.name == "script" and not _is_ours(tag) and not _is_data(tag):
        found.append("script that is not ours")
    if tag.name == "meta" and tag.get("http-equiv", "").lower() == "refresh":
        found.append("refresh")
    for name, value in tag.attrs.items():
        text = " ".join(value) if isinstance(value, list) else value
        if name.startswith("on") or name in ("style", "srcdoc"):
            found.append(name)
        if name in ADDRESSES and text and not _harmless(text, tag.name):
            found.append(f"{name}={text[:60]}")
    return found


def _is_ours(tag: Any) -> bool:
    return bool(tag.get("src", "").startswith("/assets/")) and not tag.string


def _is_data(tag: Any) -> bool:
    """Linked data: no browser runs it, and nothing in it could end the element."""
    if set(tag.attrs) != {"type"} or tag["type"] != "application/ld+json" or "<" in tag.string:
        return False
    return isinstance(json.loads(tag.string), dict)


def _harmless(address: str, tag: str) -> bool:
    plain = "".join(address.split()).lower().replace("\\", "/")
    if plain.startswith("//"):
        return False
    if plain.startswith("http://"):
        return plain.startswith("http://localhost") or tag == "a"
    return plain.startswith(HARMLESS) or ":" not in plain.split("/")[0]


def _of_xml(body: bytes) -> list[str]:
    root = etree.fromstring(body)
    tags = [etree.QName(element).localname for element in root.iter(etree.Element)]
    links = [value for element in root.iter() for name, value in element.attrib.items() if name == "href"]
    wrong = [link for link in links if not link.startswith("http://localhost/")]
    return [tag for tag in tags if tag in ("script", "img", "svg")] + wrong
