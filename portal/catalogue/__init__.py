"""The catalogue of public services (A5): procedures, what agencies add to them, and how people find them.

The record (`data`), its kind (`kind`, `local`), the pages of citizens, the forms of editors, bringing many in
(`importing`), and the same as open data (`open`).
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_templates("portal.catalogue")
    for part in ("desk", "vocabularies", "public", "open"):
        config.include(f"portal.catalogue.{part}")
