"""Nothing typed is lost (invariant 9): two people, stale pages, autosave, a sign-in that runs out."""

import re
from datetime import timedelta

from flows.journeys import browser, draft, edit, people, unit
from makers import PASSWORD

from portal.publishing import service
from portal.publishing.models import State

__all__ = ["browser", "draft", "people", "unit"]


def test_two_people_save_and_the_second_sees_both_texts(browser, draft):
    first, second = browser("editor"), browser("second")
    mine, theirs = edit(first, draft), edit(second, draft)
    theirs.set("title", "Trích yếu của người thứ hai", 0)
    theirs["place"] = "Huế"
    theirs.submit("save", status=303)
    mine.set("title", "Trích yếu của người thứ nhất", 0)
    conflict = mine.submit("save", status=409)
    assert draft.data["title"] == "Trích yếu của người thứ hai"
    assert conflict.forms["van-ban"].get("title", 0).value == "Trích yếu của người thứ nhất"
    words = " ".join(tag.get_text() for tag in conflict.html.find_all("del"))
    assert "hai" in words
    assert "Huế" in conflict.text

    conflict.forms["van-ban"].submit("save", status=303)
    assert draft.data["title"] == "Trích yếu của người thứ nhất"


def test_a_stale_button_is_refused_with_the_reason(browser, db, draft, people, at):
    service.submit(db, draft, version=draft.version, by=people["editor"], at=at)
    page = browser("approver").get(f"/ban-lam-viec/muc/{draft.item.uid}")
    form = next(f for f in page.forms.values() if f.action.endswith("cong-bo"))
    service.take_back(db, draft, version=draft.version, by=people["editor"], at=at)
    refused = form.submit(status=409)
    assert draft.state is State.DRAFT
    assert "người khác lưu" in refused.text


def test_what_was_typed_and_not_saved_can_be_taken_up_again(browser, draft):
    editor = browser("editor")
    form = edit(editor, draft)
    form.set("title", "Đang gõ dở", 0)
    typed = [(name, value) for name, value in form.submit_fields() if isinstance(value, str)]
    kept = editor.post(f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/tu-luu", typed, status=200)
    assert kept.json["saved_at"]
    page = editor.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    assert page.forms["van-ban"].get("title", 0).value == "Về việc bảo trì"
    again = page.click(href="tiep=1")
    assert again.forms["van-ban"].get("title", 0).value == "Đang gõ dở"
    again.forms["van-ban"].submit("save", status=303)
    assert draft.data["title"] == "Đang gõ dở"
    assert not editor.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").html.find("a", href=re.compile("tiep=1"))


def test_somebody_elses_unsaved_typing_is_not_shown(browser, draft):
    editor = browser("editor")
    typed = [("csrf_token", edit(editor, draft)["csrf_token"].value), ("version", "1"), ("title", "Riêng của tôi")]
    editor.post(f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/tu-luu", typed, status=200)
    assert "Riêng của tôi" not in browser("second").get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua?tiep=1").text


def test_autosave_after_somebody_saved_keeps_the_typing_and_says_so(browser, draft):
    editor, second = browser("editor"), browser("second")
    form = edit(editor, draft)
    other = edit(second, draft)
    other["place"] = "Huế"
    other.submit("save", status=303)
    form.set("title", "Gõ tiếp", 0)
    typed = [(name, value) for name, value in form.submit_fields() if isinstance(value, str)]
    answer = editor.post(f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/tu-luu", typed, status=409)
    assert "người khác" in answer.json["message"]
    assert "Gõ tiếp" in editor.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua?tiep=1").text


def test_a_sign_in_that_expires_while_typing_gives_the_text_back(browser, db, draft, people, at):
    editor = browser("editor")
    form = edit(editor, draft)
    form.set("title", "Viết rất lâu", 0)
    form["place"] = "Huế"
    later = at + timedelta(hours=13)
    editor.extra_environ["portal.at"] = later
    sent_away = form.submit("save", status=303, headers={"Referer": f"http://localhost{form.action}"})
    assert "/dang-nhap" in sent_away.location
    assert draft.data["title"] == "Về việc bảo trì"

    page = sent_away.follow()
    sign_in = page.forms["sign-in"]
    sign_in["email"], sign_in["password"] = people["editor"].email, PASSWORD
    back = sign_in.submit("sign_in", status=303).follow()
    again = back.forms["van-ban"]
    assert (again.get("title", 0).value, again["place"].value) == ("Viết rất lâu", "Huế")
    again.submit("save", status=303)
    assert draft.data["title"] == "Viết rất lâu"


def test_kept_text_is_for_its_writer_only(browser, draft, people, at):
    editor = browser("editor")
    form = edit(editor, draft)
    form.set("title", "Viết rất lâu", 0)
    editor.extra_environ["portal.at"] = at + timedelta(hours=13)
    sent_away = form.submit("save", status=303, headers={"Referer": f"http://localhost{form.action}"})
    kept = re.search(r"giu=([0-9a-f-]+)", sent_away.location)[1]
    other = browser("second", when=at + timedelta(hours=13))
    assert "Viết rất lâu" not in other.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua?giu={kept}").text
