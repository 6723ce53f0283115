/** Addresses of this room on the provincial portal. */
export const dossierPaths = {
  account: () => "/tai-khoan",
  dossier: (id: string) => `/ho-so/${id}`,
  supplement: (id: string) => `/ho-so/${id}/bo-sung`,
  sample: (id: string, round: number, item: number) => `/ho-so/${id}/bo-sung/${round}/mau/${item}`,
  actFile: (id: string, file: string) => `/ho-so/${id}/van-ban/${file}`,
  events: (id: string) => `/ho-so/${id}/su-kien`,
  withdrawal: (id: string) => `/ho-so/${id}/rut`,
  file: (id: string) => `/tep/${id}`,
  thumb: (id: string) => `/tep/${id}/anh-nho`,
  ownPapers: () => "/giay-to",
  declaration: (id: string) => `/ho-so/${id}/to-khai.pdf`,
  resultFile: (id: string) => `/ho-so/${id}/ket-qua`,
  /** pages of other rooms that a dossier links to */
  payment: (id: string) => `/ho-so/${id}/thanh-toan`,
  transactions: () => "/giao-dich",
} as const;
