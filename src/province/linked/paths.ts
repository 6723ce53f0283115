/** Addresses of this room on the provincial portal. */
export const linkedPaths = {
  /** Of a part that another province handled; the others' results are their dossiers' own. */
  result: (whole: string, part: string) => `/ho-so/${whole}/phan/${part}/ket-qua.pdf`,
} as const;
