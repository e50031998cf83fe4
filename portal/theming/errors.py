"""What can be wrong with how an instance looks. All of these stop the start."""

from portal.errors import ConfigurationError
from portal.request import _


class ThemeError(ConfigurationError):
    """A theme that cannot be used."""

    message = _("Giao diện không dùng được.")


class ThemeMissing(ThemeError):
    """No folder of that name with a `theme.toml`."""

    def __init__(self, name: str, wanted_by: str | None) -> None:
        self.name = name
        plain = _(
            "Không có giao diện “${name}” (cần tệp ${name}/theme.toml trong thư mục giao diện).",
            mapping={"name": name},
        )
        inherited = _(
            "Giao diện “${child}” kế thừa giao diện “${name}”, nhưng không có tệp ${name}/theme.toml.",
            mapping={"name": name, "child": wanted_by},
        )
        super().__init__(inherited if wanted_by else plain)


class ThemeCircle(ThemeError):
    """`extends` leads back to where it began."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(
            _(
                "Các giao diện kế thừa vòng tròn: ${names}. Hãy bỏ “extends” ở một giao diện.",
                mapping={"names": " → ".join(names)},
            )
        )


class ThemeFileInvalid(ThemeError):
    """`theme.toml` says something no release understands."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(_("Tệp ${name}/theme.toml không hợp lệ: ${reason}", mapping={"name": name, "reason": reason}))


class ContrastTooLow(ThemeError):
    """Colours that part of the public could not read (WCAG 2.2, 1.4.3 and 1.4.11)."""

    def __init__(self, name: str, pairs: list[str]) -> None:
        self.pairs = pairs
        super().__init__(
            _(
                "Giao diện “${name}” không đủ độ tương phản: ${pairs}. Hãy chọn màu khác trong theme.toml.",
                mapping={"name": name, "pairs": "; ".join(pairs)},
            )
        )


class FrontEndNotBuilt(ThemeError):
    """Style sheets, scripts and fonts were never made on this machine."""

    message = _("Chưa có tệp giao diện đã dựng. Hãy chạy: npm ci && npm run build")


class AssetUnknown(ThemeError):
    """A template or style sheet names a file that no theme has."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("Không giao diện nào có tệp “${name}”.", mapping={"name": name}))
