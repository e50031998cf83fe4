"""What the embedded engine relies on in Whoosh beyond its promises, checked against Whoosh alone, both ways."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from search.engines.conftest import MEMORY
from search.engines.reference import scored, unit, words
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import FileIndex, create_in
from whoosh.query import Term as WhooshTerm
from whoosh.util.numeric import byte_to_length, length_to_byte

from portal.search.engine import Damaged, Plan, Term, Unit
from portal.search.engines.whoosh import WhooshIndex, merging, private
from portal.search.engines.whoosh.lists import Lists
from portal.search.engines.whoosh.segment import Segment

Lines = dict[str, dict[str, list[tuple[int, int]]]]
"""Field → term → (row, weight)."""


def corpus(count: int = 700) -> list[Unit]:
    """Terms in one, few, many and all units, with gaps of every size and weights of one, two and four bytes."""
    chance = random.Random(3)
    made = []
    for number in range(count):
        terms = {"all": 1, f"only{number}": 7, f"w{number % 300}": 300, "even" if number % 2 else "odd": 1 + number % 5}
        if chance.random() < 0.1:
            terms["rare"] = chance.randint(1, 90_000)
        if number in {0, 2, 5, 699}:
            terms["đặc_biệt"] = 2
        made.append(unit(f"u{number:03}", E=terms, F={f"f{number % 3}": 2} if number % 7 else {}))
    return made


def lines(units: Sequence[Unit]) -> Lines:
    found: Lines = {name: defaultdict(list) for name in ("E", "F", "B", "N")}
    for row, each in enumerate(units):
        for field, weighted in each.terms.items():
            for term, weight in weighted.items():
                found[field][term].append((row, weight))
    return found


@pytest.fixture
def index(folder: Path) -> WhooshIndex:
    made = WhooshIndex.create(folder)
    made.build((each.uid, [each]) for each in corpus())
    return made


def only_segment(folder: Path) -> Segment:
    storage = private.Storage(folder)
    return Segment(folder, private.contents(storage, private.latest(storage))[0])


def test_plain_whoosh_reads_what_we_wrote(folder: Path, index: WhooshIndex) -> None:
    reader = FileIndex(FileStorage(str(folder))).reader()
    expected = lines(corpus())
    assert reader.doc_count() == 700
    assert sorted(reader.all_terms()) == sorted((name, term.encode()) for name in expected for term in expected[name])
    for field, terms in expected.items():
        for term, postings in terms.items():
            matcher = reader.postings(field, term)
            found = []
            while matcher.is_active():
                found.append((matcher.id(), int(matcher.weight())))
                matcher.next()
            assert found == postings, term
            information = reader.term_info(field, term)
            assert information.doc_frequency() == len(postings)
            assert information.weight() == pytest.approx(sum(weight for _, weight in postings))
            assert information.max_weight() == max(weight for _, weight in postings)
            assert (information.min_id(), information.max_id()) == (postings[0][0], postings[-1][0])
    for row, each in enumerate(corpus()):
        for field, weighted in each.terms.items():
            if not weighted:
                continue
            rounded = byte_to_length(length_to_byte(sum(weighted.values())))
            assert reader.doc_field_length(row, field, 0) == rounded
    reader.close()


def test_plain_whoosh_searches_what_we_wrote(folder: Path, index: WhooshIndex) -> None:
    with FileIndex(FileStorage(str(folder))).searcher() as searcher:
        found = searcher.search(WhooshTerm("E", "w5"), limit=10)
        assert sorted(hit.docnum for hit in found) == [5, 305, 605]


def test_what_whoosh_wrote_we_read(tmp_path: Path) -> None:
    """Whoosh's own writer, its blocks of 128 and its inlined lists."""
    made = create_in(str(tmp_path), private.schema())
    writer = made.writer(codec=W3Codec(compression=0), compound=False)
    expected: dict[str, list[int]] = defaultdict(list)
    for row in range(1000):
        terms = ["all", f"w{row % 9}", f"only{row}"]
        writer.add_document(E=terms[1] if row % 2 else terms[0], F=terms[2])
        expected[terms[1] if row % 2 else terms[0]].append(row)
    writer.commit()
    storage = private.Storage(tmp_path)
    record = private.contents(storage, private.latest(storage))[0]
    terms_of = private.Terms(tmp_path, record)
    reader = made.reader()
    assert [term for term, _ in terms_of.entries("E")] == sorted(expected)
    assert len(list(terms_of.entries("F"))) == 1000
    for term, rows in expected.items():
        entry = terms_of.entry("E", term)
        assert entry
        assert terms_of.postings(entry)[0].tolist() == rows == list(reader.postings("E", term).all_ids())
        assert private.frequency(entry) == len(rows)
    assert terms_of.postings(terms_of.entry("F", "only7") or b"")[0].tolist() == [7]


def test_we_read_what_we_wrote(folder: Path, index: WhooshIndex) -> None:
    segment = only_segment(folder)
    for field, terms in lines(corpus()).items():
        assert [term for term, _ in segment.terms.entries(field)] == sorted(terms)
        for term, postings in terms.items():
            entry = segment.terms.entry(field, term)
            assert entry
            rows, weights = segment.terms.postings(entry)
            assert list(zip(rows.tolist(), weights.tolist(), strict=True)) == postings
    assert segment.terms.entry("E", "nowhere") is None
    matcher = segment.terms.entry("E", "\ud800")
    assert matcher is None
    assert Existence().fixed_value_size() == 0


def test_long_lists_take_at_most_three_bytes_a_posting(folder: Path) -> None:
    made = WhooshIndex.create(folder)
    made.build((f"u{number}", [unit(f"u{number}", E={"chung": 1 + number % 9})]) for number in range(5000))
    segment = only_segment(folder)
    assert segment.terms.lists.size < 3 * 5000


def test_damaged_postings_name_nothing_but_arrays(folder: Path, index: WhooshIndex) -> None:
    segment = only_segment(folder)
    entry = segment.terms.entry("E", "rare")
    assert entry
    place = int.from_bytes(entry[-12:-4], "big")
    path = segment.terms.lists.path
    content = bytearray(path.read_bytes())
    at = content.index(b"array\n", place) if b"array\n" in content[place:] else content.index(b"array", place)
    content[at : at + 5] = b"posix"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        only_segment(folder).terms.postings(entry)


def test_lists_are_given_up_when_there_is_no_room(folder: Path, index: WhooshIndex) -> None:
    segment = only_segment(folder)
    lists = Lists(2_000)
    first = lists.get(segment, Term("E", "w1"))
    assert lists.get(segment, Term("E", "w1")) is first
    for number in range(20):
        lists.get(segment, Term("E", f"w{number}"))
    assert lists._room >= 0
    assert lists.get(segment, Term("E", "w1")) is not first
    lists.keep(set())
    assert lists._room == 2_000


def test_dense_and_sparse_lists_say_the_same(folder: Path, index: WhooshIndex) -> None:
    segment = only_segment(folder)
    lists = Lists(MEMORY)
    live = np.arange(segment.count) % 3 > 0
    for term, rows in lines(corpus())["E"].items():
        found = lists.get(segment, Term("E", term))
        assert found
        mask, counts = np.zeros(segment.count, np.bool_), np.zeros(segment.count, np.uint8)
        found.mark(mask)
        found.tally(counts)
        expected = [row for row, _ in rows]
        assert np.flatnonzero(mask).tolist() == np.flatnonzero(counts).tolist() == expected
        assert found.among(live) == sum(row % 3 > 0 for row in expected)


@pytest.mark.parametrize("batch", [1, 40])
def test_segments_stay_few_and_merges_bounded(batch: int) -> None:
    """Four thousand changes beside a large build."""
    sizes, rewritten = [80_000], 0
    for number in range(1, 4_001):
        joined = merging.chosen(sizes, batch)
        grown = batch + sum(sizes[place] for place in joined)
        assert grown <= merging.LARGEST
        rewritten += grown - batch
        sizes = [*(size for place, size in enumerate(sizes) if place not in joined), grown]
        assert len(sizes) <= 9 + batch * number // 5_000
    assert rewritten / (4_000 * batch) < 12, "each unit is written a few times at most"


def test_merging_keeps_what_lives_and_drops_the_rest(folder: Path) -> None:
    index = WhooshIndex.create(folder)
    writer = index.writer()
    alive: Counter[str] = Counter()
    for number in range(60):
        uid = f"u{number % 25:02}"
        facets = {"type": (f"t{number % 4}",), "field": tuple(f"p{place}" for place in range(number % 3))}
        made = unit(uid, day=number, version=number, E=f"chung w{number}", facets=facets, text=f"lời {number}")
        passage = unit(uid, "dieu-1", day=number, version=number, E=f"chung w{number} riêng", facets=facets)
        writer.replace(uid, [made, passage])
        writer.commit()
        alive[uid] = number
    writer.close()
    searcher = index.searcher()
    assert searcher.versions() == {uid: (number, 2) for uid, number in alive.items()}
    heads = searcher.by_date(Plan(), 100)
    assert searcher.texts([each.ref for each in heads]) == [f"lời {number}" for number in range(59, 34, -1)]
    assert searcher.facets(Plan(), ["type", "field"]) == {
        "type": Counter(f"t{number % 4}" for number in alive.values()),
        "field": Counter(f"p{place}" for number in alive.values() for place in range(number % 3)),
    }
    plan = Plan(scored=scored("E", "w40"), required=words("E", "w40"))
    assert [brief["anchor"] for brief in searcher.briefs([each.ref for each in searcher.top(plan, 5)])] == [
        "",
        "dieu-1",
    ]
    storage = private.Storage(folder)
    assert len(private.contents(storage, private.latest(storage))) <= 9
    index.check()


def test_a_second_writer_is_refused(index: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.engines.whoosh.writer._PATIENCE", 0.05)
    writer = index.writer()
    with pytest.raises(BlockingIOError):
        index.writer()
    writer.close()
    index.writer().close()


def test_what_a_dead_writer_left_is_swept_away(folder: Path, index: WhooshIndex) -> None:
    left = [folder / name for name in ("MAIN_0123456789abcdef.rows", "MAIN_0123456789abcdef.trm", "_MAIN_9.toc.17.5")]
    for path in left:
        path.write_bytes(b"half")
    writer = index.writer()
    writer.replace("u001", [])
    writer.commit()
    writer.close()
    assert not any(path.exists() for path in left)
    assert index.searcher().units == 699
