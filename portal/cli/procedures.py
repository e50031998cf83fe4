"""`portal procedures import`: the national list of procedures, with progress, resumable, every doubt reported."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from portal.cli.importing import progress, stop_at_a_batch
from portal.cli.instance import Instance
from portal.cli.words import _

if TYPE_CHECKING:
    from portal.catalogue.importing import Import, Outcome

DRAFT, PUBLISHED = "draft", "published"


@click.group(help=_("Thủ tục hành chính."))
def procedures() -> None:
    pass


@procedures.command(
    "import",
    help=_(
        "Nhập thủ tục hành chính từ tệp .jsonl, .jsonl.gz và thư mục chứa chúng, mỗi dòng một thủ tục. Nội dung được "
        "làm sạch; chỗ không chắc giữ nguyên lời của nguồn và ghi thành điểm cần kiểm tra. Chạy lại chỉ nhập cái mới "
        "và cái đã thay đổi. Ctrl+C: ghi xong phần đang làm rồi dừng; chạy lại lệnh ấy thì làm tiếp."
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
@click.option("--unit", help=_("Mã hoặc tên đơn vị quản lý các thủ tục; mặc định là cơ quan của cổng."))
@click.option("--origin", help=_("Nơi thủ tục được công bố lần đầu; mặc định là tên miền của cổng."))
@click.option("--dry-run", "dry", is_flag=True, help=_("Đọc và xét mọi dòng nhưng không ghi gì."))
@click.option(
    "--report",
    type=click.File("a", encoding="utf-8"),
    help=_("Ghi thêm vào cuối tệp này mỗi thủ tục bị từ chối hoặc còn ngờ, kèm lý do, thành một dòng JSON."),
)
@click.option("--batch", type=click.IntRange(1, 10_000), default=100, help=_("Số thủ tục mỗi lần ghi; mặc định 100."))
@click.pass_obj
def import_procedures(instance: Instance, /, **asked: Any) -> None:
    from portal.catalogue.importing import procedures_in
    from portal.notices.importing import count

    paths = list(asked["paths"])
    total = count(paths)
    tally = _Tally(_import(instance, asked), asked["report"])
    with stop_at_a_batch() as stop, progress(total, rate=_("${rate} thủ tục/giây")) as advance:
        for outcome in tally.run.run(procedures_in(paths), stop=stop.asked):
            tally.take(outcome)
            advance(refused=tally.refused, doubtful=tally.doubtful)
    click.echo(tally.told())
    if asked["dry"]:
        click.echo(_("Chỉ xét thử, chưa ghi gì."), err=True)
    if stop.asked():
        click.echo(_("Đã dừng theo yêu cầu. Chạy lại lệnh này để làm tiếp."), err=True)


def _import(instance: Instance, asked: dict[str, Any]) -> "Import":
    from portal import clock
    from portal.catalogue.importing import Import
    from portal.cli.people import unit_named

    with instance.reading() as db:
        unit_id = unit_named(db, instance, asked["unit"]).id
    return Import(
        sessions=instance.registry["portal.sessions"],
        unit_id=unit_id,
        origin=asked["origin"] or instance.settings.origin,
        now=clock.now,
        publish=asked["state"] == PUBLISHED,
        batch=asked["batch"],
        dry=asked["dry"],
    )


@dataclass
class _Tally:
    """What became of the procedures so far, and which parts are in doubt; writes the report as it goes."""

    run: "Import"
    report: IO[str] | None
    started: float = field(default_factory=time.monotonic)
    refused: int = 0
    doubtful: int = 0
    parts: Counter[str] = field(default_factory=Counter)

    def take(self, outcome: "Outcome") -> None:
        self.refused += outcome.refused is not None
        self.doubtful += bool(outcome.doubts)
        self.parts.update({_kind(part) for part in outcome.doubts})
        if self.report is not None and (outcome.refused or outcome.doubts):
            row = {"where": outcome.where, "id": outcome.source_id, "verdict": outcome.verdict, "uid": outcome.uid}
            why = {"refused": outcome.refused} if outcome.refused else {"doubts": outcome.doubts}
            self.report.write(json.dumps({**row, **why}, ensure_ascii=False) + "\n")
            self.report.flush()

    def told(self) -> str:
        counts = {str(verdict): number for verdict, number in self.run.counts.items()}
        numbers = {name: counts.get(name, 0) for name in ("added", "updated", "unchanged", "refused")}
        rate = sum(numbers.values()) / max(time.monotonic() - self.started, 0.001)
        said = _(
            "Mới ${added}, cập nhật ${updated}, không đổi ${unchanged}, từ chối ${refused}; còn ngờ ${doubtful}. "
            "Tốc độ: ${rate} thủ tục mỗi giây.",
            {**numbers, "doubtful": self.doubtful, "rate": round(rate)},
        )
        parts = ", ".join(f"{part} {number}" for part, number in self.parts.most_common())
        return f"{said}\n{_('Điểm cần kiểm tra theo phần: ${parts}.', {'parts': parts})}" if parts else said


def _kind(part: str) -> str:
    """`limits` of `channels.online.limits`, `legal_basis` of `legal_basis.3`."""
    return part.rpartition(".")[2] if part.startswith("channels.") else part.partition(".")[0]
