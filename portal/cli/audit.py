"""`portal audit`: is the record whole, and taking a copy of it elsewhere."""

from typing import IO

import click

from portal.cli.instance import Instance
from portal.cli.words import _, say


@click.group(help=_("Nhật ký kiểm toán: ai đã làm gì, khi nào, vì sao."))
def audit() -> None:
    pass


@audit.command(help=_("Đọc lại toàn bộ nhật ký và báo mọi chỗ bị sửa, xóa, đổi thứ tự hoặc cắt bớt."))
@click.option(
    "--head", metavar=_("SỐ:MÃ"), help=_("Một điểm cuối đã ghi giữ từ trước; nhật ký phải đi qua đúng điểm ấy.")
)
@click.pass_obj
def verify(instance: Instance, head: str | None) -> None:
    from portal import audit as record

    with instance.reading() as db:
        problems = 0
        for problem in record.verify(db):
            problems += 1
            click.echo(f"{problem.position}: {say(problem.reason)}")
        if head and not _passes_through(db, head):
            problems += 1
            click.echo(_("Nhật ký không đi qua điểm ${head}: đã bị viết lại.", {"head": head}))
        if problems:
            click.echo(_("Nhật ký có ${n} chỗ sai.", {"n": problems}))
            raise SystemExit(1)
        end = record.head(db)
    click.echo(_("Nhật ký nguyên vẹn: ${n} dòng, điểm cuối ${n}:${hash}", {"n": end.position, "hash": end.hash}))


def _passes_through(db: object, head: str) -> bool:
    from sqlalchemy.orm import Session

    from portal.audit import AuditLine

    assert isinstance(db, Session)
    position, _colon, expected = head.partition(":")
    line = db.get(AuditLine, int(position)) if position.isdecimal() else None
    return line is not None and line.hash == expected


@audit.command(help=_("Ghi toàn bộ nhật ký, mỗi dòng một đối tượng JSON; đủ để kiểm chứng ở nơi khác."))
@click.argument("file", type=click.File("wb"), default="-")
@click.pass_obj
def export(instance: Instance, file: IO[bytes]) -> None:
    import orjson

    from portal import audit as record

    with instance.reading() as db:
        for line in record.export(db):
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
