"""How procedures take part in publishing: titled, addressed, checked before publication, compared."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.catalogue.behind import went_live
from portal.catalogue.data import SCHEMA, Channel, Data, Service, clean
from portal.catalogue.describing import describe
from portal.catalogue.projecting import project
from portal.notices.references import number_key_of
from portal.publishing.kinds import Kind, Owned
from portal.publishing.models import Edition, Item, State
from portal.request import _
from portal.text import slug

NAME = "procedure"
EFORM = "eform"
"""The kind of the forms that a procedure may name."""


def title(data: Data) -> str:
    """What lists on the desk call it: code and name, as far as known."""
    return " · ".join(part for part in (data["code"], data["name"]) if part)


def path(db: Session, item: Item, data: Data) -> str:
    """`/thu-tuc/1.001193`: the code as it is written; by name while there is none."""
    return f"/thu-tuc/{data['code'] or slug(data['name'])}"


def problems(db: Session, edition: Edition, *, applied_for_elsewhere: bool = True) -> list[TranslationString]:
    """What a citizen could not do without (A5-1), and what the law asks of the service level (A5-5, E29).

    `applied_for_elsewhere`: citizens apply on the national portal, so a procedure needs no form of ours.
    """
    data = edition.data
    found = [*_missing(data), *_level_problems(data), *_contradictions(data)]
    if data["service"] != Service.INFORMATION and not applied_for_elsewhere:
        found += _form_problems(db, data)
    if data["doubts"]:
        number = len(data["doubts"])
        found.append(_("Còn ${n} điểm cần kiểm tra: hãy xác nhận từng điểm.", mapping={"n": number}))
    return found


def _missing(data: Data) -> list[TranslationString]:
    needs = (
        (data["name"], _("Chưa có tên thủ tục.")),
        (data["authority"]["name"], _("Chưa ghi cơ quan công bố.")),
        (data["cases"], _("Chưa có trình tự thực hiện: hãy ghi ít nhất một bước.")),
        (data["channels"], _("Chưa có cách thức thực hiện: hãy chọn ít nhất một cách nộp hồ sơ.")),
        (data["audiences"], _("Chưa chọn đối tượng thực hiện.")),
        (
            data["results"] or data["no_result"],
            _("Chưa ghi kết quả; nếu thủ tục không trả giấy tờ, hãy đánh dấu ô đó."),
        ),
    )
    return [said for value, said in needs if not value]


def _level_problems(data: Data) -> list[TranslationString]:
    """A service of level một phần must say why it is not whole, and which provision says so (E29)."""
    if data["service"] != Service.PARTIAL:
        return _not_online(data)
    found = _not_online(data)
    if not data["partial_reason"]:
        found.append(_("Dịch vụ công một phần phải nêu lý do chưa cung cấp toàn trình."))
    if not data["partial_basis"]:
        found.append(_("Dịch vụ công một phần phải nêu quy định pháp luật làm căn cứ."))
    return found


def _not_online(data: Data) -> list[TranslationString]:
    online = any(row["channel"] == Channel.ONLINE for row in data["channels"])
    if data["service"] == Service.INFORMATION or online or not data["channels"]:
        return []
    return [_("Dịch vụ công trực tuyến phải có cách nộp trực tuyến trong cách thức thực hiện.")]


def _contradictions(data: Data) -> list[TranslationString]:
    if data["effective_on"] and data["expires_on"] and data["expires_on"] < data["effective_on"]:
        return [_("Ngày hết hiệu lực đứng trước ngày có hiệu lực.")]
    return []


def _form_problems(db: Session, data: Data) -> list[TranslationString]:
    """Citizens who are told to apply here must find a form here (complaint 42)."""
    if data["online_url"]:
        return []
    if data["eform"] is None:
        return [_("Chưa có nơi nộp trực tuyến: hãy chọn biểu mẫu điện tử hoặc ghi địa chỉ nộp.")]
    live = select(Edition.id).join(Item, Item.id == Edition.item_id).where(Edition.state == State.PUBLISHED)
    if db.scalar(live.where(Item.uid == UUID(data["eform"]), Item.kind == EFORM)) is None:
        return [_("Biểu mẫu điện tử đã chọn chưa được công bố. Hãy công bố biểu mẫu trước.")]
    return []


def files(data: Data) -> list[Owned]:
    """The blank forms of its papers."""
    return [Owned(row["form"]["sha256"], row["form"]["name"]) for row in data["documents"] if row["form"]]


def touches(data: Data) -> frozenset[str]:
    """Keys of other pages that show it: lists of the catalogue, the documents it rests on, pages that name its code.

    Publishing itself announces `item:<uid>` and `list:procedure`.
    """
    keys = {number_key_of(row["number"]) for row in data["legal_basis"] if row["number"]}
    for facet, name in (("field", "fields"), ("audience", "audiences"), ("event", "events"), ("level", "levels")):
        keys |= {f"catalogue:{facet}:{value}" for value in data[name]}
    agencies = [data["authority"], *(agency for rows in data["agencies"].values() for agency in rows)]
    keys |= {f"catalogue:agency:{agency['code'].lower()}" for agency in agencies if agency["code"]}
    if data["code"]:
        keys.add(f"catalogue:code:{data['code']}")
    return frozenset(keys)


PROCEDURE = Kind(
    name=NAME,
    label=_("Thủ tục hành chính"),
    schema=SCHEMA,
    clean=clean,
    title=title,
    problems=problems,
    path=path,
    project=project,
    describe=describe,
    files=files,
    edit_route="catalogue.edit",
    preview="catalogue.preview",
    touches=touches,
    went_live=went_live,
)


def procedure_kind(*, applied_for_elsewhere: bool) -> Kind:
    """The kind for an instance whose citizens apply on the national portal (`True`) or on its own pages."""
    return replace(PROCEDURE, problems=partial(problems, applied_for_elsewhere=applied_for_elsewhere))
