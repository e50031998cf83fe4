"""A password typed by an operator: asked twice without echo, or read from standard input for scripts."""

import sys

import click

from portal.cli.words import _


def ask_password() -> str:
    """Never from an argument, which the list of processes would show to everybody on the machine."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt(_("Mật khẩu"), hide_input=True, confirmation_prompt=_("Nhập lại mật khẩu"))
    return typed
