"""Addresses that the tests walk over: every kind of page of the demo."""

PUBLIC = [
    "/",
    "/van-ban",
    "/van-ban?q=khong-co-van-ban-nao-nhu-the",
    "/van-ban/loai/quyet-dinh",
    "/van-ban/nam/2026",
    "/van-ban/co-quan/G22",
    "/van-ban/431-2026-nd-cp",
    "/van-ban/14215-vpcp-kstt-2026",
    "/van-ban/3316-qc-btp-bca-2025",
    "/van-ban/3207-qd-btttt-2019",
    "/van-ban/497-2026-nd-cp",
    "/van-ban/2974-qd-ttg-2026",
    "/co-quan",
    "/co-quan?q=thong+tin&tinh-trang=truoc-day",
    "/co-quan/G22",
    "/chuyen-muc",
    "/chuyen-muc/chi-dao-dieu-hanh",
    "/chuyen-muc/lay-y-kien-gop-y",
    "/gioi-thieu",
    "/lien-he",
    "/tro-nang",
    "/so-do-trang",
    "/dang-nhap",
]
ERRORS = {
    "/van-ban/khong-co-o-day": 404,
    "/van-ban/987-tb-vpcp-2026": 410,
    "/van-ban?nam=abc": 422,
    "/khong-co-trang-nay": 404,
}
LONG = "/van-ban/431-2026-nd-cp"
LETTER = "/van-ban/14215-vpcp-kstt-2026"
