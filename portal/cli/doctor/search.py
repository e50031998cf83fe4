"""The search index of this host: there, readable, and not behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from portal import clock
from portal.cli.doctor.finding import Finding, ok, told_by, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.errors import PortalError
from portal.search.host import Live, State, place_of
from portal.search.reading import Source

NAME = "search"
LATE = timedelta(minutes=1)


def checks(patient: Patient) -> Iterator[Finding]:
    place = place_of(patient.settings)
    try:
        place.engine()
    except PortalError as error:
        yield told_by(NAME, error)
        return
    except ImportError as error:
        remedy = _("cài gói của bộ máy tìm kiếm, hoặc sửa khóa portal.search_engine")
        yield wrong(NAME, str(error), remedy)
        return
    live = Live(place, Source.of(patient.engine))
    try:
        yield from _judged(live.state(), patient.at)
    except OSError as error:
        remedy = _("cho người dùng chạy cổng quyền ghi, hoặc sửa khóa ${key}", {"key": "portal.search_dir"})
        yield wrong(NAME, str(error), remedy)
    finally:
        live.close()


def _judged(state: State, at: datetime) -> Iterator[Finding]:
    serve = _("chạy: portal -c TỆP.ini serve")
    if state.generation is None:
        building = state.kept and state.doing.get("doing") == "building"
        text = _("chỉ mục đang được dựng") if building else _("máy này chưa có chỉ mục")
        yield warning(NAME, text, _("đợi nó xong") if building else serve)
    elif state.damaged:
        remedy = _("tiến trình giữ chỉ mục tự dựng lại; hoặc chạy: portal -c TỆP.ini search rebuild")
        yield wrong(NAME, _("không đọc được chỉ mục"), remedy)
    elif state.since is not None and state.since < at - LATE:
        counts = {"n": state.waiting, "when": f"{clock.in_vietnam(state.since):%d/%m/%Y %H:%M}"}
        text = _("chỉ mục chậm ${n} thay đổi, từ ${when}", counts)
        yield wrong(NAME, text, _("xem nhật ký: portal search status") if state.kept else serve)
    else:
        yield ok(NAME, _("${n} tài liệu, ${engine}", {"n": state.documents, "engine": state.engine}))
    if state.kept and state.doing.get("error"):
        yield warning(NAME, str(state.doing["error"]), _("xem nhật ký của chương trình"))
