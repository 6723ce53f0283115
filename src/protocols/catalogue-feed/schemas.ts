/** JSON Schema (2020-12) of a page of the feed; reads unknown JSON into a typed page. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FeedItem, type FeedPage, ITEMS_MAX } from "./messages.ts";

const string = (maxLength: number, minLength = 1) => ({ type: "string", minLength, maxLength });
const text = (maxLength: number) => ({
  type: "object",
  required: ["vi", "en"],
  properties: { vi: string(maxLength), en: string(maxLength) },
});

const item = {
  type: "object",
  required: [
    "code",
    "offered",
    "version",
    "name",
    "shortName",
    "field",
    "levels",
    "serviceLevel",
    "fileable",
    "onlinePayment",
    "path",
    "words",
  ],
  properties: {
    code: { type: "string", pattern: "^[0-9A-Za-z.]{3,40}$" },
    offered: { type: "boolean" },
    version: { type: "integer", minimum: 1 },
    name: text(2_000),
    shortName: text(2_000),
    field: text(500),
    levels: { type: "array", maxItems: 3, items: { enum: ["province", "district", "commune"] } },
    serviceLevel: { enum: ["1", "2", "3", "4", "full", "partial", "information"] },
    fileable: { type: "boolean" },
    onlinePayment: { type: "boolean" },
    // A path of the province's own site: nothing that leads elsewhere.
    path: { type: "string", pattern: "^/(?![/\\\\])[!-~]{0,300}$" },
    words: string(8_000, 0),
  },
};

const page = {
  type: "object",
  required: ["province", "items", "cursor", "more"],
  properties: {
    province: { type: "string", pattern: "^[a-z0-9-]{1,40}$" },
    items: { type: "array", maxItems: ITEMS_MAX },
    cursor: { type: "string", pattern: "^[0-9]{1,19}$" },
    more: { type: "boolean" },
  },
};

const ajv = new Ajv2020({ allErrors: false });
const checkPage = ajv.compile<Omit<FeedPage, "items"> & { readonly items: readonly unknown[] }>(page);
const checkItem = ajv.compile<FeedItem>(item);

export type ReadFeedPage =
  | { readonly ok: true; readonly page: FeedPage; readonly unreadable: readonly UnreadableItem[] }
  | { readonly ok: false; readonly why: string };

/** An item that is left out of its page, with the code it gives itself. */
export interface UnreadableItem {
  readonly code: string;
  readonly why: string;
}

/** A page without the items that are none: one procedure with a broken name must not hide those behind it for ever. */
export function readFeedPage(value: unknown): ReadFeedPage {
  if (!checkPage(value)) return { ok: false, why: why(checkPage.errors) };
  const items: FeedItem[] = [];
  const unreadable: UnreadableItem[] = [];
  for (const one of value.items) {
    if (checkItem(one)) items.push(one);
    else unreadable.push({ code: codeOf(one), why: why(checkItem.errors) });
  }
  return { ok: true, page: { ...value, items }, unreadable };
}

function why(errors: typeof checkPage.errors): string {
  const [first] = errors ?? [];
  return `${first?.instancePath ?? ""} ${first?.message ?? "unreadable"}`.trim();
}

function codeOf(value: unknown): string {
  const code = typeof value === "object" && value !== null && "code" in value ? value.code : undefined;
  return typeof code === "string" ? code.slice(0, 40) : "";
}
