"""A worker for a test to kill: run as `python doomed.py DATABASE_URL SMTP_PORT LEASE_SECONDS`."""

import sys
import threading
from datetime import timedelta

from pyramid.config import Configurator

from portal.db import engine_for, maker_for
from portal.jobs import Worker
from portal.mail.delivering import Delivery
from portal.mail.server import server_of
from portal.mail.service import JOB
from portal.settings import Settings


def main(url: str, port: str, lease: str) -> None:
    settings = Settings(mail_server=f"smtp://127.0.0.1:{port}", mail_from="cong@vidu.gov.vn")
    config = Configurator()
    config.include("portal.jobs")
    config.add_job(JOB, Delivery(settings, server_of(settings)))
    worker = Worker(maker_for(engine_for(url)), config.registry, lease=timedelta(seconds=float(lease)))
    worker.run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
