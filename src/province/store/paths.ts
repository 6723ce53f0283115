export const storePaths = {
  all: () => "/giay-to",
  paper: (id: string) => `/giay-to/${id}`,
  copy: (fileId: string) => `/giay-to/ban-so-hoa/${fileId}`,
} as const;
