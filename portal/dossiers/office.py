"""What an instance brings to every act on a dossier: its calendar, its state of the law, its key, its addresses."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.agencies.calendar import Calendar
from portal.dossiers.errors import BadProfile
from portal.dossiers.profiles import PROFILES, Profile
from portal.settings import Settings


@dataclass(frozen=True)
class Office:
    """Plain values for the service; `registry["portal.dossiers"]` of the application."""

    settings: Settings
    calendar: Calendar

    @property
    def profile(self) -> Profile:
        """The state of the law for dossiers that are submitted now."""
        return PROFILES[self.settings.dossier_profile]

    @property
    def takes_applications(self) -> bool:
        """Whether citizens may submit here, or only what comes from elsewhere is received (A6-11)."""
        return not self.settings.national_portal

    @property
    def files_dir(self) -> Path:
        return self.settings.files_dir

    @property
    def address(self) -> str:
        """The public address of the instance, without a slash at its end."""
        return self.settings.address

    def name_in(self, language: str) -> str:
        """The name of the instance."""
        return self.settings.name_in(language)

    def mac(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA256 by the instance's secret, of a purpose apart: nobody without the secret can make it."""
        return hmac.new(f"dossiers {purpose} {self.settings.secret}".encode(), text.encode(), hashlib.sha256).digest()


def office_of(settings: Settings, calendar: Any) -> Office:
    """Raises `BadProfile` when the setting names an unknown one."""
    if settings.dossier_profile not in PROFILES:
        raise BadProfile(settings.dossier_profile, ", ".join(PROFILES))
    return Office(settings, calendar)
