const vi = {
  nav: "Quản trị",
  title: "Quản trị",
  lead: "Những gì công bố ở đây là căn cứ làm việc của mọi cán bộ. Mỗi thay đổi cần hai người: một người đề xuất, một người khác công bố.",
};

const en: typeof vi = {
  nav: "Administration",
  title: "Administration",
  lead: "Everybody works by what is published here. A change takes two people: one proposes it, another publishes it.",
};

export const messages = { vi, en };
