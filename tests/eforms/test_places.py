"""What the register offers while an address is typed."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.eforms.definition import clean
from portal.eforms.places import places_of


def test_provinces_stand_in_vietnamese_order(db: Session, make: Any) -> None:
    for name in ("Đà Nẵng", "Điện Biên", "Cao Bằng", "Cà Mau", "An Giang"):
        make.agency(name=f"Ủy ban nhân dân tỉnh {name}", kind="province")
    address = {"type": "address", "id": "o", "label": "Nơi ở"}
    definition = clean({"sections": [{"id": "a", "fields": [address]}]})
    offered = list(places_of(db, definition, date(2026, 3, 2)).provinces)
    assert offered == ["An Giang", "Cà Mau", "Cao Bằng", "Đà Nẵng", "Điện Biên"]
