"""`portal serve` and `portal worker`."""

from typing import Any

import click

from portal.cli.instance import Instance
from portal.cli.words import _

DRAIN = 30.0


@click.command(help=_("Chạy cổng. SIGTERM: dừng, chờ yêu cầu đang chạy. SIGHUP: khởi động lại từng tiến trình một."))
@click.option("--listen", metavar="HOST:PORT", help=_("Nơi lắng nghe; mặc định theo [server:main] của tệp cấu hình."))
@click.option("--processes", type=click.IntRange(1, 1024), help=_("Số tiến trình web; mặc định một trên mỗi nhân."))
@click.option("--threads", type=click.IntRange(1, 64), help=_("Số luồng xử lý trong mỗi tiến trình; mặc định 4."))
@click.option(
    "--drain",
    type=click.FloatRange(0, 3600),
    default=DRAIN,
    show_default=True,
    help=_("Số giây dành cho các yêu cầu đang chạy khi dừng."),
)
@click.option("--no-worker", is_flag=True, help=_("Không chạy tiến trình việc nền (“portal worker” chạy nơi khác)."))
@click.option("--no-indexer", is_flag=True, help=_("Không giữ chỉ mục tìm kiếm (tiến trình khác của máy này giữ)."))
@click.option("--single", is_flag=True, help=_("Chỉ một tiến trình; việc nền là một luồng theo khóa portal.worker."))
@click.pass_obj
def serve(instance: Instance, /, **asked: Any) -> None:
    from portal.serve import ini, parent, web
    from portal.serve.options import DEFAULT_LISTEN, Options, core_count

    instance.check_keys()  # a bad key is told here, once, and not by every child
    server = ini.server_keys_of(instance.ini)
    options = Options(
        ini=instance.ini,
        listen=asked["listen"] or server.get("listen", DEFAULT_LISTEN),
        processes=asked["processes"] or core_count(),
        threads=asked["threads"] or int(server.get("threads", 4)),
        drain=asked["drain"],
        worker=not asked["no_worker"],
        indexer=not asked["no_indexer"],
    )
    ini.set_up_logging(instance.ini)
    if asked["single"]:
        web.run_single(options)
    else:
        raise SystemExit(parent.run(options))


@click.command(help=_("Chạy riêng một tiến trình việc nền. SIGTERM: làm xong việc đang dở rồi dừng."))
@click.pass_obj
def worker(instance: Instance) -> None:
    from portal.serve import worker

    worker.run_alone(instance.registry)
