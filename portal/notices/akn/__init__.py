"""Akoma Ntoso 3.0: documents out for other systems, and in from them (requirements B3).

`to_akn` and `from_akn` are pure; the standard's schema is not part of the program (`checking` takes its path).
"""

from portal.notices.akn.errors import AknError, AknTooLarge, BrokenXml, DeclaresEntities, NotAkn
from portal.notices.akn.meta import Passive, Source
from portal.notices.akn.names import MEDIA_TYPE
from portal.notices.akn.reading import Arrived, arrived, from_akn
from portal.notices.akn.writing import to_akn

__all__ = [
    "MEDIA_TYPE",
    "AknError",
    "AknTooLarge",
    "Arrived",
    "BrokenXml",
    "DeclaresEntities",
    "NotAkn",
    "Passive",
    "Source",
    "arrived",
    "from_akn",
    "to_akn",
]
