"""People who apply over real HTTP, each with a connection and cookies of their own, as a browser without JavaScript."""

import html
import http.client
import re
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

PATIENCE = 240.0
_INPUT = re.compile(r"<input\b[^>]*>", re.S)
_BUTTON = re.compile(r"<button\b[^>]*\bname=\"[^>]*>", re.S)
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"]*)\")?", re.S)


class Times:
    """Milliseconds of every answer by what was asked; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.taken: dict[str, list[float]] = defaultdict(list)

    def note(self, what: str, seconds: float) -> None:
        with self._lock:
            self.taken[what].append(seconds * 1000)

    def every(self) -> list[float]:
        """All of them, sorted."""
        return sorted(one for kind in self.taken.values() for one in kind)


@dataclass
class Answer:
    """What came back."""

    status: int
    body: str
    location: str


@dataclass
class Browser:
    """One connection that is kept open, and its cookies."""

    port: int
    times: Times
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def twin(self) -> "Browser":
        """A second window of the same browser."""
        return Browser(self.port, self.times, dict(self.cookies))

    def get(self, what: str, path: str) -> Answer:
        return self._ask(what, "GET", path, None)

    def post(self, what: str, path: str, given: list[tuple[str, str]]) -> Answer:
        return self._ask(what, "POST", path, urlencode(given).encode())

    def close(self) -> None:
        if self._line is not None:
            self._line.close()

    def _ask(self, what: str, method: str, path: str, body: bytes | None) -> Answer:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": "localhost", "Origin": "http://localhost", "Referer": "http://localhost/"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        self.times.note(what, time.perf_counter() - started)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key.strip()] = rest.partition(";")[0]
        where = urlsplit(answer.getheader("Location") or "")
        return Answer(answer.status, text, where.path + (f"?{where.query}" if where.query else ""))


def form_of(page: str, marked: str, given: dict[str, str]) -> list[tuple[str, str]]:
    """What a browser sends for the first form with `marked` in it: hidden values, what was typed, the first button."""
    forms = re.findall(r"<form\b.*?</form>", page, re.S)
    form = next((one for one in forms if marked in one), None)
    assert form is not None, f"no form with {marked!r}"
    sent: list[tuple[str, str]] = []
    own = _attributes(form[: form.index(">") + 1]).get("id")
    elsewhere = [tag for tag in _INPUT.findall(page.replace(form, "")) if own and _attributes(tag).get("form") == own]
    for tag in [*_INPUT.findall(form), *elsewhere]:
        one = _attributes(tag)
        name, kind = one.get("name"), one.get("type", "text")
        if not name or kind == "submit":
            continue
        if kind in ("radio", "checkbox"):
            if given.get(name) == one.get("value") or (name not in given and "checked" in one):
                sent.append((name, one.get("value", "on")))
        else:
            sent.append((name, given.get(name, one.get("value", ""))))
    for tag in _BUTTON.findall(form)[:1]:
        button = _attributes(tag)
        sent.append((button["name"], button.get("value", "")))
    return sent


def _attributes(tag: str) -> dict[str, str]:
    inside = tag[tag.index(" ") if " " in tag else 0 :].rstrip(">")
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(inside)}


def at_once(number: int, act: "object") -> list[BaseException]:
    """Let so many people begin at the same moment; what went wrong for any of them."""
    assert callable(act)
    gate, wrong = threading.Barrier(number), list[BaseException]()

    def one(place: int) -> None:
        gate.wait()
        try:
            act(place)
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
