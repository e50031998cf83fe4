"""Engines behind the contract of `portal.search.engine`. Only the one that is asked for is imported."""

from typing import TYPE_CHECKING

from portal.errors import ConfigurationError, _

if TYPE_CHECKING:
    from portal.search.engine import Index

ENGINES = ("whoosh", "tantivy")


def engine_named(name: str) -> "type[Index]":
    """The engine of the setting `portal.search_engine`. Raises `ConfigurationError` when there is none of this name."""
    if name == "whoosh":
        from portal.search.engines.whoosh import WhooshIndex

        return WhooshIndex
    if name == "tantivy":
        from portal.search.engines.tantivy import TantivyIndex

        return TantivyIndex
    raise ConfigurationError(
        _(
            "Không có bộ máy tìm kiếm “${name}”. Hãy đặt portal.search_engine là một trong: ${known}.",
            mapping={"name": name, "known": ", ".join(ENGINES)},
        )
    )
