"""What people say in everyday words, and what plans print for it; nobody who asks in the words of plans means the others."""

from __future__ import annotations

from collections.abc import Mapping

# One a line, with accents: "what is said: what is printed, or else this". Words that plans print in another sense stand here in phrases only.
_LINES = """
tài xế: lái xe, người lái
bác tài: lái xe, người lái
phụ xe: nhân viên phục vụ
sếp: lãnh đạo, thủ trưởng
bà con: người dân, nhân dân
dân: người dân, nhân dân, hộ dân
thầy cô: nhà giáo, giáo viên
cô giáo: giáo viên
thầy giáo: giáo viên
học trò: học sinh
trẻ con: trẻ em
con nít: trẻ em
em bé: trẻ em
trẻ nhỏ: trẻ em
người già: người cao tuổi
ông bà già: người cao tuổi
người lớn tuổi: người cao tuổi
bà bầu: phụ nữ mang thai, thai phụ
mẹ bầu: phụ nữ mang thai, thai phụ
có bầu: mang thai
đàn bà: phụ nữ
người tàn tật: người khuyết tật
tàn tật: khuyết tật
nhà nghèo: hộ nghèo
người nghèo: hộ nghèo
chủ nhà: chủ hộ
đi lính: nhập ngũ, nghĩa vụ quân sự
lính cứu hỏa: cảnh sát phòng cháy chữa cháy
người làm công: người lao động
đi làm nước ngoài: đi làm việc ở nước ngoài
xuất khẩu lao động: đi làm việc ở nước ngoài
công ty môi giới: doanh nghiệp dịch vụ
nhà báo: phóng viên, báo chí
báo đài: cơ quan báo chí
bệnh nhân: người bệnh
nhà thương: bệnh viện
trạm xá: trạm y tế
xì ke: người nghiện
hút chích: nghiện ma túy
cai xong: hoàn thành cai nghiện, sau cai nghiện
ra tù: tái hòa nhập, chấp hành xong án
tiền đâu: nguồn kinh phí, kinh phí
tổng tiền: tổng kinh phí, tổng vốn, tổng mức đầu tư
toàn bộ tiền: tổng kinh phí, tổng vốn, tổng mức đầu tư
tổng kinh phí: tổng mức đầu tư, tổng vốn
tiền bạc: kinh phí
tiền công: thù lao
lương: tiền công
được thêm: thưởng, hỗ trợ
nhiều nhất: tối đa, không quá
cùng lắm: tối đa, không quá
lố: vượt, quá
lấy lố: thu vượt, thu quá
làm ăn: sản xuất, kinh doanh
trả nợ: hoàn trả
khỏi trả tiền: miễn phí
không mất tiền: miễn phí
mất tiền: phí, vé
đền: hỗ trợ, bồi thường
đền bù: bồi thường
chia: phân bổ
mướn: thuê
xài: sử dụng
mua sắm: trang bị
bán đi: thanh lý, bán đấu giá
đem bán: thanh lý, bán đấu giá
vứt bỏ: tiêu hủy, thanh lý
hao ít: tiết kiệm
đỡ tốn: tiết kiệm
sổ đỏ: giấy chứng nhận quyền sử dụng đất, giấy chứng nhận
sổ hồng: giấy chứng nhận quyền sử dụng đất, giấy chứng nhận
bìa đỏ: giấy chứng nhận quyền sử dụng đất, giấy chứng nhận
giải tỏa: giải phóng mặt bằng, thu hồi đất
lấy đất: thu hồi đất
nhà dột: nhà tạm, nhà dột nát
nhà trọ: cơ sở lưu trú, nhà cho thuê
ruộng: đất lúa, đất nông nghiệp
làm giấy khai sinh: đăng ký khai sinh
online: trực tuyến
qua mạng: trực tuyến
trên mạng: trực tuyến, môi trường mạng
mạng: internet
facebook: mạng xã hội
trang web: cổng thông tin điện tử, trang thông tin điện tử
website: cổng thông tin điện tử, trang thông tin điện tử
máy vi tính: máy tính
điện thoại xịn: điện thoại thông minh
loa phường: truyền thanh cơ sở, loa truyền thanh
loa: truyền thanh
ti vi: truyền hình
tivi: truyền hình
xe hơi: ô tô
xe máy: mô tô, xe gắn máy
xe lửa: tàu hỏa, đường sắt
xe cứu thương: xe cấp cứu
xe cộ: phương tiện giao thông, phương tiện
đụng xe: tai nạn giao thông
tông xe: tai nạn giao thông
kẹt xe: ùn tắc giao thông
tắc đường: ùn tắc giao thông
say rượu: nồng độ cồn
uống rượu: nồng độ cồn
nhậu: nồng độ cồn
đèn đường: chiếu sáng công cộng
bãi xe: bãi đỗ xe
đường làng: đường giao thông nông thôn
rác: chất thải
đổ rác: thu gom chất thải, thu gom rác
nước bẩn: nước thải
nước dơ: nước thải
nước máy: nước sạch
cống: thoát nước
ngập: ngập úng, ngập lụt
lụt: ngập lụt, lũ
bão lụt: thiên tai
chạy lũ: sơ tán, di dời
chạy bão: sơ tán, di dời
di tản: sơ tán
cứu hỏa: chữa cháy
dập lửa: chữa cháy
chữa lửa: chữa cháy
thoát hiểm: thoát nạn
sâu rầy: sâu bệnh
thuốc sâu: thuốc bảo vệ thực vật
thuốc trừ sâu: thuốc bảo vệ thực vật
gặt: thu hoạch
heo: lợn
gà vịt: gia cầm
trâu bò: gia súc
lò mổ: cơ sở giết mổ, giết mổ
mổ heo: giết mổ
đánh cá: khai thác thủy sản
cá tôm: thủy sản
nuôi cá: nuôi trồng thủy sản
phá rừng: khai thác rừng trái phép
nhà trẻ: mầm non
mẫu giáo: mầm non
cấp 1: tiểu học
cấp 2: trung học cơ sở
cấp 3: trung học phổ thông
dạy: đào tạo, tập huấn
học nghề: đào tạo nghề
dạy nghề: đào tạo nghề
dạy chữ: xóa mù chữ
kiếm việc: việc làm
về hưu: nghỉ hưu, hưu trí
bị đuổi: buộc thôi việc, chấm dứt hợp đồng
chích: tiêm
chích ngừa: tiêm phòng, tiêm chủng
tiêm ngừa: tiêm phòng, tiêm chủng
lăng quăng: bọ gậy
loăng quăng: bọ gậy
xịt muỗi: phun hóa chất
đẻ: sinh
chết: tử vong
rác y tế: chất thải y tế
cho máu: hiến máu
đồ ăn: thực phẩm
quán ăn: dịch vụ ăn uống
quán xá: cơ sở kinh doanh
hàng rong: thức ăn đường phố
hàng nhái: hàng giả
hàng dỏm: hàng giả
hàng lậu: buôn lậu
đình chùa: di tích
đền chùa: di tích
đình làng: di tích
đồ cổ: cổ vật, hiện vật
trùng tu: tu bổ
vào xem: tham quan
vào cửa: tham quan
khách sạn: cơ sở lưu trú
đứng ra: chủ trì
cầm trịch: chủ trì
làm chung: phối hợp
phụ giúp: phối hợp
chung tay: phối hợp
chịu trận: chịu trách nhiệm
kiếm: thu thập
sửa: sửa chữa, cải tạo
sửa lỗi: khắc phục
tu sửa: tu bổ, cải tạo, sửa chữa
hư: hỏng
bự: lớn
bể: vỡ
xem lại: rà soát
coi lại: rà soát
sờ gáy: thanh tra, kiểm tra
đi soi: thanh tra, kiểm tra
hỏi ý: lấy ý kiến, khảo sát
phiếu hỏi: phiếu khảo sát
duyệt: phê duyệt
bản nháp: dự thảo
nháp: dự thảo
dọn: làm sạch, vệ sinh
phạt: xử phạt, xử lý
bị la: phê bình, nhắc nhở
bị nhắc: phê bình, nhắc nhở
xếp hạng: xếp loại
phàn nàn: phản ánh, kiến nghị
than phiền: phản ánh, kiến nghị
khiếu kiện: khiếu nại, tố cáo
gặp dân: tiếp công dân
hotline: đường dây nóng
khai trương: khánh thành, ra mắt
bữa: ngày, buổi
biết điểm: công bố kết quả, công bố điểm
chỗ ngủ: chỗ ở, nơi ở
trên núi: vùng cao, miền núi
dưới xuôi: hạ du, đồng bằng
có chuyện: sự cố
xảy ra chuyện: sự cố
canh máy: trực điện thoại, trực ban
bốc số: lấy số
trả lại tiền: hoàn trả, hoàn phí
ngoài bắc: bắc bộ
trong nam: nam bộ
phường: cấp xã
"""

SPOKEN: Mapping[str, tuple[str, ...]] = {
    said: tuple(other.strip() for other in printed.split(",")) for said, _, printed in (line.partition(": ") for line in _LINES.strip().splitlines())
}
