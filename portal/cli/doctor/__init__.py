"""`portal doctor`: what is wrong with an instance, and how to mend it. It changes nothing.

`finding` says what a check may answer, `patient` what it is given; the checks stand by subject in the other modules.
"""

import json
from collections.abc import Iterator

import click

from portal.cli.doctor.finding import Finding, Level
from portal.cli.instance import Instance
from portal.cli.words import _


@click.command(help=_("Kiểm tra cấu hình, máy và dữ liệu; nói cách sửa từng chỗ. Kết thúc với mã 1 nếu có chỗ sai."))
@click.option("--json", "as_json", is_flag=True, help=_("Cho chương trình đọc: một mảng JSON."))
@click.pass_obj
def doctor(instance: Instance, as_json: bool) -> None:
    findings = list(_tell(examine(instance), quiet=as_json))
    wrong = sum(finding.level is Level.WRONG for finding in findings)
    if as_json:
        click.echo(json.dumps([finding.plain() for finding in findings], ensure_ascii=False, indent=2))
    elif wrong:
        click.echo(_("Có ${n} chỗ phải sửa.", {"n": wrong}))
    else:
        click.echo(_("Không có gì phải sửa."))
    raise SystemExit(1 if wrong else 0)


def _tell(findings: Iterator[Finding], *, quiet: bool) -> Iterator[Finding]:
    for finding in findings:
        if not quiet:
            click.echo(finding.line())
        yield finding


def examine(instance: Instance) -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them."""
    from portal.cli.doctor import keys, machine

    yield from machine.interpreter()
    if not machine.knows_vietnam():
        yield machine.no_time_zones()
        return  # nothing else can even be imported
    patient = yield from keys.read(instance)
    if patient is None:
        return
    from portal.cli.doctor import application, database, folders, mail, people, search, work

    for check in (machine.checks, keys.checks, folders.checks, application.look, database.checks):
        yield from check(patient)
    if patient.database_usable:
        for check in (people.checks, work.checks, mail.checks, search.checks):
            yield from database.guarded(check, patient)
    yield from application.start(patient)
