"""The scale engine: tantivy ranks; which units match is decided on bitmaps, counted without reading a posting twice.

`index` is the door. A unit has a *slot*, a number that is never given again, so what is known of a slot stays true:
columns and bitmaps over slots survive every commit and merge, and only what is new is read.
"""

from portal.search.engines.tantivy.index import TantivyIndex

__all__ = ["TantivyIndex"]
