const vi = {
  inbox: "Hồ sơ",
  reminders: (n: number) => (n === 0 ? "Nhắc việc" : `Nhắc việc (${n >= 100 ? "99+" : n})`),
  opinions: "Ý kiến",
  overdue: "Quá hạn",
  counter: "Tại quầy",
  accounts: "Kế toán",
  feedback: "Phản ánh",
  ratings: "Đánh giá",
  cash: "Tiền mặt",
  administration: "Quản trị",
  signOut: "Đăng xuất",
  tagline: "Dành cho cán bộ, công chức",
  role: {
    "one-stop": "Tiếp nhận",
    specialist: "Chuyên viên",
    leader: "Lãnh đạo",
    accountant: "Kế toán",
    administrator: "Quản trị",
  },
};

const en: typeof vi = {
  inbox: "Dossiers",
  reminders: (n) => (n === 0 ? "Reminders" : `Reminders (${n >= 100 ? "99+" : n})`),
  opinions: "Opinions",
  overdue: "Late",
  counter: "Counter",
  accounts: "Accounts",
  feedback: "Feedback",
  ratings: "Ratings",
  cash: "Cash",
  administration: "Administration",
  signOut: "Sign out",
  tagline: "For officers",
  role: {
    "one-stop": "One-stop",
    specialist: "Specialist",
    leader: "Leader",
    accountant: "Accountant",
    administrator: "Administrator",
  },
};

export const messages = { vi, en };
