"""Documents as search sees them: text, passages, effect on a day, and whose effect turns."""

from datetime import date, timedelta

import pytest

from portal.agencies.models import Field
from portal.notices import search
from portal.notices.body import parts, text_and_passages
from portal.notices.data import body_of_text
from portal.publishing import service as publishing
from portal.search import searchables

DAY = date(2026, 3, 2)
LAW = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về phí.
Điều 2. Giải thích
1. Phí là khoản tiền.
2. Lệ phí là khoản tiền khác.
Điều 2a. Người nộp
Người nộp phí là cá nhân.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 3. Hiệu lực
Nghị định có hiệu lực từ ngày ký.
PHỤ LỤC I
MẪU ĐƠN
Điều 1. Ghi chú của phụ lục
Viết hoa họ tên."""


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Bộ Tài chính", short_name="Bộ TC", abbreviation="BTC")


def one(db, edition, day=DAY):
    return next(iter(search.documents(db, [edition.item.uid], day)))


def test_a_document_gives_what_it_is_known_by(db, make, unit):
    db.add(Field(slug="phi-le-phi", name="Phí, lệ phí"))
    edition = make.notice(
        unit,
        published=True,
        type="nghi-dinh",
        number="82/2019",
        notation="NĐ-CP",
        issued_on="2019-11-12",
        title="Phí hải quan",
        summary="Bãi bỏ một số khoản thu.",
        body=body_of_text(LAW),
        fields=["phi-le-phi"],
        signer={"name": "Nguyễn Văn Ký"},
        effective_on="2020-01-01",
    )
    found = one(db, edition)
    assert (found.uid, found.kind, found.path) == (str(edition.item.uid), "notice", edition.item.path)
    assert (found.title, found.number, found.type) == ("Phí hải quan", "82/2019/NĐ-CP", "nghi-dinh")
    assert (found.issuer, found.issuer_name, found.fields) == (unit.key, "Bộ Tài chính", ("phi-le-phi",))
    assert (found.issued_on, found.year, found.effect) == (date(2019, 11, 12), "2019", "con")
    for words in ("Nghị định", "Bộ Tài chính", "BTC", "Phí, lệ phí", "Bãi bỏ một số khoản thu.", "Nguyễn Văn Ký"):
        assert words in found.context.splitlines()
    assert found.text.startswith("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\nNghị định này")
    assert one(db, edition, date(2019, 12, 31)).effect == "chua"


def test_articles_are_passages_that_stand_on_the_page(app, db, make, unit):
    edition = make.notice(unit, published=True, body=body_of_text(LAW), number="5")
    edition.item.source_id = "05-2026"
    passages = one(db, edition).passages
    assert [p.anchor for p in passages] == ["dieu-1", "dieu-2", "dieu-2a", "dieu-3", "phu-luc-1-dieu-1"]
    ids = ["05-2026#1", "05-2026#2", "05-2026#2a", "05-2026#3", "05-2026#phu-luc-1-dieu-1"]
    assert [p.source_id for p in passages] == ids
    assert passages[1].title == "Điều 2. Giải thích"
    assert passages[1].text == "1. Phí là khoản tiền.\n2. Lệ phí là khoản tiền khác."
    assert "ĐIỀU KHOẢN THI HÀNH" not in passages[2].text
    assert "Ghi chú" not in passages[3].text
    page = app.get(edition.item.path).html
    assert [page.find(id=p.anchor).get_text(" ", strip=True) for p in passages] == [p.title for p in passages]


def test_what_an_amending_article_quotes_is_no_passage():
    body = body_of_text(
        "Điều 1. Sửa đổi Nghị định số 5\n1. Sửa Điều 7:\n“Điều 7. Mức phí\nMức phí là 5.”\n"
        "Điều 40. Mức khác như sau\nĐiều 2. Hiệu lực\nTừ ngày ký."
    )
    _text, passages = text_and_passages(body)
    assert [p.anchor for p in passages] == ["dieu-1", "dieu-2"]
    assert "Điều 7. Mức phí" in passages[0].text
    assert "Điều 40" in passages[0].text


def test_an_article_without_a_heading_has_its_number_for_one():
    words = "Ban hành kèm theo Quyết định này Quy chế làm việc của Hội đồng tư vấn cấp tỉnh về phí."
    body = body_of_text(f"Điều 1. {words}\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.")
    text, passages = text_and_passages(body)
    assert [(p.title, p.text.partition(" ")[0]) for p in passages] == [("Điều 1", "Ban"), ("Điều 2", "Quyết")]
    assert text.splitlines()[0] == f"Điều 1. {words}"


def test_a_second_text_that_begins_anew_has_passages_of_its_own():
    body = body_of_text("Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nĐiều 1. Lại một\nC.\nĐiều 2. Lại hai\nD.")
    assert [p.anchor for p in text_and_passages(body)[1]] == ["dieu-1", "dieu-2", "dieu-1-lan-2", "dieu-2-lan-2"]


@pytest.mark.parametrize(
    "text", ["", "Kính gửi: các bộ.", "Điều 1. Một\nChỉ một điều.", "1. Giao các bộ.\n2. Giao các tỉnh."]
)
def test_short_texts_and_single_articles_have_no_passages(text):
    assert text_and_passages(body_of_text(text))[1] == []


def test_a_long_text_without_articles_is_parted_by_its_sections():
    long = "Nội dung dài. " * 400
    body = body_of_text(f"I. ĐÁNH GIÁ CHUNG\n{long}\nII. NHIỆM VỤ TRỌNG TÂM\n{long}")
    found = text_and_passages(body)[1]
    assert [p.title for p in found] == ["I. ĐÁNH GIÁ CHUNG", "II. NHIỆM VỤ TRỌNG TÂM"]
    assert {p.anchor for p in found} <= {part.anchor for part in parts(body)[1]}


def test_only_public_editions_are_given(db, make, unit, at):
    draft, public, gone = make.notice(unit), make.notice(unit, published=True), make.notice(unit, published=True)
    publishing.withdraw(db, gone, version=gone.version, by=make.person(approver=unit), at=at, why="Nhầm")
    copy = publishing.working_copy(db, public.item, by=None, at=at)
    publishing.save(db, copy, copy.data | {"title": "Bản nháp mới"}, version=copy.version, by=None, at=at)
    wanted = [edition.item.uid for edition in (draft, public, gone)]
    assert set(search.uids(db)) & set(wanted) == {public.item.uid}
    assert [found.title for found in search.documents(db, wanted, DAY)] == [public.title.partition(" · ")[2]]


def test_many_documents_cost_few_questions(db, make, unit, count_queries):
    wanted = [make.notice(unit, published=True).item.uid for _each in range(30)]
    db.expire_all()
    with count_queries() as seen:
        assert len(list(search.documents(db, wanted, DAY))) == 30
    assert len(seen) <= 8


def test_what_acts_on_a_document_has_it_read_anew(db, make, unit):
    old = make.notice(unit, published=True, type="nghi-dinh", number="5/2020", notation="NĐ-CP", title="Cũ")
    other = make.notice(unit, published=True, title="Khác")
    chosen = {"relation": "repeals", "title": "Khác", "uid": str(other.item.uid)}
    by_number = {"relation": "replaces", "number": "5/2020/NĐ-CP"}
    new = make.notice(unit, published=True, relations=[chosen, by_number], effective_on="2026-04-01")
    assert search.SEARCHABLE.also(db, [new.item.uid]) == {old.item.uid, other.item.uid}
    assert search.SEARCHABLE.also(db, [other.item.uid]) == set()


def test_a_relation_that_an_edition_no_longer_has_still_counts(db, make, unit, at):
    old = make.notice(unit, published=True, title="Cũ")
    row = {"relation": "repeals", "title": "Cũ", "uid": str(old.item.uid)}
    new = make.notice(unit, published=True, relations=[row])
    copy = publishing.working_copy(db, new.item, by=None, at=at)
    publishing.save(db, copy, copy.data | {"relations": []}, version=copy.version, by=None, at=at)
    publishing.publish_imported(db, copy, at=at)
    assert search.SEARCHABLE.also(db, [new.item.uid]) == {old.item.uid}


def test_a_second_bearer_of_a_number_that_is_acted_on_counts(db, make, unit):
    number = {"number": "5/2020", "notation": "NĐ-CP"}
    old = make.notice(unit, published=True, title="Cũ", **number)
    make.notice(unit, published=True, relations=[{"relation": "repeals", "number": "5/2020/NĐ-CP"}])
    same = make.notice(unit, published=True, title="Trùng số", **number)
    assert search.SEARCHABLE.also(db, [same.item.uid]) == {old.item.uid}


def test_days_on_which_the_effect_turns(db, make, unit):
    old = make.notice(unit, published=True, title="Cũ", effective_on="2020-01-01")
    acting = [{"relation": "repeals", "title": "Cũ", "uid": str(old.item.uid)}]
    rows = {
        "begins": make.notice(unit, published=True, effective_on="2026-03-10"),
        "ends": make.notice(unit, published=True, effective_on="2020-01-01", expires_on="2026-03-11"),
        "paused": make.notice(
            unit,
            published=True,
            effective_on="2020-01-01",
            effects=[{"on": "2026-03-12", "effect": "ngung", "until": "2026-03-14"}],
        ),
        "acts": make.notice(unit, published=True, relations=acting, effective_on="2026-03-13"),
    }
    uids = {name: edition.item.uid for name, edition in rows.items()} | {"old": old.item.uid}
    day = date(2026, 3, 8)
    turns = {}
    while day < date(2026, 3, 17):
        following = day + timedelta(days=1)
        changing = search.SEARCHABLE.changing(db, day, following)
        before, after = (
            {found.uid: found.effect for found in search.documents(db, list(uids.values()), each)}
            for each in (day, following)
        )
        assert {uid for uid in uids.values() if before[str(uid)] != after[str(uid)]} <= set(changing)
        turns[following.day] = {name for name, uid in uids.items() if uid in changing}
        day = following
    assert turns == {
        9: set(),
        10: {"begins"},
        11: {"ends"},
        12: {"paused"},
        13: {"acts", "old"},
        14: set(),
        15: {"paused"},
        16: set(),
        17: set(),
    }


def test_without_an_index_numbers_and_titles_are_found(db, make, unit):
    edition = make.notice(unit, published=True, number="249", notation="TB-VPCP", title="Kết luận cuộc họp")
    make.notice(unit, number="249", notation="TB-KHAC", title="Kết luận còn nháp")
    assert [found.uid for found in search.by_words(db, "249/tb-vpcp", 5)] == [str(edition.item.uid)]
    assert [found.uid for found in search.by_words(db, "ket luan", 5)] == [str(edition.item.uid)]


def test_whether_an_address_shows_a_public_document(db, make, unit, at):
    edition = make.notice(unit, published=True, number="12")
    shows = search.SEARCHABLE.shows
    assert shows(db, edition.item.path) is True
    assert shows(db, "/van-ban/khong-co") is None
    publishing.withdraw(db, edition, version=edition.version, by=make.person(approver=unit), at=at, why="Nhầm")
    assert shows(db, edition.item.path) is False


def test_words_of_facets_stand_in_both_languages(db):
    labels = search.SEARCHABLE.labels
    assert labels["type"](db, ["thong-bao", "khong-co"], "en") == {"thong-bao": "Notice"}
    assert labels["effect"](db, ["het"], "vi") == {"het": "Hết hiệu lực toàn bộ"}
    assert labels["effect"](db, ["het"], "en")["het"] != "Hết hiệu lực toàn bộ"


def test_documents_whose_words_the_register_gives(db, make, unit):
    edition = make.notice(unit, published=True, fields=["dat-dai"])
    assert search.SEARCHABLE.naming(db, [unit.key], []) == {edition.item.uid}
    assert search.SEARCHABLE.naming(db, [], ["dat-dai"]) == {edition.item.uid}
    assert search.SEARCHABLE.naming(db, ["khac"], ["khac"]) == set()


def test_documents_and_pages_are_registered(config):
    assert {"notice", "page"} <= set(searchables())
