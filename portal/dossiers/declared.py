"""What the form of a dossier computes that is to be paid: fields with a formula in đồng that are called a fee."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue import fees
from portal.catalogue.present import Said
from portal.dossiers import forms
from portal.dossiers.models import AnswerSet, Dossier
from portal.eforms.answers import ask
from portal.eforms.definition import fields
from portal.eforms.kinds import Type
from portal.eforms.values import as_decimal
from portal.request import Request, _

Data = dict[str, Any]
_FEE = re.compile(r"(?:tổng (?:số |cộng )?(?:tiền )?)?(?:lệ )?phí\b", re.IGNORECASE)
_DONG = frozenset({"đồng", "vnđ", "vnd", "đ"})


def asks_fee(definition: Data) -> bool:
    """Whether the form computes a fee."""
    return any(_is_fee(field) for _section, field in fields(definition))


def amounts(definition: Data, answers: Mapping[str, Any]) -> list[int]:
    """đồng, of each fee that these answers come to; nothing for a fee of 0."""
    found = [as_decimal(answers.get(field["id"])) for _section, field in fields(definition) if _is_fee(field)]
    return [int(amount) for amount in found if amount is not None and amount >= 1]


def so_far(definition: Data, answers: Mapping[str, Any]) -> list[int]:
    """`amounts` of a draft."""
    return amounts(definition, ask(definition, answers).answers) if asks_fee(definition) else []


def of_dossier(db: Session, dossier: Dossier) -> list[int]:
    """`amounts` as submitted; nothing once its data was erased."""
    definition = forms.definition_of(db, dossier.form_sha256)
    if definition is None or not asks_fee(definition):
        return []
    query = select(AnswerSet.answers).where(AnswerSet.dossier_id == dossier.id, AnswerSet.number == 1)
    return amounts(definition, db.scalars(query).one_or_none() or {})


def said(request: Request, amount: int) -> Said:
    """`Phí theo tờ khai: 16.000 đồng`."""
    told = _("Phí theo tờ khai: ${amount}", mapping={"amount": written(amount, request.lang)})
    return Said(request.translate(told), request.lang)


def written(amount: int, lang: str) -> str:
    return fees.words({"amount": amount, "currency": "VND"}, lang)


def _is_fee(field: Data) -> bool:
    computed = field["type"] == Type.COMPUTED and (field.get("unit") or "").casefold() in _DONG
    return computed and bool(_FEE.match(field["label"] or ""))
