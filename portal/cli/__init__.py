"""The `portal` command. Everything here is loaded late: `portal --help` imports neither the framework nor the database.

`root` holds the table of commands, `instance` opens an instance for one of them, `words` speaks the operator's tongue.
"""


def main() -> None:
    """The console script."""
    from portal.cli import words

    words.choose_from_environment()
    from portal.cli import root  # its help texts are translated while it is imported

    root.portal()
