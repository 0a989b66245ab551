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
  pdf: "Đây là tệp PDF, trang này không đọc. Lấy tệp Word gốc, hoặc sao chép chữ rồi dán.",
  doc: "Đây là tệp Word kiểu cũ (.doc) hoặc tệp có mật khẩu. Mở bằng Word, chọn Lưu thành tệp .docx, bỏ mật khẩu.",
  odt: "Đây là tệp ODT. Mở bằng Word hoặc LibreOffice, chọn Lưu thành tệp .docx.",
  rtf: "Đây là tệp RTF. Mở bằng Word, chọn Lưu thành tệp .docx.",
  other: "Trang chỉ đọc tệp Word .docx và tệp chữ .txt. Mở bằng Word, chọn Lưu thành tệp .docx.",
  empty: "Không thấy chữ nào. Nếu dự thảo là ảnh chụp thì lấy tệp Word gốc.",
  secret: "Văn bản có dấu MẬT: trang dừng, không đọc tiếp. Không mở tài liệu mật trên máy nối mạng.",
};

export const TOLD = {};
