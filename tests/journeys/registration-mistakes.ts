/** What people type wrong when they register, rule by rule. */

export const RIGHT = {
  identityNumber: "072190000777",
  name: "Nguyễn Thị Mai",
  birthDate: "11/02/1990",
  phone: "0900000777",
  email: "mai@example.vn",
};

/** Rules of the registration form: what is typed into the fields named, and what is said about it. */
export const ROUNDS: readonly {
  readonly typed: Partial<typeof RIGHT>;
  readonly said: Readonly<Record<string, RegExp>>;
}[] = [
  {
    typed: { identityNumber: "", name: "", birthDate: "", phone: "", email: "" },
    said: {
      identityNumber: /^Nhập số giấy tờ/,
      name: /^Nhập họ tên/,
      birthDate: /^Nhập ngày sinh/,
      phone: /^Nhập số điện thoại/,
    },
  },
  {
    typed: {
      identityNumber: "07219000O777",
      name: "Mai 2",
      birthDate: "mồng một Tết",
      phone: "09o0000777",
      email: "mai.example.vn",
    },
    said: {
      identityNumber: /chỉ gồm chữ số/,
      name: /chỉ gồm chữ cái/,
      birthDate: /ngày\/tháng\/năm/,
      phone: /chỉ gồm chữ số/,
      email: /ten@nhacungcap\.vn/,
    },
  },
  {
    typed: {
      identityNumber: "07219000077",
      name: "M",
      birthDate: "31/02/1990",
      phone: "090000077",
      email: "mai@example",
    },
    said: {
      identityNumber: /12 chữ số.*nhập 11/,
      name: /quá ngắn/,
      birthDate: /không có trong lịch/,
      phone: /10 chữ số.*nhập 9/,
      email: /ten@nhacungcap\.vn/,
    },
  },
  {
    // 003 was never a province; 012x ended in 2018.
    typed: { identityNumber: "003190000777", birthDate: "11/02/2190", phone: "0123456789" },
    said: { identityNumber: /mã của một tỉnh/, birthDate: /tương lai/, phone: /mạng di động/ },
  },
  {
    // Fourth digit 3: born 2000–2099. 0276 is Tây Ninh's landline.
    typed: { identityNumber: "072390000777", phone: "0276382253" },
    said: { identityNumber: /không khớp/, phone: /mạng di động/ },
  },
  // What is right is left alone: +84 form, a nine-digit paper, another way to write a day, no e-mail.
  { typed: { identityNumber: "290 988 774", birthDate: "1990-02-11", phone: "+84 900 000 777", email: "" }, said: {} },
];
