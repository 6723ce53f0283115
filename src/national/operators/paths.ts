/** Addresses of the hub operator's pages. */
export const operatorPaths = {
  home: "/van-hanh",
  signIn: "/van-hanh/dang-nhap",
  code: "/van-hanh/dang-nhap/ma-xac-thuc",
  signOut: "/van-hanh/dang-xuat",
  refunds: "/van-hanh/hoan-tien",
  transfers: "/van-hanh/chuyen-khoan",
  reconciliation: "/van-hanh/doi-soat",
  trialBalance: "/van-hanh/can-doi",
} as const;
