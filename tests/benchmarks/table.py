"""Figures as a table on the terminal, each beside its floor or its target."""

from rich.console import Console
from rich.table import Table


def show(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print the table."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console(width=120).print()
    Console(width=120).print(table)
