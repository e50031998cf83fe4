"""The synonyms of a pack: one file of groups of spellings, each brought once."""

from functools import partial

from portal.packs.errors import BadPack
from portal.packs.files import digest, read_text
from portal.packs.pack import Pack
from portal.packs.stage import Job, Stage, Verdict
from portal.search.editing import MaintainingRefused, bring_synonyms
from portal.search.files import BadSynonyms, Groups, read_groups


def jobs(pack: Pack) -> list[Job]:
    """What brings the groups in; nothing for a pack without. Raises `BadPack`."""
    if pack.synonyms is None:
        return []
    path = pack.folder / pack.synonyms
    sha256 = digest(read_text(path, pack.synonyms))
    try:
        groups = read_groups(path)
    except BadSynonyms as error:
        raise BadPack(pack.synonyms, error.message.interpolate()) from error
    return [Job(pack.synonyms, partial(_bring, file=pack.synonyms, sha256=sha256, groups=groups))]


def _bring(stage: Stage, *, file: str, sha256: str, groups: Groups) -> Verdict:
    if stage.is_known(file, sha256):
        return Verdict.UNCHANGED
    verdict = Verdict.UPDATED if stage.known(file) else Verdict.ADDED
    try:
        bring_synonyms(stage.db, groups, source=stage.pack, at=stage.at)
    except MaintainingRefused as refused:
        raise BadPack(file, " ".join(reason.interpolate() for reason in refused.reasons)) from refused
    stage.remember(file, sha256)
    return verdict
