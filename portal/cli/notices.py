"""`portal notices import`: documents from files and folders, with progress, resumable, every doubt reported."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from portal.cli.akn import akn
from portal.cli.groups import Late, LateGroup
from portal.cli.importing import progress, stop_at_a_batch
from portal.cli.instance import Instance
from portal.cli.reprojecting import reproject
from portal.cli.words import _

if TYPE_CHECKING:
    from portal.notices.importing import Import, Outcome

DRAFT, PUBLISHED = "draft", "published"


@click.group(
    cls=LateGroup,
    late={"read": Late("portal.cli.reading:read_papers", _("Đọc tệp văn bản thành JSON, chấm xem đọc đúng đến đâu"))},
    help=_("Văn bản."),
)
def notices() -> None:
    pass


notices.add_command(akn)
notices.add_command(reproject)


@notices.command(
    "import",
    help=_(
        "Nhập văn bản từ tệp .docx, .doc, .rtf, .pdf, .html, .txt, tệp nén .zip của chúng, .jsonl, .jsonl.gz và thư "
        "mục chứa chúng; tệp gốc được giữ kèm. Chạy lại chỉ nhập cái mới và cái đã thay đổi. Ctrl+C: ghi xong phần "
        "đang làm rồi dừng; chạy lại lệnh ấy thì làm tiếp."
    ),
)
@click.argument("paths", metavar=_("TỆP…"), nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "state",
    type=click.Choice((DRAFT, PUBLISHED)),
    default=DRAFT,
    help=_("draft: thành bản nháp (mặc định); published: công bố ngay."),
)
@click.option("--unit", help=_("Mã hoặc tên đơn vị quản lý các văn bản; mặc định là cơ quan của cổng."))
@click.option("--origin", help=_("Nơi văn bản được công bố lần đầu; mặc định là tên miền của cổng."))
@click.option(
    "--report",
    type=click.File("a", encoding="utf-8"),
    help=_("Ghi thêm vào cuối tệp này mỗi văn bản bị từ chối hoặc còn ngờ, kèm lý do, thành một dòng JSON."),
)
@click.option("--batch", type=click.IntRange(1, 10_000), default=100, help=_("Số văn bản mỗi lần ghi; mặc định 100."))
@click.pass_obj
def import_notices(instance: Instance, /, **asked: Any) -> None:
    from portal.notices.importing import count, sources_in

    paths = list(asked["paths"])
    total = count(paths)
    run = _import(instance, asked)
    tally = _Tally(run, asked["report"])
    with stop_at_a_batch() as stop, progress(total, rate=_("${rate} văn bản/giây")) as advance:
        for outcome in run.run(sources_in(paths), stop=stop.asked):
            tally.take(outcome)
            advance(refused=tally.refused, doubtful=tally.doubtful)
    click.echo(tally.told())
    if stop.asked():
        click.echo(_("Đã dừng theo yêu cầu. Chạy lại lệnh này để làm tiếp."), err=True)


def _import(instance: Instance, asked: dict[str, Any]) -> "Import":
    from portal import clock
    from portal.cli.people import unit_named
    from portal.notices.importing import Import

    with instance.reading() as db:
        unit_id = unit_named(db, instance, asked["unit"]).id
    return Import(
        sessions=instance.registry["portal.sessions"],
        unit_id=unit_id,
        origin=asked["origin"] or instance.settings.origin,
        now=clock.now,
        publish=asked["state"] == PUBLISHED,
        batch=asked["batch"],
        settings=instance.settings,
    )


@dataclass
class _Tally:
    """What became of the documents so far; writes the report as it goes."""

    run: "Import"
    report: IO[str] | None
    started: float = field(default_factory=time.monotonic)
    refused: int = 0
    doubtful: int = 0

    def take(self, outcome: "Outcome") -> None:
        from portal.notices.importing import Verdict

        if outcome.verdict is Verdict.REFUSED:
            self.refused += 1
        elif outcome.doubts:
            self.doubtful += 1
        if outcome.doubts and self.report is not None:
            row = {"where": outcome.where, "id": outcome.source_id, "verdict": outcome.verdict, "uid": outcome.uid}
            self.report.write(json.dumps({**row, "reasons": outcome.doubts}, ensure_ascii=False) + "\n")
            self.report.flush()

    def told(self) -> str:
        counts = {str(verdict): number for verdict, number in self.run.counts.items()}
        numbers = {name: counts.get(name, 0) for name in ("added", "updated", "unchanged", "refused")}
        rate = sum(numbers.values()) / max(time.monotonic() - self.started, 0.001)
        return _(
            "Mới ${added}, cập nhật ${updated}, không đổi ${unchanged}, từ chối ${refused}; còn ngờ ${doubtful}. "
            "Tốc độ: ${rate} văn bản mỗi giây.",
            {**numbers, "doubtful": self.doubtful, "rate": round(rate)},
        )
