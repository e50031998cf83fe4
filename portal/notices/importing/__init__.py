"""Bringing documents in from files, folders and JSON lines: idempotent, resumable, every doubt reported."""

from portal.notices.importing.run import Import, Outcome, Verdict
from portal.notices.importing.sources import Source, count, sources_in

__all__ = ["Import", "Outcome", "Source", "Verdict", "count", "sources_in"]
