const vi = {
  nav: "Quản trị",
  title: "Quản trị",
  lead: "Những gì công bố ở đây là căn cứ làm việc của mọi cán bộ. Thủ tục và quy trình cần hai người: một người soạn, một người khác công bố.",
};

const en: typeof vi = {
  nav: "Administration",
  title: "Administration",
  lead: "Everybody works by what is published here. Procedures and processes take two people: one writes, another publishes.",
};

export const messages = { vi, en };
