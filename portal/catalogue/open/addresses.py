"""The addresses that things have in linked data: those of pages of this portal, with a fragment."""

from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote

from portal.agencies.models import Agency
from portal.text import slug

CATALOGUE = "/dich-vu-cong"
COUNTRY = "http://publications.europa.eu/resource/authority/country/VNM"
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
LANGUAGE = {
    "vi": "http://publications.europa.eu/resource/authority/language/VIE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
_PLACES = {"audience": "doi-tuong", "life_event": "su-kien", "business_event": "su-kien", "field": "linh-vuc"}


class Addresses:
    """`base`: the public address of the portal, without a slash at its end."""

    def __init__(self, base: str) -> None:
        self.base = base

    def page(self, path: str) -> str:
        """A page of this portal."""
        return self.base + quote(path, safe="/%:@!$&'()*+,;=~-._")

    def service(self, path: str) -> str:
        """A procedure, by the path of its page."""
        return f"{self.page(path)}#service"

    def part(self, path: str, *name: str | int) -> str:
        """A part of a procedure: `channel-online`, `cost-direct-1`."""
        return f"{self.page(path)}#{'-'.join(map(str, name))}"

    def word(self, kind: str, name: str) -> str:
        """A word of a vocabulary, or a field (`kind` "field")."""
        return f"{self.base}{CATALOGUE}/{_PLACES[kind]}/{name}#concept"

    def value(self, kind: str, name: str) -> str:
        """A value that has no page: `value("channel", "online")`."""
        return f"{self.base}{CATALOGUE}#{kind}-{name}"

    def named(self, kind: str, name: str) -> str:
        """Something of which only the name is known: the same name, the same thing."""
        return f"{self.base}{CATALOGUE}#{kind}-{_name(name)}"

    def agency(self, agency: Agency) -> str:
        """A unit of the register."""
        return f"{self.page(f'/co-quan/{agency.key}')}#agency"

    def document(self, path: str) -> str:
        """A legal document that is published here."""
        return f"{self.page(path)}#document"

    def dataset(self) -> str:
        """The catalogue as a data set."""
        return f"{self.base}{CATALOGUE}#dataset"


@lru_cache(maxsize=20_000)
def _name(name: str) -> str:
    """Of anything that has a name: readable, and another one for every other name."""
    return f"{slug(name, longest=48)}-{blake2b(name.encode(), digest_size=5).hexdigest()}"
