"""Digital signatures of a PDF (chữ ký số, A3-10): who signed, when, and whether that can be believed.

Nothing is fetched: a signature is judged by the file itself and by the certificates that the operator trusts.
`valid` is said only when everything needed is known; what cannot be known here is `unchecked`, with the reason.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import extract_certificate_info, extract_signer_info, find_cms_attribute_iter
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)

from portal import clock
from portal.papers.errors import EncryptedPaper
from portal.papers.paper import Signature
from portal.papers.remarks import Remarks
from portal.papers.trust import Chain, Evidence, chain_of, evidence_in
from portal.text import nfc, without_controls, without_invisible

MOST = 32
"""Signatures looked at in one file; no paper of an office has more."""
MOST_PAGES = 2000
LONGEST_NAME = 300
SLACK = timedelta(days=1)
"""How far a signer's clock may be ahead."""
SHORTEST_KEY = 2048

VALID, INVALID, UNCHECKED = "valid", "invalid", "unchecked"

# What the parsers underneath are known to raise for broken bytes; they promise no error family of their own.
BROKEN = (
    PdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,  # RecursionError, NotImplementedError among them
    EOFError,
    OSError,
    struct.error,
    zlib.error,
    InvalidSignature,
    UnsupportedAlgorithm,
)
_WEAK = frozenset({"md2", "md5", "sha1"})
_DIGESTS = _WEAK | {"sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_SCHEMES = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "dsa", "ed25519", "ed448"})
_CMS = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
_OLD_CMS = "/adbe.pkcs7.sha1"

_CHAINS = {
    Chain.INCOMPLETE: (UNCHECKED, Remarks.SIGNATURE_CHAIN_INCOMPLETE),
    Chain.REFUSED: (INVALID, Remarks.SIGNATURE_CHAIN_REFUSED),
    Chain.REVOKED: (INVALID, Remarks.SIGNATURE_REVOKED),
    Chain.REVOCATION_UNKNOWN: (UNCHECKED, Remarks.SIGNATURE_REVOCATION_UNKNOWN),
    Chain.WEAK: (UNCHECKED, Remarks.SIGNATURE_ALGORITHM_WEAK),
}

Verdict = tuple[str, str]


def signatures_of(path: Path, roots: Path | None, *, at: datetime | None = None) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order in which they were made; () for a file without any.

    `roots`: the folder of certificates (and, if wanted, revocation lists) that the operator trusts. `at`: the moment of
    looking, now by default. Document time-stamps are no signatures of a person and are left out. Raises
    `EncryptedPaper` when a password is needed to look; nothing else for whatever bytes come.
    """
    moment = at or clock.now()
    with path.open("rb") as stream:
        try:
            return _signatures(stream, evidence_in(roots), moment)
        except BROKEN:
            return _of_a_broken_file(stream)


def _signatures(stream: BinaryIO, evidence: Evidence, at: datetime) -> tuple[Signature, ...]:
    reader = PdfFileReader(stream, strict=False)
    if reader.encrypted and reader.decrypt(b"").status is AuthStatus.FAILED:
        raise EncryptedPaper
    fields = list(_fields(reader))[:MOST]
    if not fields:
        return ()
    evidence = evidence.with_more(*_stored_evidence(reader))
    made = [_signature(reader, name, field, evidence, at) for name, field in fields]
    return tuple(signature for _revision, signature in sorted(made, key=lambda pair: pair[0]))


def _of_a_broken_file(stream: BinaryIO) -> tuple[Signature, ...]:
    """A file too broken to look into: if it claims to be signed, say that nobody could check that."""
    try:
        stream.seek(0)
        claims = any(b"/ByteRange" in piece for piece in iter(lambda: stream.read(1 << 22), b""))
    except OSError:
        return ()
    return (Signature(UNCHECKED, Remarks.SIGNATURE_UNREADABLE, covers_all=False),) if claims else ()


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject]]:
    """Filled signature fields of the form, and signatures on the pages of a file that lost its form when re-saved."""
    seen: set[int] = set()
    if "/AcroForm" in reader.root:
        for name, _value, reference in enumerate_sig_fields(reader, filled_status=True):
            field = _object(reference)
            seen.add(id(_object(field["/V"])))
            if _is_signature(field):
                yield name, field
    for widget in _widgets(reader):
        if id(_object(widget["/V"])) not in seen and _is_signature(widget):
            seen.add(id(_object(widget["/V"])))
            yield str(widget.get("/T", "")), widget


def _object(reference: Any) -> Any:
    """The thing itself, where a PDF may also give a reference to it."""
    known = isinstance(reference, generic.IndirectObject)
    return reference.get_object() if known else reference


def _is_signature(field: generic.DictionaryObject) -> bool:
    """Whether somebody signed in it; document time-stamps are another thing."""
    value = _object(field["/V"])
    return isinstance(value, generic.DictionaryObject) and value.get("/Type", "/Sig") == "/Sig"


def _widgets(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    waiting, looked = [reader.root["/Pages"]], 0
    while waiting and looked < MOST_PAGES:
        node = _object(waiting.pop(0))
        looked += 1
        if not isinstance(node, generic.DictionaryObject):
            continue
        waiting += list(_object(node.get("/Kids")) or ())
        for annotation in map(_object, _object(node.get("/Annots")) or ()):
            if isinstance(annotation, generic.DictionaryObject) and annotation.get("/FT") == "/Sig":
                yield from (annotation,) if "/V" in annotation else ()


def _stored_evidence(reader: PdfFileReader) -> tuple[list[Any], list[Any], list[Any]]:
    """Certificates, revocation lists and answers that were added to the file for later (PAdES LTV)."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except ValidationInfoReadingError:
        return [], [], []
    context = store.as_validation_context({"trust_roots": [], "allow_fetching": False})
    return list(store.load_certs()), list(context.crls), list(context.ocsps)


def _signature(
    reader: PdfFileReader, name: str, field: generic.DictionaryObject, evidence: Evidence, at: datetime
) -> tuple[int, Signature]:
    """One signature with the revision it was made in."""
    kind = str(field["/V"].get("/SubFilter", ""))
    if kind not in _CMS and kind != _OLD_CMS:
        return 0, Signature(UNCHECKED, Remarks.SIGNATURE_KIND_UNKNOWN, signed_at=_told(field), covers_all=False)
    try:
        one = EmbeddedPdfSignature(reader, field, name)
        certificate = one.signer_cert
        signed_at, proven = _time(one, field, evidence, at)
        state, reason = _verdict(one, kind, evidence, at, proven)
    except BROKEN:
        return 0, Signature(INVALID, Remarks.SIGNATURE_BROKEN, signed_at=_told(field), covers_all=False)
    whole = one.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return one.signed_revision, Signature(
        state=state,
        reason=str(reason),
        signer=_name(certificate.subject, "common_name"),
        organisation=_name(certificate.subject, "organization_name"),
        signed_at=signed_at.isoformat() if signed_at else None,
        issuer=_name(certificate.issuer, "common_name") or _name(certificate.issuer, "organization_name"),
        covers_all=whole,
    )


def _verdict(
    one: EmbeddedPdfSignature, kind: str, evidence: Evidence, at: datetime, proven: datetime | None
) -> Verdict:
    if _unknown_algorithm(one.signer_info):
        return UNCHECKED, Remarks.SIGNATURE_ALGORITHM_UNKNOWN
    harm = _harm(one, kind)
    if harm is not None:
        return INVALID, harm
    if _is_weak(one):
        return UNCHECKED, Remarks.SIGNATURE_ALGORITHM_WEAK
    if not evidence.roots:
        return UNCHECKED, Remarks.SIGNATURE_NO_ROOTS
    return _trust(one, evidence.with_more(*_own_evidence(one)), at, proven)


def _harm(one: EmbeddedPdfSignature, kind: str) -> Remarks | None:
    """What is wrong whoever the signer is: the bytes are not those that were signed, or the key may not sign."""
    size = one.reader.stream.seek(0, 2)
    signed = [int(number) for number in one.byte_range]
    if len(signed) % 2 or any(start + length > size for start, length in zip(signed[::2], signed[1::2], strict=True)):
        return Remarks.SIGNATURE_REWRITTEN
    one.compute_integrity_info()  # type: ignore[no-untyped-call]
    checks = (
        (lambda: _is_intact(one, kind), Remarks.SIGNATURE_CHANGED),
        (lambda: one.coverage >= SignatureCoverageLevel.ENTIRE_REVISION, Remarks.SIGNATURE_PARTIAL),
        (lambda: one.summarise_integrity_info()["docmdp_ok"], Remarks.SIGNATURE_CHANGED_AFTER),
        (lambda: _may_sign(one.signer_cert), Remarks.SIGNATURE_PURPOSE),
    )
    return next((remark for holds, remark in checks if not holds()), None)


def _trust(one: EmbeddedPdfSignature, evidence: Evidence, at: datetime, proven: datetime | None) -> Verdict:
    """The chain at the time of signing; a time that only the signer states proves nothing once the chain has ended."""
    claimed = _claimed(one, one.sig_field)
    if claimed is not None and claimed > at + SLACK:
        claimed = None
    chain = chain_of(one.signer_cert, evidence, proven or claimed or at)
    if chain is Chain.OUTSIDE:
        return (INVALID, Remarks.SIGNATURE_EXPIRED) if proven else (UNCHECKED, Remarks.SIGNATURE_TIME_OUTSIDE)
    if chain is not Chain.GOOD:
        return _CHAINS[chain]
    if proven is None:
        today = chain_of(one.signer_cert, evidence, at)
        if today is Chain.OUTSIDE:
            return UNCHECKED, Remarks.SIGNATURE_TIME_UNPROVEN
        if today is Chain.REVOKED:
            return UNCHECKED, Remarks.SIGNATURE_REVOKED_SINCE
    whole = one.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return VALID, Remarks.SIGNATURE_VALID if whole else Remarks.SIGNATURE_VALID_WITH_ADDITIONS


def _is_intact(one: EmbeddedPdfSignature, kind: str) -> bool:
    """Whether the signed bytes are the bytes of the file, and the signer's key signed them."""
    digest = one.compute_digest()
    content = one.signed_data["encap_content_info"]["content"]
    if kind == _OLD_CMS:  # there the signed content is itself the digest of the file
        if content.native != one.compute_digest("sha1"):
            return False
        digest = _hash(one.md_algorithm, content.native)
    intact, valid = validate_sig_integrity(one.signer_info, one.signer_cert, "data", digest)
    return bool(intact and valid)


def _unknown_algorithm(info: cms.SignerInfo) -> bool:
    try:
        scheme = info["signature_algorithm"].signature_algo
    except ValueError:
        return True
    return scheme not in _SCHEMES or info["digest_algorithm"]["algorithm"].native not in _DIGESTS


def _is_weak(one: EmbeddedPdfSignature) -> bool:
    key = one.signer_cert.public_key
    algorithm = one.signer_info["signature_algorithm"]
    try:
        hashed = algorithm.hash_algo
    except ValueError:  # the scheme leaves it to the digest
        hashed = None
    short = key.algorithm in ("rsa", "rsassa_pss", "dsa") and key.bit_size < SHORTEST_KEY
    return short or one.md_algorithm in _WEAK or hashed in _WEAK


def _may_sign(certificate: x509.Certificate) -> bool:
    usage = certificate.key_usage_value
    return usage is None or bool({"digital_signature", "non_repudiation"} & usage.native)


def _own_evidence(one: EmbeddedPdfSignature) -> tuple[list[Any], list[Any], list[Any]]:
    """Certificates of the signature, and revocation information in Adobe's way."""
    crls: list[Any] = []
    ocsps: list[Any] = []
    for stored in find_cms_attribute_iter(one.signer_info["signed_attrs"], "adobe_revocation_info_archival"):
        crls += list(stored["crl"] or ())
        ocsps += list(stored["ocsp"] or ())
    return list(one.other_embedded_certs), crls, ocsps


def _time(
    one: EmbeddedPdfSignature, field: generic.DictionaryObject, evidence: Evidence, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """When it was signed as far as anybody says, and that time again if a trusted time-stamp proves it."""
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        stamped = _stamped(token, one, evidence, at)
        if stamped is not None:
            return stamped
    return _claimed(one, field), None


def _stamped(
    token: cms.SignedData, one: EmbeddedPdfSignature, evidence: Evidence, at: datetime
) -> tuple[datetime, datetime | None] | None:
    try:
        stated = token["encap_content_info"]["content"].parsed
        info, certificates = extract_signer_info(token), extract_certificate_info(token)
        imprint, moment = stated["message_imprint"], stated["gen_time"].native
        digest = _hash(info["digest_algorithm"]["algorithm"].native, bytes(token["encap_content_info"]["content"]))
        expected = message_imprint_checker(one.signer_info)(imprint["hash_algorithm"]["algorithm"].native)
        sound = all(validate_sig_integrity(info, certificates.signer_cert, "tst_info", digest))
    except BROKEN:
        return None
    if not sound or imprint["hashed_message"].native != expected:
        return None
    with_own = evidence.with_more([*certificates.other_certs, *one.other_embedded_certs], (), ())
    chain = chain_of(certificates.signer_cert, with_own, moment) if evidence.roots else Chain.INCOMPLETE
    purpose = certificates.signer_cert.extended_key_usage_value
    for_time = purpose is not None and "time_stamping" in purpose.native
    proven = for_time and chain in (Chain.GOOD, Chain.REVOCATION_UNKNOWN) and moment <= at + SLACK
    return moment, moment if proven else None


def _claimed(one: EmbeddedPdfSignature, field: generic.DictionaryObject) -> datetime | None:
    """What the signer states. The PDF's own field first: signing tools that Vietnamese agencies use write the local
    hour there with its zone, and the same hour wrongly as UTC into the signature."""
    told = _told(field)
    moment: datetime | None = datetime.fromisoformat(told) if told else one.self_reported_timestamp
    return None if moment is None else moment if moment.tzinfo else clock.from_vietnam(moment)


def _told(field: generic.DictionaryObject) -> str | None:
    """The time that the PDF states, with its zone; None when it states none or leaves the zone open."""
    try:
        moment = generic.parse_pdf_date(field["/V"]["/M"], strict=False)
    except BROKEN:
        return None
    return moment.isoformat() if moment.tzinfo else None


def _hash(algorithm: str, content: bytes) -> bytes:
    return hashlib.new(algorithm, content).digest()


def _name(name: x509.Name, attribute: str) -> str | None:
    """One line of a distinguished name, made fit to be shown."""
    try:
        value = name.native.get(attribute)
    except BROKEN:
        return None
    text = ", ".join(value) if isinstance(value, list) else value
    tidy = " ".join(without_controls(without_invisible(nfc(str(text)))).split()) if text else ""
    return tidy[:LONGEST_NAME] or None
