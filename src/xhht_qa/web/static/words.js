/* Gradio has no Vietnamese: its own words are replaced as it writes them. */

const WORDS = {
  "chatbot conversation": "Nội dung hội thoại",
  "user's message": "Câu hỏi",
  "bot's message": "Câu trả lời",
  Clear: "Bỏ chọn tất cả",
  Close: "Đóng",
  "Scroll down": "Xuống cuối",
  Like: "Câu trả lời đúng",
  Liked: "Đã đánh giá là đúng",
  Dislike: "Báo sai",
  Disliked: "Đã báo sai",
  Retry: "Hỏi lại",
  Undo: "Sửa câu hỏi",
};

const LOST = "Mất kết nối với máy chủ; nội dung Anh/Chị đã nhập vẫn được giữ lại. Xin thử lại sau ít giây hoặc tải lại trang.";
const MESSAGES = {
  "This application is currently busy. Please try again.": "Hệ thống đang bận, Anh/Chị vui lòng thử lại sau ít phút.",
};
const UNEXPECTED = "Hệ thống gặp trục trặc, Anh/Chị vui lòng thử lại.";

function translateMessage(toast) {
  const title = toast.querySelector(".toast-title-row span")?.firstChild;
  if (title) title.data = "Thông báo ";
  for (const text of toast.querySelectorAll("[data-testid=toast-text]")) {
    const said = text.textContent.trim();
    if (/^[\x00-\x7f]*$/.test(said)) text.textContent = MESSAGES[said] ?? (/connection|fetch|network/i.test(said) ? LOST : UNEXPECTED); // only English has no other letters
  }
}

export function translate(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const toast of node.querySelectorAll("[data-testid=toast-body]")) translateMessage(toast);
  for (const element of [node, ...node.querySelectorAll("[title], [aria-label]")]) {
    for (const name of ["title", "aria-label"]) {
      const given = element.getAttribute(name);
      const word = given && WORDS[given.replace(/(:| \d).*/s, "")];
      if (word) element.setAttribute(name, word);
    }
  }
}
