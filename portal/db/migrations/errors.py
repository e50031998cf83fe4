"""What can be wrong with the state of a database's schema."""

from portal.errors import ConfigurationError, _


class NewerDatabase(ConfigurationError):
    """The database was migrated by a later release than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            _(
                "Cơ sở dữ liệu thuộc về một phiên bản mới hơn của chương trình (${revision}). "
                "Hãy cài bản mới hơn, hoặc khôi phục bản sao lưu trước khi nâng cấp.",
                mapping={"revision": revision},
            )
        )


class BrokenReferences(ConfigurationError):
    """A migration left rows that refer to nothing; it was rolled back."""

    def __init__(self, table: str, parent: str) -> None:
        super().__init__(
            _(
                "Việc nâng cấp bị hủy: bảng ${table} có dòng tham chiếu tới dòng không tồn tại trong ${parent}. "
                "Cơ sở dữ liệu vẫn như trước khi nâng cấp.",
                mapping={"table": table, "parent": parent},
            )
        )
