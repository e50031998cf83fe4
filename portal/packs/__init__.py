"""Content packs (gói nội dung): folders of people, pages, sections and documents that fill an instance.

`load` brings a pack in through the services of every other package; loading it again changes only what has changed in
its files and nothing that people have changed since. `portal demo load` loads the pack in `content/demo`.
"""

from pyramid.config import Configurator

from portal.packs.loading import Loaded, Progress, has_other_content, load
from portal.packs.models import PackFile
from portal.packs.pack import Pack
from portal.packs.people import Account, renew_passwords
from portal.packs.stage import Verdict

__all__ = [
    "Account",
    "Loaded",
    "Pack",
    "PackFile",
    "Progress",
    "Verdict",
    "has_other_content",
    "includeme",
    "load",
    "renew_passwords",
]


def includeme(config: Configurator) -> None:
    """Packs have no pages: including the package makes its table known."""
