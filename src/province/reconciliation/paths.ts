/** Addresses of the statement's and the till's pages on the desk. */
export const statementPaths = {
  home: "/ke-toan/sao-ke",
  upload: "/ke-toan/sao-ke/tep",
  line: (id: string) => `/ke-toan/sao-ke/${id}`,
  giveBack: (id: string) => `/ke-toan/sao-ke/${id}/tra-lai`,
  approveReturn: (id: string) => `/ke-toan/sao-ke/${id}/tra-lai/duyet`,
  finishReturn: (id: string) => `/ke-toan/sao-ke/${id}/tra-lai/da-chuyen`,
  cash: "/ke-toan/tien-mat",
  close: "/ke-toan/tien-mat/khoa-so",
  handOver: "/ke-toan/tien-mat/nop",
} as const;
