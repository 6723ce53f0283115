import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { table } from "#kit/ui/index.ts";
import type { Difference } from "../../definition-differences.ts";
import { messages } from "../messages.ts";
import { PLACES } from "../place-words.ts";

/** What differs, place by place: before and after side by side, a card each on a phone. */
export function differenceTable(lang: Lang, rows: readonly Difference[]): Html {
  const t = messages[lang];
  if (rows.length === 0) return html`<p class="govuk-body">${t.noChanges}</p>`;
  return html`<div class="admin-differences">${table({
    caption: t.changes(rows.length),
    rows,
    columns: [
      { label: t.place, head: true, cell: ({ place }) => placeCell(lang, place) },
      { label: t.before, cell: ({ before }) => html`<del class="admin-before">${words(lang, before)}</del>` },
      { label: t.after, cell: ({ after }) => html`<ins class="admin-after">${words(lang, after)}</ins>` },
    ],
  })}</div>`;
}

/** "fees.extract-copy.amount" → "Mức thu › extract-copy › Số tiền". */
function placeCell(lang: Lang, place: string): Html {
  const parts = place
    .split(/\.(?!\d{6}|[A-Y]\d{2}\.)/)
    // Codes that an import made of the words say nothing to people: the words stand beside them.
    .filter((part) => !/^(paper|case|result|field)-[0-9a-f]{10}(-\d+)?$/.test(part))
    .map((part) => PLACES[part]?.[lang] ?? part);
  return html`<span class="admin-place">${parts.join(" › ")}</span>`;
}

const LONGEST = 1_200;

/** A value of a definition as people read it; texts in both languages, rules in short, the rest as it is written. */
function words(lang: Lang, value: unknown): Html | string {
  if (value === undefined || value === null || value === "") return messages[lang].nothing;
  if (typeof value === "boolean") return value ? messages[lang].yes : messages[lang].no;
  if (typeof value !== "object") return String(value).slice(0, LONGEST);
  if (isText(value)) {
    if (value.vi === value.en) return value.vi.slice(0, LONGEST);
    return html`${value.vi.slice(0, LONGEST)}<br><span class="muted" lang="en">${value.en.slice(0, LONGEST)}</span>`;
  }
  if ("type" in value && "amount" in value && typeof value.amount === "number")
    return amountWords(lang, { ...value, amount: value.amount });
  if ("name" in value && isText(value.name)) return words(lang, value.name);
  return inner(lang, value);
}

/** "10.000 đ/trường hợp × soVanBan": all that decides what is paid. */
function amountWords(lang: Lang, { amount, ...rule }: { readonly amount: number }): string {
  const unit = "unit" in rule && isText(rule.unit) ? `/${rule.unit[lang]}` : "";
  const by = "quantityItem" in rule && typeof rule.quantityItem === "string" ? ` × ${rule.quantityItem}` : "";
  return `${formatDong(amount)}${unit}${by}`.slice(0, LONGEST);
}

const MOST_PARTS = 40;

/** A list as lines, an object as "part: value" pairs; what lies deeper than that is written as it is stored. */
function inner(lang: Lang, value: object): Html | string {
  if (Array.isArray(value)) {
    if (value.length === 0) return messages[lang].nothing;
    return html`<ul class="admin-values">${value.slice(0, MOST_PARTS).map((one) => html`<li>${words(lang, one)}</li>`)}</ul>`;
  }
  const pairs = Object.entries(value).slice(0, MOST_PARTS);
  return html`${pairs.map(([key, one], index) => html`${index > 0 ? "; " : ""}${PLACES[key]?.[lang] ?? key}: ${isDeep(one) ? html`<code class="admin-json">${JSON.stringify(one).slice(0, LONGEST)}</code>` : words(lang, one)}`)}`;
}

/** An object inside an object; lists of texts and numbers are read as lists. */
function isDeep(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => typeof one === "object" && !isText(one));
  return typeof value === "object" && value !== null && !isText(value);
}

function isText(value: unknown): value is { vi: string; en: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "vi" in value &&
    "en" in value &&
    typeof value.vi === "string" &&
    typeof value.en === "string"
  );
}
