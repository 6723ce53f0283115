import type { Lang } from "#kit/i18n.ts";

const vi = {
  files: "Văn bản kèm theo",
  told: "Công dân tải được. PDF, ảnh, Word, Excel; nhiều nhất 5 tệp, mỗi tệp 20 MB.",
  inside: "Chỉ cán bộ thấy. PDF, ảnh, Word, Excel; nhiều nhất 5 tệp, mỗi tệp 20 MB.",
  kept: "Đã nhận",
};

const en: typeof vi = {
  files: "Documents with it",
  told: "The citizen can download them. PDF, pictures, Word, Excel; 5 files at most, 20 MB each.",
  inside: "For officers only. PDF, pictures, Word, Excel; 5 files at most, 20 MB each.",
  kept: "Received",
};

export const actFileMessages: Readonly<Record<Lang, typeof vi>> = { vi, en };
