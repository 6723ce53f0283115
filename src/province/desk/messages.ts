const vi = {
  inbox: "Hồ sơ",
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
