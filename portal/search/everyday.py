"""Words that cannot stand for something else by themselves: too many meanings, or in every text."""

AMBIGUOUS: dict[str, str] = {
    "tt": "thông tư, trung tâm, thủ tướng, thông tin",
    "tc": "tài chính, thông cáo, tổ chức, tiêu chuẩn",
    "ct": "chỉ thị, chủ tịch, công ty, chương trình",
    "cd": "công điện, cao đẳng, cộng đồng",
    "hd": "hợp đồng, hội đồng, hướng dẫn, hoạt động",
    "kh": "kế hoạch, khoa học, khách hàng",
    "bc": "báo cáo, bưu chính, bổ sung",
    "qh": "quốc hội, quy hoạch",
    "ca": "công an, ca (làm việc)",
    "da": "dự án, đề án, đã",
    "pa": "phương án, pháp án",
    "dt": "đầu tư, đào tạo, đất, điện thoại",
    "cv": "công văn, công việc, chuyên viên",
    "sx": "sản xuất, sắp xếp",
    "nn": "nhà nước, nông nghiệp, nước ngoài",
    "xh": "xã hội, xếp hạng",
    "bv": "bảo vệ, bệnh viện",
    "dk": "đăng ký, đăng kiểm, điều kiện, dầu khí",
    "gd": "giáo dục, giám đốc, giao dịch",
    "ld": "lao động, lãnh đạo, liên danh",
    "vb": "văn bản, văn bằng",
}
"""Abbreviations of several things, folded → of which."""

COMMON = frozenset(
    """
    va cua co cac la cho khong duoc nguoi trong theo ve tai quy dinh viec nha nuoc to chuc ca nhan dieu khoan diem
    luat nghi thong tu quyet so ngay thang nam thuc hien hanh chinh phap bo ban tinh huyen xa ly cap giay phep dang ky
    ho thu tuc dat dai thue phi le bao hiem y te giao duc hoc sinh con em vo chong nu mot hai ba bon muoi tram tren duoi
    den khi neu hoac voi bang nhung nay do phai doi tuong truong hop noi dung
    """.split()  # noqa: SIM905 -- a list of words reads as words
)
"""Folded syllables of everyday words: by itself none of them can stand for something else."""
