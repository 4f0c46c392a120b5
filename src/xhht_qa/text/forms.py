"""The forms that papers are written on: "báo cáo theo mẫu số mấy?". A sample that is taken is "mẫu" too, and so is a model village."""

FORM_ASKED = (
    r"(?<!\w)(?<!lấy )(?<!kiểu )(?<!gương )(?:biểu )?mẫu(?: (?!số |gọi )\w+){0,8} số (?:mấy|bao nhiêu|nào)(?!\w)"
    r"|(?<!\w)(?:(?:theo|dùng|điền) (?:biểu )?mẫu|biểu mẫu|mẫu (?:biểu|đơn|báo cáo|tờ khai|danh sách)) nào(?!\w)"
)
