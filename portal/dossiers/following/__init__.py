"""Following a dossier, public figures, verification of papers, and people's requests about their own data.

`access` is what a browser has proven (code and secret, for an hour), `seals` what stands behind a QR code, `requests`
what people ask about their data, `statistics` what the public is told. Others use `access.proven`, `access.grant`
and `seals.address_of`.
"""

from pyramid.config import Configurator

from portal.dossiers.following import models  # noqa: F401 - its listeners seal results and papers
from portal.dossiers.following.routes import add_routes
from portal.dossiers.following.rules import PRIVACY, RULES
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    add_routes(config)
    config.add_menu("main", _("Tra cứu hồ sơ"), "following.lookup", order=12)
    config.add_menu("footer", _("Thống kê giải quyết hồ sơ"), "following.figures", order=12)
    config.add_menu("footer", _("Xác minh giấy tờ"), "following.verify_form", order=14)
    desk = {"permission": PRIVACY, "group": _("Một cửa")}
    config.add_menu("desk", _("Yêu cầu về dữ liệu cá nhân"), "following.requests", order=18, **desk)
    config.add_menu("desk", _("Nhật ký xem hồ sơ"), "following.readings", order=19, **desk)
    config.scan("portal.dossiers.following.views")
