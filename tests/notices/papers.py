"""Papers of many agencies, times and layouts, made up for these tests, and slips as scanning makes them.

`papers()` is the regression set: every made-up paper once as typed and once in another layout with slips. Nothing here
is copied from a real paper; numbers, names and contents are invented, only the forms are those of the regulations.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


@dataclass(frozen=True)
class Made:
    """A paper in its parts, and with it what a reading must say. `signature` are the lines above the name."""

    agency: tuple[str, ...]
    number: str
    place: str
    on: date
    type: str
    title: str
    issuer: str
    body: str
    signature: tuple[str, ...]
    name: str
    recipients: tuple[str, ...]
    heading: str = ""
    addressee: str = ""
    by: str = ""
    motto: tuple[str, ...] = MOTTO
    number_word: str = "Số: "
    signer: str = ""

    @property
    def day(self) -> str:
        return f"{self.place}, ngày {self.on.day:02} tháng {self.on.month:02} năm {self.on.year}"

    @property
    def numbered(self) -> str:
        return f"{self.number_word}{self.number}"


@dataclass(frozen=True)
class Case:
    """One text of the set and what is known of it."""

    name: str
    text: str
    made: Made
    noisy: bool


_ARTICLES = """Căn cứ Luật Tổ chức chính quyền địa phương;
Căn cứ tình hình thực tế;
Theo đề nghị của bộ phận chuyên môn,
QUYẾT ĐỊNH:
Điều 1. Giao đơn vị chuyên môn lập danh mục thiết bị cần thay trong năm.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Thủ trưởng các đơn vị có tên trên chịu trách nhiệm thi hành Quyết định này./."""
_PLAIN = """Để chuẩn bị tốt cho đợt kiểm tra sắp tới, các đơn vị rà soát hồ sơ lưu trữ của mình.
1. Lập bảng kê hồ sơ còn thiếu.
2. Gửi bảng kê về bộ phận tổng hợp trước ngày 20 của tháng sau.
Trong quá trình thực hiện, nếu có vướng mắc thì phản ánh kịp thời để được giải đáp./."""
_ASKING = """Qua theo dõi, một số đơn vị chưa gửi số liệu theo biểu mẫu mới.
Đề nghị các đơn vị hoàn thành việc cập nhật trong tuần tới và gửi bản điện tử về đầu mối tiếp nhận./."""
_RULES = """Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13;
Theo đề nghị của Vụ trưởng Vụ chuyên môn;
Điều 1. Phạm vi điều chỉnh
Văn bản này hướng dẫn cách lập sổ theo dõi mẫu vật.
Điều 2. Hiệu lực thi hành
Văn bản này có hiệu lực thi hành sau 45 ngày kể từ ngày ký ban hành./."""


def _made(**parts: object) -> Made:
    return Made(**parts)  # type: ignore[arg-type]


MADE: tuple[Made, ...] = (
    _made(
        agency=("BỘ TÀI CHÍNH",), number="812/QĐ-BTC", place="Hà Nội", on=date(2024, 4, 9), type="quyet-dinh",
        heading="QUYẾT ĐỊNH", title="Về việc giao nhiệm vụ thống kê thiết bị văn phòng", by="BỘ TRƯỞNG BỘ TÀI CHÍNH",
        issuer="Bộ Tài chính", body=_ARTICLES, signature=("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), name="Lê Thanh Mẫn",
        recipients=("Như Điều 3", "Bộ trưởng (để b/c)", "Lưu: VT, TCCB (8b)"),
    ),
    _made(
        agency=("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"), number="1204/UBND-VX", place="Lâm Đồng", on=date(2016, 11, 21),
        type="cong-van", title="V/v kiểm tra hệ thống cấp nước tại các trường học", issuer="Ủy ban nhân dân tỉnh Lâm Đồng",
        addressee="Kính gửi: Sở Giáo dục và Đào tạo.", body=_ASKING, signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        name="Phan Văn Đạt", recipients=("Như trên", "TT. Tỉnh ủy", "Lưu: VT, VX1"),
    ),
    _made(
        agency=("UBND TỈNH NGHỆ AN", "SỞ Y TẾ"), number="455/SYT-NVY", place="Nghệ An", on=date(2019, 2, 14),
        type="cong-van", title="V/v báo cáo số liệu tiêm chủng quý I", issuer="Sở Y tế",
        addressee="Kính gửi: Các bệnh viện tuyến huyện.", body=_ASKING, signature=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        name="Nguyễn Thị Hồng Vân", recipients=("Như trên", "Lưu: VT, NVY"),
    ),
    _made(
        agency=("VĂN PHÒNG CHÍNH PHỦ",), number="87/TB-VPCP", place="Hà Nội", on=date(2011, 4, 15), type="thong-bao",
        heading="THÔNG BÁO", title="Kết luận của Phó Thủ tướng tại cuộc họp về lưu trữ hồ sơ điện tử",
        issuer="Văn phòng Chính phủ", body=_PLAIN, signature=("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"),
        name="Văn Trọng Lý", recipients=("Thủ tướng Chính phủ (để b/c)", "Các bộ liên quan", "Lưu: VT, KTN (3)"),
    ),
    _made(
        agency=("CHÍNH PHỦ",), number="61/2017/NĐ-CP", place="Hà Nội", on=date(2017, 5, 16), type="nghi-dinh",
        heading="NGHỊ ĐỊNH", title="Quy định chi tiết về lập sổ theo dõi mẫu vật", issuer="Chính phủ",
        body=_RULES.replace("Văn bản này có", "Nghị định này có"), signature=("TM. CHÍNH PHỦ", "THỦ TƯỚNG"), name="NGUYỄN XUÂN PHÚC",
        signer="Nguyễn Xuân Phúc", recipients=("Ban Bí thư Trung ương Đảng", "Lưu: VT, CN (2b)"),
    ),
    _made(
        agency=("THỦ TƯỚNG CHÍNH PHỦ",), number="142/1998/QĐ-TTg", place="Hà Nội", on=date(1998, 8, 12),
        type="quyet-dinh", heading="QUYẾT ĐỊNH CỦA THỦ TƯỚNG CHÍNH PHỦ", title="Về việc lập kho mẫu vật quốc gia",
        by="THỦ TƯỚNG CHÍNH PHỦ", issuer="Thủ tướng Chính phủ", body=_ARTICLES,
        signature=("KT. THỦ TƯỚNG CHÍNH PHỦ", "PHÓ THỦ TƯỚNG"), name="Phạm Gia Khiêm", recipients=("Như Điều 3", "Lưu: VT"),
    ),
    _made(
        agency=("BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"), number="3017/TCT-CS", place="Hà Nội", on=date(2013, 9, 25),
        type="cong-van", title="V/v chính sách thuế đối với hàng mẫu", issuer="Tổng cục Thuế",
        addressee="Kính gửi: Cục Thuế tỉnh Bình Dương.", body=_ASKING,
        signature=("KT. TỔNG CỤC TRƯỞNG", "PHÓ TỔNG CỤC TRƯỞNG"), name="Cao Anh Tuấn", recipients=("Như trên", "Lưu: VT, CS (3b)"),
    ),
    _made(
        agency=("BỘ TÀI CHÍNH", "CỤC THUẾ"), number="1450/CT-CS", place="Hà Nội", on=date(2025, 6, 30), type="cong-van",
        title="V/v khai thuế đối với quà tặng", issuer="Cục Thuế", addressee="Kính gửi: Thuế tỉnh Gia Lai.", body=_ASKING,
        signature=("TL. CỤC TRƯỞNG", "KT. TRƯỞNG BAN CHÍNH SÁCH", "PHÓ TRƯỞNG BAN"), name="Phạm Thị Minh Hiền",
        recipients=("Như trên", "Lưu: VT, CS"),
    ),
    _made(
        agency=("HỘI ĐỒNG NHÂN DÂN", "TỈNH CÀ MAU"), number="22/2020/NQ-HĐND", place="Cà Mau", on=date(2020, 12, 8),
        type="nghi-quyet", heading="NGHỊ QUYẾT", title="Quy định mức hỗ trợ cán bộ thôn, ấp", issuer="Hội đồng nhân dân tỉnh Cà Mau",
        by="HỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU\nKHÓA IX, KỲ HỌP THỨ 15", body=_RULES, signature=("CHỦ TỊCH",), name="Trần Văn Hiện",
        recipients=("Ủy ban Thường vụ Quốc hội", "Lưu: VT"),
    ),
    _made(
        agency=("ỦY BAN NHÂN DÂN", "XÃ HÒA BÌNH"), number="31/TB-UBND", place="Hòa Bình", on=date(2022, 7, 4),
        type="thong-bao", heading="THÔNG BÁO", title="Về lịch tiếp công dân quý III năm 2022", issuer="Ủy ban nhân dân xã Hòa Bình",
        body=_PLAIN, signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Lò Văn Inh",
        recipients=("Các bản", "Đài truyền thanh xã", "Lưu: VT"),
    ),
    _made(
        agency=("TỈNH ỦY HÀ TĨNH", "*"), number="218-QĐ/TU", place="Hà Tĩnh", on=date(2018, 1, 30), type="quyet-dinh",
        heading="QUYẾT ĐỊNH", title="về việc kiện toàn tổ giúp việc", by="BAN THƯỜNG VỤ TỈNH ỦY", issuer="Tỉnh ủy Hà Tĩnh",
        body=_ARTICLES, signature=("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), name="Hoàng Trung Mẫu", motto=PARTY, number_word="Số ",
        recipients=("Như Điều 3", "Lưu Văn phòng Tỉnh ủy"),
    ),
    _made(
        agency=("BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN TỔ CHỨC"), number="19-HD/BTCTW", place="Hà Nội", on=date(2021, 10, 5),
        type="huong-dan", heading="HƯỚNG DẪN", title="về quản lý hồ sơ điện tử", issuer="Ban Tổ chức", body=_PLAIN, motto=PARTY,
        signature=("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), name="Hoàng Đăng Mẫn", number_word="Số ",
        recipients=("Các tỉnh ủy, thành ủy", "Lưu HC"),
    ),
    _made(
        agency=("TÒA ÁN NHÂN DÂN TỐI CAO",), number="36/TANDTC-PC", place="Hà Nội", on=date(2014, 3, 11), type="cong-van",
        title="V/v thống kê án hành chính", issuer="Tòa án nhân dân tối cao", addressee="Kính gửi: Tòa án nhân dân các tỉnh.",
        body=_ASKING, signature=("KT. CHÁNH ÁN", "PHÓ CHÁNH ÁN"), name="Tống Anh Mẫn", recipients=("Như trên", "Lưu: VT, PC"),
    ),
    _made(
        agency=("VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"), number="9/HD-VKSTC", place="Hà Nội", on=date(2023, 2, 20), type="huong-dan",
        heading="HƯỚNG DẪN", title="Công tác kiểm sát thi hành án năm 2023", issuer="Viện kiểm sát nhân dân tối cao", body=_PLAIN,
        signature=("TL. VIỆN TRƯỞNG", "VỤ TRƯỞNG VỤ 11"), name="Trần Công Mẫu", recipients=("Các đơn vị", "Lưu: VT, V11"),
    ),
    _made(
        agency=("TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG"), number="607/QĐ-EVNCPC", place="Đà Nẵng",
        on=date(2012, 2, 3), type="quyet-dinh", heading="QUYẾT ĐỊNH", title="Về việc ban hành nội quy kho vật tư",
        by="TỔNG GIÁM ĐỐC TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG", issuer="Tổng công ty Điện lực miền Trung", body=_ARTICLES,
        signature=("KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"), name="Nguyễn Thành Sơn", recipients=("Như Điều 3", "Lưu: VT, VTXNK"),
    ),
    _made(
        agency=("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC TÂY BẮC"), number="95/KH-ĐHTB", place="Sơn La", on=date(2015, 10, 1),
        type="ke-hoach", heading="KẾ HOẠCH", title="Tổ chức tuần lễ đọc sách năm 2015", issuer="Trường Đại học Tây Bắc", body=_PLAIN,
        signature=("HIỆU TRƯỞNG",), name="PGS.TS. Nguyễn Văn Bao", signer="Nguyễn Văn Bao", recipients=("Các khoa", "Lưu: VT, TTTV"),
    ),
    _made(
        agency=("SỞ Y TẾ THANH HÓA", "BỆNH VIỆN ĐA KHOA HÀ TRUNG"), number="144/BC-BVĐK", place="Hà Trung", on=date(2018, 6, 18),
        type="bao-cao", heading="BÁO CÁO", title="Kết quả kiểm tra chất lượng sáu tháng đầu năm", issuer="Bệnh viện đa khoa Hà Trung",
        body=_PLAIN, signature=("GIÁM ĐỐC",), name="BSCKII. Đỗ Thị Liên", signer="Đỗ Thị Liên", recipients=("Sở Y tế", "Lưu: VT, KHTH"),
    ),
    _made(
        agency=("BỘ QUỐC PHÒNG",), number="33/2016/TT-BQP", place="Hà Nội", on=date(2016, 3, 29), type="thong-tu",
        heading="THÔNG TƯ", title="Hướng dẫn lập sổ theo dõi mẫu vật trong quân đội", issuer="Bộ Quốc phòng",
        body=_RULES.replace("Văn bản này có", "Thông tư này có"), signature=("BỘ TRƯỞNG",), name="Đại tướng Phùng Quang Thanh",
        signer="Phùng Quang Thanh", recipients=("Các đơn vị trực thuộc", "Lưu: VT, PC (2b)"),
    ),
    _made(
        agency=("BỘ NỘI VỤ",), number="2/2007/QĐ-BNV", place="Hà Nội", on=date(2007, 1, 24), type="quyet-dinh", heading="QUYẾT ĐỊNH",
        title="Về việc ban hành mẫu thẻ công chức", by="BỘ TRƯỞNG BỘ NỘI VỤ", issuer="Bộ Nội vụ", body=_ARTICLES,
        signature=("BỘ TRƯỞNG",), name="Đỗ Quang Trung", recipients=("Như Điều 3", "Lưu: VT, Vụ CCVC"),
    ),
    _made(
        agency=("BỘ TÀI CHÍNH",), number="1141/TC-QĐ-CĐKT", place="Hà Nội", on=date(1995, 11, 1), type="quyet-dinh",
        heading="QUYẾT ĐỊNH", title="Về ban hành chế độ ghi sổ thử nghiệm", by="BỘ TRƯỞNG BỘ TÀI CHÍNH", issuer="Bộ Tài chính",
        body=_ARTICLES, signature=("KT. BỘ TRƯỞNG BỘ TÀI CHÍNH", "THỨ TRƯỞNG"), name="Nguyễn Sinh Hùng",
        recipients=("Như Điều 3", "Lưu: VT"),
    ),
    _made(
        agency=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"), number="3318/QĐ-UB", place="Thành phố Hồ Chí Minh",
        on=date(2001, 10, 19), type="quyet-dinh", heading="QUYẾT ĐỊNH", title="Về việc thành lập tổ công tác liên ngành",
        by="ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", issuer="Ủy ban nhân dân Thành phố Hồ Chí Minh", body=_ARTICLES,
        signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Vũ Hùng Mẫn", recipients=("Như Điều 3", "Lưu: VP(HC)"),
    ),
    _made(
        agency=("BAN CHỈ ĐẠO PHÒNG THỦ DÂN SỰ QUỐC GIA",), number="12/CĐ-BCĐ", place="Hà Nội", on=date(2024, 9, 6), type="cong-dien",
        heading="CÔNG ĐIỆN", title="Về việc chủ động ứng phó mưa lớn", issuer="Ban Chỉ đạo Phòng thủ dân sự quốc gia", body=_PLAIN,
        signature=("TUQ. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"), name="Phạm Đức Luận", recipients=("Như trên", "Lưu: VT"),
    ),
    _made(
        agency=("NGÂN HÀNG NHÀ NƯỚC", "VIỆT NAM"), number="5/CT-NHNN", place="Hà Nội", on=date(2006, 5, 12), type="chi-thi",
        heading="CHỈ THỊ", title="Về việc bảo quản kho tiền", issuer="Ngân hàng Nhà nước Việt Nam", body=_PLAIN,
        signature=("THỐNG ĐỐC",), name="Lê Đức Thúy", recipients=("Các chi nhánh", "Lưu: VP, Vụ PC"),
    ),
    _made(
        agency=("UBND HUYỆN SA PA", "PHÒNG TÀI CHÍNH - KẾ HOẠCH"), number="77/TTr-TCKH", place="Sa Pa", on=date(2017, 8, 11),
        type="to-trinh", heading="TỜ TRÌNH", title="Về việc phân bổ kinh phí sửa chữa trụ sở", issuer="Phòng Tài chính - Kế hoạch",
        body=_PLAIN, signature=("TRƯỞNG PHÒNG",), name="Giàng A Tính", recipients=("UBND huyện", "Lưu: VT"),
    ),
    _made(
        agency=("SỞ TƯ PHÁP", "TỈNH BẾN TRE"), number="640/GM-STP", place="Bến Tre", on=date(2021, 5, 27), type="giay-moi",
        heading="GIẤY MỜI", title="Dự họp góp ý dự thảo nghị quyết", issuer="Sở Tư pháp tỉnh Bến Tre", body=_PLAIN,
        signature=("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), name="Huỳnh Thị Kim Loan", recipients=("Như trên", "Lưu: VT"),
    ),
    _made(
        agency=("BỘ Y TẾ", "BỘ TÀI CHÍNH"), number="11/2009/TTLT-BYT-BTC", place="Hà Nội", on=date(2009, 8, 14),
        type="thong-tu-lien-tich", heading="THÔNG TƯ LIÊN TỊCH", title="Hướng dẫn thanh toán vật tư thử nghiệm", issuer="Bộ Y tế",
        body=_RULES.replace("Văn bản này có", "Thông tư liên tịch này có"), signature=("KT. BỘ TRƯỞNG BỘ TÀI CHÍNH", "THỨ TRƯỞNG"),
        name="Phạm Sỹ Danh", recipients=("Các sở y tế", "Lưu: VT, PC"),
    ),
    _made(
        agency=("KIỂM TOÁN NHÀ NƯỚC",), number="508/KTNN-TH", place="Hà Nội", on=date(2010, 6, 2), type="cong-van",
        title="V/v cung cấp hồ sơ phục vụ kiểm toán", issuer="Kiểm toán Nhà nước", addressee="Kính gửi: Các tập đoàn kinh tế.", body=_ASKING,
        signature=("KT. TỔNG KIỂM TOÁN NHÀ NƯỚC", "PHÓ TỔNG KIỂM TOÁN NHÀ NƯỚC"), name="Lê Minh Khái", recipients=("Như trên", "Lưu: VT"),
    ),
    _made(
        agency=("TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM"), number="1290/QĐ-TLĐ", place="Hà Nội", on=date(2019, 8, 23), type="quyet-dinh",
        heading="QUYẾT ĐỊNH", title="Về việc ban hành quy chế thư viện", by="ĐOÀN CHỦ TỊCH TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        issuer="Tổng Liên đoàn Lao động Việt Nam", body=_ARTICLES, signature=("TM. ĐOÀN CHỦ TỊCH", "CHỦ TỊCH"), name="Bùi Văn Cường",
        recipients=("Như Điều 3", "Lưu: VT"),
    ),
    _made(
        agency=("BỘ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"), number="41/2010/TT-BNNPTNT", place="Hà Nội", on=date(2010, 7, 5), type="thong-tu",
        heading="THÔNG TƯ", title="Ban hành danh mục giống cây thử nghiệm", issuer="Bộ Nông nghiệp và Phát triển nông thôn",
        body=_RULES.replace("Văn bản này có", "Thông tư này có"), signature=("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), name="Bùi Bá Bổng",
        recipients=("Văn phòng Chính phủ", "Lưu: VT, TT"),
    ),
    _made(
        agency=("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"), number="1687/QĐ-UBND", place="Đắk Lắk", on=date(2023, 8, 28), type="quyet-dinh",
        heading="QUYẾT ĐỊNH", title="Về việc công bố danh mục thủ tục được thay thế", by="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
        issuer="Ủy ban nhân dân tỉnh Đắk Lắk", body=_ARTICLES, signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="H’Yim Kđoh",
        recipients=("Như Điều 3", "Lưu: VT, KSTTHC"),
    ),
    _made(
        agency=("QUỐC HỘI",), number="47/2019/QH14", place="Hà Nội", on=date(2019, 11, 22), type="luat", heading="LUẬT",
        title="THỬ NGHIỆM HỒ SƠ", issuer="Quốc hội", body="Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật Thử "
        "nghiệm hồ sơ.\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về hồ sơ thử.\nĐiều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi "
        "hành từ ngày 01 tháng 7 năm 2020.", signature=("CHỦ TỊCH QUỐC HỘI",), name="Nguyễn Thị Kim Ngân", recipients=(), number_word="Luật số: ",
    ),
    _made(
        agency=("BỘ CÔNG AN", "CÔNG AN TỈNH QUẢNG NAM"), number="2250/CAT-PX01", place="Quảng Nam", on=date(2020, 4, 3), type="cong-van",
        title="V/v rà soát biên chế", issuer="Công an tỉnh Quảng Nam", addressee="Kính gửi: Công an các huyện, thị xã.", body=_ASKING,
        signature=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), name="Đại tá Huỳnh Sông Thu", signer="Huỳnh Sông Thu", recipients=("Như trên", "Lưu: VT, PX01"),
    ),
)


# Layouts: the ways in which the two columns of header and foot come into one text.

def _content(made: Made) -> list[str]:
    lines = [made.heading, made.title, made.by] if made.heading else []
    return [line for line in [*lines, made.addressee, made.body] if line]


def _subject(made: Made) -> list[str]:
    return [] if made.heading else [made.title]


def _list(made: Made) -> list[str]:
    return [] if not made.recipients else ["Nơi nhận:", *(f"- {item};" for item in made.recipients[:-1]), f"- {made.recipients[-1]}."]


def by_rows(made: Made) -> str:
    """Agency, motto, number and date, row by row, with rules as some sites print them."""
    head = [*made.agency, "-------", *made.motto, "---------------", made.numbered, *_subject(made), made.day, ""]
    return "\n".join([*head, *_content(made), "", *_list(made), "", *made.signature, "(Đã ký)", made.name])


def by_columns(made: Made) -> str:
    """The whole left column, then the whole right one; the signature before the recipients."""
    head = [*made.agency, made.numbered, *_subject(made), *made.motto, made.day, ""]
    return "\n".join([*head, *_content(made), *made.signature, "", made.name, *_list(made)])


def right_first(made: Made) -> str:
    """Motto and date first, then agency and number; asterisks for rules."""
    head = [*made.motto, "********", made.day, *made.agency, "******", made.numbered, *_subject(made)]
    return "\n".join([*head, "", *_content(made), *_list(made), *made.signature, made.name])


def with_tabs(made: Made) -> str:
    """Both columns side by side, parted by tabs."""
    left = [*made.agency, "", made.numbered, *_subject(made)]
    right = [*made.motto, *[""] * max(0, len(made.agency) + 1 - len(made.motto)), made.day]
    foot = _beside(_list(made), [*made.signature, "", "", made.name], "\t")
    return "\n".join([*_beside(left, right, "\t"), "", *_content(made), "", *foot])


def with_wide_gaps(made: Made) -> str:
    """The same parted by blanks, as the text of a page keeps its look."""
    left = [*made.agency, "", made.numbered, *_subject(made)]
    right = [*made.motto, *[""] * max(0, len(made.agency) + 1 - len(made.motto)), made.day]
    foot = _beside(_list(made), [*made.signature, "", "", made.name], " " * 12)
    return "\n".join([*_beside(left, right, " " * 9), "", *_content(made), "", *foot])


def merged_rows(made: Made) -> str:
    """Each row of the header one line with single blanks: `BỘ A CỘNG HÒA …`, `Số: 1/QĐ-BA Hà Nội, ngày …`."""
    left, right = [*made.agency], [*made.motto]
    rows = [*_beside(left, right, " "), f"{made.numbered} {made.day}", *_subject(made)]
    foot = _beside(_list(made), [*made.signature, "", made.name], " ")
    return "\n".join([*rows, *_content(made), *foot])


def on_one_line(made: Made) -> str:
    """No line breaks at all."""
    return " ".join(by_rows(made).replace("(Đã ký)\n", "").split())


def _beside(left: list[str], right: list[str], gap: str) -> list[str]:
    longest = max(len(left), len(right))
    rows = zip([*left, *[""] * (longest - len(left))], [*right, *[""] * (longest - len(right))], strict=True)
    return [f"{one}{gap}{other}".strip(" ") if gap.strip("\t") == "" and gap != "\t" else f"{one}{gap}{other}" for one, other in rows]


LAYOUTS: tuple[Callable[[Made], str], ...] = (
    by_rows, by_columns, right_first, with_tabs, with_wide_gaps, merged_rows, on_one_line,
)


# Slips: what scanning does to letters, digits, accents and blanks.

_TONED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_BARE = "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy"
_ACCENT = dict(zip(_TONED + _TONED.upper(), _BARE + _BARE.upper(), strict=True))
_FIXED = (
    ("Số: ", ("Sô: ", "Số : ", "Số:", "SỐ: ", "So: ", "Số. ")),
    ("VIỆT NAM", ("VlỆT NAM", "VIỆT NẠM", "VIÊT NAM")),
    ("HỘI CHỦ", ("HỘl CHỦ", "HÔI CHỦ", "HỘICHỦ")),
    ("CỘNG HÒA", ("CỘNG HOÀ", "CÔNG HÒA", "C0NG HOÀ")),
    ("Độc lập", ("Độc lâp", "Đôc lập", "Ðộc lập")),
    ("Nơi nhận:", ("Noi nhận:", "Nơi nhận :", "Nơi nhân:")),
    ("Kính gửi:", ("Kinh gửi:", "Kính gừi:", "Kính gửi :")),
    ("QUYẾT ĐỊNH", ("QUYÉT ĐỊNH", "QUYẾT ĐINH", "QUYẾT ÐỊNH")),
    ("THÔNG BÁO", ("THÔNG BÁ0", "THỒNG BÁO")),
    ("THÔNG TƯ", ("THÔNG TU", "THỒNG TƯ")),
    ("CHỦ TỊCH", ("CHỦ TICH", "CHỦ TỊCH")),
    ("GIÁM ĐỐC", ("GIÁM ĐÓC", "GlÁM ĐỐC")),
    ("BỘ TRƯỞNG", ("BÔ TRƯỞNG", "BỘ TRƯỜNG")),
    ("KT. ", ("KT.", "KT, ", "K.T ")),
    ("TM. ", ("TM.", "TM, ", "T.M ")),
    ("Căn cứ", ("Căn cử", "Can cứ", "Căn cứ")),
)


def with_slips(text: str, seed: int) -> str:
    """The text with slips, always the same for one seed: fixed phrases, Ð, blanks about dates and numbers, lost tones."""
    chance = random.Random(seed)
    for phrase, slips in _FIXED:
        if phrase in text and chance.random() < 0.6:
            text = text.replace(phrase, chance.choice(slips), 1)
    if chance.random() < 0.4:
        text = text.replace("Đ", "Ð")
    text = re.sub(r"ngày (\d\d) tháng (\d\d) năm (\d{4})", lambda found: _slipped_date(found, chance), text, count=1)
    text = re.sub(r"(?<=\d)/(?=[A-ZĐÐ])", lambda _found: chance.choice(("/", "/", " /", "/ ", " / ")), text, count=1)
    text = re.sub(r"(?<=[A-ZĐÐ])-(?=[A-ZĐÐ])", lambda _found: chance.choice(("-", "-", " - ", "–", "- ")), text, count=1)
    return "".join(_ACCENT.get(c, c) if chance.random() < 0.015 else c for c in text)


def _slipped_date(found: re.Match[str], chance: random.Random) -> str:
    day, month, year = found.groups()
    if chance.random() < 0.3:
        day = day.replace("1", "l", 1).replace("0", "O", 1)
    return chance.choice(
        (
            f"ngày {day} tháng {month} năm {year}",
            f"ngày{day} tháng {month}năm{year}",
            f"ngày {day} thảng {month} năm {year}",
            f"ngày  {day}  tháng  {month}  năm  {year}",
            f"ngay {day} tháng {month} nãm {year}",
        )
    )


def papers() -> Iterator[Case]:
    """Every made-up paper twice: as typed, and in another layout with slips."""
    for index, made in enumerate(MADE):
        clean, dirty = LAYOUTS[index % len(LAYOUTS)], LAYOUTS[(index * 3 + 2) % len(LAYOUTS)]
        yield Case(f"{index:02}-{clean.__name__}", clean(made), made, False)
        yield Case(f"{index:02}-{dirty.__name__}-slips", with_slips(dirty(made), index), made, True)


def every_layout() -> Iterator[Case]:
    """Every paper in every layout, without slips and with them: the wider measure."""
    for index, made in enumerate(MADE):
        for number, layout in enumerate(LAYOUTS):
            yield Case(f"{index:02}-{layout.__name__}", layout(made), made, False)
            yield Case(f"{index:02}-{layout.__name__}-slips", with_slips(layout(made), index * 10 + number), made, True)
