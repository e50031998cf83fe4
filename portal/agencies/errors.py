"""What can go wrong with agencies."""

from datetime import date

from portal.errors import PortalError, _


class AgencyError(PortalError):
    """Something about the register of agencies."""


class CodeTaken(AgencyError):
    """Another unit bears this code during a part of the same period."""

    status = 409

    def __init__(self, code: str, holder: str) -> None:
        super().__init__(
            _(
                "Mã ${code} đang thuộc về “${holder}” trong cùng thời gian. Hãy chọn mã khác hoặc sửa thời gian.",
                mapping={"code": code, "holder": holder},
            )
        )


class BadCode(AgencyError):
    """Text that is no identification code in either form."""

    status = 422

    def __init__(self, code: str) -> None:
        super().__init__(
            _("“${code}” không phải là mã định danh hợp lệ. Ví dụ: H17, H17.13.05.", mapping={"code": code})
        )


class BadPeriod(AgencyError):
    """A last day before the first day."""

    status = 422
    message = _("Ngày hết hiệu lực phải từ ngày bắt đầu hiệu lực trở đi.")


class CircularUnits(AgencyError):
    """A unit would stand below itself."""

    status = 422
    message = _("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.")


class NotInForce(AgencyError):
    """A unit that no longer (or does not yet) exist on the day."""

    status = 409

    def __init__(self, name: str, on: date) -> None:
        super().__init__(
            _(
                "“${name}” không có hiệu lực vào ngày ${day}. Hãy kiểm tra ngày sắp xếp.",
                mapping={"name": name, "day": f"{on:%d/%m/%Y}"},
            )
        )


class NothingToMerge(AgencyError):
    """A merger without a unit that ends or without a unit that takes over, or of a unit into itself only."""

    status = 422
    message = _("Hãy chọn ít nhất một đơn vị kết thúc hoạt động và một đơn vị tiếp nhận khác với nó.")


class StaleUnit(AgencyError):
    """Somebody else changed the unit since the form was opened."""

    status = 409
    message = _(
        "Thông tin đơn vị đã được người khác sửa sau khi bạn mở biểu mẫu. Nội dung bạn nhập vẫn còn dưới đây; "
        "hãy mở trang đơn vị ở cửa sổ khác để đối chiếu, rồi lưu lại."
    )
