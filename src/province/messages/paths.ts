/** Addresses of this room on the portal. */
export const noticePaths = {
  all: () => "/thong-bao",
  open: (id: string) => `/thong-bao/${id}/mo`,
  readAll: () => "/thong-bao/da-doc",
  settings: () => "/tai-khoan/thong-bao",
  devices: () => "/tai-khoan/thong-bao/thiet-bi",
  removeDevice: (id: string) => `/tai-khoan/thong-bao/thiet-bi/${id}/bo`,
  /** Must stand at the root: a service worker serves the folder it lies in. */
  worker: () => "/nhan-thong-bao.js",
} as const;
