/** A list as an address: tab, filters, search, page. Read leniently: what is not understood is left out. Pure. */
import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import { checkDate } from "#kit/vietnamese.ts";
import { type Channel, type DossierState, STATES } from "#province/dossiers/index.ts";
import { type Light, LIGHTS, type Tab, TABS } from "./inbox.ts";

export const CHANNELS = [
  "national-portal",
  "provincial-portal",
  "app",
  "counter",
  "post",
] as const satisfies readonly Channel[];

export interface Filters {
  readonly procedure?: string | undefined;
  readonly field?: string | undefined;
  readonly agency?: string | undefined;
  readonly state?: DossierState | undefined;
  readonly channel?: Channel | undefined;
  readonly light?: Light | undefined;
  /** An officer's id, or `-` for nobody's. */
  readonly officer?: string | undefined;
  /** Days of filing, both included. */
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
}

export interface InboxQuery {
  readonly tab: Tab;
  readonly filters: Filters;
  /** Key of the last row of the page before. */
  readonly after?: string | undefined;
}

/** Names of the filters in addresses. */
export const FILTER_NAMES = {
  procedure: "thu-tuc",
  field: "linh-vuc",
  agency: "don-vi",
  state: "trang-thai",
  channel: "kenh",
  light: "den",
  officer: "can-bo",
  from: "tu-ngay",
  to: "den-ngay",
} as const satisfies Record<keyof Filters, string>;

const TEXT = /^[\p{L}\p{N}._-]{1,80}$/u;

export function readInboxQuery(query: Readonly<Record<string, unknown>>): InboxQuery {
  const text = (name: keyof Filters): string | undefined => {
    const value = query[FILTER_NAMES[name]];
    return typeof value === "string" && TEXT.test(value) ? value : undefined;
  };
  const day = (name: "from" | "to") => {
    const value = query[FILTER_NAMES[name]];
    if (isPlainDate(value)) return value;
    const typed = typeof value === "string" && value !== "" ? checkDate(value.slice(0, 20)) : undefined;
    return typed?.ok ? typed.value : undefined;
  };
  const oneOf = <T extends string>(known: readonly T[], name: keyof Filters) =>
    known.find((one) => one === query[FILTER_NAMES[name]]);
  const after = query.sau;
  return {
    tab: TABS.find((one) => one === query.nhom) ?? "mine",
    filters: {
      procedure: text("procedure"),
      field: text("field"),
      agency: text("agency"),
      state: oneOf(STATES, "state"),
      channel: oneOf(CHANNELS, "channel"),
      light: oneOf(LIGHTS, "light"),
      officer: text("officer"),
      from: day("from"),
      to: day("to"),
    },
    after: typeof after === "string" && after.length <= 200 ? after : undefined,
  };
}

/** The address's part after `?`: tab and filters, without the page. */
export function writeInboxQuery({ tab, filters }: Pick<InboxQuery, "tab" | "filters">): string {
  const query = new URLSearchParams({ nhom: tab });
  for (const [name, key] of Object.entries(FILTER_NAMES)) {
    const value = filters[name as keyof Filters];
    if (value) query.set(key, value);
  }
  return query.toString();
}

export function hasFilters(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
