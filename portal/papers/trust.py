"""Whether a signer's certificate was to be trusted at a moment: the operator's roots, the chain, its life, revocation.

Everything comes from the file and from the operator's folder; nothing is ever fetched.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".crl"})
LARGEST = 64 * 1024 * 1024
"""Bytes of one file of the folder: revocation lists grow large, but not so large."""

_IF_KNOWN, _NEEDED = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT, RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
_IF_DECLARED = RevocationCheckingRule.CHECK_IF_DECLARED


class Chain(StrEnum):
    """What the chain of a certificate says."""

    GOOD = "good"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    OUTSIDE = "outside"
    """Expired, or not yet valid."""
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation unknown"
    WEAK = "weak"


@dataclass
class Evidence:
    """Certificates and revocation lists: the operator's, and what a signature brings along. Only roots are trusted."""

    roots: list[x509.Certificate] = field(default_factory=list)
    others: list[x509.Certificate] = field(default_factory=list)
    crls: list[Any] = field(default_factory=list)
    ocsps: list[Any] = field(default_factory=list)

    def with_more(self, others: Iterable[x509.Certificate], crls: Iterable[Any], ocsps: Iterable[Any]) -> "Evidence":
        """The same roots, with what a file says of itself."""
        return Evidence(self.roots, [*self.others, *others], [*self.crls, *crls], [*self.ocsps, *ocsps])


def evidence_in(folder: Path | None) -> Evidence:
    """What the operator put there: PEM or DER; a self-signed certificate is a root, others help to build chains.

    Files that are neither certificates nor revocation lists are passed over; `portal doctor` can name them.
    """
    found = Evidence()
    if folder is None or not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES and path.is_file() and path.stat().st_size <= LARGEST:
            for kind, content in _members(path.read_bytes()):
                _take(found, kind, content)
    return found


def chain_of(certificate: x509.Certificate, evidence: Evidence, moment: datetime) -> Chain:
    """What the chain of a certificate says of that moment."""
    structure = _validated(certificate, evidence, moment, _IF_KNOWN, _IF_KNOWN)
    if structure is not Chain.GOOD:
        return structure
    # Each rule alone: a list that is missing for an authority must not hide that the signer's was revoked.
    for own, above in ((_NEEDED, _IF_KNOWN), (_IF_KNOWN, _NEEDED)):
        if _validated(certificate, evidence, moment, own, above) is Chain.REVOKED:
            return Chain.REVOKED
    return _validated(certificate, evidence, moment, _IF_DECLARED, _IF_DECLARED)


def _validated(
    certificate: x509.Certificate,
    evidence: Evidence,
    moment: datetime,
    own: RevocationCheckingRule,
    above: RevocationCheckingRule,
) -> Chain:
    context = ValidationContext(
        trust_roots=list(evidence.roots),
        other_certs=evidence.others,
        crls=evidence.crls,
        ocsps=evidence.ocsps,
        moment=moment,
        allow_fetching=False,
        retroactive_revinfo=True,  # a list made after the signature tells when, so it says more, not less
        revinfo_policy=CertRevTrustPolicy(
            RevocationCheckingPolicy(ee_certificate_rule=own, intermediate_ca_cert_rule=above),
            retroactive_revinfo=True,
        ),
    )
    try:
        asyncio.run(_walk(certificate, context))
    except (PathBuildingError, ValidationError) as error:
        if certificate.self_signed in ("yes", "maybe") or getattr(error, "is_side_validation", False):
            return Chain.INCOMPLETE  # nobody above it, or only what tells of revocation is in question
        return next(chain for kind, chain in _MEANING.items() if isinstance(error, kind))
    return Chain.GOOD


_MEANING: dict[type[Exception], Chain] = {
    RevokedError: Chain.REVOKED,
    ExpiredError: Chain.OUTSIDE,
    NotYetValidError: Chain.OUTSIDE,
    InsufficientRevinfoError: Chain.REVOCATION_UNKNOWN,
    DisallowedAlgorithmError: Chain.WEAK,
    PathBuildingError: Chain.INCOMPLETE,
    ValidationError: Chain.REFUSED,
}
"""The narrower first."""


async def _walk(certificate: x509.Certificate, context: ValidationContext) -> None:
    paths = context.path_builder.async_build_paths_lazy(certificate)
    await find_valid_path(certificate, paths, validation_context=context)


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The objects of a PEM file with their labels; one without a label of a DER file."""
    if not pem.detect(content):
        yield "", content
        return
    try:
        for kind, _headers, member in pem.unarmor(content, multiple=True):
            yield kind, member
    except ValueError:
        return


def _take(found: Evidence, kind: str, content: bytes) -> None:
    if kind in ("", "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"):
        certificate = _parsed(x509.Certificate, content)
        if certificate is not None:
            own = certificate.self_issued and certificate.ca
            (found.roots if own else found.others).append(certificate)
            return
    if kind in ("", "X509 CRL"):
        listed = _parsed(crl.CertificateList, content)
        found.crls += [listed] if listed is not None else []


def _parsed(kind: Any, content: bytes) -> Any:
    """The object, read to its end, or None for anything else."""
    try:
        parsed = kind.load(content, strict=True)
        _ = parsed.native if kind is not crl.CertificateList else parsed["tbs_cert_list"]["issuer"].native
    except (ValueError, TypeError, KeyError):
        return None
    return parsed
