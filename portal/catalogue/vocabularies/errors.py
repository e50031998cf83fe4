"""What the vocabularies refuse."""

from portal.errors import PortalError
from portal.request import _


class VocabularyError(PortalError):
    """A change of a vocabulary that is refused."""

    status = 422


class NameTaken(VocabularyError):
    """Another word of the vocabulary has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Danh mục đã có mục “${name}”. Hãy chọn tên khác.", mapping={"name": name}))


class AddressTaken(VocabularyError):
    """Another word, perhaps a retired one, has the address."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("Địa chỉ “${slug}” đã có mục khác dùng. Hãy chọn địa chỉ khác.", mapping={"slug": slug}))


class StillUsed(VocabularyError):
    """Procedures name the word."""

    status = 409

    def __init__(self, name: str, number: int) -> None:
        super().__init__(
            _(
                "Còn ${n} thủ tục dùng mục “${name}”. Hãy đổi mục của các thủ tục đó trước.",
                mapping={"n": number, "name": name},
            )
        )


class NotASuccessor(VocabularyError):
    """What a word should go into is not a word on offer of the same vocabulary."""

    message = _("Mục thay thế phải là một mục khác đang dùng của cùng danh mục.")


class ChangedMeanwhile(VocabularyError):
    """Somebody else has changed it since the form was opened."""

    status = 409
    message = _("Người khác vừa sửa mục này. Hãy mở lại để xem nội dung mới rồi sửa tiếp.")
