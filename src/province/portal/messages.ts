const vi = {
  home: "Trang chủ",
  catalogue: "Tra cứu thủ tục hành chính",
  guidance: "Hướng dẫn",
  papers: "Giấy tờ của tôi",
  notices: "Thông báo",
  lookup: "Tra cứu hồ sơ",
  signIn: "Đăng nhập",
  signOut: "Đăng xuất",
  register: "Đăng ký",
  tagline: "Một cửa, đúng hẹn, rõ ràng",
  contact: (name: string, phone: string) => `${name}: ${phone}`,
  hours: (hours: string) => `Giờ làm việc: thứ Hai đến thứ Sáu, ${hours}`,
};

const en: typeof vi = {
  home: "Home",
  catalogue: "Find a procedure",
  guidance: "Guidance",
  papers: "My papers",
  notices: "Notices",
  lookup: "Look up a dossier",
  signIn: "Sign in",
  signOut: "Sign out",
  register: "Register",
  tagline: "One door, on time, in the open",
  contact: (name: string, phone: string) => `${name}: ${phone}`,
  hours: (hours: string) => `Office hours: Monday to Friday, ${hours}`,
};

export const messages = { vi, en };
