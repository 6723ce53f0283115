/** Addresses of bulk filing. A batch's id is unguessable and its owner is checked each time. */
export const bulkPaths = {
  start: (code: string) => `/nop-nhieu/${code}`,
  template: (code: string, kind: "xlsx" | "csv") => `/nop-nhieu/${code}/mau.${kind}`,
  batch: (id: string) => `/nop-nhieu/lo/${id}`,
  rows: (id: string, only: "tat-ca" | "loi", after: number) =>
    `/nop-nhieu/lo/${id}?xem=${only}${after > 0 ? `&sau=${after}` : ""}`,
  state: (id: string) => `/nop-nhieu/lo/${id}/trang-thai`,
  sheet: (id: string) => `/nop-nhieu/lo/${id}/bang`,
  errors: (id: string, kind: "xlsx" | "csv") => `/nop-nhieu/lo/${id}/loi.${kind}`,
  papers: (id: string) => `/nop-nhieu/lo/${id}/giay-to`,
  row: (id: string, seq: number) => `/nop-nhieu/lo/${id}/dong/${seq}`,
  file: (id: string) => `/nop-nhieu/lo/${id}/nop`,
  pay: (id: string) => `/nop-nhieu/lo/${id}/thanh-toan`,
  discard: (id: string) => `/nop-nhieu/lo/${id}/xoa`,
} as const;
