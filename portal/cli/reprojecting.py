"""`portal notices reproject`: columns, references and relations of every document written anew from its content."""

import click

from portal.cli.instance import Instance
from portal.cli.words import _


@click.command(
    "reproject",
    short_help=_("Ghi lại các cột tra cứu của văn bản"),
    help=_(
        "Ghi lại các cột tra cứu, dẫn chiếu và quan hệ của mọi văn bản từ nội dung đã lưu. Cần chạy một lần sau khi "
        "nâng cấp lên phiên bản có cột mới; dừng giữa chừng rồi chạy lại cũng được. Nội dung văn bản không thay đổi."
    ),
)
@click.option("--batch", type=click.IntRange(1, 10_000), default=100, help=_("Số bản mỗi lần ghi; mặc định 100."))
@click.pass_obj
def reproject(instance: Instance, /, batch: int) -> None:
    from portal.notices.reprojecting import reproject as run

    done = 0
    for written in run(instance.registry["portal.sessions"], batch=batch):
        done += written
    click.echo(_("Đã ghi lại ${n} bản.", {"n": done}))
