"""The rich text editor by itself, in a real browser: footnotes and pictures of a paper survive it."""

import json
from html import escape
from typing import Any

import pytest

from portal.forms.widgets.richtext import LABELS
from portal.notices.body import clean_html
from portal.settings import ROOT

PICTURE = f"/tep/{'a' * 64}/so-do.png"
BODY = (
    '<p>Phạm vi áp dụng<sup><a href="#chu-thich-1" id="goi-chu-thich-1">1</a></sup> và thời hạn'
    '<sup><a href="#chu-thich-2" id="goi-chu-thich-2">2</a></sup></p>\n'
    f'<p><img src="{PICTURE}" alt="Sơ đồ"></p>\n<p>Bỏ <del>cũ</del> thêm <ins>mới</ins></p>\n'
    '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">Chú thích <em>đầu</em></li>'
    '<li id="chu-thich-2">Chú thích sau</li></ol></aside>'
)


@pytest.fixture
def write(browser: Any) -> Any:
    """Opens the editor over a body; answers the page and a function that gives what the form would send."""
    manifest = json.loads((ROOT / "themes/base/static/build/manifest.json").read_text())
    script = ROOT / "themes/base/static/build" / manifest["editor.js"]["file"]
    context = browser.new_context()

    def opened(body: str) -> Any:
        page = context.new_page()
        labels = escape(json.dumps({key: str(text) for key, text in LABELS.items()}))
        page.set_content(
            f'<form><label for="body">Toàn văn</label><textarea id="body" name="body" data-portal-editor '
            f'data-editor-labels="{labels}">{escape(body)}</textarea></form>'
        )
        page.add_script_tag(path=str(script))
        page.locator("[contenteditable=true]").click()
        return page

    yield opened
    context.close()


def sent(page: Any) -> str:
    """What the server would store."""
    page.evaluate("document.forms[0].dispatchEvent(new Event('portal:collect'))")
    return clean_html(page.evaluate("document.querySelector('textarea[name=body]').value"))


def test_notes_pictures_and_struck_words_survive_an_edit(write: Any) -> None:
    page = write(BODY)
    page.locator("[contenteditable=true] > p").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("Sửa. ")

    assert sent(page) == clean_html(BODY.replace("<p>Phạm vi", "<p>Sửa. Phạm vi"))


def test_a_new_note_is_numbered_by_its_place_in_the_text(write: Any) -> None:
    page = write(BODY)
    page.locator("[contenteditable=true] > p").first.click()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Chú thích cuối văn bản").click()
    page.keyboard.type("Chú thích mới")

    stored = sent(page)
    assert '<p><sup><a href="#chu-thich-1" id="goi-chu-thich-1">1</a></sup>Phạm vi áp dụng' in stored
    assert '<li id="chu-thich-1">Chú thích mới</li><li id="chu-thich-2">Chú thích <em>đầu</em></li>' in stored
    assert '<li id="chu-thich-3">Chú thích sau</li></ol></aside>' in stored


def test_the_first_note_of_a_document_makes_their_list(write: Any) -> None:
    page = write("<p>Một câu</p>")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Alt+f")
    page.keyboard.type("Giải thích")

    assert sent(page) == (
        '<p>Một câu<sup><a href="#chu-thich-1" id="goi-chu-thich-1">1</a></sup></p>\n'
        '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">Giải thích</li></ol></aside>'
    )


def test_a_picture_is_described_from_the_toolbar(write: Any) -> None:
    page = write(BODY)
    page.locator("img[src]").click(force=True)
    page.get_by_role("button", name="Mô tả hình").click()
    page.get_by_label("Hình cho thấy gì (đọc cho người không nhìn thấy hình)").fill("Sơ đồ tổ chức của Sở")
    page.keyboard.press("Enter")

    assert f'<img src="{PICTURE}" alt="Sơ đồ tổ chức của Sở">' in sent(page)
