"""What kinds of jobs there are: filled at start by `config.add_job` and `config.add_periodic`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from sqlalchemy.orm import Session

Handler = Callable[[Session, dict[str, Any], datetime], None]
PeriodicHandler = Callable[[Session, datetime], None]

RETRIES = 10
_KEY = "portal.jobs"


class GiveUp(Exception):
    """Raised by a handler: trying again cannot help; the job goes to the dead ones at once, with this text."""


@dataclass(frozen=True)
class Kind:
    """A kind of job: what runs it, and how often it is tried again after the first failure."""

    name: str
    handler: Handler
    retries: int


@dataclass(frozen=True)
class Period:
    """Something that happens once every `every`."""

    name: str
    every: timedelta
    handler: PeriodicHandler


@dataclass
class Registered:
    """All that this instance can run."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)


def registered(registry: Any) -> Registered:
    """What was registered with this application's registry."""
    found: Registered = registry.setdefault(_KEY, Registered())
    return found


def add_job(config: Configurator, kind: str, handler: Handler, retries: int = RETRIES) -> None:
    """Configurator directive. `handler(db, payload, at)` must stand being run again; it is, `retries` times at most."""
    kinds = registered(config.registry).kinds
    if kind in kinds:
        raise ConfigurationError(f"Two handlers are registered for jobs of kind {kind!r}.")
    kinds[kind] = Kind(kind, handler, retries)


def add_periodic(config: Configurator, name: str, every: timedelta, handler: PeriodicHandler) -> None:
    """Configurator directive. `handler(db, at)` runs once each `every`; after an outage once, not for each missed."""
    periods = registered(config.registry).periods
    if name in periods:
        raise ConfigurationError(f"Two periodic jobs are called {name!r}.")
    if every <= timedelta(0):
        raise ConfigurationError(f"The period of {name!r} must be longer than nothing.")
    periods[name] = Period(name, every, handler)
