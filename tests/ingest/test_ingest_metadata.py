"""What a plan says of itself, in every way in which letterheads and signatures are printed."""

from __future__ import annotations

import pytest
from prerequisites import ROOT, shared_path

from ingest.parse import parse
from ingest.read import read, read_text
from xhht_qa.types import Metadata, Plan

BODY = "I. MỤC ĐÍCH\n1. Mở lớp.\n"


def plan(head: str, tail: str = "", body: str = BODY) -> Plan:
    return parse(read_text("p.txt", f"{head}\n{body}{tail}"))


def metadata(head: str, tail: str = "", body: str = BODY) -> Metadata:
    return plan(head, tail, body).metadata


STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

NUMBERS = [
    ("Số: 45/KH-UBND", "45/KH-UBND", "printed whole"),
    ("Số: /KH-UBND", "/KH-UBND", "the number itself blank"),
    ("Số:      /KH-SGDĐT", "/KH-SGDĐT", "blank, with room for it"),
    ("Số: 12 /KH-BDT", "12/KH-BDT", "a space before the stroke"),
    ("Số: *172*/KH-UBND", "172/KH-UBND", "marks around the figure"),
    ("Số:09/KH-TĐKT-TTr", "09/KH-TĐKT-TTr", "no space, a long tail"),
    ("Số: 45/KH-UBND    Lam Khê, ngày 03 tháng 3 năm 2025", "45/KH-UBND", "the date in the right column"),
    ("Số 12-KH/TU", "12-KH/TU", "the Party's form, no colon"),
    ("Số        -KH/TU", "-KH/TU", "the same, blank"),
    ("Số: ……/KH-UBND", "/KH-UBND", "dots where the number goes"),
    ("Số:\n/KH-UBND", "/KH-UBND", "blank, on two lines"),
    ("Số:\n1312/KH-UBND", "1312/KH-UBND", "filled in, on two lines"),
    ("Số: 03/2026/TT-BYT", "03/2026/TT-BYT", "with a year"),
    ("Số: 05/KHPH-TĐTN-SGD", "05/KHPH-TĐTN-SGD", "of two agencies"),
    ("Luật số: 59/2020/QH14", "59/2020/QH14", "of a law"),
    ("Số: 7 KH/TĐTN-VP", "7 KH/TĐTN-VP", "of the Youth Union: a space for the dash"),
    ("Số: 45/KH.UBND", "45/KH.UBND", "a dot for the dash"),
    ("Luật số 59/2020/QH14 quy định", "", "a law that is cited"),
    ("", "", "no number at all"),
]


@pytest.mark.parametrize(("line", "expected", "why"), NUMBERS)
def test_number(line: str, expected: str, why: str) -> None:
    assert metadata(f"UBND TỈNH LAM KHÊ\n{STATE}{line}\nKẾ HOẠCH\nHọc tập").number == expected, why


DATES = [
    ("Lam Khê, ngày 03 tháng 3 năm 2025", "Lam Khê", "3/3/2025", "whole"),
    ("Lam Khê, ngày tháng 4 năm 2024", "Lam Khê", "/4/2024", "the day blank"),
    ("Lam Khê, ngày … tháng … năm 2024", "Lam Khê", "/2024", "day and month dotted"),
    ("Lam Khê, ngày    tháng    năm", "Lam Khê", "", "nothing filled in"),
    ("ngày 5 tháng 12 năm 2025", "", "5/12/2025", "no place"),
    ("Lam Khê, ngày ….. tháng ….. năm 20…", "Lam Khê", "", "half a year says nothing"),
    ("Lam Khê, ngày 5 tháng 3 năm", "Lam Khê", "5/3", "the year blank"),
    ("Lam Khê, 05-3-2026", "Lam Khê", "5/3/2026", "figures alone"),
    ("Lam Khê, ngày 05/3/2026", "Lam Khê", "5/3/2026", "figures with strokes"),
    ("Lam Khê, tháng 3 năm 2026", "Lam Khê", "/3/2026", "without a day"),
    ("Lam Khê, ngày    /    /2026", "Lam Khê", "/2026", "strokes between what is not filled in"),
    ("Lam Khê, ngày … / 3 / 2026", "Lam Khê", "/3/2026", "the day dotted between strokes"),
    ("Lam Khê ngày 5 tháng 3 năm 2026", "Lam Khê", "5/3/2026", "the comma left out"),
    ("Sở họp ngày 5 tháng 3 năm 2026", "", "", "a sentence"),
    ("Lam Khê, ngày\n28 tháng 3 năm 2013", "Lam Khê", "28/3/2013", "on two lines"),
    ("Căn cứ Luật Du lịch, ngày 05 tháng 3 năm 2017", "", "", "the date of what is cited"),
    ("Lam Khê, ngày 05 tháng 3 năm 2025 tròn hai mươi năm ngày tái lập, là dịp để toàn tỉnh nhìn lại chặng đường.", "", "", "a sentence that opens like one"),
    ("", "", "", "no date line"),
]


@pytest.mark.parametrize(("line", "place", "date", "why"), DATES)
def test_place_and_date(line: str, place: str, date: str, why: str) -> None:
    found = metadata(f"SỞ NỘI VỤ\n{STATE}{line}\nKẾ HOẠCH\nHọc tập")
    assert (found.place, found.date) == (place, date), why


COLUMNS = """UBND TỈNH LAM KHÊ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                Độc lập - Tự do - Hạnh phúc

Số: 152/KH-SNV           Lam Khê, ngày 14 tháng 02 năm 2025

KẾ HOẠCH
Cải cách hành chính năm 2025"""
ONE_SPACE = """UBND TỈNH LAM KHÊ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 152/KH-SNV Lam Khê, ngày 14 tháng 02 năm 2025
KẾ HOẠCH
Cải cách hành chính năm 2025"""
STACKED = """UBND TỈNH LAM KHÊ
SỞ NỘI VỤ
Số: 152/KH-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Khê, ngày 14 tháng 02 năm 2025
KẾ HOẠCH
Cải cách hành chính năm 2025"""


@pytest.mark.parametrize("head", [COLUMNS, ONE_SPACE, STACKED], ids=["two columns", "columns run together", "one below the other"])
def test_a_letterhead_says_the_same_however_it_is_set(head: str) -> None:
    found = plan(head)
    assert found.metadata == Metadata("Sở Nội vụ tỉnh Lam Khê", "Lam Khê", "152/KH-SNV", "14/2/2025", "Cải cách hành chính năm 2025")
    assert found.title == "Kế hoạch số 152/KH-SNV của Sở Nội vụ tỉnh Lam Khê"


ISSUERS = [
    ("UBND HUYỆN KHÊ MỘC\nSố: 9/KH-UBND\nKẾ HOẠCH\nHọc tập", "", "UBND huyện Khê Mộc", "a committee with its place"),
    (
        "PHÒNG VĂN HÓA - XÃ HỘI\nTRƯỜNG THCS LÊ MỘC\nSố: 9/KH-THCSLM\nKẾ HOẠCH\nHọc tập",
        "",
        "Trường THCS Lê Mộc",
        "society is no commune",
    ),
    (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nUBND HUYỆN KHÊ MỘC VIỆT NAM\nSố: 9/KH-UBND\nKẾ HOẠCH\nHọc tập",
        "",
        "UBND huyện Khê Mộc",
        "the state's name torn in two by the columns of a scan",
    ),
    ("ỦY BAN NHÂN DÂN\nHUYỆN KHÊ MỘC\nSố: 9/KH-UBND\nKẾ HOẠCH\nHọc tập", "", "UBND huyện Khê Mộc", "on two lines, spelt out"),
    (
        "UBND TỈNH LAM KHÊ\nSỞ Y TẾ\nSố: 9/KH-SYT\nKẾ HOẠCH\nHọc tập\nSở Y tế tổ chức các lớp.",
        "",
        "Sở Y tế tỉnh Lam Khê",
        "capitals are spelt as the text spells them",
    ),
    (
        "KẾ HOẠCH\nHọc tập trên địa bàn huyện Khê Mộc\nUBND huyện xây dựng Kế hoạch như sau:",
        "",
        "UBND huyện Khê Mộc",
        "from the sentence that issues it, with the place of the subject",
    ),
    ("KẾ HOẠCH\nHọc tập", "Trên đây là Kế hoạch học tập của Sở Y tế, đề nghị các đơn vị thực hiện./.", "Sở Y tế", "from the closing words"),
    (
        "TRƯỜNG VÂN CHÂU\nSố: 9/KH-T\nVân Châu, ngày 5 tháng 3 năm 2025\nKẾ HOẠCH\nHọc tập tại Trường Vân Châu",
        "",
        "Trường Vân Châu",
        "a name that holds its place",
    ),
    (
        "UBND TỈNH LAM KHÊ\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: 9/KH-S\nKẾ HOẠCH\nHọc",
        "",
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Lam Khê",
        "capitals of a name of parts",
    ),
    ("HỘI ĐỒNG NHÂN DÂN\nXÃ LŨNG CAO\nSố: 9/NQ-HĐND\nNGHỊ QUYẾT\nHọc", "", "HĐND xã Lũng Cao", "a council on two lines"),
    ("BỘ ĐẤT ĐAI\nSố: 9/TT-B\nHà Nội, ngày 5 tháng 3 năm 2025\nTHÔNG TƯ\nHọc", "", "Bộ Đất đai", "a ministry is not of the place where it signs"),
    ("UBND XÃ ĐÁ MÀI\nTRƯỜNG THCS ĐÁ MÀI\nSố: 9/KH\nĐá Mài, ngày 5 tháng 3 năm 2025\nKẾ HOẠCH\nHọc", "", "Trường THCS Đá Mài", "abbreviations stay"),
    ("TỈNH ỦY LAM KHÊ\nBAN THƯỜNG VỤ\n*\nSố 9-KH/TU\nKẾ HOẠCH\nHọc", "", "Ban Thường vụ Tỉnh ủy Lam Khê", "a body of the Party with its committee"),
    ("UBND TỈNH LAM KHÊ\nSỞ Y TẾ\nKẾ HOẠCH\nHọc tập", "", "Sở Y tế tỉnh Lam Khê", "a letterhead without a number"),
    ("CÁC BẠN THÂN MẾN\nKẾ HOẠCH\nHọc tập", "", "", "capitals that name no agency"),
    ("KẾ HOẠCH\nHọc tập", "", "", "nothing says it"),
]


@pytest.mark.parametrize(("head", "tail", "expected", "why"), ISSUERS)
def test_issuer(head: str, tail: str, expected: str, why: str) -> None:
    assert metadata(head, tail).issuer == expected, why


SIGNATURES = [
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Khê", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH", "Lê Văn Khê", "the chair for the committee"),
    ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Mộc", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Lê Thị Mộc", "the deputy for the chair"),
    ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n(Đã ký)\nTS. Lê Khê", "TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG", "TS. Lê Khê", "by order, a note and a degree before the name"),
    ("GIÁM ĐỐC\nLê Văn Khê", "GIÁM ĐỐC", "Lê Văn Khê", "a head alone"),
    ("Q. GIÁM ĐỐC\nBS.CKII. Lê Khê", "Q. GIÁM ĐỐC", "BS.CKII. Lê Khê", "acting, a doctor's degree"),
    ("CHỈ HUY TRƯỞNG\n(Ký, ghi rõ họ tên)\nThượng tá Lê Khê", "CHỈ HUY TRƯỞNG", "Thượng tá Lê Khê", "a rank"),
    ("TỔNG GIÁM ĐỐC\nPGS.TS. Lê Khê", "TỔNG GIÁM ĐỐC", "PGS.TS. Lê Khê", "two degrees"),
    ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLê Khê", "T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ", "Lê Khê", "the Party's form"),
    (
        "TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nSignature Not Verified\nKý bởi: Lê Văn Khê\nNgày ký: 5/3/2026\nLê Khê",
        "TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
        "Lê Khê",
        "an electronic stamp",
    ),
    ("HIỆU TRƯỞNG\nLÊ VĂN KHÊ", "HIỆU TRƯỞNG", "LÊ VĂN KHÊ", "a name in capitals"),
    ("BÍ THƯ\nLê Khê\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nMai Mộc", "BÍ THƯ ; KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "Lê Khê ; Mai Mộc", "two signatures, one below the other"),
    ("BÍ THƯ          GIÁM ĐỐC\nLê Văn Khê          Mai Văn Mộc", "BÍ THƯ ; GIÁM ĐỐC", "Lê Văn Khê ; Mai Văn Mộc", "side by side"),
    ("GIÁM ĐỐC", "GIÁM ĐỐC", "", "no name"),
    ("BÍ THƯ\nH'Lan Niê Khê", "BÍ THƯ", "H'Lan Niê Khê", "a name with an apostrophe"),
    ("KT. Chủ tịch\nPhó Chủ tịch\nLê Văn Khê", "KT. Chủ tịch / Phó Chủ tịch", "Lê Văn Khê", "capitals that a style has drawn come in small letters"),
    ("NGƯỜI LẬP\nMai Khê\nDUYỆT CỦA HIỆU TRƯỞNG\nLê Mộc", "NGƯỜI LẬP ; DUYỆT CỦA HIỆU TRƯỞNG", "Mai Khê ; Lê Mộc", "drawn up by one, approved by the other"),
    (
        "SỞ NỘI VỤ\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Khê\nHỘI NÔNG DÂN\nCHỦ TỊCH\nMai Mộc",
        "SỞ NỘI VỤ / KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC ; HỘI NÔNG DÂN / CHỦ TỊCH",
        "Lê Khê ; Mai Mộc",
        "each for the agency above",
    ),
    ("", "", "", "no signature"),
]


@pytest.mark.parametrize(("signature", "capacity", "signer", "why"), SIGNATURES)
def test_signer(signature: str, capacity: str, signer: str, why: str) -> None:
    found = metadata("KẾ HOẠCH\nHọc tập", f"Nơi nhận:\n- Sở Y tế (báo cáo);\n- Lưu: VT, CCHC.\n{signature}\n")
    assert (found.capacity, found.signer) == (capacity, signer), why
    assert found.recipients == ("Sở Y tế (báo cáo)", "Lưu: VT, CCHC")


RECIPIENTS = [
    ("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT./.", ("Sở Y tế", "Lưu: VT"), "a list of dashes"),
    ("Nơi nhận: Sở Y tế; Các xã; Lưu: VT.", ("Sở Y tế", "Các xã", "Lưu: VT"), "on one line"),
    ("Nơi nhận:\n1. Sở Y tế;\n2. Các xã.\nGIÁM ĐỐC\nLê Khê", ("Sở Y tế", "Các xã"), "numbered"),
    ("Nơi nhận:\nNhư trên;\nLưu: VT.\nGIÁM ĐỐC\nLê Khê", ("Như trên", "Lưu: VT"), "plain lines"),
    ("GIÁM ĐỐC\nLê Khê\nNơi nhận:\n- Các xã;", ("Các xã",), "below the signature"),
    ("Nơi nhận: GIÁM ĐỐC\n- Các xã;\nLê Khê", ("Các xã",), "a capacity on its line is no recipient"),
    ("GIÁM ĐỐC\nLê Khê", (), "none"),
]


@pytest.mark.parametrize(("tail", "expected", "why"), RECIPIENTS)
def test_recipients(tail: str, expected: tuple[str, ...], why: str) -> None:
    assert metadata("KẾ HOẠCH\nHọc tập", tail).recipients == expected, why


BASES = [
    (
        "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình;",
        [("Quyết định", "749/QĐ-TTg", "03/6/2020", "Thủ tướng Chính phủ")],
        "whole",
    ),
    (
        "Thông tư số 25/2023/TT-BGDĐT ngày 27 tháng 12 năm 2023 của Bộ Giáo dục và Đào tạo",
        [("Thông tư", "25/2023/TT-BGDĐT", "27 tháng 12 năm 2023", "Bộ Giáo dục và Đào tạo")],
        "a date in words, an issuer with “và”",
    ),
    ("Kế hoạch số 12/KH-SYT", [("Kế hoạch", "12/KH-SYT", "", "")], "the number alone"),
    ("theo Quyết định số 1/QĐ-A và Nghị định số 2/NĐ-CP", [("Quyết định", "1/QĐ-A", "", ""), ("Nghị định", "2/NĐ-CP", "", "")], "two in one sentence"),
    ("Luật Giáo dục năm 2019", [("Luật Giáo dục", "", "2019", "")], "a law goes by its name and year"),
    ("Căn cứ Luật Phòng cháy, chữa cháy ngày 29/6/2001;", [("Luật Phòng cháy, chữa cháy", "", "29/6/2001", "")], "by its name and date, a comma in the name"),
    ("Thực hiện Kết luận thanh tra số 77/KL-TTr ngày 28/11/2025;", [("Kết luận thanh tra", "77/KL-TTr", "28/11/2025", "")], "what an inspection found"),
    ("Căn cứ Luật Phòng cháy và chữa cháy;", [("Luật Phòng cháy và chữa cháy", "", "", "")], "by its name alone, an “và” in it"),
    (
        "Luật Doanh nghiệp số 59/2020/QH14 và Luật Đầu tư ngày 17/6/2020",
        [("Luật Doanh nghiệp", "59/2020/QH14", "", ""), ("Luật Đầu tư", "", "17/6/2020", "")],
        "two laws: “và” before a capital parts them",
    ),
    ("Luật số 59/2020/QH14", [("Luật", "59/2020/QH14", "", "")], "a number without a name"),
    ("Luật Thuế ngày 1/1/2020. Theo Luật Thuế, hồ sơ gồm", [("Luật Thuế", "", "1/1/2020", "")], "named again without a date"),
    ("Nghị định 126/2020/NĐ-CP", [("Nghị định", "126/2020/NĐ-CP", "", "")], "“số” left out"),
    ("Nghị quyết số 06-NQ/TW, ngày 24/01/2022 của Bộ Chính trị về đô thị", [("Nghị quyết", "06-NQ/TW", "24/01/2022", "Bộ Chính trị")], "of the Party"),
    ("Thông tư số 80/2021/TT-BTC của Bộ Tài chính hướng dẫn Luật", [("Thông tư", "80/2021/TT-BTC", "", "Bộ Tài chính")], "the issuer ends before a verb"),
    (
        "Căn cứ các Nghị định của Chính phủ: số 64/2007/NĐ-CP ngày 10/4/2007; số 43/2011/NĐ-CP ngày 13/6/2011;",
        [("Nghị định", "64/2007/NĐ-CP", "10/4/2007", ""), ("Nghị định", "43/2011/NĐ-CP", "13/6/2011", "")],
        "several numbers behind one kind",
    ),
    ("Nghị định 30 ngày nghỉ", [], "no number of a document"),
    ("luật sư và Luật này, các quy định của pháp luật", [], "no law's name"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BASES)
def test_legal_bases(text: str, expected: list[tuple[str, str, str, str]], why: str) -> None:
    found = metadata(f"KẾ HOẠCH\nHọc tập\n{text}").legal_bases
    assert [(basis.kind, basis.number, basis.date, basis.issuer) for basis in found] == expected, why
    assert {basis.section for basis in found} <= {"mo-dau"}


def test_front_matter_wins_over_the_print() -> None:
    found = parse(read_text("p.md", f"---\nissuer: Sở Y tế\nnumber: 1/KH-X\ndate: 1/1/2025\ntitle: Kế hoạch mẫu\n---\n{STACKED}\n{BODY}"))
    assert (found.metadata.issuer, found.metadata.number, found.metadata.date, found.title) == ("Sở Y tế", "1/KH-X", "1/1/2025", "Kế hoạch mẫu")
    assert found.metadata.place == "Lam Khê", "what it does not say is read from the print"


def test_front_matter_states_recipients_and_legal_bases() -> None:
    stated = "recipients: [Sở Y tế, Lưu]\nlegal_bases: [Kế hoạch số 45/KH-UBND ngày 20/01/2025 của UBND tỉnh Lam Khê, Chỉ đạo miệng]"
    found = parse(read_text("p.md", f"---\n{stated}\n---\n{STACKED}\n{BODY}")).metadata
    assert found.recipients == ("Sở Y tế", "Lưu")
    assert [(basis.kind, basis.number, basis.date, basis.issuer) for basis in found.legal_bases] == [
        ("Kế hoạch", "45/KH-UBND", "20/01/2025", "UBND tỉnh Lam Khê"),
        ("Chỉ đạo miệng", "", "", ""),
    ]


TITLES = [
    ("UBND HUYỆN KHÊ MỘC\nSố 5-NQ/HU\nNGHỊ QUYẾT\nHọc", "Nghị quyết số 5-NQ/HU của UBND huyện Khê Mộc", "the Party's number"),
    ("KẾ HOẠCH HỌC TẬP NĂM 2025\nCăn cứ Luật;", "Kế hoạch HỌC TẬP NĂM 2025", "kind and subject on one line"),
    (
        "CHI CỤC THUẾ LAM KHÊ\nSố: 5/CCT-NV\nV/v nộp thuế\nLam Khê, ngày 5 tháng 3 năm 2026\nKính gửi: Các xã.",
        "Công văn số 5/CCT-NV của Chi cục Thuế Lam Khê",
        "a letter",
    ),
    ("Số: /KH-UBND\nKẾ HOẠCH\nHọc tập", "Kế hoạch Học tập", "no number, no issuer: the subject"),
    ("UBND HUYỆN KHÊ MỘC\nSố: /KH-UBND\nKẾ HOẠCH\nHọc tập", "Kế hoạch của UBND huyện Khê Mộc", "a blank number is left out"),
    ("UBND HUYỆN KHÊ MỘC\nSố: 5/QĐ-UBND\nQUYẾT ĐỊNH\nVề học tập", "Quyết định số 5/QĐ-UBND của UBND huyện Khê Mộc", "another kind of document"),
]


@pytest.mark.parametrize(("head", "expected", "why"), TITLES)
def test_title(head: str, expected: str, why: str) -> None:
    assert plan(head).title == expected, why


SAMPLES = [
    ("cdc-mochai-sxh.txt", "Trung tâm Kiểm soát bệnh tật thành phố Mộc Hải", "Mộc Hải", "63/KH-KSBT", "/2/2025", "Trương Hoài Mộc", "GIÁM ĐỐC", 5),
    (
        "chicuc-attp-vanchau.txt",
        "Chi cục An toàn vệ sinh thực phẩm tỉnh Vân Châu",
        "Vân Châu",
        "27/KH-ATTP",
        "6/1/2025",
        "Phan Thị Cúc Vân",
        "TL. GIÁM ĐỐC SỞ Y TẾ / CHI CỤC TRƯỞNG",
        5,
    ),
    ("so-noi-vu-lamkhe-cchc.docx", "Sở Nội vụ tỉnh Lam Khê", "Lam Khê", "152/KH-SNV", "24/1/2025", "Tô Lam Vân", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", 4),
    ("ubnd-huyen-suoimay-cds.md", "UBND huyện Suối Mây", "Suối Mây", "/KH-UBND", "/3/2025", "Lò Vân Sinh", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH", 6),
]


@pytest.mark.parametrize(("name", "issuer", "place", "number", "date", "signer", "capacity", "recipients"), SAMPLES, ids=[row[0] for row in SAMPLES])
def test_sample_plans(name: str, issuer: str, place: str, number: str, date: str, signer: str, capacity: str, recipients: int) -> None:
    found = parse(read(ROOT / "ingest" / "plans" / name)).metadata
    assert (found.issuer, found.place, found.number, found.date) == (issuer, place, number, date)
    assert (found.signer, found.capacity, len(found.recipients)) == (signer, capacity, recipients)


REAL = [
    ("bandantoc-bacgiang", "Ban Dân tộc tỉnh Bắc Giang", "/KH-BDT", "/4/2024", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN"),
    ("sotuphap-hatinh", "Sở Tư pháp tỉnh Hà Tĩnh", "/KH-STP", "/2024", "GIÁM ĐỐC"),
    ("thanhtra-dongnai", "Thanh tra tỉnh Đồng Nai", "/KH-TT", "/4/2024", "KT. CHÁNH THANH TRA / PHÓ CHÁNH THANH TRA"),
    ("ubnd-dongnai", "UBND tỉnh Đồng Nai", "", "", ""),
    ("ubnd-thanhtri", "UBND huyện Thanh Trì", "172/KH-UBND", "25/4/2024", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "issuer", "number", "date", "capacity"), REAL, ids=[row[0] for row in REAL])
def test_real_plans(name: str, issuer: str, number: str, date: str, capacity: str) -> None:
    found = parse(read(shared_path("plans", f"{name}.txt"))).metadata
    assert (found.issuer, found.number, found.date, found.capacity) == (issuer, number, date, capacity)
    assert bool(found.signer) == bool(capacity)
    assert found.recipients
