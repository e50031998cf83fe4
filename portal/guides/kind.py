"""How guides take part in publishing: cleaned, titled, projected, compared, addressed."""

from sqlalchemy import delete
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.guides import checks
from portal.guides.data import QUESTION, SCHEMA, Answer, Data, clean, documents, node_of, references
from portal.guides.graph import Graph
from portal.guides.models import Guide, GuideProcedure
from portal.guides.queries import NAME
from portal.guides.routes import PUBLIC
from portal.notices.body import plain_text
from portal.notices.references import number_key_of
from portal.publishing.kinds import Kind
from portal.publishing.models import Edition, Item
from portal.request import _
from portal.text import fold, slug, sort_key


def problems(db: Session, edition: Edition) -> list[TranslationString]:
    """Every finding of `portal.guides.checks`: each names the question, outcome or expected path."""
    return [finding.message for finding in checks.findings(db, edition.data)]


def _path(db: Session, item: Item, data: Data) -> str:
    return f"{PUBLIC}/{slug(data['title'], empty='huong-dan')}"


def _project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    data = edition.data
    row = (None if fresh else db.get(Guide, edition.id)) or Guide(edition_id=edition.id)
    row.title, row.title_en, row.title_folded = data["title"], data["title_en"], fold(data["title"])
    row.summary, row.summary_en, row.sort_key = data["summary"], data["summary_en"], sort_key(data["title"])
    row.questions = Graph.of(data).most_questions
    db.add(row)
    db.flush()
    if not fresh:
        db.execute(delete(GuideProcedure).where(GuideProcedure.edition_id == edition.id))
    db.add_all(GuideProcedure(edition_id=edition.id, reference=reference) for reference in references(data))
    db.flush()


def _describe(data: Data) -> list[tuple[TranslationString, str]]:
    start = node_of(data, data["start"])
    return [
        (_("Tên hướng dẫn"), data["title"]),
        (_("Tên tiếng Anh"), data["title_en"] or ""),
        (_("Tóm tắt"), data["summary"] or ""),
        (_("Tóm tắt tiếng Anh"), data["summary_en"] or ""),
        (_("Câu hỏi bắt đầu"), start["title"] if start else ""),
        (_("Câu hỏi và kết quả"), "\n".join(line for node in data["nodes"] for line in _lines(data, node, ""))),
        (
            _("Câu hỏi và kết quả bằng tiếng Anh"),
            "\n".join(line for node in data["nodes"] for line in _lines(data, node, "_en")),
        ),
        (_("Đường đã đánh dấu đúng"), "\n".join(_test(data, test) for test in data["tests"])),
    ]


def _lines(data: Data, node: Data, ending: str) -> list[str]:
    """A node as lines of text, which a comparison sets side by side."""
    lines = [node[f"title{ending}"]]
    if node["kind"] == QUESTION:
        lines.append(node[f"help{ending}"])
        lines += [_choice(data, node, choice, ending) for choice in node["choices"]]
        return [line for line in lines if line]
    lines.append(plain_text(node[f"text{ending}"]))
    lines += [" ".join(filter(None, (row["procedure"], row[f"why{ending}"]))) for row in node["procedures"]]
    if not ending:
        lines += [" ".join(filter(None, (row["number"], row["note"]))) for row in node["documents"]]
        lines.append(" · ".join(filter(None, node["contact"].values())))
        lines.append(node["link"]["address"])
    lines.append(node["link"][f"text{ending}"])
    return [line for line in lines if line]


def _choice(data: Data, node: Data, choice: Data, ending: str) -> str:
    label = " – ".join(filter(None, (choice[f"label{ending}"], choice[f"hint{ending}"])))
    if ending:
        return label
    bound = f" (< {choice['below']})" if node["answer"] != Answer.CHOICE and choice["below"] is not None else ""
    target = node_of(data, choice["target"])
    return f"{label}{bound} → {(target['title'] or target['id']) if target else ''}".rstrip()


def _test(data: Data, test: Data) -> str:
    outcome = node_of(data, test["outcome"])
    return f"{test['words']} ⇒ {outcome['title'] if outcome else test['outcome']}"


def touches(data: Data) -> frozenset[str]:
    """Keys of the pages of the procedures that it names, which point back to it."""
    return frozenset(key_of(reference) for reference in references(data))


def key_of(reference: str) -> str:
    """The key of the cache under which the page of a procedure shows the guides that name it (by code or uid)."""
    return f"guides:{reference}"


def shown_keys(data: Data) -> frozenset[str]:
    """Keys of what the pages of a guide show of others, beside the procedures that were found: its documents."""
    return frozenset(number_key_of(number) for number in documents(data))


GUIDE = Kind(
    name=NAME,
    label=_("Hướng dẫn từng bước"),
    schema=SCHEMA,
    clean=clean,
    title=lambda data: data["title"],
    problems=problems,
    path=_path,
    project=_project,
    describe=_describe,
    files=lambda data: [],
    edit_route="guides.edit",
    preview="guides.preview",
    touches=touches,
)
