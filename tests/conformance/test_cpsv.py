"""The catalogue of the national procedures keeps the shapes of CPSV-AP 3.2.0 (B1, E20), in both written forms.

Usually every 60th of the 1,416 procedures; all of them with `PORTAL_TEST_ALL=1`, which takes about two minutes.
"""

import os
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import sessionmaker

from portal.catalogue.importing.run import Import
from portal.catalogue.importing.sources import procedures_in
from portal.catalogue.open import whole
from portal.catalogue.vocabularies.files import terms_in
from portal.catalogue.vocabularies.mapping import CONTENT
from portal.catalogue.vocabularies.service import bring_terms

rdflib = pytest.importorskip("rdflib")
pyshacl = pytest.importorskip("pyshacl")
ALL = bool(os.environ.get("PORTAL_TEST_ALL"))
STEP = 1 if ALL else 60


@pytest.fixture
def national(db, at, make, shared):
    """They are published; how many."""
    unit = make.agency("G22", "Văn phòng Chính phủ")
    bring_terms(db, terms_in(CONTENT), at=at)
    rows = list(procedures_in([shared / "data" / "procedures" / "procedures.jsonl.gz"]))[::STEP]
    sessions = sessionmaker(db.get_bind(), join_transaction_mode="create_savepoint", expire_on_commit=False)
    moment = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    run = Import(sessions, unit.id, "localhost", lambda: moment, publish=True)
    assert all(outcome.refused is None for outcome in run.run(rows))
    return len(rows)


def test_the_catalogue_keeps_the_shapes(db, settings, national, shared):
    nodes = list(whole.nodes(db, settings))
    graph = rdflib.Graph().parse(data=b"".join(whole.turtle(nodes)), format="turtle")
    services = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("http://purl.org/vocab/cpsv#PublicService")))
    assert len(services) == national == (1416 if ALL else 24)
    shapes = rdflib.Graph().parse(shared / "standards" / "cpsv-ap-3.2.0-shacl.ttl")
    conforms, _graph, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, report[:3000]
    same = rdflib.Graph().parse(data=b"".join(whole.jsonld(nodes)), format="json-ld")
    assert set(same) == set(graph)
