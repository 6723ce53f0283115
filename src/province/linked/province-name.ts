import type { Lang } from "#kit/i18n.ts";
import { loadTenants } from "#province/tenants/index.ts";

/** Names of provinces by their codes; of one that is not known here, the code. */
export function provinceName(lang: Lang): (code: string) => string {
  return (code) => loadTenants().find((tenant) => tenant.code === code)?.name[lang] ?? code;
}
