"""The table of commands, and how an error reaches the operator: one line, exit 2, no traceback."""

from pathlib import Path
from typing import Any, NoReturn

import click

from portal.cli.groups import Late, LateGroup
from portal.cli.instance import Instance
from portal.cli.words import LANGUAGES, _, say
from portal.errors import PortalError

COMMANDS = {
    "init": Late(
        "portal.cli.database:init", _("Chuẩn bị một cổng mới: dữ liệu, danh bạ cơ quan, quản trị viên đầu tiên")
    ),
    "migrate": Late("portal.cli.database:migrate", _("Đưa cơ sở dữ liệu lên phiên bản của chương trình")),
    "serve": Late(
        "portal.cli.serving:serve", _("Chạy cổng: một tiến trình web trên mỗi nhân và một tiến trình việc nền")
    ),
    "worker": Late("portal.cli.serving:worker", _("Chạy riêng tiến trình việc nền")),
    "doctor": Late("portal.cli.doctor:doctor", _("Kiểm tra cấu hình và chỉ cách sửa")),
    "people": Late("portal.cli.people:people", _("Tài khoản và vai trò")),
    "notices": Late("portal.cli.notices:notices", _("Nhập văn bản")),
    "procedures": Late("portal.cli.procedures:procedures", _("Nhập thủ tục hành chính")),
    "dossiers": Late(
        "portal.cli.dossiers:dossiers", _("Hồ sơ: đối chiếu nhật ký, dựng lại, thời hạn giữ dữ liệu cá nhân")
    ),
    "search": Late("portal.cli.search:search", _("Chỉ mục tìm kiếm: xem, so, dựng lại; chấm chất lượng")),
    "mail": Late("portal.cli.mail:mail", _("Thư điện tử: xem, đối chiếu, gửi lại")),
    "jobs": Late("portal.cli.jobs:jobs", _("Việc nền: xem, làm lại, chạy")),
    "audit": Late("portal.cli.audit:audit", _("Nhật ký kiểm toán: kiểm chứng, xuất")),
    "demo": Late("portal.cli.demo:demo", _("Nội dung trình diễn")),
}


class Root(LateGroup):
    """Turns the errors that a person can act on into one line on stderr and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PortalError as error:
            return fail(error)


def fail(error: PortalError) -> NoReturn:
    """Print the message of `error` in one line and leave with status 2."""
    click.echo(f"portal: {' '.join(say(error.message).split())}", err=True)
    raise SystemExit(2)


@click.group(
    cls=Root,
    late=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=_("Cổng thông tin điện tử: một chương trình, mỗi tệp cấu hình là một cổng."),
)
@click.option(
    "-c",
    "--config",
    "ini",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="PORTAL_INI",
    help=_("Tệp cấu hình (.ini) của cổng; nếu thiếu thì lấy từ biến môi trường PORTAL_INI."),
)
@click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_("Ngôn ngữ của các thông báo."))
@click.version_option(package_name="portal", prog_name="portal", message="%(prog)s %(version)s")
@click.pass_context
def portal(ctx: click.Context, ini: Path | None) -> None:
    ctx.obj = Instance(ini)
    ctx.call_on_close(ctx.obj.close)
