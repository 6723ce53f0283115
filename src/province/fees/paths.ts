/** Addresses of this room on the provincial portal. */
export const feePaths = {
  payment: (dossier: string) => `/ho-so/${dossier}/thanh-toan`,
  status: (dossier: string) => `/ho-so/${dossier}/thanh-toan/trang-thai`,
  returned: () => "/thanh-toan/tra-ve",
  confirm: () => "/thanh-toan/xac-nhan",
  transactions: () => "/giao-dich",
  dossier: (id: string) => `/ho-so/${id}`,
  account: () => "/tai-khoan",
} as const;
