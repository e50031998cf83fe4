"""The weights of ranking, tuned on the judged questions; docs/decisions/search-quality.md says what each gains."""

TITLE, CONTEXT = 10, 3
"""How often a word of the title and of the context counts; a word of the text counts once. In the index: a change
needs a new `units.VERSION`."""

WORD = 1.0
"""A syllable of the question."""
PAIRS = 0.7
"""Two neighbours of the question."""
NUMBER = 1.0
"""A document's own number, whole or without year or letters; parts of it weigh what `asked_numbers` says."""
SYNONYM = 0.5
"""A term of another spelling, against the same term typed."""

CANDIDATES = 200
"""How many of the best units are ranked."""
SHARE = 0.02
"""Of what the other good passages of its document add to a unit: × √(Σ score²)."""

TITLE_WORDS = 12
"""Longest question, in syllables, that may be a title or a part of one."""
TITLE_RANKED = 50
"""Of how many of the best units the titles are compared with the question."""
TITLE_COVERED = 0.7
"""From which part of the question's pairs a title counts as meant."""
HEADING = 0.07
"""Of the best score: what a title adds whose pairs all stand in the question."""
NUMBER_WORDS = 5
"""Longest question in which a number and a year alone, `11/2021`, mean a document."""
CHANGES = 0.6
"""Factor of a document that changes the one whose title was typed."""
