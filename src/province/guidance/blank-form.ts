import { renderPdf } from "#kit/pdf/index.ts";
import type { FormDefinition, FormItem, FormSection } from "#province/forms/index.ts";
import { messages } from "./messages.ts";

const TEMPLATE = new URL("./templates/blank-form.typ", import.meta.url);

/** A place to write: lines to fill, boxes to tick, or one line with a unit behind it. */
type Place = {
  readonly label: string;
  readonly hint: string;
  readonly lines: number;
  readonly boxes: readonly string[];
  readonly after: string;
};

/** Rows that a repeated section has on paper: people add a sheet for more. */
const PAPER_ROWS = 3;

/**
 * The form of a procedure as a page to fill by hand, made of the same definition as the one on the screen: A4, in
 * Vietnamese, since that is what offices take. What the system works out by itself has no line. Same input, same bytes.
 */
export function renderBlankForm(
  form: FormDefinition,
  procedure: { readonly code: string; readonly decision: string },
  date: Date,
): Uint8Array {
  const t = messages.vi.blank;
  return renderPdf({
    template: TEMPLATE,
    title: form.title.vi,
    author: "motcua",
    date,
    data: {
      title: form.title.vi.toUpperCase(),
      legal: form.legal?.vi ?? "",
      code: t.code(procedure.code),
      to: t.to,
      place: t.place,
      note: t.note,
      sign: t.sign,
      signHint: t.signHint,
      sections: form.pages.flatMap(({ sections }) => sections).flatMap(sectionOf),
    },
  });
}

function sectionOf(section: FormSection): { title: string; places: Place[] }[] {
  const places = section.items.filter(isWritten).map(placeOf);
  if (places.length === 0) return [];
  const { repeat } = section;
  if (!repeat) return [{ title: section.title.vi, places }];
  const rows = Math.min(Math.max(repeat.min, 1), repeat.max, PAPER_ROWS);
  return Array.from({ length: rows }, (_, index) => ({
    title: repeat.max > 1 ? messages.vi.blank.row(repeat.row.vi, index + 1) : section.title.vi,
    places,
  }));
}

/** Worked-out answers, the receiving office (the head has it) and attachments are nothing to write. */
function isWritten(item: FormItem): boolean {
  return (
    item.quiet === undefined && item.prefill?.from !== "filing.agency" && !["file", "mapPoint"].includes(item.type)
  );
}

function placeOf(item: FormItem): Place {
  const t = messages.vi.blank;
  const boxes =
    item.type === "yesNo"
      ? [t.yes, t.no]
      : (item.choices ?? []).length > 0 && (item.choices ?? []).length <= 12
        ? (item.choices ?? []).map(({ label }) => label.vi)
        : [];
  const isDay = item.type === "date" || item.type === "partialDate";
  return {
    label: item.label.vi,
    hint: item.when === undefined || item.when === true ? "" : t.when,
    lines: boxes.length > 0 || isDay ? 0 : item.type === "longText" ? 3 : item.type === "address" ? 2 : 1,
    boxes,
    after: isDay ? t.date : (item.unit?.vi ?? (item.type === "money" ? "đồng" : "")),
  };
}
