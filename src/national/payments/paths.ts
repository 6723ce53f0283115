/** Addresses of the payment hub. Orders and attempts stand in them under random ids that nobody can guess. */
export const paymentPaths = {
  order: (order: string) => `/thanh-toan/${order}`,
  review: (order: string) => `/thanh-toan/${order}/don-hang`,
  pay: (order: string) => `/thanh-toan/${order}/thanh-toan`,
  result: (attempt: string) => `/thanh-toan/ket-qua/${attempt}`,
  status: (attempt: string) => `/thanh-toan/ket-qua/${attempt}/trang-thai`,
  giveUp: (attempt: string) => `/thanh-toan/ket-qua/${attempt}/chon-cach-khac`,
  transfer: (attempt: string) => `/thanh-toan/chuyen-khoan/${attempt}`,
  ipn: (provider: string) => `/thanh-toan/ipn/${provider}`,
  platform: () => "/nen-tang/thanh-toan",
} as const;
