"""The invented people of a pack's dossiers: names, numbers and streets that belong to nobody, by a fixed seed."""

import random
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from portal import files
from portal.clock import in_vietnam
from portal.dossiers.office import Office
from portal.packs.errors import BadPack
from portal.packs.files import read_toml
from portal.packs.pack import Pack
from portal.packs.stage import Stage
from portal.text import slug

NAMES = "names.toml"
LISTS = ("family", "woman", "man", "street", "commune")
FILE = "file:"
NO_PROVINCE = "099"
"""No identity number of a real person begins so: it is the number of no province."""
_PLACE = re.compile(r"\{([a-z_]+)([+-]\d{1,5})?\}")

StoredFile = dict[str, Any]


class Inventing:
    """Gives the same people for the same pack and file, whenever it is loaded."""

    def __init__(self, stage: Stage, pack: Pack, seed: str, office: Office) -> None:
        self._stage, self._pack, self._seed, self._office = stage, pack, seed, office
        self._lists = read_toml(pack.folder / NAMES, NAMES)
        self._stored: dict[str, StoredFile] = {}
        for name in LISTS:
            if not self._lists.get(name):
                raise BadPack(NAMES, f"thiếu {name}")

    def chance(self, number: int) -> random.Random:
        """Of the dossier of that number in its file."""
        return random.Random(f"{self._seed}:{number}")  # noqa: S311 - nothing secret, the same each time

    def person(self, chance: random.Random) -> dict[str, str]:
        """What the words in braces stand for."""
        family = [chance.choice(self._lists["family"]) for _n in range(3)]
        woman, man = chance.sample(self._lists["woman"], 3), chance.sample(self._lists["man"], 3)
        of_woman = chance.random() < 0.5
        name = f"{family[0]} {(woman if of_woman else man)[0]}"
        other = f"{family[1]} {(man if of_woman else woman)[0]}"
        return {
            "name": name,
            "other": other,
            "mother": name if of_woman else other,
            "father": other if of_woman else name,
            "child": f"{family[1] if of_woman else family[0]} {(woman if chance.random() < 0.5 else man)[1]}",
            "relation": "me" if of_woman else "cha",
            "third": f"{family[2]} {man[2]}",
            "id": f"{NO_PROVINCE}{chance.randrange(10**9):09}",
            "id_other": f"{NO_PROVINCE}{chance.randrange(10**9):09}",
            "phone": f"0900000{chance.randrange(1000):03}",
            "email": f"{slug(name).replace('-', '.')}@vidu.example",
            "street": f"{chance.randint(1, 180)} {chance.choice(self._lists['street'])}",
            "commune": chance.choice(self._lists["commune"]),
        }

    def file(self, name: str) -> StoredFile:
        """A file beside the dossiers of the pack, stored: as an answer to a field of files keeps it."""
        if name not in self._stored:
            path = self._pack.folder / "files" / name
            if not path.is_file():
                raise BadPack(f"files/{name}", "không có tệp này")
            limits = files.Limits(size=self._office.settings.max_upload)
            with path.open("rb") as stream:
                row = files.store(
                    self._stage.db, stream, name=name, at=self._stage.at, limits=limits,
                    directory=self._office.files_dir,
                )  # fmt: skip
            self._stored[name] = {
                "sha256": row.sha256, "name": name, "size": row.size, "media_type": row.media_type,
            }  # fmt: skip
        return self._stored[name]


def filled(given: Any, person: Mapping[str, str], begun: datetime, file: Callable[[str], StoredFile]) -> Any:
    """Answers with every `{name}` and `{day+10}` (days after the submission) put in, and `file:` names stored."""
    if isinstance(given, dict):
        return {key: filled(value, person, begun, file) for key, value in given.items()}
    if isinstance(given, list):
        return [filled(value, person, begun, file) for value in given]
    if not isinstance(given, str):
        return given
    if given.startswith(FILE):
        return [file(given.removeprefix(FILE))]

    def put(found: re.Match[str]) -> str:
        if found[1] == "day":
            return (in_vietnam(begun).date() + timedelta(days=int(found[2] or 0))).isoformat()
        return person.get(found[1], found[0])

    return _PLACE.sub(put, given)
