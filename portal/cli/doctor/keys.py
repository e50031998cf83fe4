"""The keys of the `.ini`: all that are wrong at once, and those that fit badly together."""

from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

from portal.cli.doctor.finding import Finding, ok, told_by, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.instance import Instance
from portal.cli.words import _
from portal.errors import ConfigurationError
from portal.settings import PREFIX
from portal.settings import read as read_settings

NAME = "config"
LOCAL = ("127.0.0.1", "localhost", "::1")


def read(instance: Instance) -> Generator[Finding, None, Patient | None]:
    """Judge each key by itself; the patient has those that can be read. None when there is no readable file."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from portal import clock
    from portal.serve import ini

    try:
        keys = ini.keys_of(instance.ini)
    except ConfigurationError as error:
        yield told_by(NAME, error)
        return None
    good: dict[str, str] = {}
    for key, value in keys.items():
        try:
            read_settings({key: value})
            good[key] = value
        except ConfigurationError as error:
            yield told_by(NAME, error)
    if len(good) == len(keys):
        own = sum(key.startswith(PREFIX) for key in good)
        yield ok(NAME, _("${n} khóa trong ${file} đều hợp lệ", {"n": own, "file": instance.ini.name}))
    settings = read_settings(good)
    try:
        url = make_url(settings.database_url)
        url.get_dialect()
    except ArgumentError as error:
        yield wrong(NAME, f"portal.database_url: {error}", _("sửa khóa portal.database_url"))
        return None
    return Patient(settings, clock.now(), url)


def checks(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    host = urlsplit(settings.address).hostname
    if urlsplit(settings.address).scheme not in ("http", "https") or not host:
        yield wrong(
            "address", settings.address, _("portal.address phải là địa chỉ công khai, ví dụ https://cong.tinh.gov.vn")
        )
        return
    yield from _transport(patient, host)
    if settings.debug and host not in LOCAL:
        yield wrong("debug", _("người đọc sẽ thấy chi tiết lỗi nội bộ"), _("đặt portal.debug = false"))
    if unknown := set(settings.languages) - {"vi", "en"}:
        yield wrong("languages", " ".join(sorted(unknown)), _("portal.languages chỉ nhận vi và en"))


def _transport(patient: Patient, host: str) -> Iterator[Finding]:
    settings = patient.settings
    if settings.secure and settings.trusted_proxies == 0:
        yield warning(
            "https",
            _("địa chỉ là https nhưng không tin máy chủ proxy nào: mọi người đọc trông như cùng một địa chỉ mạng"),
            _("đặt portal.trusted_proxies = số proxy đứng trước cổng"),
        )
    elif settings.secure or host in LOCAL:
        yield ok("https", settings.address)
    else:
        yield warning(
            "https",
            _("địa chỉ công khai không dùng https: cookie đăng nhập đi qua mạng không được bảo vệ"),
            _("đặt một proxy có chứng thư trước cổng và sửa portal.address thành https://…"),
        )
