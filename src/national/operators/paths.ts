/** Addresses of the hub operator's pages. */
export const operatorPaths = {
  home: "/van-hanh",
  signIn: "/van-hanh/dang-nhap",
  code: "/van-hanh/dang-nhap/ma-xac-thuc",
  signOut: "/van-hanh/dang-xuat",
  refunds: "/van-hanh/hoan-tien",
  transfers: "/van-hanh/chuyen-khoan",
  /** Transfers that people make at the bank: refunds by hand, money back to its sender. */
  transfersOut: "/van-hanh/chuyen-tra",
  disputes: "/van-hanh/khieu-nai",
  reconciliation: "/van-hanh/doi-soat",
  trialBalance: "/van-hanh/can-doi",
} as const;
