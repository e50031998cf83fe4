"""The embedded engine: Whoosh's files, segments, lock and commits hold the index; NumPy reads its posting lists.

`private` and `private_writer` alone know what Whoosh does not promise. A segment is Whoosh's terms and postings and,
beside them, one file of ours with the columns, briefs and texts of its units (`rows`).
"""

from portal.search.engines.whoosh.index import WhooshIndex

__all__ = ["WhooshIndex"]
