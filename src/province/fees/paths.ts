/** Addresses of this room on the provincial portal. */
export const feePaths = {
  payment: (dossier: string) => `/ho-so/${dossier}/thanh-toan`,
  status: (dossier: string) => `/ho-so/${dossier}/thanh-toan/trang-thai`,
  returned: () => "/thanh-toan/tra-ve",
  confirm: () => "/thanh-toan/xac-nhan",
  /** For the hub: what a dossier still owes. */
  unpaid: () => "/thanh-toan/tra-cuu",
  transactions: () => "/giao-dich",
  payTogether: () => "/giao-dich/thanh-toan",
  /** Whoever has the code may pay. */
  payLink: (code: string) => `/nop-thay/${code}`,
  payLinkStatus: (code: string) => `/nop-thay/${code}/trang-thai`,
  dossier: (id: string) => `/ho-so/${id}`,
  account: () => "/tai-khoan",
} as const;
