"""From what was typed to the plan of the engine: `parse`, then `plan_of`. Any string is a safe question."""

from portal.search.query.asked import Asked, Words
from portal.search.query.parsing import parse
from portal.search.query.planning import is_relaxed, plan_of
from portal.search.query.synonyms import Synonyms

__all__ = ["Asked", "Synonyms", "Words", "is_relaxed", "parse", "plan_of"]
