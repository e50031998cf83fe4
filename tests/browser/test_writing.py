"""Writing in a real browser: paste, autosave, two people, passages, the way to publication without a script."""

import re
from collections.abc import Callable
from typing import Any

from browser.conftest import APPROVER, EDITOR, opened

Visit = Callable[..., Any]
BULLET = (
    "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><!--[if !supportLists]-->"
    "<span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt Times'>&nbsp;&nbsp; </span>"
    "</span><!--[endif]-->{}<o:p></o:p></p>"
)
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h2 style='mso-list:none'><b><span style='font-size:14.0pt;font-family:Times'>I. MỤC ĐÍCH<o:p></o:p></span></b></h2>
<p class=MsoNormal style='text-indent:36pt'><span style='color:red'>Bảo đảm <b>thống nhất</b>.<o:p></o:p></span></p>
{BULLET.format("Ý thứ nhất")}
{BULLET.format("Ý thứ hai")}
<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
<tr><td width=10><p class=MsoNormal>Quý</p></td><td><p class=MsoNormal>Việc</p></td></tr>
<tr><td><p class=MsoNormal>I</p></td><td><p class=MsoNormal>Kiểm tra</p></td></tr></table>
<!--EndFragment--></body></html>"""
PASTE = """([selector, html]) => {
  const place = document.querySelector(selector), data = new DataTransfer();
  data.setData('text/html', html);
  place.focus();
  place.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_paste_from_word_is_stored_as_clean_headings_lists_and_tables(draft: Any) -> None:
    page = draft(9101)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, ["[contenteditable=true]", WORD])
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    page.get_by_text("Đã lưu bản nháp.").wait_for()

    page.get_by_role("link", name="Trang quản lý văn bản này").click()
    page.get_by_role("button", name="Xem trước").click()
    body = page.locator(".portal-doc__body")
    assert "MỤC ĐÍCH" in body.locator("h2, h3").first.inner_text()
    assert body.locator("ul > li").all_inner_texts() == ["Ý thứ nhất", "Ý thứ hai"]
    assert body.locator("table tr").count() == 2
    assert body.locator("strong, b").first.inner_text() == "thống nhất"
    written = body.inner_html()
    assert not any(mess in written for mess in ("Mso", "mso-", "style=", "<o:p", "color:", "<span"))


def test_what_was_typed_is_saved_by_itself_and_survives_a_reload(draft: Any) -> None:
    page = draft(9102)
    page.get_by_label("Tóm tắt cho người đọc").fill("Câu này chưa ai bấm lưu.")
    page.locator("[data-autosave-status]").filter(has_text="Đã lưu").wait_for(timeout=30_000)

    page.reload()
    page.get_by_role("link", name="Mở lại nội dung đó").click()
    assert page.get_by_label("Tóm tắt cho người đọc").input_value() == "Câu này chưa ai bấm lưu."
    assert page.problems == []


def test_two_people_in_one_draft_see_each_others_names(visit: Visit, draft: Any) -> None:
    mine = draft(9103)
    theirs = visit(mine.url, who=APPROVER)
    theirs.locator(".portal-presence").filter(has_text="Nguyễn Thị Minh Châu").wait_for(timeout=30_000)

    mine.reload()
    mine.locator(".portal-presence").filter(has_text="Phạm Quốc Trung").wait_for(timeout=30_000)


def test_the_second_to_save_sees_both_texts_and_loses_nothing(visit: Visit, draft: Any, axe: Any) -> None:
    mine = draft(9104)
    theirs = visit(mine.url, who=APPROVER)
    theirs.get_by_label("Trích yếu").fill("Trích yếu của người thứ nhất")
    theirs.get_by_role("button", name="Lưu bản nháp").last.click()
    theirs.get_by_text("Đã lưu bản nháp.").wait_for()

    mine.get_by_label("Trích yếu").fill("Trích yếu của người thứ hai")
    with mine.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/sua")) as told:
        mine.get_by_role("button", name="Lưu bản nháp").last.click()

    assert told.value.status == 409
    mine.get_by_text("Chưa có gì bị ghi đè").wait_for()
    assert mine.get_by_label("Trích yếu").input_value() == "Trích yếu của người thứ hai"
    assert mine.locator(".portal-diff del").first.is_visible()
    assert mine.locator(".portal-diff ins").first.is_visible()
    assert axe(mine) == []


def test_a_field_shows_the_passage_of_the_paper_it_was_read_from(draft: Any) -> None:
    page = draft(9105)
    page.get_by_label("Ký hiệu", exact=True).focus()

    marked = page.locator("mark.portal-passage")
    assert "9105/TB-VPCP" in marked.first.inner_text()
    assert marked.first.is_visible()
    page.get_by_label("Địa danh").click()
    assert "Hà Nội" in page.locator("mark.portal-passage").first.inner_text()
    assert marked.count() == 1, "one passage at a time"


def test_the_paper_stays_beside_the_form_on_a_wide_screen(draft: Any) -> None:
    page = draft(9106)
    page.evaluate("scrollTo(0, 3000)")

    box = page.locator("[data-paper]").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 800


def test_a_notice_is_written_handed_in_and_published_without_a_script(visit: Visit, draft: Any) -> None:
    page = draft(9107, script=False)
    page.get_by_label("Tóm tắt cho người đọc").fill("Thử không có JavaScript.")
    page.get_by_role("button", name=re.compile("^Thêm .*nơi nhận$")).click()
    assert page.get_by_label("Tóm tắt cho người đọc").input_value() == "Thử không có JavaScript."
    for box in page.get_by_role("group", name="Tôi đã đối chiếu với văn bản gốc").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    page.get_by_text("Đã lưu và gửi duyệt.").wait_for()
    item = page.url

    approver = visit(item, who=APPROVER, script=False)
    approver.get_by_role("button", name="Duyệt và công bố ngay").click()
    approver.get_by_text("Đã công bố.").wait_for()
    approver.get_by_role("link", name="Xem trang công khai").click()

    assert approver.locator("h1").inner_text() == "Về việc thử trình duyệt số 9107"
    reader = opened(visit("/", script=False).context, approver.url)
    assert reader.answer.status == 200
    assert reader.get_by_text("Thử không có JavaScript.").is_visible()


def test_an_approver_sends_a_draft_back_with_a_reason_that_its_writer_reads(visit: Visit, draft: Any) -> None:
    page = draft(9108)
    for box in page.get_by_role("group", name="Tôi đã đối chiếu với văn bản gốc").get_by_role("checkbox").all():
        box.check(force=True)
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    page.get_by_text("Đã lưu và gửi duyệt.").wait_for()

    approver = visit(page.url, who=APPROVER)
    approver.get_by_text("Trả lại để sửa").click()
    approver.get_by_label("Lý do trả lại").fill("Thiếu nơi nhận.")
    approver.get_by_role("button", name="Trả lại").click()
    approver.get_by_text("Đã trả lại cho người soạn kèm lý do.").wait_for()

    writer = visit("/ban-lam-viec", who=EDITOR)
    writer.get_by_role("region", name="Bản nháp của tôi").get_by_text("số 9108").click()
    assert writer.get_by_text("Thiếu nơi nhận.").first.is_visible()
