"""Formatted text: a textarea holding HTML, which the editor script improves. Cleaning is the owner's, on the server."""

import json
from typing import Any

from portal.forms.widgets.text import TextArea
from portal.request import _

LABELS = {
    "toolbar": _("Thanh công cụ soạn thảo"),
    "help": _(
        "Nhấn Alt+F10 để tới thanh công cụ, dùng phím mũi tên để đi giữa các nút. "
        "Nhấn Esc để rời vùng soạn thảo, khi đó phím Tab đi tới ô tiếp theo của biểu mẫu."
    ),
    "paragraph": _("Đoạn văn"),
    "heading2": _("Tiêu đề cấp 2"),
    "heading3": _("Tiêu đề cấp 3"),
    "heading4": _("Tiêu đề cấp 4"),
    "bold": _("Chữ đậm"),
    "italic": _("Chữ nghiêng"),
    "superscript": _("Chỉ số trên"),
    "subscript": _("Chỉ số dưới"),
    "bulletList": _("Danh sách dấu đầu dòng"),
    "orderedList": _("Danh sách đánh số"),
    "indent": _("Lùi vào một cấp"),
    "outdent": _("Đưa ra một cấp"),
    "blockquote": _("Đoạn trích"),
    "link": _("Liên kết"),
    "linkAddress": _("Địa chỉ liên kết"),
    "linkApply": _("Đặt liên kết"),
    "linkRemove": _("Bỏ liên kết"),
    "linkWrong": _("Địa chỉ phải bắt đầu bằng https://, http://, mailto:, tel:, / hoặc #."),
    "cancel": _("Thôi"),
    "table": _("Chèn bảng"),
    "rows": _("Số hàng"),
    "columns": _("Số cột"),
    "caption": _("Tên bảng"),
    "insert": _("Chèn"),
    "addRowBefore": _("Thêm hàng phía trên"),
    "addRowAfter": _("Thêm hàng phía dưới"),
    "deleteRow": _("Xóa hàng"),
    "addColumnBefore": _("Thêm cột bên trái"),
    "addColumnAfter": _("Thêm cột bên phải"),
    "deleteColumn": _("Xóa cột"),
    "toggleHeaderRow": _("Hàng tiêu đề"),
    "toggleHeaderColumn": _("Cột tiêu đề"),
    "mergeOrSplit": _("Gộp hoặc tách ô"),
    "captionApply": _("Đặt tên bảng"),
    "deleteTable": _("Xóa bảng"),
    "footnote": _("Chú thích cuối văn bản"),
    "picture": _("Mô tả hình"),
    "pictureAlt": _("Hình cho thấy gì (đọc cho người không nhìn thấy hình)"),
    "pictureApply": _("Ghi mô tả"),
    "undo": _("Hoàn tác"),
    "redo": _("Làm lại"),
    "source": _("Xem mã HTML"),
    "sourceShown": _("Đang sửa mã HTML."),
    "editorShown": _("Đang sửa văn bản."),
    "pasted": _("Đã dán. Giữ lại tiêu đề, danh sách, bảng và liên kết; định dạng khác đã được bỏ."),
    "left": _("Đã rời vùng soạn thảo. Nhấn Tab để đi tiếp."),
}
"""Every word of the editor, so that the script carries no text of its own."""


class RichText(TextArea):
    """HTML of headings 2 to 4, paragraphs, lists, tables, links, quotations. Without JavaScript: the HTML itself."""

    def __init__(self, *, rows: int = 18, **shared: Any) -> None:
        super().__init__(rows=rows, **shared)

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        words = {key: field.renderer.translate(text) for key, text in LABELS.items()}
        params["attributes"] |= {
            "data-portal-editor": "",
            "data-editor-labels": json.dumps(words, ensure_ascii=False),
        }
        params["spellcheck"] = True
        params["classes"] = f"{self.classes} portal-editor-source".strip()
        return params
