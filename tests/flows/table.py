"""Who may do what, as an operator would be told: the expectation that `test_matrix` holds the program to.

Written by hand and read by people; nothing here is taken from the program. A view that stands in no row of `VIEWS`,
or a permission that stands in no row of `WHO`, fails the test by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

DRAFT, IN_REVIEW, SCHEDULED, PUBLISHED, SUPERSEDED, WITHDRAWN = STATES = (
    "draft",
    "in_review",
    "scheduled",
    "published",
    "superseded",
    "withdrawn",
)
ALWAYS = frozenset(STATES)
OPEN = frozenset({DRAFT, IN_REVIEW, SCHEDULED})

NOBODY = "nobody"
READER, EDITOR, APPROVER, ADMINISTRATOR, RECEPTIONIST, HANDLER = ROLES = (
    "reader",
    "editor",
    "approver",
    "administrator",
    "receptionist",
    "handler",
)
EDITOR_ABOVE = "editor above"
KEEPER = "register keeper"
ELSEWHERE = tuple(f"{role} elsewhere" for role in ROLES)
PEOPLE = (NOBODY, *ROLES, EDITOR_ABOVE, *ELSEWHERE, KEEPER)
"""`reader` … `handler`: with that one role in the unit that the thing belongs to; `editor above`: in the unit above it;
`… elsewhere`: in another unit; `register keeper`: administrator of the agency that runs the instance. A dossier belongs
to one unit that both receives and decides, and was given to the `handler`."""


@dataclass(frozen=True)
class Allowed:
    """Who may: `in_unit` role → states of the edition; `anywhere` roles held in any unit; the others say it all."""

    everybody: bool = False
    signed_in: bool = False
    keeper: bool = False
    anywhere: tuple[str, ...] = ()
    in_unit: Mapping[str, frozenset[str]] = field(default_factory=dict)
    published: bool = False
    """Everybody, once the edition is public."""

    def __contains__(self, question: tuple[str, str]) -> bool:
        person, state = question
        if self.everybody or (self.published and state == PUBLISHED):
            return True
        if person == NOBODY:
            return False
        role = {EDITOR_ABOVE: EDITOR, KEEPER: ADMINISTRATOR}.get(person, person.removesuffix(" elsewhere"))
        in_unit = person in ROLES or person == EDITOR_ABOVE
        return (
            self.signed_in
            or (self.keeper and person == KEEPER)
            or role in self.anywhere
            or (in_unit and state in self.in_unit.get(role, ()))
        )


ANYBODY = Allowed(everybody=True)
ANYONE_SIGNED_IN = Allowed(signed_in=True)
ADMINISTRATORS = Allowed(anywhere=(ADMINISTRATOR,))
ITS_ADMINISTRATOR = Allowed(in_unit={ADMINISTRATOR: ALWAYS})
READERS = Allowed(in_unit={READER: ALWAYS, EDITOR: ALWAYS, APPROVER: ALWAYS})
THOSE_AT_WORK = Allowed(anywhere=(READER, EDITOR, APPROVER))


def _here(*roles: str) -> Allowed:
    return Allowed(in_unit=dict.fromkeys(roles, ALWAYS))


RECEPTION, LEADERS = _here(RECEPTIONIST), _here(APPROVER)
COUNTER_AND_HANDLER, ALL_WHO_HANDLE = _here(RECEPTIONIST, HANDLER), _here(RECEPTIONIST, HANDLER, APPROVER)

WHO: dict[str, Allowed] = {
    "theming.read_asset": ANYBODY,
    "site.read": ANYBODY,
    "notices.read": ANYBODY,
    "catalogue.read": ANYBODY,
    "agencies.read": ANYBODY,
    "search.read": ANYBODY,
    "files.read": Allowed(in_unit=READERS.in_unit, published=True),
    "accounts.sign_in": ANYBODY,
    "accounts.own": ANYONE_SIGNED_IN,
    "accounts.list": ADMINISTRATORS,
    "accounts.add": ADMINISTRATORS,
    "accounts.see": ITS_ADMINISTRATOR,
    "accounts.grant": ITS_ADMINISTRATOR,
    "accounts.change": ITS_ADMINISTRATOR,
    "agencies.list": ADMINISTRATORS,
    "agencies.add": ADMINISTRATORS,
    "agencies.describe": Allowed(keeper=True, in_unit={ADMINISTRATOR: ALWAYS}),
    "agencies.change": Allowed(keeper=True),
    "agencies.merge": Allowed(keeper=True),
    "desk.enter": ANYONE_SIGNED_IN,
    "search.look": Allowed(anywhere=(EDITOR, APPROVER, ADMINISTRATOR)),
    "search.maintain": Allowed(keeper=True),
    "mail.look_after": Allowed(keeper=True),
    "site.list_pages": THOSE_AT_WORK,
    "notices.list": THOSE_AT_WORK,
    "notices.create": Allowed(anywhere=(EDITOR, APPROVER)),
    "notices.read_batch": READERS,
    "notices.change_batch": Allowed(in_unit={EDITOR: ALWAYS, APPROVER: ALWAYS}),
    "vocabularies.look": Allowed(anywhere=(EDITOR, APPROVER, ADMINISTRATOR)),
    "vocabularies.maintain": Allowed(keeper=True),
    "catalogue.list": THOSE_AT_WORK,
    "catalogue.create": Allowed(anywhere=(EDITOR, APPROVER)),
    "eforms.read": ANYBODY,
    "eforms.list": THOSE_AT_WORK,
    "eforms.create": Allowed(anywhere=(EDITOR, APPROVER)),
    "eforms.upload": ANYBODY,
    "guides.read": ANYBODY,
    "guides.list": THOSE_AT_WORK,
    "guides.create": Allowed(anywhere=(EDITOR, APPROVER)),
    "feedback.tell": ANYBODY,
    "feedback.look": Allowed(anywhere=(EDITOR, APPROVER)),
    "feedback.remove": Allowed(in_unit={EDITOR: ALWAYS, APPROVER: ALWAYS}),
    "dossiers.track": ANYBODY,
    "dossiers.apply": ANYBODY,
    "dossiers.list": Allowed(anywhere=(RECEPTIONIST, HANDLER, APPROVER, ADMINISTRATOR)),
    "dossiers.read": _here(RECEPTIONIST, HANDLER, APPROVER, ADMINISTRATOR),
    "dossiers.read_personal": ALL_WHO_HANDLE,
    "dossiers.register": Allowed(anywhere=(RECEPTIONIST,)),
    "dossiers.receive": RECEPTION,
    "dossiers.refuse": RECEPTION,
    "dossiers.transfer": _here(RECEPTIONIST, APPROVER),
    "dossiers.assign": LEADERS,
    "dossiers.ask_supplement": ALL_WHO_HANDLE,
    "dossiers.give_supplement": COUNTER_AND_HANDLER,
    "dossiers.ask_fee": ALL_WHO_HANDLE,
    "dossiers.note_payment": COUNTER_AND_HANDLER,
    "dossiers.apologise": LEADERS,
    "dossiers.extend": LEADERS,
    "dossiers.withdraw": RECEPTION,
    "dossiers.stop": LEADERS,
    "dossiers.decide": LEADERS,
    "dossiers.announce_result": ALL_WHO_HANDLE,
    "dossiers.return_result": RECEPTION,
    "dossiers.note": ALL_WHO_HANDLE,
    "dossiers.correct": COUNTER_AND_HANDLER,
    "dossiers.renew_secret": RECEPTION,
    "dossiers.see_readings": ITS_ADMINISTRATOR,
    "dossiers.erase": ITS_ADMINISTRATOR,
    "dossiers.export": ITS_ADMINISTRATOR,
    "dossiers.figures": ANYBODY,
    "dossiers.verify": ANYBODY,
    "dossiers.privacy": ADMINISTRATORS,
    "dossiers.revoke_seal": LEADERS,
    "publishing.read_edition": READERS,
    "publishing.edit": Allowed(in_unit={EDITOR: ALWAYS, APPROVER: ALWAYS}),
    "publishing.submit": Allowed(in_unit={EDITOR: frozenset({DRAFT}), APPROVER: frozenset({DRAFT})}),
    "publishing.review": Allowed(in_unit={APPROVER: frozenset({IN_REVIEW})}),
    "publishing.publish": Allowed(in_unit={APPROVER: OPEN}),
    "publishing.withdraw": Allowed(in_unit={APPROVER: frozenset({PUBLISHED})}),
}
"""Permission → who. Nobody approves their own writing: that is beside this table (`test_publishing_http`)."""

CHECKED_INSIDE = frozenset({"agencies.change"})
"""Permissions that no view states, because a view asks for them half-way (a form shows more or fewer fields)."""


@dataclass(frozen=True)
class View:
    """One view: its permission, an address to ask it at, and what is sent.

    `about`: what the address speaks of; for "edition" and "item" the view is asked in every state. `denied`: what
    somebody signed in is answered who may not. `answers`: state → status, where a public page depends on it.
    """

    permission: str
    address: str
    about: str = ""
    sent: Mapping[str, str] | None = None
    denied: int = 403
    answers: Mapping[str, int] = field(default_factory=dict)


_ITEM, _EDITION = "/ban-lam-viec/muc/{uid}", "/ban-lam-viec/muc/{uid}/ban/{number}"
_PERSON, _BATCH = "/ban-lam-viec/nhan-su/{person}", "/ban-lam-viec/van-ban/lo/{batch}"
_WORDS = "/ban-lam-viec/danh-muc"
_WORD = f"{_WORDS}/doi-song/muc/thu-nghiem"
_GROUPS, _BETS = "/ban-lam-viec/tim-kiem/tu-dong-nghia", "/ban-lam-viec/tim-kiem/dua-len-dau"
_PROCEDURES = "/ban-lam-viec/thu-tuc"
_VARIANT = f"{_PROCEDURES}/dia-phuong/{{variant}}"
_EFORMS, _EFORM = "/ban-lam-viec/bieu-mau", "/ban-lam-viec/bieu-mau/{eform}"
_GUIDES = "/ban-lam-viec/huong-dan"
_GUIDE = f"{_GUIDES}/{{guide}}"
_DOSSIERS = "/ban-lam-viec/ho-so"
_REQUESTS = f"{_DOSSIERS}/yeu-cau-du-lieu"
_SEEN = {"version": "{version}"}
_NOW = {"version": "1"}


def _action(name: str, permission: str, **sent: str) -> View:
    return View(permission, f"{_EDITION}/{name}", "edition", {**_SEEN, **sent})


_DOSSIERS = "/ban-lam-viec/ho-so"
_DOSSIER = f"{_DOSSIERS}/{{dossier_uid}}"
_PICKED = {"chon": "{new_uid}:{new_version}", "confirm": "1"}


def _acts(state: str, name: str, permission: str, /, **sent: str) -> dict[str, View]:
    """The page of an act and what it sends, on the dossier that is in `state`."""
    address, sent = f"{_DOSSIERS}/{{{state}_uid}}/{name}", {"version": f"{{{state}_version}}", **sent}
    return {
        f"dossiers.act[act={name}] GET": View(f"dossiers.{permission}", address, "dossier"),
        f"dossiers.act[act={name}] POST": View(f"dossiers.{permission}", address, "dossier", sent),
    }


VIEWS: dict[str, View] = {
    # what the public reads
    "theming.asset GET,HEAD": View("theming.read_asset", "{asset}"),
    "files.file GET,HEAD": View("files.read", "{file}", "edition", denied=404),
    "site.front": View("site.read", "/"),
    "site.sections": View("site.read", "/chuyen-muc"),
    "site.section": View("site.read", "/chuyen-muc/thu-nghiem"),
    "site.section_feed": View("site.read", "/chuyen-muc/thu-nghiem.atom"),
    "site.map": View("site.read", "/so-do-trang"),
    "site.sitemap": View("site.read", "/sitemap.xml"),
    "site.sitemap_part": View("site.read", "/sitemap-1.xml"),
    "site.robots": View("site.read", "/robots.txt"),
    "site.security": View("site.read", "/.well-known/security.txt"),
    "site.live": View("site.read", "/suc-khoe/song"),
    "site.ready": View("site.read", "/suc-khoe/san-sang"),
    "site.page": View("site.read", "/gioi-thieu-thu"),
    "api.search GET": View("search.read", "/api/v1/search?q=mat"),
    "api.search OPTIONS": View("search.read", "/api/v1/search"),
    "api.search": View("search.read", "/api/v1/search"),
    "api.procedures GET": View("catalogue.read", "/api/v1/procedures"),
    "api.procedures OPTIONS": View("catalogue.read", "/api/v1/procedures"),
    "api.procedures": View("catalogue.read", "/api/v1/procedures"),
    "api.procedure GET": View("catalogue.read", "/api/v1/procedures/1.007777"),
    "api.procedure OPTIONS": View("catalogue.read", "/api/v1/procedures/1.007777"),
    "api.procedure": View("catalogue.read", "/api/v1/procedures/1.007777"),
    "api.variants GET": View("catalogue.read", "/api/v1/procedures/1.007777/variants"),
    "api.variants OPTIONS": View("catalogue.read", "/api/v1/procedures/1.007777/variants"),
    "api.variants": View("catalogue.read", "/api/v1/procedures/1.007777/variants"),
    "api.vocabulary GET": View("catalogue.read", "/api/v1/vocabularies/fields"),
    "api.vocabulary OPTIONS": View("catalogue.read", "/api/v1/vocabularies/fields"),
    "api.vocabulary": View("catalogue.read", "/api/v1/vocabularies/fields"),
    "api.dossier_statistics GET": View("dossiers.figures", "/api/v1/statistics/dossiers"),
    "api.dossier_statistics OPTIONS": View("dossiers.figures", "/api/v1/statistics/dossiers"),
    "api.dossier_statistics": View("dossiers.figures", "/api/v1/statistics/dossiers"),
    "api.openapi GET": View("search.read", "/api/v1/openapi.json"),
    "api.openapi OPTIONS": View("search.read", "/api/v1/openapi.json"),
    "api.openapi": View("search.read", "/api/v1/openapi.json"),
    "agencies.list GET": View("agencies.read", "/co-quan"),
    "agencies.one GET": View("agencies.read", "/co-quan/{unit_key}"),
    "notices.list.all": View("notices.read", "/van-ban?q=mat"),
    "notices.list.type": View("notices.read", "/van-ban/loai/thong-bao"),
    "notices.list.issuer": View("notices.read", "/van-ban/co-quan/{unit_key}"),
    "notices.list.field": View("notices.read", "/van-ban/linh-vuc/thu-nghiem"),
    "notices.list.year": View("notices.read", "/van-ban/nam/2026"),
    "notices.feed.all": View("notices.read", "/van-ban.atom"),
    "notices.feed.type": View("notices.read", "/van-ban/loai/thong-bao.atom"),
    "notices.feed.issuer": View("notices.read", "/van-ban/co-quan/{unit_key}.atom"),
    "notices.feed.field": View("notices.read", "/van-ban/linh-vuc/thu-nghiem.atom"),
    "notices.feed.year": View("notices.read", "/van-ban/nam/2026.atom"),
    "notices.find": View("notices.read", "/tim?q={full_number}", "edition"),
    "notices.one": View(
        "notices.read",
        "{path}",
        "edition",
        answers={DRAFT: 404, IN_REVIEW: 404, SCHEDULED: 404, PUBLISHED: 200, SUPERSEDED: 200, WITHDRAWN: 410},
    ),
    "notices.citing": View(
        "notices.read",
        "{path}/duoc-dan-chieu",
        "edition",
        answers={DRAFT: 404, IN_REVIEW: 404, SCHEDULED: 404, PUBLISHED: 200, SUPERSEDED: 200, WITHDRAWN: 410},
    ),
    "notices.akn": View(
        "notices.read",
        "{path}.akn.xml",
        "edition",
        answers={DRAFT: 404, IN_REVIEW: 404, SCHEDULED: 404, PUBLISHED: 200, SUPERSEDED: 200, WITHDRAWN: 410},
    ),
    "notices.pdf GET,HEAD": View(
        "notices.read",
        "{path}.pdf",
        "edition",
        answers={DRAFT: 404, IN_REVIEW: 404, SCHEDULED: 404, PUBLISHED: 200, SUPERSEDED: 200, WITHDRAWN: 410},
    ),
    "catalogue.data GET,HEAD": View("catalogue.read", "/thu-tuc/1.007777.ttl"),
    "catalogue.whole GET,HEAD": View("catalogue.read", "/dich-vu-cong.csv"),
    "catalogue.feed GET,HEAD": View("catalogue.read", "/dich-vu-cong.atom"),
    "catalogue.front": View("catalogue.read", "/dich-vu-cong"),
    "catalogue.list.all": View("catalogue.read", "/dich-vu-cong/danh-sach?q=mat"),
    "catalogue.list.field": View("catalogue.read", "/dich-vu-cong/linh-vuc/thu-nghiem"),
    "catalogue.list.agency": View("catalogue.read", "/dich-vu-cong/co-quan/{unit_key}"),
    "catalogue.list.audience": View("catalogue.read", "/dich-vu-cong/doi-tuong/cong-dan"),
    "catalogue.list.event": View("catalogue.read", "/dich-vu-cong/su-kien/sinh-con"),
    "catalogue.list.letter": View("catalogue.read", "/dich-vu-cong/a-z/T"),
    "catalogue.one": View("catalogue.read", "/thu-tuc/1.007777"),
    "catalogue.compare": View("catalogue.read", "/thu-tuc/1.007777/so-sanh"),
    "catalogue.local": View("catalogue.read", "/thu-tuc/1.007777/{unit_key}"),
    "eforms.one": View("eforms.read", "/bieu-mau/bieu-mau-thu"),
    "eforms.uploads OPTIONS": View("eforms.upload", "/tep-tai-len", answers={DRAFT: 405}),
    "eforms.uploads POST": View("eforms.upload", "/tep-tai-len", sent={}, answers={DRAFT: 412}),
    "eforms.upload HEAD": View("eforms.upload", "/tep-tai-len/khong-co", answers={DRAFT: 405}),
    "eforms.upload PATCH": View("eforms.upload", "/tep-tai-len/khong-co", answers={DRAFT: 405}),
    "eforms.upload DELETE": View("eforms.upload", "/tep-tai-len/khong-co", answers={DRAFT: 405}),
    "guides.list": View("guides.read", "/huong-dan"),
    "guides.one": View("guides.read", "/huong-dan/huong-dan-thu"),
    "guides.first": View("guides.read", "/huong-dan/huong-dan-thu/tra-loi?gui=1"),
    "guides.answers": View("guides.read", "/huong-dan/huong-dan-thu/tra-loi/co?ban=1"),
    "feedback.tell GET": View("feedback.tell", "/y-kien/{uid}", "edition"),
    "feedback.tell POST": View("feedback.tell", "/y-kien/{public_procedure}", sent={"words": "Rõ ràng"}),
    "feedback.thanks GET": View("feedback.tell", "/y-kien/{uid}/cam-on", "edition"),
    "search.page": View("search.read", "/tim-kiem?q=mat"),
    "search.feed": View("search.read", "/tim-kiem.atom?q=mat"),
    "search.advanced": View("search.read", "/tim-kiem/nang-cao?q=mat"),
    "search.suggestions": View("search.read", "/tim-kiem/goi-y?q=mat"),
    "search.description": View("search.read", "/opensearch.xml"),
    # one's own account
    "accounts.sign_in GET": View("accounts.sign_in", "/dang-nhap"),
    "accounts.sign_in POST": View("accounts.sign_in", "/dang-nhap", sent={"email": "a@vidu.gov.vn", "password": "x"}),
    "accounts.choose_password": View("accounts.sign_in", "/dat-mat-khau/khong-co"),
    "accounts.sign_out POST": View("accounts.own", "/dang-xuat", sent={}),
    "accounts.own": View("accounts.own", "/tai-khoan"),
    "accounts.password": View("accounts.own", "/tai-khoan/mat-khau"),
    "accounts.sessions POST": View("accounts.own", "/tai-khoan/phien-lam-viec", sent={"others": "1"}),
    "accounts.kept POST": View("accounts.own", "/tai-khoan/noi-dung-da-giu", sent={"uid": "khong-co"}),
    # people
    "accounts.people": View("accounts.list", "/ban-lam-viec/nhan-su"),
    "accounts.add_person": View("accounts.add", "/ban-lam-viec/nhan-su/them"),
    "accounts.person": View("accounts.see", _PERSON, "unit"),
    "accounts.change_person": View("accounts.change", f"{_PERSON}/sua", "unit"),
    "accounts.grants POST": View("accounts.grant", f"{_PERSON}/quyen", "unit", {}),
    "accounts.password_link POST": View("accounts.change", f"{_PERSON}/dat-mat-khau", "unit", {}),
    "accounts.activity POST": View("accounts.change", f"{_PERSON}/hoat-dong", "unit", {"active": "no"}),
    "accounts.end_sessions POST": View("accounts.change", f"{_PERSON}/ket-thuc-phien", "unit", {}),
    # the register
    "agencies.desk GET": View("agencies.list", "/ban-lam-viec/co-quan"),
    "agencies.add GET": View("agencies.add", "/ban-lam-viec/co-quan/them"),
    "agencies.add POST": View("agencies.add", "/ban-lam-viec/co-quan/them", sent={}),
    "agencies.edit GET": View("agencies.describe", "/ban-lam-viec/co-quan/{unit}", "unit"),
    "agencies.edit POST": View("agencies.describe", "/ban-lam-viec/co-quan/{unit}", "unit", {}),
    "agencies.merge GET": View("agencies.merge", "/ban-lam-viec/co-quan/sap-xep"),
    "agencies.merge POST": View("agencies.merge", "/ban-lam-viec/co-quan/sap-xep", sent={}),
    # the desk
    "desk.dashboard": View("desk.enter", "/ban-lam-viec"),
    "notices.desk": View("notices.list", "/ban-lam-viec/van-ban"),
    "notices.new GET": View("notices.create", "/ban-lam-viec/van-ban/moi"),
    "notices.new POST": View("notices.create", "/ban-lam-viec/van-ban/moi", sent={}),
    "notices.batches": View("notices.list", "/ban-lam-viec/van-ban/lo"),
    "notices.batch GET": View("notices.read_batch", _BATCH, "batch"),
    "notices.batch_action[action=dung] POST": View("notices.change_batch", f"{_BATCH}/dung", "batch", {}),
    "notices.batch_action[action=doc-tiep] POST": View("notices.change_batch", f"{_BATCH}/doc-tiep", "batch", {}),
    "notices.batch_action[action=xoa] POST": View("notices.change_batch", f"{_BATCH}/xoa", "batch", {}),
    "notices.encoding GET": View("notices.change_batch", "/ban-lam-viec/van-ban/tep/{intake}", "batch"),
    "notices.encoding POST": View(
        "notices.change_batch", "/ban-lam-viec/van-ban/tep/{intake}", "batch", {"encoding": "tcvn3"}
    ),
    "feedback.desk GET": View("feedback.look", "/ban-lam-viec/y-kien"),
    "feedback.export GET": View("feedback.look", "/ban-lam-viec/y-kien/bang.csv"),
    "feedback.remove POST": View("feedback.remove", "/ban-lam-viec/y-kien/{reader_words}/xoa", "unit", {}),
    "site.desk_pages": View("site.list_pages", "/ban-lam-viec/trang"),
    "catalogue.desk": View("catalogue.list", _PROCEDURES),
    "catalogue.new GET": View("catalogue.create", f"{_PROCEDURES}/moi"),
    "catalogue.new POST": View("catalogue.create", f"{_PROCEDURES}/moi", sent={}),
    "catalogue.desk.local": View("catalogue.list", f"{_PROCEDURES}/dia-phuong"),
    "catalogue.variants GET": View("catalogue.list", f"{_PROCEDURES}/{{public_procedure}}/dia-phuong"),
    "catalogue.variants POST": View("catalogue.create", f"{_PROCEDURES}/{{public_procedure}}/dia-phuong", sent={}),
    "catalogue.edit GET": View("publishing.edit", f"{_PROCEDURES}/{{procedure}}/sua", "page"),
    "catalogue.edit POST": View("publishing.edit", f"{_PROCEDURES}/{{procedure}}/sua", "page", {"name": "Mới"}),
    "catalogue.preview": View("publishing.read_edition", f"{_PROCEDURES}/{{procedure}}/xem-truoc/1", "page"),
    "catalogue.local.edit GET": View("publishing.edit", f"{_VARIANT}/sua", "page"),
    "catalogue.local.edit POST": View("publishing.edit", f"{_VARIANT}/sua", "page", {"notes": "Mới"}),
    "catalogue.local.preview": View("publishing.read_edition", f"{_VARIANT}/xem-truoc/1", "page"),
    "eforms.desk": View("eforms.list", _EFORMS),
    "eforms.new GET": View("eforms.create", f"{_EFORMS}/moi"),
    "eforms.new POST": View("eforms.create", f"{_EFORMS}/moi", sent={}),
    "eforms.edit GET": View("publishing.edit", f"{_EFORM}/sua", "page"),
    "eforms.change POST": View("publishing.edit", f"{_EFORM}/sua/lam", "page", {**_NOW, "do": "up:ngay_sinh"}),
    "eforms.remove GET": View("publishing.edit", f"{_EFORM}/sua/xoa?muc=ho_ten", "page"),
    "eforms.replace POST": View("publishing.edit", f"{_EFORM}/sua/nhap", "page", _NOW),
    "eforms.formula GET": View("publishing.edit", f"{_EFORM}/sua/cong-thuc?muc=ho_ten", "page"),
    "eforms.edit_head GET": View("publishing.edit", f"{_EFORM}/sua/chung", "page"),
    "eforms.edit_head POST": View("publishing.edit", f"{_EFORM}/sua/chung", "page", {"title": "Mới"}),
    "eforms.edit_section GET": View("publishing.edit", f"{_EFORM}/sua/phan/nguoi_nop", "page"),
    "eforms.edit_section POST": View("publishing.edit", f"{_EFORM}/sua/phan/nguoi_nop", "page", {"title": "Mới"}),
    "eforms.edit_field GET": View("publishing.edit", f"{_EFORM}/sua/muc/ho_ten", "page"),
    "eforms.edit_field POST": View("publishing.edit", f"{_EFORM}/sua/muc/ho_ten", "page", {"label": "Mới"}),
    "eforms.preview GET": View("publishing.read_edition", f"{_EFORM}/xem-truoc/1", "page"),
    "eforms.preview POST": View("publishing.read_edition", f"{_EFORM}/xem-truoc/1", "page", {"phan": "nguoi_nop"}),
    "eforms.export GET": View("publishing.read_edition", f"{_EFORM}/tep/1.json", "page"),
    "guides.desk": View("guides.list", _GUIDES),
    "guides.new GET": View("guides.create", f"{_GUIDES}/moi"),
    "guides.new POST": View("guides.create", f"{_GUIDES}/moi", sent={}),
    "guides.edit GET": View("publishing.edit", f"{_GUIDE}/sua", "page"),
    "guides.edit POST": View("publishing.edit", f"{_GUIDE}/sua", "page", {"title": "Mới"}),
    "guides.edit_node GET": View("publishing.edit", f"{_GUIDE}/sua/n2", "page"),
    "guides.edit_node POST": View("publishing.edit", f"{_GUIDE}/sua/n2", "page", {"title": "Mới"}),
    "guides.add_node POST": View("publishing.edit", f"{_GUIDE}/them", "page", {**_NOW, "kind": "outcome"}),
    "guides.remove_node POST": View("publishing.edit", f"{_GUIDE}/xoa/n3", "page", _NOW),
    "guides.paths GET": View("publishing.read_edition", f"{_GUIDE}/thu-tung-duong", "page"),
    "guides.paths POST": View("publishing.edit", f"{_GUIDE}/thu-tung-duong", "page", {**_NOW, "right": "co"}),
    "guides.preview": View("publishing.read_edition", f"{_GUIDE}/xem-truoc/1", "page"),
    "guides.preview_first": View("publishing.read_edition", f"{_GUIDE}/xem-truoc/1/tra-loi", "page"),
    "guides.preview_answers": View("publishing.read_edition", f"{_GUIDE}/xem-truoc/1/tra-loi/co", "page"),
    "vocabularies.desk GET": View("vocabularies.look", _WORDS),
    "vocabularies.desk POST": View("vocabularies.maintain", _WORDS, sent={}),
    "vocabularies.add GET": View("vocabularies.maintain", f"{_WORDS}/doi-song/them"),
    "vocabularies.add POST": View("vocabularies.maintain", f"{_WORDS}/doi-song/them", sent={}),
    "vocabularies.word GET": View("vocabularies.maintain", _WORD),
    "vocabularies.word POST": View("vocabularies.maintain", _WORD, sent={}),
    "vocabularies.retire POST": View("vocabularies.maintain", f"{_WORD}/ngung", sent=_NOW),
    "vocabularies.offer POST": View("vocabularies.maintain", f"{_WORD}/dung-lai", sent=_NOW),
    # the desk's part of search
    "search.desk GET": View("search.look", "/ban-lam-viec/tim-kiem"),
    "search.report GET": View("search.look", "/ban-lam-viec/tim-kiem/bao-cao.csv"),
    "search.synonyms GET": View("search.look", "/ban-lam-viec/tim-kiem/tu-dong-nghia"),
    "search.bring_synonyms POST": View("search.maintain", f"{_GROUPS}/co-san", sent={}),
    "search.add_synonym GET": View("search.maintain", f"{_GROUPS}/them"),
    "search.add_synonym POST": View("search.maintain", f"{_GROUPS}/them", sent={}),
    "search.synonym GET": View("search.maintain", f"{_GROUPS}/{{synonym}}"),
    "search.synonym POST": View("search.maintain", f"{_GROUPS}/{{synonym}}", sent={}),
    "search.synonym_action[action=bat-tat] POST": View("search.maintain", f"{_GROUPS}/{{synonym}}/bat-tat", sent=_NOW),
    "search.synonym_action[action=xoa] POST": View("search.maintain", f"{_GROUPS}/{{synonym}}/xoa", sent=_NOW),
    "search.best_bets GET": View("search.look", _BETS),
    "search.add_best_bet GET": View("search.maintain", f"{_BETS}/them"),
    "search.add_best_bet POST": View("search.maintain", f"{_BETS}/them", sent={}),
    "search.best_bet GET": View("search.maintain", f"{_BETS}/{{best_bet}}"),
    "search.best_bet POST": View("search.maintain", f"{_BETS}/{{best_bet}}", sent={}),
    "search.best_bet_action[action=xoa] POST": View("search.maintain", f"{_BETS}/{{best_bet}}/xoa", sent=_NOW),
    # letters
    "mail.desk GET": View("mail.look_after", "/ban-lam-viec/thu"),
    "mail.retry POST": View("mail.look_after", "/ban-lam-viec/thu/{mail}/gui-lai", sent={}),
    # following a dossier, figures, privacy
    "applying.start GET": View("dossiers.apply", "/nop-ho-so/1.007777"),
    "applying.start POST": View("dossiers.apply", "/nop-ho-so/1.007777", sent={}),
    "applying.start_at GET": View("dossiers.apply", "/nop-ho-so/1.007777/{unit_key}"),
    "applying.start_at POST": View("dossiers.apply", "/nop-ho-so/1.007777/{unit_key}", sent={}),
    "applying.draft GET": View("dossiers.apply", "/ho-so-nhap/{draft_key}"),
    "applying.draft POST": View("dossiers.apply", "/ho-so-nhap/{draft_key}", sent={"email": "an@vidu.vn"}),
    "applying.check GET": View("dossiers.apply", "/ho-so-nhap/{draft_key}/kiem-tra"),
    "applying.check POST": View(
        "dossiers.apply", "/ho-so-nhap/{draft_key}/kiem-tra", sent={"phien_ban": "1", "khoa": "x"}
    ),
    "applying.discard GET": View("dossiers.apply", "/ho-so-nhap/{draft_key}/bo"),
    "applying.discard POST": View("dossiers.apply", "/ho-so-nhap/{draft_key}/bo", sent={}),
    "applying.receipt GET": View("dossiers.apply", "/ho-so-nhap/{draft_key}/da-nop", answers={DRAFT: 303}),
    "applying.section GET": View("dossiers.apply", "/ho-so-nhap/{draft_key}/nguoi_nop", answers={DRAFT: 200}),
    "applying.section POST": View(
        "dossiers.apply", "/ho-so-nhap/{draft_key}/nguoi_nop", sent={"ho_ten": "An", "phien_ban": "1", "da_thay": "x"}
    ),
    "applying.supplement GET": View("dossiers.apply", "/ho-so/{supplement_code}/bo-sung", answers={DRAFT: 303}),
    "applying.supplement POST": View("dossiers.apply", "/ho-so/{supplement_code}/bo-sung", sent={"words": "Đây"}),
    "applying.withdraw GET": View("dossiers.apply", "/ho-so/{dossier_code}/rut", answers={DRAFT: 303}),
    "applying.withdraw POST": View("dossiers.apply", "/ho-so/{dossier_code}/rut", sent={"why": "Nhầm"}),
    "following.lookup GET": View("dossiers.track", "/tra-cuu-ho-so?ma={dossier_code}"),
    "following.lookup POST": View("dossiers.track", "/tra-cuu-ho-so", sent={"code": "{dossier_code}", "secret": "x"}),
    "following.one GET": View("dossiers.track", "/ho-so/{dossier_code}", answers={DRAFT: 303}),
    "following.close POST": View("dossiers.track", "/ho-so/{dossier_code}/dong", sent={}),
    "following.calendar GET": View("dossiers.track", "/ho-so/{dossier_code}/lich.ics", answers={DRAFT: 303}),
    "following.receipt GET": View("dossiers.track", "/ho-so/{dossier_code}/giay-tiep-nhan", answers={DRAFT: 303}),
    "following.receipt_pdf GET": View(
        "dossiers.track", "/ho-so/{dossier_code}/giay-tiep-nhan.pdf", answers={DRAFT: 303}
    ),
    "following.file GET": View("dossiers.track", "/ho-so/{dossier_code}/tep/{dossier_uid}", answers={DRAFT: 303}),
    "following.data GET": View("dossiers.track", "/ho-so/{dossier_code}/du-lieu", answers={DRAFT: 303}),
    "following.data POST": View("dossiers.track", "/ho-so/{dossier_code}/du-lieu", sent={"wish": "export"}),
    "following.verify_form GET": View("dossiers.verify", "/xac-minh"),
    "following.verify GET": View("dossiers.verify", "/xac-minh/{seal}", answers={DRAFT: 200}),
    "following.figures GET": View("dossiers.figures", "/thong-ke"),
    "following.figures_csv GET": View("dossiers.figures", "/thong-ke.csv"),
    "following.requests GET": View("dossiers.privacy", f"{_DOSSIERS}/yeu-cau-du-lieu"),
    "following.request GET": View("dossiers.export", f"{_REQUESTS}/{{export_request}}", "unit"),
    "following.request_copy POST": View("dossiers.export", f"{_REQUESTS}/{{export_request}}/ban-sao", "unit", {}),
    "following.request_done POST": View("dossiers.export", f"{_REQUESTS}/{{export_request}}/da-giao", "unit", {}),
    "following.request_erase POST": View(
        "dossiers.erase",
        f"{_REQUESTS}/{{erase_request}}/xoa",
        "unit",
        {"version": "{returned_version}", "confirmed": "1"},
    ),
    "following.request_refuse POST": View(
        "dossiers.export", f"{_REQUESTS}/{{export_request}}/tu-choi", "unit", {"why": "Chưa có giấy tờ"}
    ),
    "following.readings GET": View("dossiers.privacy", f"{_DOSSIERS}/truy-cap"),
    "following.readings_of GET": View("dossiers.see_readings", f"{_DOSSIERS}/{{dossier_uid}}/truy-cap", "unit"),
    "following.seals GET": View("dossiers.read", f"{_DOSSIERS}/{{returned_uid}}/chung-thuc", "unit"),
    "following.revoke POST": View(
        "dossiers.revoke_seal",
        f"{_DOSSIERS}/{{returned_uid}}/chung-thuc/{{seal_number}}/thu-hoi",
        "unit",
        {"why": "Cấp nhầm"},
    ),
    # dossiers at the desk
    "dossiers.inbox GET": View("dossiers.list", _DOSSIERS),
    "dossiers.bulk POST": View("dossiers.list", f"{_DOSSIERS}/hang-loat", sent={"do": "tiep-nhan", **_PICKED}),
    "dossiers.counter GET": View("dossiers.register", f"{_DOSSIERS}/tiep-nhan?thu-tuc=1.007777"),
    "dossiers.counter POST": View("dossiers.register", f"{_DOSSIERS}/tiep-nhan?thu-tuc=1.007777", sent={}),
    "dossiers.figures GET": View("dossiers.list", f"{_DOSSIERS}/thong-ke"),
    "dossiers.one GET": View("dossiers.read", _DOSSIER, "dossier"),
    "dossiers.content GET": View("dossiers.read_personal", f"{_DOSSIER}/noi-dung", "dossier"),
    "dossiers.content POST": View(
        "dossiers.read_personal", f"{_DOSSIER}/noi-dung", "dossier", {"purpose": "giai-quyet"}
    ),
    "dossiers.readings GET": View("dossiers.see_readings", f"{_DOSSIER}/nhat-ky-doc", "dossier"),
    "printing.paper GET": View("dossiers.read_personal", f"{_DOSSIER}/mau/1", "dossier"),
    "printing.paper_pdf GET": View("dossiers.read_personal", f"{_DOSSIER}/mau/1.pdf", "dossier"),
    "printing.register GET": View("dossiers.list", f"{_DOSSIERS}/so-theo-doi"),
    "printing.register_pdf GET": View("dossiers.list", f"{_DOSSIERS}/so-theo-doi.pdf"),
    **_acts("new", "tiep-nhan", "receive"),
    **_acts("new", "tu-choi", "refuse", why="Thiếu thẩm quyền"),
    **_acts("received", "chuyen", "transfer", code="G22"),
    **_acts("received", "phan-cong", "assign", person="{handler}"),
    **_acts("in_progress", "yeu-cau-bo-sung", "ask_supplement", what="Bản sao"),
    **_acts("supplement", "nhan-bo-sung", "give_supplement"),
    **_acts("in_progress", "yeu-cau-nop-phi", "ask_fee", amount="50000"),
    **_acts("payment", "ghi-nop-phi", "note_payment", amount="50000", reference="BL-1"),
    **_acts("in_progress", "giai-quyet", "decide", outcome="granted"),
    **_acts("done", "bao-ket-qua", "announce_result"),
    **_acts("done", "tra-ket-qua", "return_result", channel="direct"),
    **_acts("in_progress", "xin-loi", "apologise", why="Quá tải", due_on="20/3/2026"),
    **_acts("in_progress", "gia-han", "extend", why="Phức tạp", basis="Điều 1", due_on="20/3/2026"),
    **_acts("new", "rut", "withdraw"),
    **_acts("in_progress", "dung", "stop", why="Không còn đối tượng"),
    **_acts("in_progress", "ghi-chu", "note", words="Đã gọi điện"),
    **_acts("in_progress", "sua-sai", "correct", name="Tên Khác", language="vi", why="Sai chính tả"),
    **_acts("in_progress", "cap-lai-ma", "renew_secret"),
    **_acts("in_progress", "ban-sao", "export", purpose="Theo yêu cầu"),
    **_acts("returned", "xoa-du-lieu", "erase", sure="true"),
    # one item
    "publishing.item": View("publishing.read_edition", _ITEM, "item"),
    "publishing.compare": View("publishing.read_edition", f"{_ITEM}/so-sanh", "item"),
    "publishing.move POST": View("publishing.edit", f"{_ITEM}/dia-chi", "item", {"path": "dia-chi-khac"}),
    "publishing.copy POST": View("publishing.edit", f"{_ITEM}/sua-ban-moi", "item", {}),
    "notices.edit GET": View("publishing.edit", "/ban-lam-viec/van-ban/{uid}/sua", "item"),
    "notices.edit POST": View("publishing.edit", "/ban-lam-viec/van-ban/{uid}/sua", "item", {**_SEEN, "title": "Mới"}),
    "notices.preview": View("publishing.read_edition", "/ban-lam-viec/van-ban/{uid}/xem-truoc/{number}", "edition"),
    "notices.preview_pdf GET,HEAD": View(
        "publishing.read_edition", "/ban-lam-viec/van-ban/{uid}/xem-truoc/{number}.pdf", "edition"
    ),
    "site.edit_page GET": View("publishing.edit", "/ban-lam-viec/trang/{page}/sua", "page"),
    "site.edit_page POST": View("publishing.edit", "/ban-lam-viec/trang/{page}/sua", "page", {"title": "Mới"}),
    "site.preview_page": View("publishing.read_edition", "/ban-lam-viec/trang/{page}/xem-truoc/1", "page"),
    "publishing.autosave POST": View("publishing.edit", f"{_EDITION}/tu-luu", "edition", {**_SEEN, "title": "Mới"}),
    "publishing.presence GET": View("publishing.edit", f"{_EDITION}/co-mat", "edition"),
    "publishing.action[action=gui-duyet] POST": _action("gui-duyet", "publishing.submit"),
    "publishing.action[action=rut-lai] POST": _action("rut-lai", "publishing.edit"),
    "publishing.action[action=bo] POST": _action("bo", "publishing.edit"),
    "publishing.action[action=tra-lai] POST": _action("tra-lai", "publishing.review", why="Thiếu nơi nhận"),
    "publishing.action[action=cong-bo] POST": _action("cong-bo", "publishing.publish"),
    "publishing.action[action=hen-gio] POST": _action("hen-gio", "publishing.publish", day="1/1/2027", hour="08:00"),
    "publishing.action[action=huy-hen] POST": _action("huy-hen", "publishing.publish"),
    "publishing.action[action=thu-hoi] POST": _action("thu-hoi", "publishing.withdraw", why="Ban hành nhầm"),
}


def asked_states(view: View) -> tuple[str, ...]:
    """The states in which the view is asked: one of them stands for all where there is no edition in its address."""
    return STATES if view.about in ("item", "edition") else (DRAFT,)
