// What a draft check says of a file that it does not read, and of what it left out of one that it did.

/** A file or text that is not read; the message is a key of REFUSALS. */
export class BadDraft extends Error {
  name = "BadDraft";
}

export const REFUSALS = {
  broken: "Tệp hỏng hoặc không phải tệp Word. Mở bằng Word, chọn Lưu thành tệp .docx mới, rồi thử lại.",
  size: "Tệp lớn quá 20 MB. Bỏ bớt ảnh trong Word, hoặc sao chép chữ rồi dán vào ô bên dưới.",
  "part-size": "Một phần của tệp lớn quá 5 MB. Sao chép chữ trong Word rồi dán vào ô bên dưới.",
  pages: "Văn bản dài quá 400 trang. Soát từng phần: sao chép phần cần soát rồi dán vào ô bên dưới.",
  pdf: "Đây là tệp PDF, trang này không đọc. Lấy tệp Word gốc, hoặc sao chép chữ rồi dán vào ô bên dưới.",
  doc: "Đây là tệp Word kiểu cũ (.doc). Mở bằng Word, chọn Lưu thành tệp .docx, rồi thử lại.",
  locked: "Tệp có mật khẩu hoặc bị mã hóa. Mở bằng Word, bỏ mật khẩu, lưu lại, rồi thử lại.",
  odt: "Đây là tệp ODT. Mở bằng Word hoặc LibreOffice, chọn Lưu thành tệp .docx.",
  rtf: "Đây là tệp RTF. Mở bằng Word, chọn Lưu thành tệp .docx.",
  html: "Đây là trang web hoặc thư, không phải tệp Word. Mở bằng Word, chọn Lưu thành tệp .docx.",
  excel: "Đây là bảng tính. Dán bảng vào dự thảo trong Word, lưu thành tệp .docx, rồi thử lại.",
  slides: "Đây là bài trình chiếu. Lấy tệp Word của dự thảo, hoặc sao chép chữ rồi dán vào ô bên dưới.",
  image: "Đây là ảnh, trang không đọc chữ trong ảnh. Lấy tệp Word gốc, hoặc gõ phần cần soát vào ô bên dưới.",
  archive: "Đây là tệp nén. Giải nén, rồi chọn tệp .docx bên trong.",
  temporary: "Đây là tệp tạm do Word để lại (tên bắt đầu bằng ~$). Chọn tệp cùng tên, không có ~$.",
  other: "Trang chỉ đọc tệp Word .docx và tệp chữ .txt. Mở bằng Word, chọn Lưu thành tệp .docx.",
  empty: "Không thấy chữ nào. Nếu dự thảo là ảnh chụp thì lấy tệp Word gốc.",
  secret: "Văn bản có dấu MẬT: trang dừng, không đọc tiếp. Không mở tài liệu mật trên máy nối mạng.",
};

/** What the reader should know of how a draft was read, by the codes in a text's `told`. */
export const TOLD = {
  changes: "Có vết sửa chưa chấp nhận: chữ thêm được đọc, chữ xóa thì không.",
  comments: "Có chú thích bên lề: nội dung chú thích không được soát.",
  contents: "Mục lục tự động không được soát.",
  deep: "Có bảng lồng quá nhiều tầng: tầng trong cùng không được đọc.",
  embedded: "Có tệp khác nhúng trong tệp này: phần nhúng không được đọc.",
  formula: "Có công thức: chỉ đọc được chữ và số của công thức.",
  hidden: "Có chữ ẩn: phần ẩn không được đọc.",
  imported: "Có phần ghép từ tệp khác: phần đó không được đọc. Dán hẳn vào văn bản rồi soát lại.",
  long: "Văn bản dài hơn 100 trang: soát lâu hơn.",
  macro: "Tệp có mã lệnh (macro): trang không đọc và không chạy mã lệnh.",
  "old-font": "Tệp dùng phông chữ cũ (TCVN3 hoặc VNI). Chữ đã được đổi sang Unicode chỉ để soát, tệp gốc giữ nguyên.",
  "old-font-left": "Có chỗ dùng phông chữ cũ mà không đổi được sang Unicode: chỗ đó có thể soát sót.",
  part: "Một phần phụ của tệp bị hỏng nên không được đọc.",
  picture: "Có ảnh hoặc biểu đồ: chữ trong ảnh không được đọc.",
  symbol: "Có ký hiệu của phông riêng: ký hiệu đó không được đọc.",
  "text-box": "Có hộp chữ: chữ trong hộp được đọc ngay sau đoạn chứa hộp.",
  wrapped: "Chữ dán bị ngắt dòng giữa câu: các dòng đã được nối lại để soát.",
};
