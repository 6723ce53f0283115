const vi = {
  title: "Sổ theo dõi hồ sơ",
  lead: "Hồ sơ đơn vị đã tiếp nhận trong một thời gian, theo thứ tự tiếp nhận; in theo mẫu của Thông tư.",
  unit: "Đơn vị",
  from: "Từ ngày",
  to: "Đến ngày",
  print: "In sổ (PDF)",
  errors: {
    date: "Nhập ngày có thật, ví dụ 20/11/2026.",
    order: "Ngày cuối phải bằng hoặc sau ngày đầu.",
    long: "Chọn thời gian tối đa 366 ngày.",
    many: (max: number) => `Có hơn ${max} hồ sơ. Chọn thời gian ngắn hơn.`,
  },
};

const en: typeof vi = {
  title: "Register of dossiers",
  lead: "What the unit received in a period, in order of reception; printed by the circular's form.",
  unit: "Unit",
  from: "From",
  to: "To",
  print: "Print the register (PDF)",
  errors: {
    date: "Enter a real date, for example 20/11/2026.",
    order: "The last day must be the first one or later.",
    long: "Choose at most 366 days.",
    many: (max) => `There are more than ${max} dossiers. Choose a shorter period.`,
  },
};

export const messages = { vi, en };
