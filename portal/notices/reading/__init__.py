"""Reading a paper: from plain text to the proposed fields of a document record, each with its passage and its doubts.

The rules are those of the layout that NĐ 30/2020 (Appendix I) prescribes. Pure: no database, no request.
"""

from portal.notices.reading.found import Found, Issuer, Reading, Recipient, Related, Resolved, Resolver, Signer, Span
from portal.notices.reading.reader import read

__all__ = ["Found", "Issuer", "Reading", "Recipient", "Related", "Resolved", "Resolver", "Signer", "Span", "read"]
