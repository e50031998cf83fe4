"""What the catalogue is told about how much a procedure is used (A5-8)."""

from datetime import date
from typing import Any

from dossiers.conftest import vn
from sqlalchemy.orm import Session

from portal.catalogue.usage import Used
from portal.dossiers.states import Outcome
from portal.dossiers.usage import of_procedures


def test_dossiers_are_counted_for_their_procedure_by_the_day(db: Session, counter: Any) -> None:
    begun = vn(2026, 3, 2, 9, 0)
    taken = [counter.take(at=begun) for _n in range(3)]
    for dossier in taken[:2]:
        counter.do("receive", dossier, at=begun)
    counter.do("assign", taken[0], at=begun, to=counter.staff.handler.person)
    counter.do("decide", taken[0], at=vn(2026, 3, 4, 9, 0), outcome=Outcome.GRANTED)
    procedure = counter.procedure()

    assert of_procedures(db, date(2026, 1, 1), date(2026, 3, 3)) == {procedure.item_id: Used(2, 0)}
    assert of_procedures(db, date(2026, 1, 1), date(2026, 3, 4)) == {procedure.item_id: Used(2, 1)}
    assert of_procedures(db, date(2027, 1, 1), date(2027, 3, 4)) == {procedure.item_id: Used(0, 0)}
