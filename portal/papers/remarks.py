"""What a person should know about a reading, as codes and as sentences."""

from enum import StrEnum

from translationstring import TranslationString

from portal.errors import _
from portal.papers.paper import Remark


class Remarks(StrEnum):
    """Codes of `Remark.code`, in the order of the alphabet; each has a sentence below."""

    ALT_MISSING = "alt_missing"
    CHANGES_ACCEPTED = "changes_accepted"
    CHARACTERS_LOST = "characters_lost"
    CHUNK_DROPPED = "chunk_dropped"
    COMMENTS_DROPPED = "comments_dropped"
    CONTENTS_DROPPED = "contents_dropped"
    DIAGRAM_DROPPED = "diagram_dropped"
    EMPTY = "empty"
    ENCODING_CONVERTED = "encoding_converted"
    ENCODING_MIXED = "encoding_mixed"
    ENCODING_UNSURE = "encoding_unsure"
    EQUATION_LINEAR = "equation_linear"
    FRAME_DROPPED = "frame_dropped"
    HIDDEN_DROPPED = "hidden_dropped"
    HIDDEN_TEXT = "hidden_text"
    IMAGE_DROPPED = "image_dropped"
    KIND_DIFFERS = "kind_differs"
    LETTERS_UNKNOWN = "letters_unknown"
    MEMBER_SKIPPED = "member_skipped"
    OCR_LAYER = "ocr_layer"
    PAGES_SCANNED = "pages_scanned"
    SCAN = "scan"
    SIGNATURE_ALGORITHM_UNKNOWN = "signature_algorithm_unknown"
    SIGNATURE_ALGORITHM_WEAK = "signature_algorithm_weak"
    SIGNATURE_BROKEN = "signature_broken"
    SIGNATURE_CHAIN_INCOMPLETE = "signature_chain_incomplete"
    SIGNATURE_CHAIN_REFUSED = "signature_chain_refused"
    SIGNATURE_CHANGED = "signature_changed"
    SIGNATURE_CHANGED_AFTER = "signature_changed_after"
    SIGNATURE_EXPIRED = "signature_expired"
    SIGNATURE_KIND_UNKNOWN = "signature_kind_unknown"
    SIGNATURE_NO_ROOTS = "signature_no_roots"
    SIGNATURE_NOT_LOOKED_AT = "signature_not_looked_at"
    SIGNATURE_PARTIAL = "signature_partial"
    SIGNATURE_PURPOSE = "signature_purpose"
    SIGNATURE_REVOCATION_UNKNOWN = "signature_revocation_unknown"
    SIGNATURE_REVOKED = "signature_revoked"
    SIGNATURE_REVOKED_SINCE = "signature_revoked_since"
    SIGNATURE_REWRITTEN = "signature_rewritten"
    SIGNATURE_TIME_OUTSIDE = "signature_time_outside"
    SIGNATURE_TIME_UNPROVEN = "signature_time_unproven"
    SIGNATURE_UNREADABLE = "signature_unreadable"
    SIGNATURE_VALID = "signature_valid"
    SIGNATURE_VALID_WITH_ADDITIONS = "signature_valid_with_additions"
    SYMBOL_UNKNOWN = "symbol_unknown"
    TURNED_TEXT = "turned_text"


_SENTENCES: dict[str, TranslationString] = {
    Remarks.CHANGES_ACCEPTED: _(
        "Tệp có ${count} chỗ đang theo dõi thay đổi; đã đọc bản cuối: phần thêm được giữ, phần xóa được bỏ."
    ),
    Remarks.CHUNK_DROPPED: _(
        "Tệp nhúng ${count} tệp khác; phần ấy không được đọc. Hãy chép nội dung ấy vào tệp rồi gửi lại nếu cần."
    ),
    Remarks.COMMENTS_DROPPED: _("${count} lời bình của người soạn đã được bỏ."),
    Remarks.CONTENTS_DROPPED: _("Mục lục do Word tạo đã được bỏ; cổng tự lập mục lục."),
    Remarks.DIAGRAM_DROPPED: _("${count} biểu đồ hoặc sơ đồ không được lấy vào. Hãy lưu chúng thành ảnh nếu cần."),
    Remarks.EQUATION_LINEAR: _("${count} công thức được viết thành một dòng chữ. Hãy xem lại."),
    Remarks.HIDDEN_DROPPED: _("${count} đoạn chữ ẩn trong tệp đã được bỏ."),
    Remarks.SYMBOL_UNKNOWN: _("${count} ký hiệu của phông chữ hình không nhận ra, đã thay bằng dấu “•”. Hãy xem lại."),
    Remarks.CHARACTERS_LOST: _("${count} ký tự không đọc được đã được thay bằng dấu “�”. Hãy xem lại các chỗ ấy."),
    Remarks.EMPTY: _("Tệp không có chữ nào."),
    Remarks.ENCODING_CONVERTED: _("Văn bản dùng bảng mã cũ ${encoding}, đã chuyển sang Unicode. Tệp gốc vẫn được giữ."),
    Remarks.ENCODING_MIXED: _(
        "Văn bản dùng lẫn nhiều bảng mã cũ (${encodings}), từng đoạn đã được chuyển sang Unicode. Hãy đọc soát lại."
    ),
    Remarks.ENCODING_UNSURE: _(
        "Chưa chắc văn bản dùng bảng mã nào (có thể là ${encodings}). Hãy xem chữ hiện ra có đúng không và chọn lại "
        "nếu sai."
    ),
    Remarks.FRAME_DROPPED: _("Trang này nhúng nội dung từ nơi khác; phần ấy không được đọc."),
    Remarks.IMAGE_DROPPED: _("${count} hình nằm ngoài tệp hoặc không đọc được nên không được lấy vào."),
    Remarks.KIND_DIFFERS: _("Đuôi tệp là “.${extension}” nhưng nội dung là loại “.${kind}”; đã đọc theo nội dung."),
    Remarks.MEMBER_SKIPPED: _("Bỏ qua “${name}” trong tệp nén: ${reason}"),
    Remarks.ALT_MISSING: _(
        "${count} hình chưa có lời mô tả cho người không nhìn được. Hãy thêm lời mô tả cho từng hình."
    ),
    Remarks.HIDDEN_TEXT: _("${count} ký tự ẩn trong tệp (chữ trắng, chữ vô hình) không được lấy vào."),
    Remarks.LETTERS_UNKNOWN: _(
        "Tệp chỉ vẽ hình các chữ mà không cho biết đó là chữ gì nên không đọc được. Tệp được giữ làm tệp đính kèm; hãy "
        "gửi tệp Word gốc nếu có, hoặc nhập các trường bằng tay."
    ),
    Remarks.OCR_LAYER: _("Chữ ở trang ${pages} do máy nhận dạng từ ảnh quét nên có thể sai. Hãy soát lại với bản gốc."),
    Remarks.PAGES_SCANNED: _(
        "Trang ${pages} là bản quét (ảnh), không có chữ để đọc. Hãy xem các trang ấy trong tệp gốc."
    ),
    Remarks.TURNED_TEXT: _("Chữ đặt nghiêng hoặc dựng đứng ở trang ${pages} (con dấu, chữ chìm) không được lấy vào."),
    Remarks.SCAN: _(
        "Tệp này là bản quét (ảnh), không có lớp chữ để đọc. Tệp được giữ làm tệp đính kèm; hãy nhập các trường "
        "bằng tay."
    ),
    Remarks.SIGNATURE_ALGORITHM_UNKNOWN: _(
        "Chữ ký dùng thuật toán mà cổng chưa biết nên chưa kiểm tra được. Hãy kiểm tra bằng phần mềm ký số của cơ quan."
    ),
    Remarks.SIGNATURE_ALGORITHM_WEAK: _(
        "Nội dung đúng như khi ký, nhưng chữ ký dùng thuật toán hoặc khóa cũ, nay không còn đủ an toàn để tin "
        "cậy. Hãy đối chiếu với bản gốc hoặc đề nghị ký lại."
    ),
    Remarks.SIGNATURE_BROKEN: _("Dữ liệu chữ ký bị hỏng nên chữ ký không có giá trị. Hãy lấy lại tệp từ nơi ban hành."),
    Remarks.SIGNATURE_CHAIN_INCOMPLETE: _(
        "Chưa có đủ chứng thư từ người ký đến một cơ quan chứng thực gốc được tin cậy. Hãy nhờ người quản trị bổ "
        "sung chứng thư gốc hoặc chứng thư trung gian."
    ),
    Remarks.SIGNATURE_CHAIN_REFUSED: _(
        "Chuỗi chứng thư của người ký không hợp lệ nên không tin được chữ ký. Hãy hỏi lại nơi ban hành."
    ),
    Remarks.SIGNATURE_CHANGED: _("Nội dung tệp không còn đúng như khi ký. Hãy lấy lại tệp gốc từ nơi ban hành."),
    Remarks.SIGNATURE_CHANGED_AFTER: _(
        "Tệp đã bị sửa sau khi ký, quá mức người ký cho phép. Hãy lấy lại tệp gốc từ nơi ban hành."
    ),
    Remarks.SIGNATURE_EXPIRED: _("Chứng thư của người ký không có hiệu lực vào lúc ký. Hãy hỏi lại nơi ban hành."),
    Remarks.SIGNATURE_KIND_UNKNOWN: _(
        "Kiểu chữ ký này cổng chưa biết nên chưa kiểm tra được. Hãy kiểm tra bằng phần mềm ký số của cơ quan."
    ),
    Remarks.SIGNATURE_NO_ROOTS: _(
        "Nội dung đúng như khi ký, nhưng cổng chưa có chứng thư gốc nào để biết người ký có đáng tin không. Hãy "
        "nhờ người quản trị cài đặt các chứng thư gốc."
    ),
    Remarks.SIGNATURE_NOT_LOOKED_AT: _(
        "Cổng không xem được chữ ký số của tệp này: tệp đặt mật khẩu, hoặc quá lớn để xem trong thời gian cho phép. "
        "Hãy "
        "kiểm tra bằng phần mềm ký số của cơ quan."
    ),
    Remarks.SIGNATURE_PARTIAL: _(
        "Chữ ký không bao trùm toàn bộ nội dung của tệp nên không bảo đảm được phần còn lại. Hãy lấy lại tệp gốc "
        "từ nơi ban hành."
    ),
    Remarks.SIGNATURE_PURPOSE: _("Chứng thư đã dùng không được cấp để ký văn bản. Hãy hỏi lại nơi ban hành."),
    Remarks.SIGNATURE_REVOCATION_UNKNOWN: _(
        "Nội dung đúng như khi ký và chứng thư do nơi tin cậy cấp, nhưng chưa biết chứng thư có bị thu hồi trước "
        "khi ký hay không. Hãy nhờ người quản trị bổ sung danh sách chứng thư bị thu hồi."
    ),
    Remarks.SIGNATURE_REVOKED: _("Chứng thư của người ký đã bị thu hồi trước khi ký. Hãy hỏi lại nơi ban hành."),
    Remarks.SIGNATURE_REVOKED_SINCE: _(
        "Chứng thư của người ký nay đã bị thu hồi và không có dấu thời gian chứng minh văn bản được ký trước đó. "
        "Hãy đối chiếu với bản gốc."
    ),
    Remarks.SIGNATURE_REWRITTEN: _(
        "Tệp đã được lưu lại bằng chương trình khác sau khi ký nên chữ ký không còn khớp. Hãy lấy lại tệp gốc từ "
        "nơi ban hành."
    ),
    Remarks.SIGNATURE_TIME_OUTSIDE: _(
        "Giờ ký ghi trong tệp nằm ngoài thời hạn của chứng thư và không có dấu thời gian để kiểm chứng. Hãy hỏi "
        "lại nơi ban hành."
    ),
    Remarks.SIGNATURE_TIME_UNPROVEN: _(
        "Chứng thư của người ký nay đã hết hạn và không có dấu thời gian chứng minh văn bản được ký trước đó. Hãy "
        "đối chiếu với bản gốc."
    ),
    Remarks.SIGNATURE_UNREADABLE: _(
        "Tệp có chữ ký số nhưng cấu trúc bị hỏng nên không kiểm tra được. Hãy lấy lại tệp từ nơi ban hành."
    ),
    Remarks.SIGNATURE_VALID: _("Nội dung đúng như khi ký; chứng thư do nơi tin cậy cấp và có hiệu lực khi ký."),
    Remarks.SIGNATURE_VALID_WITH_ADDITIONS: _(
        "Phần đã ký vẫn đúng như khi ký; sau đó tệp chỉ có thêm những gì người ký cho phép, như chữ ký tiếp theo "
        "hoặc ô điền."
    ),
}


def sentence(remark: Remark) -> TranslationString:
    """The remark as a full sentence; a code that is not known is shown as it stands."""
    known = _SENTENCES.get(remark.code)
    return known % remark.values if known is not None else TranslationString(remark.code)
