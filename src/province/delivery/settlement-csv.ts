import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { csvText } from "#kit/csv.ts";
import { messages } from "./messages.ts";
import type { OwedItem, PostSettlement } from "./settlement.ts";
import { settlementMessages } from "./settlement-messages.ts";

/** A list as the post gets it, in Vietnamese. Pure. */
export function settlementCsv(list: PostSettlement, items: readonly OwedItem[]): string {
  const t = settlementMessages.vi;
  const head = [
    "STT",
    t.columns.item,
    t.columns.dossier,
    t.columns.ordered,
    "Gam",
    t.columns.state,
    t.columns.payer,
    t.columns.postage,
  ];
  const rows = items.map((item, index) => [
    String(index + 1),
    item.itemCode,
    item.dossier,
    formatDateTime(item.orderedAt),
    String(item.grams),
    messages.vi.states[item.state],
    t.payers[item.pays],
    String(item.postage),
  ]);
  const foot = ["", t.list(formatDate(list.until)), "", "", "", "", "", String(list.amount)];
  return csvText([head, ...rows, foot]);
}
