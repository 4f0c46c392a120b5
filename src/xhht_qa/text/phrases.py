"""How questions are put in Vietnamese: what the plans themselves never print, for the restorer to learn beside them."""

QUESTION_PHRASES = """
là gì. cái gì. làm gì. những gì. việc gì. vì sao. tại sao. thế nào. ra sao. như thế nào. làm sao. bao nhiêu. bao lâu. bao giờ. khi nào. lúc nào.
năm nào. tháng nào. ngày nào. quý nào. từ năm nào đến năm nào. từ ngày nào đến ngày nào. kéo dài từ. kéo dài bao lâu. bắt đầu từ. kết thúc vào.
ở đâu. về đâu. đến đâu. nộp ở đâu. nộp về đâu. gửi cho ai. gửi về đâu. gửi đến đâu. báo cáo cho ai. báo cáo về đâu. báo cáo tuần. báo cáo tháng. báo cáo quý. báo cáo năm. báo cáo 6 tháng. báo cáo hằng quý. lưu ở đâu. lưu ở những đâu.
là ai. do ai. của ai. cho ai. với ai. giao cho ai. giao ai. giao cơ quan nào. giao đơn vị nào. giao sở nào. giao phòng nào. ai làm. ai ký. do ai ký. ai chủ trì. ai phụ trách. ai chịu trách nhiệm. người nào. đơn vị nào. cơ quan nào. phòng nào. sở nào.
có phải không. phải không. đúng không. có đúng không. được không. hay không. có bị trễ không. có kịp không. có khác nhau không. giống nhau. khác nhau ra sao.
muốn. cần phải. phải nộp. hạn nộp. hạn chót. hạn cuối. nộp trước ngày. chậm nhất. muộn nhất. trễ hạn. quá hạn. hết hạn. đúng hạn. còn mấy ngày.
cho mình hỏi. cho tôi hỏi. xin hỏi. cho em hỏi. giúp mình với. giúp tôi. với ạ. vậy ạ. thế ạ. thì sao. còn thì sao. thế còn. vậy còn.
loại nào. loại hồ sơ nào. giấy tờ gì. giấy tờ nào. hồ sơ gồm những gì. gồm những gì. gồm những ai. mức nào. mấy bộ. mấy giai đoạn. mấy nội dung. thứ nhất. thứ hai. thứ ba. thứ tư. thứ năm. đầu tiên. cuối cùng.
thì làm gì. thì phải làm gì. thì sao. thì nộp ở đâu. thì nộp cho ai. thì báo cho ai. thì được. thì bị. thì có. thì mới. thì cần. thì thế nào.
chi bao nhiêu. chi bao nhiêu tiền. thế ai. thế khi nào. thế bao nhiêu. thế các. thế cấp nào. thế năm. rồi trình. rồi gửi. rồi ai. rồi sao. còn ai. còn các. còn cấp. còn phòng. còn sở. còn ban. còn hội. thế phòng. thế sở. thế ban. còn bao nhiêu. vậy ai. vậy thì. vậy còn.
số mấy. số bao nhiêu. số và ngày. văn bản số. kế hoạch số. được thưởng gì. thưởng gì. không ý mình là. không ý tôi là. ý mình là. ý tôi là. nhầm rồi. cảm ơn bạn nhiều. cảm ơn. ok cảm ơn. bạn giúp.
tối đa mấy. tối đa bao nhiêu. tối thiểu mấy. tối thiểu bao nhiêu. đạt bao nhiêu. đạt mấy. tỉ lệ đạt. họ còn. họ phải. họ làm. nó là. nói gì. nêu gì. quy định gì.
dựa vào. dựa vào đâu. dựa trên. dựa theo. nhằm mục đích gì. nhằm gì. hướng tới. nhắm tới. cho tới. tới đâu. tới ngày. tới khi nào. tới năm nào. toàn bộ. tất cả. tổng cộng. cộng lại. so với. so sánh.
bị phạt. bị phạt bao nhiêu. phạt bao nhiêu tiền. phạt thế nào. mức phạt. mấy tiền. bao nhiêu tiền. mấy người. mấy hộ. mấy lần. mấy giờ. mấy ngày. mấy suất. tháng mấy. ngày mấy. bao nhiêu hộ. bao nhiêu người. hộ nào. mỗi hộ. mỗi năm. mỗi tháng. mỗi người.
đúng không. đúng chứ. đúng hay sai. có trùng không. có trùng nhau. trùng nhau. cứ nói đại. cứ viết đại. một con số. số điện thoại. nguồn lực nào. nào do. chủ tịch ký. giám đốc ký. sau đó. trong đó. khi đó. cơ quan đó. đơn vị đó. phòng đó. kế hoạch đó. mục đó. hồ sơ đó. mức đó. bước đó. người đó. việc đó. hạn đó. kỳ này. kỳ báo cáo. đợt này. đợt mấy. đợt nào.
mới được. mới đủ. mới đạt. mới gửi. mới tính. thì gửi. thì thưởng. thì phối hợp. thì phải. thì tập thể. thì cá nhân. thì đơn vị. nếu không. nếu có. nếu gặp. nếu chậm. để được. để làm gì. để đạt. để ở đâu. để phòng. cũng phải. cũng vậy. cũng được. cũng gửi.
do ai. do đơn vị nào. do cơ quan nào. do nơi nào. do sở nào. do phòng nào. do ban nào. cử ai. được cử. đứng đầu. đứng ra. ai lo. lo việc gì. chỗ nào. có chỗ. diễn ra. diễn ra vào. diễn ra khi nào. diễn ra ở đâu. hiểu là. được hiểu là. thế nào là. hiểu thế nào.
đặt ra. đặt mức. đặt mục tiêu. đạt mức. phấn đấu. giảm bao nhiêu. giảm còn. tăng bao nhiêu. phải mở. mở mấy lớp. mở bao nhiêu. báo cho ai. báo tin. phải báo. chấm điểm. ai chấm. dẫn văn bản nào. dẫn quyết định nào. dẫn nghị định. dẫn thông tư. nhắc đến. nhắc tới. kế hoạch nào dẫn. kế hoạch nào nhắc. bản lưu. bản kế hoạch. vay bao nhiêu. cho vay. hãy bỏ qua.
viết đại. bịa ra. bỏ qua. khẳng định rằng. năm nay. năm tới. năm ngoái. hôm nay. tuần này. tháng này. cuối năm. giữa năm. đầu năm.
"""

# Each turns the sense of the word behind it.
NEGATIONS = frozenset(["không", "chưa", "chẳng", "đừng", "cấm", "miễn", "trừ"])

# The closed class of words that hold sentences together; official prose has few of them, speech is full of them.
FUNCTION_WORDS = """
và với hoặc hay cùng cũng còn lại nữa đều chỉ mới đã đang sẽ từng vẫn luôn cứ hãy đừng chớ rất lắm quá hơn nhất khá thật chính ngay cả những các mỗi mọi từng mấy nhiều ít
thì là mà để do vì bởi nên nếu khi lúc hễ tuy dù nhưng song rằng như tựa bằng của cho về từ đến tới vào ra lên xuống qua sang theo trong ngoài trên dưới trước sau giữa bên cạnh
này đó kia ấy nọ đây đấy thế vậy sao nào gì đâu bao nhiêu ai ạ à ư nhỉ nhé hả không chưa được bị phải cần nên muốn có thể
tôi mình em anh chị bác ông bà bạn họ nó chúng ta con cái chiếc bản tờ người việc sự cuộc bữa hôm nay mai
một hai ba bốn năm sáu bảy tám chín mười trăm nghìn triệu tỷ đầu cuối nơi chỗ phần mức số đặt làm nêu hỏi dùng dành giữ mốc xin
"""
