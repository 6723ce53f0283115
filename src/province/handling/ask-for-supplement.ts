/** The form "Yêu cầu bổ sung hồ sơ": what may be asked for, what was typed, and what of it is worth sending. Pure. */
import type { Lang } from "#kit/i18n.ts";
import { formList, formText, type FormValues } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkReason, type SupplementItem } from "#province/dossiers/index.ts";
import { isForWay, wayOf } from "#province/procedure/index.ts";
import type { DeskDossier } from "./desk-dossier.ts";
import { messages } from "./messages.ts";

export interface AskableItem {
  /** Name in the form; letters, digits, - and _. */
  readonly key: string;
  readonly target: SupplementItem["target"];
  readonly ref: string;
  readonly label: string;
  /** What was declared, or how many files there are. */
  readonly value: string;
}

export interface TypedAsk {
  readonly items: Readonly<Record<string, { readonly kind: string; readonly more: string }>>;
  readonly general: string;
}

/**
 * Papers of the procedure for this way of filing (also those without a file yet) and every field that the citizen can
 * type, each once: what the account says is not the citizen's to correct here.
 */
export function askableItems(
  view: Pick<DeskDossier, "dossier" | "procedure" | "papers" | "sections">,
  lang: Lang,
): readonly AskableItem[] {
  const t = messages[lang].ask;
  const files = (code: string) => view.papers.filter((paper) => paper.component === code).length;
  const way = wayOf(view.dossier.channel);
  const components = (view.procedure?.components ?? []).filter(
    (component) => component.kind === "paper" && !component.presentOnly && isForWay(component, way),
  );
  const known = new Set(components.map((component) => component.code));
  const others = [
    ...new Map(
      view.papers.filter((paper) => !known.has(paper.component)).map((paper) => [paper.component, paper.componentName]),
    ),
  ];
  const papers = [...components.map((component) => [component.code, component.name[lang]] as const), ...others].map(
    ([code, label]) => ({
      key: keyOf("p", code),
      target: "component" as const,
      ref: code,
      label,
      value: files(code) > 0 ? t.filesCount(files(code)) : t.noFile,
    }),
  );
  const fields = new Map<string, AskableItem>();
  for (const section of view.sections) {
    for (const line of section.lines) {
      if (line.source !== "asked") continue;
      const first = fields.get(line.item);
      // The same question in several rows of a table is opened once, with all its answers.
      const value = first ? [first.value, line.value].filter(Boolean).join("; ") : line.value;
      fields.set(line.item, { key: keyOf("f", line.item), target: "field", ref: line.item, label: line.label, value });
    }
  }
  return [...papers, ...fields.values()];
}

function keyOf(kind: "p" | "f", ref: string): string {
  return `${kind}-${ref.replace(/[^A-Za-z0-9_-]/g, "_")}`;
}

export function readAsk(form: FormValues): TypedAsk {
  const items: Record<string, { kind: string; more: string }> = {};
  for (const key of formList(form, "chon").slice(0, 100)) {
    if (/^[pf]-[A-Za-z0-9_-]{1,100}$/.test(key))
      items[key] = { kind: formText(form, `ly-do-${key}`), more: formText(form, `noi-ro-${key}`) };
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
  const t = messages[lang].ask;
  const chosen = items.filter((item) => typed.items[item.key]);
  const [first] = items;
  if (chosen.length === 0)
    return { ok: false, errors: [{ field: first ? `chon-${first.key}` : "chung", message: t.nothing }] };
  const general = checkReason(typed.general) === null;
  const errors: PageError[] = [];
  const asked: SupplementItem[] = [];
  for (const item of chosen) {
    const given = typed.items[item.key] ?? { kind: "", more: "" };
    // The citizen reads Vietnamese, whatever the officer's page is in.
    const listed = messages.vi.ask.kinds[given.kind] ?? "";
    const weakText = given.more !== "" && checkReason(given.more) !== null;
    if (weakText || (listed === "" && given.more === "" && !general))
      errors.push({ field: `chon-${item.key}`, message: t.weak(item.label) });
    const { target, ref, label } = item;
    asked.push({ target, ref, label, reason: [listed, given.more].filter(Boolean).join(" ") });
  }
  if (typed.general !== "" && !general) errors.push({ field: "chung", message: t.weakGeneral });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, items: asked };
}
