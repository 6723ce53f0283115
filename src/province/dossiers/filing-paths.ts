/** Addresses of filing. A dossier's id is unguessable and the owner is checked each time. */
export const filingPaths = {
  start: (code: string) => `/thu-tuc/${code}/nop`,
  form: (id: string, page: string) => `/ho-so/${id}/ke-khai/${page}`,
  papers: (id: string) => `/ho-so/${id}/giay-to`,
  /** where a paper is sent in pieces */
  upload: (id: string) => `/ho-so/${id}/tai-len`,
  delivery: (id: string) => `/ho-so/${id}/nhan-ket-qua`,
  discard: (id: string) => `/ho-so/${id}/xoa-nhap`,
  seen: (id: string) => `/ho-so/${id}/da-xem`,
  questions: (code: string) => `/thu-tuc/${code}/giay-to-can-nop`,
  check: (id: string) => `/ho-so/${id}/kiem-tra`,
  sent: (id: string) => `/ho-so/${id}/da-gui`,
} as const;
