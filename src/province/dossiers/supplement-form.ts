/** The part of a form that a supplement request opens. Pure. */
import { type FormDefinition, type FormPage, type FormSection, subjectsOf } from "#province/forms/index.ts";
import type { SupplementItem } from "./dossier.ts";

export interface OpenedForm {
  /** The whole form in two pages: what is opened, and the rest, which only conditions look at. */
  readonly form: FormDefinition;
  readonly page: FormPage;
  /** Keys of the answers that may change: items, and for rows of a repeat its section. */
  readonly keys: readonly string[];
}

/**
 * Opens the asked fields and every question that stands or falls with them (its condition looks at one), so that an
 * answer which uncovers a question can be completed. An item in rows opens all rows. The officer's reason becomes the
 * item's hint, beside the field. Null when no field is asked for.
 */
export function openForm(form: FormDefinition, items: readonly SupplementItem[]): OpenedForm | null {
  const asked = new Map(items.filter((item) => item.target === "field").map((item) => [item.ref, item]));
  if (asked.size === 0) return null;
  const sections = form.pages.flatMap((page) => page.sections);
  const opened = withDependents(sections, new Set(asked.keys()));
  const isOpen = (section: FormSection, id: string) =>
    opened.has(id) ||
    opened.has(section.id) ||
    (section.repeat !== undefined && section.items.some((item) => opened.has(item.id)));
  const pick = (wanted: boolean): FormSection[] =>
    sections
      .map((section) => ({
        ...section,
        items: section.items
          .filter((item) => isOpen(section, item.id) === wanted)
          .map((item) => withReason(item, asked.get(item.id))),
      }))
      .filter((section) => section.items.length > 0);
  const page: FormPage = { id: "supplement", title: { vi: "", en: "" }, sections: pick(true) };
  const rest: FormPage = { id: "frozen", title: { vi: "", en: "" }, sections: pick(false) };
  const keys = page.sections.flatMap((section) =>
    section.repeat ? [section.id] : section.items.map((item) => item.id),
  );
  return { form: { ...form, pages: [page, rest] }, page, keys };
}

/** Grows the set until no condition of a question outside looks at one inside. */
function withDependents(sections: readonly FormSection[], asked: ReadonlySet<string>): Set<string> {
  const opened = new Set(asked);
  for (let size = -1; size !== opened.size; ) {
    size = opened.size;
    for (const section of sections) {
      if (section.when && subjectsOf(section.when).some((id) => opened.has(id))) opened.add(section.id);
      for (const item of section.items)
        if (item.when && subjectsOf(item.when).some((id) => opened.has(id))) opened.add(item.id);
    }
  }
  return opened;
}

function withReason(
  item: FormSection["items"][number],
  asked: SupplementItem | undefined,
): FormSection["items"][number] {
  const example = asked?.example?.text;
  const lines = {
    vi: [asked?.reason ? `Cơ quan yêu cầu: ${asked.reason}` : "", example ? `Ví dụ: ${example}` : ""],
    en: [asked?.reason ? `The office asks: ${asked.reason}` : "", example ? `For example: ${example}` : ""],
  };
  const hint = { vi: lines.vi.filter(Boolean).join(" "), en: lines.en.filter(Boolean).join(" ") };
  return hint.vi === "" ? item : { ...item, hint };
}
