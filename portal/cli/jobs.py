"""`portal jobs`: what waits, what was given up, and running it now."""

from datetime import datetime

import click

from portal.cli.instance import Instance
from portal.cli.words import _


@click.group(help=_("Việc nền: hàng đợi và lịch."))
def jobs() -> None:
    pass


@jobs.command("list", help=_("Số việc theo loại, việc theo lịch và những việc đã bỏ dở."))
@click.pass_obj
def list_jobs(instance: Instance) -> None:
    from portal import clock
    from portal import jobs as queue

    with instance.reading() as db:
        overview = queue.overview(db, at=clock.now())
        for kind in overview.kinds:
            counts = {"kind": kind.kind, "waiting": kind.waiting, "running": kind.running, "dead": kind.dead}
            click.echo(_("${kind}: chờ ${waiting}, đang chạy ${running}, bỏ dở ${dead}", counts))
        for period in overview.periodic:
            times = {"name": period.name, "last": _shown(period.last_done_at), "next": _shown(period.next_at)}
            click.echo(_("${name}: lần trước ${last}, lần tới ${next}", times))
            if period.last_error:
                click.echo(f"    {period.last_error.splitlines()[0]}")
        for job in queue.dead(db).rows:
            error = (job.last_error or "").split("\n", 1)[0]
            click.echo(_("Bỏ dở #${id} ${kind} ${key}: ${error}", {**_named(job), "error": error}))
        if not overview.kinds and not overview.periodic:
            click.echo(_("Chưa có việc nào."))


def _named(job: object) -> dict[str, object]:
    return {name: getattr(job, name) for name in ("id", "kind", "key")}


def _shown(moment: datetime | None) -> str:
    from portal import clock

    return _("chưa chạy") if moment is None else f"{clock.in_vietnam(moment):%d/%m/%Y %H:%M}"


@jobs.command(help=_("Cho những việc đã bỏ dở chạy lại: mọi việc, một loại, hoặc một việc."))
@click.option("--kind", help=_("Chỉ loại việc này."))
@click.option("--id", "job_id", type=int, help=_("Chỉ việc mang số này."))
@click.pass_obj
def retry(instance: Instance, kind: str | None, job_id: int | None) -> None:
    from portal import clock
    from portal import jobs as queue

    with instance.session() as db:
        revived = queue.retry_dead(db, at=clock.now(), kind=kind, job_id=job_id)
    click.echo(_("${n} việc sẽ chạy lại.", {"n": revived}))


@jobs.command(help=_("Chạy ngay mọi việc đã đến hạn rồi dừng."))
@click.pass_obj
def run(instance: Instance) -> None:
    from portal import clock
    from portal import jobs as queue

    worker = queue.Worker(instance.registry["portal.sessions"], instance.registry)
    click.echo(_("Đã chạy ${n} việc.", {"n": worker.run_once(clock.now())}))
