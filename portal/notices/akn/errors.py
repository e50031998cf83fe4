"""What can be wrong with a file that should be Akoma Ntoso."""

from portal.errors import PortalError
from portal.request import _


class AknError(PortalError):
    """A file that cannot be read as Akoma Ntoso."""

    status = 422
    message = _("Tệp không đọc được theo chuẩn Akoma Ntoso.")


class NotAkn(AknError):
    """XML of another kind."""

    message = _(
        "Tệp không phải văn bản Akoma Ntoso 3.0: phần tử gốc phải là akomaNtoso. Hãy xuất lại tệp theo chuẩn này, hoặc "
        "nhập văn bản từ tệp Word, PDF."
    )


class BrokenXml(AknError):
    """Not well-formed; `why` is the parser's word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _(
                "Tệp XML bị lỗi nên không đọc được (${why}). Hãy xuất lại tệp từ phần mềm đã tạo ra nó.",
                mapping={"why": why[:200]},
            )
        )


class DeclaresEntities(AknError):
    """A document type declaration: it can pull in files and grow without bounds (XXE, entity bombs)."""

    message = _(
        "Tệp XML có khai báo DOCTYPE. Vì an toàn, cổng không nhận tệp như vậy. Hãy bỏ dòng khai báo rồi nhập lại."
    )


class AknTooLarge(AknError):
    """More bytes or elements than one document can have."""

    status = 413

    def __init__(self, limit: int, elements: int) -> None:
        super().__init__(
            _(
                "Tệp Akoma Ntoso lớn quá ${n} MB hoặc có quá ${elements} phần tử. Hãy tách thành nhiều văn bản.",
                mapping={"n": limit // 1_000_000, "elements": elements},
            )
        )
