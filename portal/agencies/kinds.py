"""What sorts of agency there are, and how sure a code is."""

from enum import StrEnum

from translationstring import TranslationString

from portal.request import _


class Kind(StrEnum):
    """The sort of an agency; the order is that of the public list."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    MINISTRY_LEVEL = "ministry_level"
    GOVERNMENT_AGENCY = "government_agency"
    PROVINCE = "province"
    ASSEMBLY = "assembly"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    NATIONAL_ASSEMBLY = "national_assembly"
    PRESIDENT = "president"
    COURT = "court"
    PROCURACY = "procuracy"
    STATE_AUDIT = "state_audit"
    PARTY = "party"
    FRONT = "front"
    OTHER = "other"


KIND_LABELS: dict[Kind, TranslationString] = {
    Kind.GOVERNMENT: _("Chính phủ và Thủ tướng Chính phủ"),
    Kind.MINISTRY: _("Bộ"),
    Kind.MINISTRY_LEVEL: _("Cơ quan ngang bộ"),
    Kind.GOVERNMENT_AGENCY: _("Cơ quan thuộc Chính phủ"),
    Kind.PROVINCE: _("Ủy ban nhân dân cấp tỉnh"),
    Kind.ASSEMBLY: _("Hội đồng nhân dân"),
    Kind.DEPARTMENT: _("Cục, vụ, sở và đơn vị trực thuộc"),
    Kind.DISTRICT: _("Ủy ban nhân dân cấp huyện"),
    Kind.COMMUNE: _("Ủy ban nhân dân cấp xã"),
    Kind.NATIONAL_ASSEMBLY: _("Quốc hội và cơ quan của Quốc hội"),
    Kind.PRESIDENT: _("Chủ tịch nước"),
    Kind.COURT: _("Tòa án"),
    Kind.PROCURACY: _("Viện kiểm sát"),
    Kind.STATE_AUDIT: _("Kiểm toán nhà nước"),
    Kind.PARTY: _("Cơ quan của Đảng"),
    Kind.FRONT: _("Mặt trận Tổ quốc và các đoàn thể"),
    Kind.OTHER: _("Cơ quan, tổ chức khác"),
}


class Evidence(StrEnum):
    """How a code is known: seen in use, concluded from the order of a list, or there is none."""

    ATTESTED = "attested"
    RECONSTRUCTED = "reconstructed"
    NONE = "none"


EVIDENCE_LABELS: dict[Evidence, TranslationString] = {
    Evidence.ATTESTED: _("đã thấy sử dụng trên thực tế"),
    Evidence.RECONSTRUCTED: _("suy ra, chưa kiểm chứng"),
    Evidence.NONE: _("chưa có thông tin"),
}
