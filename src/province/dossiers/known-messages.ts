const vi = {
  title: "Để khỏi nhập lại điều Nhà nước đã biết",
  text: "Nếu bạn đồng ý, chúng tôi hỏi Cơ sở dữ liệu quốc gia về dân cư về chính bạn, chỉ cho hồ sơ này, và điền những mục đã có. Bạn xem và sửa được trước khi nộp.",
  take: "Lấy thông tin của tôi",
  again: "Thử lấy lại",
  unavailable: "Cơ sở dữ liệu quốc gia về dân cư chưa trả lời. Bạn cứ điền tiếp, hồ sơ không bị ảnh hưởng.",
  "not-found": "Cơ sở dữ liệu quốc gia về dân cư không có thêm thông tin của bạn. Bạn điền giúp các mục bên dưới.",
  "other-person":
    "Thông tin nhận được không khớp với tài khoản của bạn nên chúng tôi không dùng. Bạn điền giúp các mục bên dưới.",
  found: (when: string) =>
    `Đã lấy thông tin của bạn lúc ${when}. Mục nào lấy từ đâu được ghi ngay bên cạnh; bạn sửa lại nếu chưa đúng.`,
};

const en: typeof vi = {
  title: "So that you need not type what the State knows",
  text: "If you agree, we ask the national population database about yourself, for this dossier only, and fill in what it has. You can look at it and change it before you file.",
  take: "Get my information",
  again: "Try again",
  unavailable: "The national population database has not answered. Go on by yourself; your dossier is not affected.",
  "not-found": "The national population database has nothing more about you. Please fill in the questions below.",
  "other-person":
    "What came back does not match your account, so we do not use it. Please fill in the questions below.",
  found: (when: string) =>
    `Your information was taken at ${when}. Beside each answer you see where it comes from; change what is not right.`,
};

export const knownMessages = { vi, en };
