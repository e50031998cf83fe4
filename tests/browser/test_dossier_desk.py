"""Dossiers at the officers' desk in a real browser: WCAG rules, a phone, no script, an act from list to letter."""

from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
INBOX = "/ban-lam-viec/ho-so"
RECEPTIONIST, HANDLER, LEADER, ADMINISTRATOR = "thuhien", "dinhkhoa", "vanson", "taphuong"
CODE = ".portal-inbox__code"


def first(visit: Visit, who: str, tab: str = "dang-mo") -> str:
    """The address of the first dossier of a tab."""
    page = visit(f"{INBOX}?muc={tab}", who=who, script=False)
    return str(page.locator(CODE).first.get_attribute("href"))


PAGES = [
    ("inbox", RECEPTIONIST, f"{INBOX}?muc=dang-mo", ""),
    ("one", LEADER, None, ""),
    ("act", LEADER, None, "/giai-quyet"),
    ("content", LEADER, None, "/noi-dung"),
    ("paper", LEADER, None, "/mau/1"),
    ("readings", ADMINISTRATOR, None, "/nhat-ky-doc"),
    ("register", RECEPTIONIST, f"{INBOX}/so-theo-doi", ""),
    ("figures", LEADER, f"{INBOX}/thong-ke", ""),
    ("counter", RECEPTIONIST, f"{INBOX}/tiep-nhan?thu-tuc=1.001193", ""),
]


@pytest.mark.parametrize(("who", "path", "below"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_breaks_an_accessibility_rule_or_is_wider_than_a_phone(
    visit: Visit, axe: Any, who: str, path: str | None, below: str, prefix: str
) -> None:
    address = prefix + (path or first(visit, LEADER, "qua-han") + below)
    page = visit(address, who=who)
    assert page.answer.status == 200
    assert axe(page) == []
    assert page.problems == []
    assert visit(address, who=who, width=320).evaluate(NARROW) == 0


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)], ids=["script", "plain on a phone"])
def test_a_note_is_written_and_a_purpose_opens_the_content(visit: Visit, script: bool, width: int) -> None:
    address = first(visit, HANDLER, "cua-toi")
    page = visit(address, who=HANDLER, script=script, width=width)
    page.get_by_role("link", name="Ghi chú nội bộ").click()
    page.get_by_label("Ghi chú nội bộ").fill(f"Đã gọi điện, màn hình {width}")
    page.get_by_role("button", name="Ghi chú nội bộ").click()
    assert page.get_by_text("Đã lưu ghi chú.").is_visible()
    assert page.get_by_text(f"Đã gọi điện, màn hình {width}").is_visible()

    page.get_by_role("button", name="Xem nội dung hồ sơ").click()
    assert page.locator("h2", has_text="Người nộp hồ sơ").count() == 0
    page.get_by_label("Thẩm định, giải quyết hồ sơ").check()
    page.get_by_role("button", name="Xem nội dung").click()
    assert page.locator("h2", has_text="Người nộp hồ sơ").first.is_visible()
    assert page.problems == []


def test_a_dossier_over_the_counter_without_script(visit: Visit) -> None:
    page = visit(INBOX, who=RECEPTIONIST, script=False, width=360)
    page.get_by_role("button", name="Nhận hồ sơ tại quầy").click()
    page.get_by_label("Tên hoặc mã thủ tục").fill("khai sinh")
    page.get_by_role("button", name="Tìm thủ tục").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh").first.click()
    page.get_by_label("Họ và tên hoặc tên tổ chức").fill("Phạm Thị Quầy")
    page.get_by_role("button", name="Lập hồ sơ").click()
    assert page.get_by_text("Mã bí mật chỉ hiện một lần ở trang này.").is_visible()
    code = page.locator(".portal-dossier-receipt__code").first.inner_text()
    page.get_by_role("link", name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả").click()
    assert page.locator(".portal-sheet").get_by_text("Phạm Thị Quầy").first.is_visible()
    assert code in page.locator(".portal-sheet").inner_text()

    found = visit(f"{INBOX}?muc=dang-mo&q=pham+thi+quay", who=RECEPTIONIST, script=False)
    assert found.answer.status == 200
    assert found.locator(CODE).first.inner_text() == code


def test_several_are_assigned_at_once(visit: Visit) -> None:
    page = visit(f"{INBOX}?muc=chua-giao", who=LEADER)
    page.locator(".portal-inbox tbody tr", has_text="Được tiếp nhận").first.locator("label").click()
    page.get_by_role("button", name="Phân công").click()
    page.get_by_label("Cán bộ xử lý").select_option(label="Mai Ngọc Lan")
    page.get_by_role("button", name="Phân công").click()
    assert page.get_by_text("Đã xong 1 hồ sơ, chưa được 0 hồ sơ.").is_visible()
    assert page.problems == []


def test_a_paper_is_printed_without_the_desk_around_it(visit: Visit) -> None:
    page = visit(first(visit, LEADER) + "/mau/1", who=LEADER)
    page.emulate_media(media="print")
    assert page.locator(".portal-sheet").is_visible()
    assert not page.locator(".portal-desk__menu").is_visible()
    assert not page.get_by_role("heading", level=1).is_visible()


def test_every_card_of_the_list_keeps_its_text_off_the_edge_of_a_phone(visit: Visit) -> None:
    page = visit(f"{INBOX}?muc=dang-mo", who=LEADER, width=360)
    rows = page.locator(".portal-inbox tbody tr")
    left = "row => row.querySelector('.portal-inbox__code').getBoundingClientRect().left"
    gaps = rows.evaluate_all(f"rows => rows.map(row => ({left})(row) - row.getBoundingClientRect().left)")
    assert len(gaps) > 3
    assert min(gaps) == max(gaps) >= 10
    assert page.evaluate(NARROW) == 0


def test_the_whole_register_is_seen_on_a_desk(visit: Visit) -> None:
    page = visit(f"{INBOX}/so-theo-doi", who=RECEPTIONIST, width=1280)
    assert page.locator(".portal-sheet tbody tr").count() > 0
    hidden = "box => box.scrollWidth - box.clientWidth"
    assert page.locator(".portal-sheet .portal-scroll").evaluate(hidden) == 0
