/** Addresses of this room on the provincial portal. */
import type { Level } from "#province/procedure/index.ts";
import type { Audience, CatalogueCursor, CatalogueFilter } from "./catalogue-view.ts";

const LEVEL_WORDS = { province: "tinh", district: "huyen", commune: "xa" } as const satisfies Record<Level, string>;

const AUDIENCE_WORDS = {
  citizen: "cong-dan",
  business: "doanh-nghiep",
  organisation: "to-chuc",
} as const satisfies Record<Audience, string>;
export const AUDIENCES = Object.entries(AUDIENCE_WORDS) as [Audience, string][];

export const cataloguePaths = {
  home: () => "/",
  list: (filter: CatalogueFilter = {}, after?: CatalogueCursor) => {
    const query = new URLSearchParams();
    if (filter.level) query.set("cap", LEVEL_WORDS[filter.level]);
    if (filter.agency) query.set("don-vi", filter.agency);
    if (filter.field) query.set("linh-vuc", filter.field);
    if (filter.serviceLevel) query.set("muc-do", filter.serviceLevel);
    if (filter.audience) query.set("doi-tuong", AUDIENCE_WORDS[filter.audience]);
    if (filter.onlinePayment) query.set("thanh-toan", "1");
    if (filter.feeFree) query.set("mien-phi", "1");
    if (filter.words) query.set("ten", filter.words);
    if (after) query.set("sau", `${after.rank}~${after.code}~${after.sortName}`);
    const text = query.toString();
    return text === "" ? "/thu-tuc" : `/thu-tuc?${text}`;
  },
  procedure: (code: string) => `/thu-tuc/${code}`,
  /** A few questions, and the papers of that case only; served by the dossiers room for what can be filed. */
  casePapers: (code: string) => `/thu-tuc/${code}/giay-to-can-nop`,
  /** JSON: what could be meant by the beginning of some words. */
  suggest: () => "/thu-tuc/goi-y",
  /** The blank form, to print and fill by hand. */
  blankForm: (code: string) => `/thu-tuc/${code}/mau-don.pdf`,
  /** Belongs to the bulk room: many dossiers from one sheet. */
  bulk: (code: string) => `/nop-nhieu/${code}`,
  /** Belongs to the dossiers room: begins a filing, at a unit when it was chosen already. */
  file: (code: string, agency?: string) =>
    `/thu-tuc/${code}/nop${agency === undefined ? "" : `?coQuan=${encodeURIComponent(agency)}`}`,
} as const;

/** Reads the catalogue's own addresses back; what is not of their shape counts as not chosen. `q` is the national portal's word for `ten`. */
export function readListQuery(
  query: Readonly<Record<string, unknown>>,
): CatalogueFilter & { readonly after?: CatalogueCursor } {
  const text = (name: string): string | undefined => {
    const value = query[name];
    const cleaned = typeof value === "string" ? value.normalize("NFC").trim().slice(0, 200) : "";
    return cleaned === "" ? undefined : cleaned;
  };
  const slug = (name: string): string | undefined => {
    const value = text(name);
    return value !== undefined && /^[a-z0-9][a-z0-9-]{0,60}$/.test(value) ? value : undefined;
  };
  const level = (Object.keys(LEVEL_WORDS) as Level[]).find((key) => LEVEL_WORDS[key] === query["cap"]);
  const words = text("ten") ?? text("q");
  const after = readCursor(text("sau"));
  const audience = AUDIENCES.find(([, word]) => word === query["doi-tuong"])?.[0];
  const [agency, field, serviceLevel] = [slug("don-vi"), slug("linh-vuc"), slug("muc-do")];
  return {
    ...(words === undefined ? {} : { words }),
    ...(level === undefined ? {} : { level }),
    ...(agency === undefined ? {} : { agency }),
    ...(field === undefined ? {} : { field }),
    ...(serviceLevel === undefined ? {} : { serviceLevel }),
    ...(audience === undefined ? {} : { audience }),
    ...(query["thanh-toan"] === "1" ? { onlinePayment: true } : {}),
    ...(query["mien-phi"] === "1" ? { feeFree: true } : {}),
    ...(after === undefined ? {} : { after }),
  };
}

function readCursor(text: string | undefined): CatalogueCursor | undefined {
  const match = /^(-?\d{1,6})~([\dA-Z.]{8,40})~(.+)$/u.exec(text ?? "");
  const [, rank, code, sortName] = match ?? [];
  return rank !== undefined && code !== undefined && sortName !== undefined
    ? { rank: Number(rank), code, sortName }
    : undefined;
}
