/** Addresses of this room on the provincial portal. */
export const dossierPaths = {
  account: () => "/tai-khoan",
  dossier: (id: string) => `/ho-so/${id}`,
  supplement: (id: string) => `/ho-so/${id}/bo-sung`,
  supplementFile: (id: string) => `/ho-so/${id}/bo-sung/giay-to`,
  supplementFileRemoval: (id: string) => `/ho-so/${id}/bo-sung/xoa-giay-to`,
  withdrawal: (id: string) => `/ho-so/${id}/rut`,
  file: (id: string) => `/tep/${id}`,
  resultFile: (id: string) => `/ho-so/${id}/ket-qua`,
  /** pages of other rooms that a dossier links to */
  filing: (id: string, page: string | null) => (page ? `/ho-so/${id}/ke-khai/${page}` : `/ho-so/${id}/ke-khai`),
  payment: (id: string) => `/ho-so/${id}/thanh-toan`,
  transactions: () => "/giao-dich",
} as const;
