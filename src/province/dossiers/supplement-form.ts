/** The part of a form that a supplement request opens. Pure. */
import { type FormDefinition, type FormPage, type FormSection, subjectsOf } from "#province/forms/index.ts";
import type { SupplementItem } from "./dossier.ts";

export interface OpenedForm {
  /** The whole form in two pages: what is opened, and the rest, which only conditions look at. */
  readonly form: FormDefinition;
  readonly page: FormPage;
  /** Keys of the answers that may change: items, and for rows of a repeat its section. */
  readonly keys: readonly string[];
  /** Items of opened rows that are shown and stay as they are. */
  readonly frozen: ReadonlySet<string>;
}

/**
 * Opens the asked fields and every question that stands or falls with them (its condition looks at one), so that an
 * answer which uncovers a question can be completed. An item in rows is opened in every row; the rest of the rows stays
 * in sight, frozen, and no row comes or goes unless the rows themselves are asked for (by their section). The officer's
 * reason becomes the item's hint, beside the field. Null when no field is asked for.
 */
export function openForm(form: FormDefinition, items: readonly SupplementItem[]): OpenedForm | null {
  const asked = new Map(items.filter((item) => item.target === "field").map((item) => [item.ref, item]));
  if (asked.size === 0) return null;
  const sections = form.pages.flatMap((page) => page.sections);
  const opened = withDependents(sections, new Set(asked.keys()));
  const partly = (section: FormSection) => section.repeat !== undefined && !opened.has(section.id);
  const pick = (wanted: boolean): FormSection[] =>
    sections
      .map((section) => {
        const isOpen = (id: string) => opened.has(section.id) || opened.has(id);
        if (partly(section) && section.items.some(({ id }) => isOpen(id)))
          return wanted ? openedRows(section, isOpen, asked) : { ...section, items: [] };
        const items = section.items
          .filter((item) => isOpen(item.id) === wanted)
          .map((item) => withReason(item, asked.get(item.id)));
        return withReason({ ...section, items }, asked.get(section.id));
      })
      .filter((section) => section.items.length > 0);
  const page: FormPage = { id: "supplement", title: { vi: "", en: "" }, sections: pick(true) };
  const rest: FormPage = { id: "frozen", title: { vi: "", en: "" }, sections: pick(false) };
  const keys = page.sections.flatMap((section) =>
    section.repeat ? [section.id] : section.items.map((item) => item.id),
  );
  const frozen = page.sections.flatMap((section) => section.items.filter((item) => item.frozen));
  return { form: { ...form, pages: [page, rest] }, page, keys, frozen: new Set(frozen.map(({ id }) => id)) };
}

/** The rows with the opened questions to answer and all others to read. */
function openedRows(
  section: FormSection,
  isOpen: (id: string) => boolean,
  asked: ReadonlyMap<string, SupplementItem>,
): FormSection {
  const items = section.items.map((item) =>
    isOpen(item.id) ? withReason(item, asked.get(item.id)) : { ...item, frozen: true as const },
  );
  return { ...section, items, ...(section.repeat ? { repeat: { ...section.repeat, fixed: true as const } } : {}) };
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

function withReason<Asked extends FormSection | FormSection["items"][number]>(
  thing: Asked,
  asked: SupplementItem | undefined,
): Asked {
  const example = asked?.example?.text;
  const lines = {
    vi: [asked?.reason ? `Cơ quan yêu cầu: ${asked.reason}` : "", example ? `Ví dụ: ${example}` : ""],
    en: [asked?.reason ? `The office asks: ${asked.reason}` : "", example ? `For example: ${example}` : ""],
  };
  const hint = { vi: lines.vi.filter(Boolean).join(" "), en: lines.en.filter(Boolean).join(" ") };
  return hint.vi === "" ? thing : { ...thing, hint };
}
