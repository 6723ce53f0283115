/** Names of agencies and of the units in them. A dossier keeps them as they are, in Vietnamese; pages may say them in English. */
import type { HtmlValue } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { said } from "#kit/ui/index.ts";
import { loadTenants } from "./load-tenants.ts";

/** Units that every agency has. */
const UNITS: readonly (readonly [vi: string, en: string])[] = [
  ["Bộ phận một cửa", "One-stop unit"],
  ["Bộ phận Tiếp nhận và Trả kết quả", "One-stop unit"],
  ["Trung tâm Phục vụ hành chính công", "Public Administration Centre"],
  ["Phòng chuyên môn", "Specialist division"],
  ["Lãnh đạo cơ quan", "Head of the agency"],
  ["Bộ phận kế toán", "Accounting unit"],
  ["Quản trị hệ thống", "System administration"],
];

let english: ReadonlyMap<string, string> | undefined;

/** "Ủy ban nhân dân xã Tân Bình" → "People's Committee of Tân Bình Commune"; what nobody has translated stays as it is. */
export function placeText(name: string, lang: Lang): string {
  if (lang === "vi") return name;
  english ??= new Map([
    ...loadTenants().flatMap(({ agencies }) =>
      agencies.flatMap((agency) => [agency.name, agency.shortName].map(({ vi, en }) => [vi, en] as const)),
    ),
    ...UNITS,
  ]);
  return english.get(name) ?? name;
}

/** The same on a page: a name that stays in Vietnamese is marked as Vietnamese. */
export function placeName(name: string, lang: Lang): HtmlValue {
  return said({ vi: name, en: placeText(name, lang) }, lang);
}
