"""Forms alone: Pyramid, Jinja2 and our widgets, without the rest of the application."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import govuk_frontend_jinja
import pytest
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory
from translationstring import TranslationString

from portal.request import Request, _, locale_of
from portal.settings import ROOT

COMPONENTS = FileSystemLoader(f"{govuk_frontend_jinja.__path__[0]}/templates")
ENVIRONMENT = Environment(
    loader=ChoiceLoader(
        [
            FileSystemLoader(str(ROOT / "portal/forms/templates")),
            PrefixLoader({"govuk_frontend_jinja": COMPONENTS}),
        ]
    ),
    undefined=ChainableUndefined,
    autoescape=True,
    trim_blocks=True,
)


def _renderer(info: Any) -> Any:
    template = ENVIRONMENT.get_template(info.name)
    return lambda value, system: template.render({**system, **value})


def _translated(request: Request) -> Callable[..., str]:
    def translate(text: str, mapping: dict[str, Any] | None = None) -> str:
        string = text if isinstance(text, TranslationString) else _(text)
        return request.translate(_(string, mapping=mapping) if mapping else string)

    return translate


def _globals(event: Any) -> None:
    event["_"] = _translated(event["request"])
    event["filesize"] = lambda size: f"{size} B"


class _WhoeverIsNamed:
    """The person named in the environ is the one at work."""

    def identity(self, request: Request) -> Any:
        return request.environ.get("test.identity")


@pytest.fixture
def request_in() -> Iterator[Callable[..., Request]]:
    """`request_in("en")`: a request of our class with a session, ready to draw templates."""
    config = Configurator(request_factory=Request, locale_negotiator=locale_of)
    config.set_session_factory(SignedCookieSessionFactory("a secret of the tests"))
    config.set_security_policy(_WhoeverIsNamed())
    config.add_renderer(".jinja2", _renderer)
    config.add_directive("add_templates", lambda config, package: None)
    config.add_translation_dirs("portal:locale")
    config.include("portal.forms")
    config.add_subscriber(_globals, "pyramid.interfaces.IBeforeRender")
    config.commit()
    config.registry["portal.settings"] = SimpleNamespace(secret="the secret of the tests")

    def make(lang: str = "vi", **environ: Any) -> Request:
        request = Request.blank("/en/thu" if lang == "en" else "/thu", **environ)
        request.registry = config.registry
        config.begin(request)
        return request

    yield make
    config.end()


@pytest.fixture
def request_vi(request_in: Callable[..., Request]) -> Request:
    return request_in("vi")
