/** Words of the field's own data of a result. `vi` defines the set, `en` satisfies it in full. */
const vi = {
  dateHint: "Ví dụ: 22/07/2020",
  numberHint: "12 chữ số",
  needed: "Các phần sau của hồ sơ liên thông dùng dữ liệu này, không ai phải nhập lại.",
  missing: (name: string) => `Hãy nhập “${name}”: phần sau của hồ sơ liên thông cần dữ liệu này.`,
  notNumber: (name: string) => `“${name}” phải có đúng 12 chữ số.`,
  notDate: (name: string) => `“${name}” phải là một ngày có thật, ví dụ 22/07/2020.`,
};

const en: typeof vi = {
  dateHint: "For example: 22/07/2020",
  numberHint: "12 digits",
  needed: "Later parts of the linked filing use it; nobody types it again.",
  missing: (name) => `Enter “${name}”: a later part of the linked filing needs it.`,
  notNumber: (name) => `“${name}” must have exactly 12 digits.`,
  notDate: (name) => `“${name}” must be a real day, for example 22/07/2020.`,
};

export const resultFieldMessages = { vi, en } as const;
