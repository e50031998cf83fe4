"""Setting a document: a folder with everything in it, and one process that sees nothing else."""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from PIL import Image, UnidentifiedImageError

from portal.notices.printing.errors import PressBusy, PressTooSlow, PrintingError

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
TEMPLATE, CHILD = HERE / "document.typ", HERE / "child.py"
LOOK = (TEMPLATE, CHILD, HERE / "blocks.py", HERE / "tables.py", HERE / "content.py")
"""What decides how a document looks: other bytes here, and every PDF is made anew."""
FONTS = ("tinos-400.ttf", "tinos-400-italic.ttf", "tinos-700.ttf", "tinos-700-italic.ttf")

SECONDS = 30
"""The longest document of the country's law takes one."""
PATIENCE = 5
"""Seconds that a request waits for its turn."""
WAITING = 2
"""Requests that may be here at once, the one that is served among them: the others of the process go on with pages."""
UNSAID = "Hình"
"""What readers for the blind say of a picture that nobody described."""
PICTURES = ("JPEG", "PNG", "GIF", "WEBP")
"""What is opened as a picture: of others Pillow has some read by programs of the machine (PostScript)."""
LARGEST_SIDE = 2400
POINTS_A_PIXEL = 0.75

_place, _turn = BoundedSemaphore(WAITING), BoundedSemaphore(1)


def print_pdf(
    content: Mapping[str, Any],
    *,
    pictures: Mapping[str, Path],
    fonts: Path,
    made_at: datetime,
    patience: float = PATIENCE,
    template: Path = TEMPLATE,
) -> bytes:
    """The PDF of what `content_of` gave: tagged, in PDF/A-2a and PDF/UA-1 whenever its letters allow.

    `template`: another layout, for other content: forms of dossiers have one of their own.
    `pictures`: where the pictures lie, by their SHA-256. `fonts`: a folder with the font files. The same values make
    the same bytes. Raises `PressBusy` when its turn does not come within `patience` seconds, `PressTooSlow`, or
    `PrintingError`.
    """
    with _one_at_a_time(patience), tempfile.TemporaryDirectory(prefix="portal-print-") as name:
        folder = Path(name)
        shutil.copyfile(template, folder / TEMPLATE.name)
        files = {sha256: file for sha256, path in pictures.items() if (file := _picture(folder, sha256, path))}
        _write(folder / "content.json", _with_pictures(dict(content), files))
        _write(folder / "job.json", {"fonts": str(fonts), "made_at": int(made_at.timestamp())})
        _run(folder)
        return (folder / "document.pdf").read_bytes()


@contextmanager
def _one_at_a_time(patience: float) -> Iterator[None]:
    """Of many who ask at once, one is served and one waits; the others are told so at once."""
    if not _place.acquire(blocking=False):
        raise PressBusy
    try:
        if not _turn.acquire(timeout=patience):
            raise PressBusy
        try:
            yield
        finally:
            _turn.release()
    finally:
        _place.release()


def _run(folder: Path) -> None:
    command = [sys.executable, "-I", str(CHILD), str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and script, a folder that we made
            command, timeout=SECONDS, capture_output=True, check=False, env={"LANG": "C.UTF-8"}, cwd=folder
        )
    except subprocess.TimeoutExpired:
        log.warning("a document was not set within %s seconds", SECONDS)
        raise PressTooSlow from None
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode != 0:
        log.error("a document could not be set (status %s): %s", done.returncode, said[-2000:])
        raise PrintingError
    if said:
        log.info("a document was set in a lesser standard: %s", said[-2000:])


def _write(path: Path, values: Any) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _picture(folder: Path, sha256: str, path: Path) -> dict[str, Any] | None:
    """The picture in a form that every reader knows, not larger than paper shows; None for one that nobody can read."""
    try:
        with Image.open(path, formats=PICTURES) as given:
            given.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            width = given.width
            flat = given.convert("RGBA" if "A" in given.getbands() or "transparency" in given.info else "RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    name = f"{sha256}.png" if flat.mode == "RGBA" else f"{sha256}.jpg"
    flat.save(folder / name, quality=88)
    return {"file": name, "width": round(width * POINTS_A_PIXEL, 1)}


def _with_pictures(value: Any, files: Mapping[str, dict[str, Any]]) -> Any:
    """The same values with every picture's file; one that is missing leaves its description."""
    if isinstance(value, list):
        return [_with_pictures(one, files) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("k") == "picture":
        found = files.get(value["name"])
        if found:
            return {"k": "picture", "alt": value["alt"] or UNSAID, **found}
        return {"k": "p", "look": "plain", "runs": [{"t": value["alt"]}]}
    return {key: _with_pictures(one, files) for key, one in value.items()}
