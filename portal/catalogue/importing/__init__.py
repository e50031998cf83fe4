"""Bringing the national list of procedures in: cleaned, idempotent, resumable, every doubt kept and reported."""

from portal.catalogue.importing.run import Import, Outcome
from portal.catalogue.importing.sources import procedures_in
from portal.notices.importing import Verdict

__all__ = ["Import", "Outcome", "Verdict", "procedures_in"]
