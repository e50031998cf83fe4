"""The whole way of an application: found, filled in, handed in, handled, decided and followed to its result.

Five people in turn: the citizen, the receptionist, the leader who assigns and decides, the handler, the citizen again.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from browser.test_desk import TOO_WIDE

Visit = Callable[..., Any]
RECEPTIONIST, HANDLER, LEADER = "thuhien", "dinhkhoa", "vanson"
INBOX = "/ban-lam-viec/ho-so"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""One point: what was forgotten, for the supplement."""


class Walk:
    """One way through the portal, and what every page of it must be: sound, accessible, within its width."""

    def __init__(self, visit: Visit, axe: Any, *, width: int, script: bool) -> None:
        self.visit, self.axe, self.width, self.script = visit, axe, width, script
        self.code = self.secret = ""

    def look(self, page: Any) -> Any:
        """Check the page that is open."""
        if self.script:
            assert self.axe(page) == [], page.url
            assert page.evaluate(TOO_WIDE) == [], page.url
        return page

    def open(self, path: str, who: str | None = None) -> Any:
        page = self.visit(path, who=who, width=self.width, script=self.script)
        assert page.answer.status == 200, page.url
        return self.look(page)

    def press(self, page: Any, name: str) -> Any:
        """A button, or what looks like one, by its words."""
        page.get_by_role("button", name=name, exact=True).first.click()
        return self.look(page)

    def choose(self, page: Any, question: str, answer: str) -> None:
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def fill(self, page: Any, given: dict[str, str]) -> None:
        for label, text in given.items():
            page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.fill(text)

    # the citizen

    def find_the_service(self) -> Any:
        page = self.open("/dich-vu-cong/danh-sach?q=lam+giay+khai+sinh")
        page.get_by_role("link", name="Thủ tục đăng ký khai sinh").click()
        self.look(page)
        page.get_by_role("main").locator("a[href*='/nop-ho-so/']").first.click()
        page.get_by_label("Ủy ban nhân dân thành phố Đà Nẵng").check()
        self.press(page, "Tiếp tục")
        return self.press(page, "Bắt đầu điền hồ sơ")

    def fill_in(self, page: Any) -> None:
        self.press(page, "Bắt đầu điền")
        self.press(page, "Lưu và tiếp tục")
        assert page.locator(".govuk-error-summary").is_visible(), "an empty page is told what is missing"
        self.fill(page, {"Họ, chữ đệm, tên": "Nguyễn Thị Thử", "Số định danh cá nhân": "099000000001"})
        self.fill(page, {"Số điện thoại": "0900000001", "Tỉnh, thành phố": "Đà Nẵng"})
        self.fill(page, {"Xã, phường, đặc khu": "Phường Ví Dụ"})
        self.choose(page, "Quan hệ với trẻ", "Mẹ")
        self.press(page, "Lưu và tiếp tục")
        self.fill(page, {"Họ, chữ đệm, tên của trẻ": "Trần Thử An", "Ngày sinh": "2/1/2026", "Dân tộc": "Kinh"})
        self.fill(page, {"Nơi sinh": "Bệnh viện Phụ sản Ví Dụ, thành phố Đà Nẵng"})
        self.choose(page, "Giới tính", "Nữ")
        self.choose(page, "Trẻ có giấy chứng sinh không?", "Có")
        self.press(page, "Lưu và tiếp tục")
        self.choose(page, "Cơ sở y tế đã gửi giấy chứng sinh điện tử chưa?", "Có")
        self.press(page, "Lưu và tiếp tục")
        self.fill(page, {"Họ, chữ đệm, tên của mẹ": "Nguyễn Thị Thử"})
        self.choose(page, "Có ghi thông tin về cha không?", "Không")
        self.press(page, "Lưu và tiếp tục")
        self.choose(page, "Bạn muốn nhận giấy khai sinh bằng cách nào?", "Bản điện tử")
        self.fill(page, {"Số bản sao cần thêm": "2"})
        page.get_by_label(re.compile("Tôi cam đoan")).check()
        self.press(page, "Lưu và tiếp tục")

    def leave_and_come_back(self, page: Any) -> Any:
        """The link alone opens the draft, on another machine, with everything that was typed."""
        address = page.url
        assert address.endswith("/kiem-tra"), page.locator("main").inner_text()
        again = self.open(address.removeprefix(re.match(r"https?://[^/]+", address)[0]))  # type: ignore[index]
        said = again.locator("main").inner_text()
        assert "Trần Thử An" in said
        assert "16.000" in said, "two copies cost 16.000 đồng"
        return again

    def hand_in(self, page: Any) -> None:
        self.press(page, "Nộp hồ sơ")
        self.code = page.locator("#ma-ho-so").inner_text()
        self.secret = page.locator("#ma-bi-mat").inner_text()
        assert re.fullmatch(r"H17-\d{8}-\d{7}", self.code)

    # the officers

    def act(self, who: str, name: str, *, tab: str = "dang-mo", given: Callable[[Any], None] | None = None) -> None:
        """From a list of the inbox to the dossier to the act, as this officer."""
        page = self.open(f"{INBOX}?muc={tab}&q={self.code}", who)
        page.get_by_role("link", name=self.code).click()
        self.look(page)
        page.locator("main").locator(f"a[href$='/{name}']").first.click()
        self.look(page)
        if given:
            given(page)
        page.locator("main form button[type=submit]").first.click()
        assert f"/{name}" not in page.url, page.locator("main").inner_text()
        self.look(page)

    # the citizen again

    def follow(self) -> Any:
        page = self.open("/tra-cuu-ho-so")
        self.fill(page, {"Mã hồ sơ": self.code, "Mã bí mật": self.secret.lower()})
        page.locator("main form button[type=submit]").first.click()
        assert page.url.endswith(f"/ho-so/{self.code}"), page.locator("main").inner_text()
        return self.look(page)

    def state(self) -> str:
        return str(self.follow().locator(".govuk-tag").first.inner_text())


@pytest.mark.parametrize(
    ("width", "script"), [(1280, True), (360, True), (1280, False)], ids=["desktop", "phone", "without-javascript"]
)
def test_an_application_goes_its_whole_way(visit: Visit, axe: Any, width: int, script: bool) -> None:
    walk = Walk(visit, axe, width=width, script=script)

    page = walk.find_the_service()
    walk.fill_in(page)
    walk.hand_in(walk.leave_and_come_back(page))
    assert walk.state() == "Mới đăng ký"

    walk.act(RECEPTIONIST, "tiep-nhan")
    walk.act(LEADER, "phan-cong", given=lambda page: page.get_by_label("Bùi Đình Khoa").check())
    assert walk.state() == "Đang xử lý"

    walk.act(
        HANDLER,
        "yeu-cau-bo-sung",
        given=lambda page: walk.fill(page, {"Giấy tờ, nội dung cần bổ sung": "Cần ảnh chụp giấy chứng sinh."}),
    )
    follow = walk.follow()
    assert "Cần ảnh chụp giấy chứng sinh." in follow.locator("main").inner_text()
    walk.press(follow, "Bổ sung ngay")
    supplement(follow, script=script)
    assert walk.state() == "Đang xử lý"

    walk.act(LEADER, "giai-quyet", given=lambda page: page.get_by_label("Đồng ý, cấp kết quả").check())
    walk.act(HANDLER, "bao-ket-qua", tab="cho-tra")
    assert "Mời bạn nhận kết quả" in walk.follow().locator("main").inner_text()
    walk.act(RECEPTIONIST, "tra-ket-qua", tab="cho-tra", given=lambda page: page.get_by_label("Trực tuyến").check())

    done = walk.follow()
    assert done.locator(".govuk-tag").first.inner_text() == "Đã trả kết quả"
    assert "Giải quyết đúng hạn" in done.locator("main").inner_text()
    assert done.problems == []


def supplement(page: Any, *, script: bool) -> None:
    """What was asked for, as a file; with JavaScript it goes up by itself, piece by piece."""
    chosen = page.locator("main input[type=file]").first
    chosen.set_input_files({"name": "giay-chung-sinh.png", "mimeType": "image/png", "buffer": PICTURE})
    if script:
        page.get_by_text("giay-chung-sinh.png ✓").wait_for()
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.wait_for_url(re.compile(r"/ho-so/[^/]+$"))
