/** Addresses of the page on which the post is paid. */
export const postagePaths = {
  home: "/ke-toan/buu-chinh",
  approve: (id: string) => `/ke-toan/buu-chinh/${id}/duyet`,
  pay: (id: string) => `/ke-toan/buu-chinh/${id}/da-tra`,
  drop: (id: string) => `/ke-toan/buu-chinh/${id}/bo`,
  csv: (id: string) => `/ke-toan/buu-chinh/${id}/bang-ke.csv`,
} as const;
