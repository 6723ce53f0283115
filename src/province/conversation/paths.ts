/** The same addresses on the portal and at the desk. */
export const conversationPaths = {
  thread: (dossierId: string) => `/ho-so/${dossierId}/trao-doi`,
  file: (dossierId: string, id: string) => `/ho-so/${dossierId}/trao-doi/${id}`,
} as const;
