/** Addresses of this room on the provincial portal. */
export const guidancePaths = {
  guide: () => "/huong-dan",
  lifeEvents: () => "/su-kien",
  lifeEvent: (slug: string) => `/su-kien/${slug}`,
  siteMap: () => "/sitemap.xml",
} as const;
