/** The form "Yêu cầu bổ sung hồ sơ": what may be asked for, what was typed, and what of it is worth sending. Pure. */
import type { Lang } from "#kit/i18n.ts";
import { formList, formText, type FormValues } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkReason, type ExampleFile, type SupplementItem } from "#province/dossiers/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { isForWay, type ListedReason, supplementReasonsFor, wayOf } from "#province/procedure/index.ts";
import { askMessages } from "./ask-messages.ts";
import type { DeskDossier } from "./desk-dossier.ts";

export interface AskableItem {
  /** Name in the form; letters, digits, - and _. */
  readonly key: string;
  readonly target: SupplementItem["target"];
  readonly ref: string;
  readonly label: string;
  /** What was declared, or how many files there are. */
  readonly value: string;
  /** The list to choose from. */
  readonly reasons: readonly ListedReason[];
}

export interface TypedItem {
  /** Code of a listed reason */
  readonly kind: string;
  readonly more: string;
  readonly example: string;
  readonly file?: ExampleFile | undefined;
}

export interface TypedAsk {
  readonly items: Readonly<Record<string, TypedItem>>;
  readonly general: string;
}

/**
 * Papers of the procedure for this way of filing (also those without a file yet), every field that the citizen can type,
 * each once (what the account says is not the citizen's to correct here), and the rows of tables themselves, for when one
 * is missing or too many.
 */
export function askableItems(
  view: Pick<DeskDossier, "dossier" | "procedure" | "papers" | "sections">,
  lang: Lang,
  form?: FormDefinition,
): readonly AskableItem[] {
  return [...askablePapers(view, lang), ...askableFields(view, form), ...askableRows(view, lang, form)];
}

function askablePapers(
  view: Pick<DeskDossier, "dossier" | "procedure" | "papers">,
  lang: Lang,
): readonly AskableItem[] {
  const t = askMessages[lang];
  const way = wayOf(view.dossier.channel);
  const components = (view.procedure?.components ?? []).filter(
    (component) => component.kind === "paper" && !component.presentOnly && isForWay(component, way),
  );
  const known = new Set(components.map((component) => component.code));
  const others = new Map(
    view.papers.filter((paper) => !known.has(paper.component)).map((paper) => [paper.component, paper.componentName]),
  );
  return [...components.map((component) => [component.code, component.name[lang]] as const), ...others].map(
    ([code, label]): AskableItem => {
      const files = view.papers.filter((paper) => paper.component === code).length;
      const asked = { target: "component", ref: code, present: files > 0 } as const;
      return {
        ...askedThing("p", code, label),
        target: "component",
        value: files > 0 ? t.filesCount(files) : t.noFile,
        reasons: supplementReasonsFor(view.procedure, asked),
      };
    },
  );
}

function askableFields(
  { sections, procedure }: Pick<DeskDossier, "sections" | "procedure">,
  form: FormDefinition | undefined,
): readonly AskableItem[] {
  const types = new Map(
    (form?.pages ?? []).flatMap((page) =>
      page.sections.flatMap((section) => section.items.map((item) => [item.id, item.type] as const)),
    ),
  );
  const values = new Map<string, { label: string; value: string }>();
  for (const { item, label, value, source } of sections.flatMap((section) => section.lines)) {
    if (source !== "asked") continue;
    const first = values.get(item);
    // The same question in several rows of a table is opened once, with all its answers.
    values.set(item, { label, value: first ? [first.value, value].filter(Boolean).join("; ") : value });
  }
  return [...values].map(([ref, { label, value }]): AskableItem => {
    const asked = { target: "field", ref, type: types.get(ref), present: value !== "" } as const;
    return { ...askedThing("f", ref, label), target: "field", value, reasons: supplementReasonsFor(procedure, asked) };
  });
}

function askableRows(
  { sections, procedure }: Pick<DeskDossier, "sections" | "procedure">,
  lang: Lang,
  form: FormDefinition | undefined,
): readonly AskableItem[] {
  const t = askMessages[lang];
  return (form?.pages ?? [])
    .flatMap((page) => page.sections)
    .flatMap(({ id, repeat, title, when }): AskableItem[] => {
      const rows = sections.filter((section) => section.id === id).length;
      if (!repeat || (rows === 0 && when !== undefined)) return [];
      const reasons = supplementReasonsFor(procedure, { target: "field", ref: id, present: rows > 0 });
      return [{ ...askedThing("f", id, t.rows(title[lang])), target: "field", value: t.rowsCount(rows), reasons }];
    });
}

function askedThing(kind: "p" | "f", ref: string, label: string) {
  return { key: `${kind}-${ref.replace(/[^A-Za-z0-9_-]/g, "_")}`, ref, label };
}

/** Names of the controls of one item. */
export const askControls = {
  reason: (key: string) => `ly-do-${key}`,
  more: (key: string) => `noi-ro-${key}`,
  example: (key: string) => `vi-du-${key}`,
  file: (key: string) => `mau-${key}`,
} as const;

/** `files`: samples that came with this post or an earlier try of it, by the item's key. */
export function readAsk(form: FormValues, files: Readonly<Record<string, ExampleFile>> = {}): TypedAsk {
  const items: Record<string, TypedItem> = {};
  for (const key of formList(form, "chon").slice(0, 100)) {
    if (!/^[pf]-[A-Za-z0-9_-]{1,100}$/.test(key)) continue;
    const file = Object.hasOwn(files, key) ? files[key] : undefined;
    items[key] = {
      kind: formText(form, askControls.reason(key)),
      more: formText(form, askControls.more(key)),
      example: formText(form, askControls.example(key)).slice(0, 1_000),
      ...(file ? { file } : {}),
    };
  }
  return { items, general: formText(form, "chung") };
}

/**
 * The request as the citizen will read it, or what is wrong with it. A reason from the list stands by itself; free text
 * must say something ("ABC" and "KHÔNG HỢP LỆ" do not).
 */
export function checkAsk(
  items: readonly AskableItem[],
  typed: TypedAsk,
  lang: Lang,
):
  | { readonly ok: true; readonly items: readonly SupplementItem[] }
  | { readonly ok: false; readonly errors: readonly PageError[] } {
  const t = askMessages[lang];
  const chosen = items.filter((item) => typed.items[item.key]);
  const [first] = items;
  if (chosen.length === 0)
    return { ok: false, errors: [{ field: first ? `chon-${first.key}` : "chung", message: t.nothing }] };
  const general = checkReason(typed.general) === null;
  const errors: PageError[] = [];
  const asked: SupplementItem[] = [];
  for (const item of chosen) {
    const given = typed.items[item.key] ?? { kind: "", more: "", example: "" };
    const listed = item.reasons.find((reason) => reason.code === given.kind);
    const weakText = given.more !== "" && checkReason(given.more) !== null;
    if (weakText || (!listed && given.more === "" && !general))
      errors.push({ field: `chon-${item.key}`, message: t.weak(item.label) });
    const { target, ref, label } = item;
    // The citizen reads Vietnamese, whatever the officer's page is in.
    const reason = [listed?.text.vi, given.more].filter(Boolean).join(" ");
    asked.push({ target, ref, label, reason, ...exampleOf(given, listed) });
  }
  if (typed.general !== "" && !general) errors.push({ field: "chung", message: t.weakGeneral });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, items: asked };
}

/** The officer's own example, else the one that belongs to the reason. */
function exampleOf(given: TypedItem, listed: ListedReason | undefined): Pick<SupplementItem, "example"> {
  const text = given.example || (listed?.example?.vi ?? "");
  if (text === "" && !given.file) return {};
  return { example: { ...(text ? { text } : {}), ...(given.file ? { file: given.file } : {}) } };
}
