"""A certification authority of our own, its signers, and papers that they sign."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import cms, keys
from asn1crypto import pdf as asn1_pdf
from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2024, 3, 12, 3, 5, tzinfo=UTC)
"""10:05 on 12 March 2024 in Hà Nội."""


@cache
def key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key, made by `issuer` (itself when None)."""

    name: str
    certificate: x509.Certificate
    private: rsa.RSAPrivateKey

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1_key(self) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(
            self.private.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def holder(
    name: str,
    issuer: Holder | None = None,
    *,
    organisation: str = "Cơ quan Ví Dụ",
    first: datetime = datetime(2020, 1, 1, tzinfo=UTC),
    last: datetime = datetime(2030, 1, 1, tzinfo=UTC),
    ca: bool = False,
    for_time: bool = False,
    signs: bool = True,
    list_at: str | None = None,
    bits: int = 2048,
) -> Holder:
    """A certificate. `list_at`: where its issuer says that revoked ones are listed."""
    private = key(name, bits)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    usage["key_encipherment"] = not signs
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=signs and not ca, key_cert_sign=ca, crl_sign=ca, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer.private if issuer else private).public_key()),
            critical=False,
        )
    )
    if for_time:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if list_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(list_at)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    made = builder.sign(issuer.private if issuer else private, hashes.SHA256())
    return Holder(name, made, private)


ROOT = holder("Gốc thử nghiệm", ca=True)
SUB = holder("Cấp dưới thử nghiệm", ROOT, ca=True)
OFFICE = holder("Văn phòng Ví Dụ", SUB)
STAMPER = holder("Dấu thời gian Ví Dụ", ROOT, for_time=True)


def revoked(
    *gone: Holder,
    by: Holder = SUB,
    on: datetime = SIGNED_AT - timedelta(days=9),
    made: datetime = SIGNED_AT - timedelta(days=1),
) -> CertificateList:
    """The authority's list of revoked certificates."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
    builder = builder.last_update(made).next_update(made + timedelta(days=3650))
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(by.private.public_key()), critical=False
    )
    for one in gone:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number).revocation_date(on)
        builder = builder.add_revoked_certificate(entry.build())
    listed = builder.sign(by.private, hashes.SHA256())
    return CertificateList.load(listed.public_bytes(serialization.Encoding.DER))


def paper(lines: str = "Thong bao thu") -> bytes:
    """A PDF of one page."""
    writer = PdfFileWriter()
    content = generic.StreamObject(stream_data=f"BT /F1 12 Tf 72 720 Td ({lines}) Tj ET".encode())
    font = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Font"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
            generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
        }
    )
    resources = generic.DictionaryObject(
        {
            generic.pdf_name("/Font"): generic.DictionaryObject(
                {generic.pdf_name("/F1"): writer.add_object(font)},
            )
        }
    )
    page = PageObject(
        contents=writer.add_object(content), media_box=generic.ArrayObject([0, 0, 595, 842]), resources=resources
    )
    writer.insert_page(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def signed(
    content: bytes,
    by: Holder = OFFICE,
    *,
    field: str = "ChuKy1",
    at: datetime = SIGNED_AT,
    chain: tuple[Holder, ...] = (SUB,),
    stamped_at: datetime | None = None,
    digest: str = "sha256",
    certify: fields.MDPPerm | None = None,
    lists: tuple[CertificateList, ...] = (),
) -> bytes:
    """The paper with a signature. `stamped_at`: with a time-stamp of `STAMPER`; `lists`: revocation lists inside."""
    certificates = SimpleCertificateStore()
    certificates.register_multiple(one.asn1 for one in chain)
    signer = Signer(signing_cert=by.asn1, signing_key=by.asn1_key, cert_registry=certificates)
    signer.lists = lists
    writer = IncrementalPdfFileWriter(BytesIO(content))
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        certify=certify is not None,
        docmdp_permissions=certify or fields.MDPPerm.FILL_FORMS,
        use_pades_lta=False,
    )
    stamper = None
    if stamped_at:
        stamper = DummyTimeStamper(
            tsa_cert=STAMPER.asn1, tsa_key=STAMPER.asn1_key, fixed_dt=stamped_at, certs_to_embed=certificates
        )
    one = AtItsHour(metadata, signer=signer, timestamper=stamper)
    one.at = at
    out = one.sign_pdf(writer)
    return bytes(out.getbuffer())


class AtItsHour(signers.PdfSigner):
    """Signs at the hour it is told."""

    at = SIGNED_AT

    def _enforce_certification_constraints(self, reader: Any) -> None:
        """Sign also where somebody forbade it: the look at the file must notice."""

    def init_signing_session(self, *args: Any, **more: Any) -> Any:
        session = super().init_signing_session(*args, **more)
        session.system_time = self.at
        return session


class Signer(signers.SimpleSigner):
    """Puts revocation lists into the signature in Adobe's way."""

    lists: tuple[CertificateList, ...] = ()

    async def signed_attrs(self, *args: Any, **more: Any) -> cms.CMSAttributes:
        attributes = list(await super().signed_attrs(*args, **more))
        if self.lists:
            archive = asn1_pdf.RevocationInfoArchival({"crl": list(self.lists)})
            attributes.append(cms.CMSAttribute({"type": "adobe_revocation_info_archival", "values": (archive,)}))
        return cms.CMSAttributes(attributes)


def roots(folder: Path, *holders: Holder) -> Path:
    """The operator's folder."""
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(holders or (ROOT,)):
        (folder / f"{number}.pem").write_bytes(one.pem)
    return folder
