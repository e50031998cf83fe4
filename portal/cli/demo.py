"""`portal demo`: content to try an instance out with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portal.cli.instance import Instance
from portal.cli.words import _, say

if TYPE_CHECKING:
    from portal.packs import Account, Loaded, Pack
    from portal.packs.loading import Tell

WIDTH = 160
"""Columns of the table of accounts where no terminal says how wide it is."""
PARTS = {
    "people": _("Tài khoản"),
    "pages": _("Trang giới thiệu"),
    "sections": _("Chuyên mục"),
    "notices": _("Văn bản"),
    "synonyms": _("Từ đồng nghĩa"),
    "eforms": _("Biểu mẫu điện tử"),
    "procedures": _("Thủ tục"),
    "guides": _("Hướng dẫn từng bước"),
    "dossiers": _("Hồ sơ, theo thủ tục"),
}
ROLES = {
    "reader": _("Người đọc"),
    "editor": _("Biên tập viên"),
    "approver": _("Người duyệt"),
    "receptionist": _("Cán bộ tiếp nhận"),
    "handler": _("Cán bộ xử lý"),
    "administrator": _("Quản trị viên"),
}


@click.group(help=_("Nội dung trình diễn."))
def demo() -> None:
    pass


@demo.command(help=_("Nạp nội dung trình diễn và in các tài khoản dùng thử. Chạy lại chỉ nạp những tệp đã thay đổi."))
@click.option("--if-empty", is_flag=True, help=_("Không làm gì khi cổng đã có nội dung khác."))
@click.option(
    "--pack",
    "folder",
    type=click.Path(path_type=Path),
    help=_("Thư mục của gói nội dung; mặc định là gói demo trong portal.content_dir."),
)
@click.option("--new-passwords", is_flag=True, help=_("Đặt mật khẩu mới cho mọi tài khoản của gói và in ra."))
@click.pass_obj
def load(instance: Instance, if_empty: bool, folder: Path | None, new_passwords: bool) -> None:
    from portal import packs

    pack = packs.Pack.read(folder or instance.settings.content_dir / "demo")
    with instance.reading() as db:
        if if_empty and packs.has_other_content(db, pack):
            click.echo(_("Cổng đã có nội dung khác; không nạp gì thêm."))
            return
    loaded = packs.Loaded()
    try:
        with _progress() as tell:
            _load(instance, pack, loaded, tell, new_passwords=new_passwords)
    finally:
        _tell_accounts(loaded.accounts)
    _tell_receipts(instance, loaded)
    _tell_result(loaded)


def _load(instance: Instance, pack: "Pack", loaded: "Loaded", tell: "Tell", *, new_passwords: bool) -> None:
    from portal import clock, packs

    sessions, at = instance.registry["portal.sessions"], clock.now()
    packs.load(sessions, pack, settings=instance.settings, at=at, progress=tell, loaded=loaded)
    if new_passwords:
        with sessions.begin() as db:
            loaded.accounts[:] = packs.renew_passwords(db, loaded.accounts, at=at)


@contextmanager
def _progress() -> Iterator["Tell"]:
    """A bar a part, on stderr so that the table of accounts can be kept; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from portal.packs import Progress as Step

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: Step) -> None:
            if step.part not in tasks:
                tasks[step.part] = bars.add_task(PARTS[step.part], total=step.total, file="")
            bars.update(tasks[step.part], completed=step.done, file=step.file)

        yield tell


def _tell_accounts(accounts: "list[Account]") -> None:
    from rich.console import Console
    from rich.table import Table

    if not accounts:
        return
    table = Table(title=_("Tài khoản dùng thử"), title_justify="left")
    for title in (_("Thư điện tử"), _("Mật khẩu"), _("Họ và tên"), _("Vai trò")):
        table.add_column(title, overflow="fold")
    for account in accounts:
        roles = "\n".join(f"{ROLES[role]}: {unit}" for role, unit in account.roles)
        table.add_row(account.email, account.password or "–", account.name, roles)
    console = Console()
    (console if console.is_terminal else Console(width=WIDTH)).print(table)
    if any(account.password is None for account in accounts):
        click.echo(
            _("“–”: tài khoản đã có từ trước, mật khẩu giữ nguyên; đặt mật khẩu mới bằng demo load --new-passwords.")
        )
    if any(account.password for account in accounts):
        click.echo(_("Mật khẩu chỉ hiện một lần này. Hãy ghi lại."))


def _tell_receipts(instance: Instance, loaded: "Loaded") -> None:
    """A few dossiers to follow as their applicants would: code and secret."""
    from rich.console import Console
    from rich.table import Table

    from portal.dossiers.models import Dossier
    from portal.dossiers.states import LABELS

    if not loaded.receipts:
        return
    with instance.reading() as db:
        dossiers = [db.get_one(Dossier, receipt.dossier.id) for receipt in loaded.receipts]
        rows = [(one.code, one.title, say(LABELS[one.state])) for one in dossiers]
    address = f"{instance.settings.address}/tra-cuu-ho-so"
    table = Table(title=_("Hồ sơ để tra cứu thử ở ${address}", {"address": address}), title_justify="left")
    for title in (_("Mã hồ sơ"), _("Mã bí mật"), _("Thủ tục"), _("Trạng thái")):
        table.add_column(title, overflow="fold")
    for receipt, (code, title, state) in zip(loaded.receipts, rows, strict=True):
        table.add_row(code, receipt.secret, title, state)
    console = Console()
    (console if console.is_terminal else Console(width=WIDTH)).print(table)


def _tell_result(loaded: "Loaded") -> None:
    from portal.packs import Verdict

    for part, counts in loaded.counts.items():
        numbers = {str(verdict): counts[verdict] for verdict in Verdict}
        text = _("thêm ${added}, cập nhật ${updated}, không đổi ${unchanged}", numbers)
        click.echo(f"{PARTS[part]}: {text}")
    for file in loaded.kept:
        click.echo(_("Giữ nguyên bản đã sửa trên cổng: ${file}", {"file": file}))
