"""Digital signatures of a PDF: what is said of each, with an authority of our own."""

import random
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from papers.authority import (
    OFFICE,
    ROOT,
    SIGNED_AT,
    STAMPER,
    SUB,
    holder,
    paper,
    revoked,
    roots,
    signed,
)
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm

from portal.papers.errors import EncryptedPaper, PaperError
from portal.papers.paper import Signature
from portal.papers.remarks import Remarks
from portal.papers.signatures import signatures_of

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return roots(tmp_path_factory.mktemp("roots"))


@pytest.fixture
def look(tmp_path, trusted):
    """`look(content, …)`: the signatures of these bytes, trusting our root unless told otherwise."""

    def look_at(content: bytes, folder: Path | None = trusted, at: datetime = NOW) -> tuple[Signature, ...]:
        file = tmp_path / "tep.pdf"
        file.write_bytes(content)
        return signatures_of(file, folder, at=at)

    return look_at


def verdict(signatures: tuple[Signature, ...]) -> list[tuple[str, str]]:
    return [(one.state, one.reason) for one in signatures]


def with_more(content: bytes, change) -> bytes:
    """The file with an incremental update."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_other_words(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (Thong bao khac) Tj ET")
    page[generic.pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def test_a_file_without_signature_has_none(look):
    assert look(paper()) == ()


def test_a_good_signature_is_valid_and_says_who_and_when(look):
    (one,) = look(signed(paper()))
    assert (one.state, one.reason) == ("valid", Remarks.SIGNATURE_VALID)
    assert (one.signer, one.organisation, one.issuer) == ("Văn phòng Ví Dụ", "Cơ quan Ví Dụ", "Cấp dưới thử nghiệm")
    assert datetime.fromisoformat(one.signed_at) == SIGNED_AT
    assert one.covers_all


def test_without_roots_nothing_is_believed(look, tmp_path):
    (tmp_path / "rong").mkdir()
    for folder in (None, tmp_path / "khong-co", tmp_path / "rong"):
        (one,) = look(signed(paper()), folder)
        assert (one.state, one.reason) == ("unchecked", Remarks.SIGNATURE_NO_ROOTS)
        assert one.signer == "Văn phòng Ví Dụ"


def test_a_signer_of_another_authority_is_not_believed(look):
    other = holder("Gốc khác", ca=True)
    content = signed(paper(), holder("Người lạ", other), chain=(other,))
    assert verdict(look(content)) == [("unchecked", Remarks.SIGNATURE_CHAIN_INCOMPLETE)]


def test_a_certificate_that_somebody_made_for_themselves_is_not_believed(look):
    content = signed(paper(), holder("Tự cấp"), chain=())
    assert verdict(look(content)) == [("unchecked", Remarks.SIGNATURE_CHAIN_INCOMPLETE)]


def test_an_authority_between_may_lie_in_the_operators_folder(look, tmp_path):
    content = signed(paper(), chain=())
    assert verdict(look(content)) == [("unchecked", Remarks.SIGNATURE_CHAIN_INCOMPLETE)]
    folder = roots(tmp_path / "du", ROOT, SUB)
    assert verdict(look(content, folder)) == [("valid", Remarks.SIGNATURE_VALID)]
    (folder / "0.pem").unlink()
    (folder / "goc.der").write_bytes(ROOT.der)
    (folder / "ghi-chu.pem").write_text("không phải chứng thư")
    assert verdict(look(content, folder)) == [("valid", Remarks.SIGNATURE_VALID)]


def test_an_authority_below_alone_is_no_root(look, tmp_path):
    folder = roots(tmp_path / "thieu", SUB)
    assert verdict(look(signed(paper()), folder)) == [("unchecked", Remarks.SIGNATURE_NO_ROOTS)]


def test_a_changed_byte_is_noticed(look):
    content = bytearray(signed(paper()))
    place = content.index(b"Thong bao thu")
    content[place] = ord("X")
    assert verdict(look(bytes(content))) == [("invalid", Remarks.SIGNATURE_CHANGED)]
    assert verdict(look(bytes(content), None)) == [("invalid", Remarks.SIGNATURE_CHANGED)]


def test_other_content_added_after_signing_is_noticed(look):
    (one,) = look(with_more(signed(paper()), with_other_words))
    assert (one.state, one.reason) == ("invalid", Remarks.SIGNATURE_CHANGED_AFTER)
    assert not one.covers_all


def test_a_second_signature_leaves_the_first_one_valid(look):
    twice = signed(signed(paper()), field="ChuKy2", at=SIGNED_AT + timedelta(hours=1))
    first, second = look(twice)
    assert (first.state, first.reason) == ("valid", Remarks.SIGNATURE_VALID_WITH_ADDITIONS)
    assert (second.state, second.reason) == ("valid", Remarks.SIGNATURE_VALID)
    assert (first.covers_all, second.covers_all) == (False, True)
    assert first.signed_at < second.signed_at


def test_a_signer_may_forbid_every_later_change(look):
    closed = signed(paper(), certify=MDPPerm.NO_CHANGES)
    assert verdict(look(closed)) == [("valid", Remarks.SIGNATURE_VALID)]
    again = signed(closed, field="ChuKy2")
    assert verdict(look(again))[0] == ("invalid", Remarks.SIGNATURE_CHANGED_AFTER)


def test_signing_in_a_field_that_was_left_for_it_is_allowed(look):
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    def two_fields(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("ChuKy1"))
        append_signature_field(writer, SigFieldSpec("ChuKy2"))

    certified = signed(with_more(paper(), two_fields), certify=MDPPerm.FILL_FORMS)
    assert verdict(look(signed(certified, field="ChuKy2")))[0] == ("valid", Remarks.SIGNATURE_VALID_WITH_ADDITIONS)


def test_a_file_saved_anew_has_lost_its_signature(look):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(signed(paper()))))
    out = BytesIO()
    writer.write(out)
    ((state, _reason),) = verdict(look(out.getvalue()))
    assert state == "invalid"


def test_a_cut_file_says_that_it_was_saved_anew(look):
    content = signed(paper())
    longer = re.sub(
        rb"/ByteRange \[0 (\d+) (\d+) (\d+)", lambda m: b"/ByteRange [0 %s %s 9%s" % (*m.groups(),), content
    )
    ((state, _reason),) = verdict(look(longer[:-1]))
    assert state == "invalid"


def test_a_signature_of_a_certificate_that_had_expired(look):
    old = holder("Hết hạn", SUB, last=SIGNED_AT - timedelta(days=1))
    assert verdict(look(signed(paper(), old))) == [("unchecked", Remarks.SIGNATURE_TIME_OUTSIDE)]
    stamped = signed(paper(), old, stamped_at=SIGNED_AT)
    assert verdict(look(stamped)) == [("invalid", Remarks.SIGNATURE_EXPIRED)]
    early = holder("Chưa tới hạn", SUB, first=SIGNED_AT + timedelta(days=1))
    assert verdict(look(signed(paper(), early, stamped_at=SIGNED_AT))) == [("invalid", Remarks.SIGNATURE_EXPIRED)]


def test_a_certificate_that_expired_since_needs_a_time_stamp(look):
    since = holder("Hết hạn sau khi ký", SUB, last=SIGNED_AT + timedelta(days=90))
    assert verdict(look(signed(paper(), since))) == [("unchecked", Remarks.SIGNATURE_TIME_UNPROVEN)]
    assert verdict(look(signed(paper(), since, stamped_at=SIGNED_AT))) == [("valid", Remarks.SIGNATURE_VALID)]
    assert verdict(look(signed(paper(), since), at=SIGNED_AT + timedelta(days=9))) == [
        ("valid", Remarks.SIGNATURE_VALID)
    ]


def test_a_time_stamp_says_when(look):
    stamped = SIGNED_AT + timedelta(minutes=3)
    (one,) = look(signed(paper(), stamped_at=stamped))
    assert datetime.fromisoformat(one.signed_at) == stamped


def test_a_time_stamp_of_a_stranger_proves_nothing(look, tmp_path):
    since = holder("Hết hạn rồi", SUB, last=SIGNED_AT + timedelta(days=90))
    content = signed(paper(), since, stamped_at=SIGNED_AT)
    folder = roots(tmp_path / "khac", holder("Gốc không liên quan", ca=True))
    assert verdict(look(content, folder)) == [("unchecked", Remarks.SIGNATURE_CHAIN_INCOMPLETE)]


def test_a_revoked_certificate_is_found_in_the_signature(look):
    gone = holder("Bị thu hồi", SUB, list_at="http://vidu.gov.vn/thu-hoi.crl")
    assert verdict(look(signed(paper(), gone, lists=(revoked(gone),)))) == [("invalid", Remarks.SIGNATURE_REVOKED)]
    fine = signed(paper(), gone, lists=(revoked(),))
    assert verdict(look(fine)) == [("valid", Remarks.SIGNATURE_VALID)]


def test_without_a_list_revocation_is_unknown(look, tmp_path):
    listed = holder("Có danh sách", SUB, list_at="http://vidu.gov.vn/thu-hoi.crl")
    content = signed(paper(), listed)
    assert verdict(look(content)) == [("unchecked", Remarks.SIGNATURE_REVOCATION_UNKNOWN)]
    folder = roots(tmp_path / "co-danh-sach")
    (folder / "thu-hoi.crl").write_bytes(revoked(made=SIGNED_AT + timedelta(days=1)).dump())
    assert verdict(look(content, folder)) == [("valid", Remarks.SIGNATURE_VALID)]


def test_a_list_that_nobody_of_the_chain_signed_counts_for_nothing(look):
    listed = holder("Danh sách giả", SUB, list_at="http://vidu.gov.vn/thu-hoi.crl")
    forged = revoked(by=holder("Cấp dưới giả", holder("Gốc giả", ca=True), ca=True))
    assert verdict(look(signed(paper(), listed, lists=(forged,)))) == [
        ("unchecked", Remarks.SIGNATURE_REVOCATION_UNKNOWN)
    ]


def test_revoked_after_signing_depends_on_a_proven_time(look):
    gone = holder("Thu hồi sau", SUB, list_at="http://vidu.gov.vn/thu-hoi.crl")
    later = revoked(gone, on=SIGNED_AT + timedelta(days=30), made=SIGNED_AT + timedelta(days=31))
    assert verdict(look(signed(paper(), gone, lists=(later,)))) == [("unchecked", Remarks.SIGNATURE_REVOKED_SINCE)]
    stamped = signed(paper(), gone, lists=(later,), stamped_at=SIGNED_AT)
    assert verdict(look(stamped)) == [("valid", Remarks.SIGNATURE_VALID)]


def test_old_algorithms_are_not_enough(look):
    assert verdict(look(signed(paper(), digest="sha1"))) == [("unchecked", Remarks.SIGNATURE_ALGORITHM_WEAK)]
    short = holder("Khóa ngắn", SUB, bits=1024)
    assert verdict(look(signed(paper(), short))) == [("unchecked", Remarks.SIGNATURE_ALGORITHM_WEAK)]
    broken = signed(paper(), digest="sha1").replace(b"Thong bao thu", b"Thong bao xxx")
    assert verdict(look(broken)) == [("invalid", Remarks.SIGNATURE_CHANGED)]


def test_a_certificate_for_another_purpose_may_not_sign(look):
    content = signed(paper(), holder("Mã hóa", SUB, signs=False))
    assert verdict(look(content)) == [("invalid", Remarks.SIGNATURE_PURPOSE)]


def test_a_broken_signature_is_no_signature(look):
    content = signed(paper())
    place = content.index(b"/Contents <") + 11
    broken = content[:place] + b"ff" * 40 + content[place + 80 :]
    assert verdict(look(broken)) == [("invalid", Remarks.SIGNATURE_BROKEN)]


def test_a_kind_of_signature_that_nobody_here_knows(look):
    content = signed(paper()).replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1")
    content = content.replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1")
    ((state, _reason),) = verdict(look(content))
    assert state == "unchecked"


def test_a_locked_file_asks_for_its_password(look):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(paper())))
    writer._assign_security_handler(StandardSecurityHandler.build_from_pw("mat khau", "mat khau"))
    out = BytesIO()
    writer.write(out)
    with pytest.raises(EncryptedPaper):
        look(out.getvalue())


def test_a_broken_file_that_claims_to_be_signed_is_not_passed_over(look):
    content = signed(paper())
    (one,) = look(b"%PDF-1.7\n" + content[content.index(b"/ByteRange") : -300])
    assert (one.state, one.reason) == ("unchecked", Remarks.SIGNATURE_UNREADABLE)


def test_whatever_bytes_come_there_is_an_answer(look):
    whole = signed(signed(paper()), field="ChuKy2", stamped_at=SIGNED_AT)
    chance = random.Random(20240312)
    for _round in range(60):
        content = bytearray(whole)
        for _change in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = bytes(content[: chance.randrange(len(content))]) if chance.random() < 0.3 else bytes(content)
        try:
            found = look(cut)
        except PaperError:
            continue
        assert all(one.state in ("valid", "invalid", "unchecked") for one in found)


def test_every_reason_is_a_sentence():
    from portal.papers.paper import Remark
    from portal.papers.remarks import sentence

    for code in Remarks:
        if code.startswith("signature_"):
            assert sentence(Remark(code)).interpolate().endswith(".")


def test_looking_needs_neither_framework_nor_database():
    """The process that reads files is small, and has nothing to lose."""
    names = "{m.split('.')[0] for m in sys.modules}"
    code = f"import sys, portal.papers.signatures; print(*({names} & {{'pyramid', 'sqlalchemy'}}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_stored_signers_are_as_they_were_made():
    assert OFFICE.asn1.subject.native["common_name"] == "Văn phòng Ví Dụ"
    assert STAMPER.asn1.extended_key_usage_value.native == ["time_stamping"]


def test_the_study_papers_are_judged(shared):
    def judged(name: str) -> list[tuple[str, str]]:
        return verdict(signatures_of(shared / "data/files" / name, None, at=NOW))

    assert judged("pdf_signed_scan_4p.pdf") == [("unchecked", Remarks.SIGNATURE_NO_ROOTS)]
    assert judged("pdf_signed_text_nd_43p.pdf") == [("invalid", Remarks.SIGNATURE_REWRITTEN)]
    assert judged("pdf_text_nd-01-2020-nd-cp.pdf") == []
