"""What a browser without JavaScript would send."""

from typing import Any

from bs4 import BeautifulSoup


def controls_of(html: str, **typed: Any) -> list[tuple[str, Any]]:
    """What a browser without JavaScript would send from the (only) form of `html`, in document order.

    `typed` fills inputs by their id (dashes as underscores are not translated: pass a dict with `**{"form-a": "x"}`).
    """
    page = BeautifulSoup(html, "html.parser")
    form = page.form
    assert form is not None
    for template in form.find_all("template"):
        template.decompose()
    controls: list[tuple[str, Any]] = []
    for element in form.select("input[name], textarea[name], select[name]"):
        value = typed.get(str(element.get("id")))
        controls.extend(_sent(element, value))
    return controls


def _sent(element: Any, value: Any) -> list[tuple[str, Any]]:
    name = str(element["name"])
    kind = element.get("type") if element.name == "input" else element.name
    if kind in ("checkbox", "radio"):
        ticked = element.has_attr("checked") if value is None else value
        return [(name, str(element["value"]))] if ticked else []
    if kind == "file":
        return [(name, b"" if value is None else value)]
    if value is not None:
        return [(name, value)]
    if kind == "select":
        options = element.find_all("option")
        chosen = next((o for o in options if o.has_attr("selected")), options[0])
        return [(name, str(chosen["value"]))]
    if kind == "textarea":
        return [(name, element.get_text())]
    return [(name, str(element.get("value", "")))]
