/** The officer's list of steps of internal procedures. */
const vi = {
  tab: "Bước chờ làm",
  title: "Bước của quy trình nội bộ chờ làm",
  lead: "Các bước giao cho bạn theo tên, và các bước thuộc vai trò và đơn vị của bạn mà chưa ai nhận.",
  columns: { dossier: "Hồ sơ", step: "Bước", unit: "Cơ quan, đơn vị", due: "Hạn của bước", who: "Người làm" },
  mine: "Của bạn",
  free: "Chưa ai nhận",
  opinion: "Cho ý kiến",
  late: "Quá hạn",
  number: "Số hồ sơ",
  nothing: ["Không có bước nào chờ bạn", "Bước mới sẽ hiện ở đây khi hồ sơ tới lượt bạn."],
};

const en: typeof vi = {
  tab: "Steps to do",
  title: "Steps of internal procedures to be done",
  lead: "Steps given to you by name, and steps of your role and units that nobody has taken yet.",
  columns: { dossier: "Dossier", step: "Step", unit: "Agency, unit", due: "Step due", who: "Whose" },
  mine: "Yours",
  free: "Nobody has taken it",
  opinion: "Opinion",
  late: "Late",
  number: "No.",
  nothing: ["No step is waiting for you", "New ones appear here when a dossier comes to you."],
};

export const stepListMessages = { vi, en };
