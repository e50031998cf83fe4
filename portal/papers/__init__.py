"""Papers (văn bản giấy, tệp): from the file that somebody has to its text and structure, whatever the format.

    paper = papers.read(path, "249-TB-VPCP.docx")       # in a separate, limited process
    for member in papers.members(path, "lo-van-ban.zip", into=folder): …

Stands on `files` (which kind is it really, is it safe) and `text`. Knows nothing of notices, database or request.
What is imported here is imported by the process that reads, too: it stays light.
"""

from portal.papers.errors import (
    EncryptedPaper,
    FormatUnknown,
    NeedsOffice,
    PaperError,
    ReaderStopped,
    TookTooLong,
    TookTooMuchMemory,
    TooLong,
    Unreadable,
)
from portal.papers.isolation import Bounds
from portal.papers.members import Member, NotAnArchive, Skipped, members
from portal.papers.opening import EXTENSIONS, Limits, read
from portal.papers.options import Options
from portal.papers.paper import Block, Image, Note, Paper, Remark, Signature
from portal.papers.remarks import Remarks, sentence

__all__ = [
    "EXTENSIONS",
    "Block",
    "Bounds",
    "EncryptedPaper",
    "FormatUnknown",
    "Image",
    "Limits",
    "Member",
    "NeedsOffice",
    "NotAnArchive",
    "Note",
    "Options",
    "Paper",
    "PaperError",
    "ReaderStopped",
    "Remark",
    "Remarks",
    "Signature",
    "Skipped",
    "TooLong",
    "TookTooLong",
    "TookTooMuchMemory",
    "Unreadable",
    "members",
    "read",
    "sentence",
]
