"""The form of a procedure for which nobody designed one: who applies, what they ask for, their papers."""

from portal.eforms.definition import Data, clean

_SCANS = ["pdf", "jpeg", "png", "docx", "xlsx", "zip"]

GENERIC: Data = clean({
    "title": "Đơn đề nghị",
    "title_en": "Application",
    "intro": "Chuẩn bị số định danh cá nhân và bản chụp các giấy tờ trong thành phần hồ sơ.",
    "intro_en": "Have your personal identity number and copies of the papers that the procedure asks for at hand.",
    "sections": [
        {"id": "nguoi_nop", "title": "Người nộp hồ sơ", "title_en": "Applicant", "fields": [
            {"type": "text", "id": "ho_ten", "label": "Họ và tên", "label_en": "Full name", "required": True,
             "personal": True, "prefill": "person.name", "pattern": "letters", "max_length": 100},
            {"type": "citizen_id", "id": "so_dinh_danh", "label": "Số định danh cá nhân",
             "label_en": "Personal identity number", "required": True, "personal": True,
             "prefill": "person.id_number"}]},
        {"id": "lien_he", "title": "Cách liên hệ với bạn", "title_en": "How to reach you", "fields": [
            {"type": "phone", "id": "dien_thoai", "label": "Số điện thoại", "label_en": "Telephone", "required": True,
             "personal": True, "prefill": "person.phone"},
            {"type": "email", "id": "thu_dien_tu", "label": "Thư điện tử", "label_en": "E-mail", "personal": True,
             "prefill": "person.email", "help": "Cổng gửi thông báo về hồ sơ tới địa chỉ này.",
             "help_en": "The portal sends notices about the application to this address."},
            {"type": "address", "id": "noi_o", "label": "Nơi ở hiện nay", "label_en": "Current address",
             "required": True, "personal": True, "prefill": "person.address"}]},
        {"id": "noi_dung", "title": "Nội dung đề nghị", "title_en": "Request", "fields": [
            {"type": "long_text", "id": "de_nghi", "label": "Bạn đề nghị cơ quan giải quyết việc gì?",
             "label_en": "What do you ask the agency to do?", "required": True, "max_length": 5000}]},
        {"id": "giay_to", "title": "Giấy tờ kèm theo", "title_en": "Papers", "fields": [
            {"type": "files", "id": "tep", "label": "Bản chụp hoặc bản điện tử của giấy tờ",
             "label_en": "Copies or electronic originals of the papers", "accept": _SCANS, "largest": 20, "most": 20},
            {"type": "statement", "id": "cam_doan", "required": True,
             "label": "Tôi cam đoan những điều khai trên là đúng và chịu trách nhiệm về nội dung đã khai.",
             "label_en": "I declare that the above is true and that I am responsible for it."}]},
    ],
})  # fmt: skip
