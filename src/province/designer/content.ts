/** The content of a working copy as things at places, and the changes to them. Pure: every change makes a new content. */
import type { FormDefinition, FormItem, FormPage, FormSection } from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";

export interface Content {
  readonly definition: ProcedureDefinition;
  readonly form: FormDefinition | null;
}

/** Kinds of things that are edited, each on a page of its own. `procedure` and `form` are single. */
export const KINDS = [
  "procedure",
  "time",
  "case",
  "paper",
  "fee",
  "result",
  "basis",
  "step",
  "form",
  "page",
  "section",
  "item",
  "rule",
] as const;
export type Kind = (typeof KINDS)[number];

/** Where a thing stands: its kind and its lasting name (code, id), or its number where things have no name. */
export interface Place {
  readonly kind: Kind;
  readonly id: string;
}

/** A thing with its parts by name, as JSON has it. */
export type Thing = Readonly<Record<string, unknown>>;

type ListKind = "time" | "case" | "paper" | "fee" | "result" | "basis" | "step";

/** The list of the definition that holds the kind, and the part that names a thing; null: its number in the list does. */
const LISTS: Readonly<Record<ListKind, { readonly list: string; readonly name: string | null }>> = {
  time: { list: "timeLimits", name: null },
  case: { list: "cases", name: "code" },
  paper: { list: "components", name: "code" },
  fee: { list: "fees", name: "code" },
  result: { list: "results", name: "code" },
  basis: { list: "legalBasis", name: null },
  step: { list: "steps", name: null },
};

export function isListKind(kind: Kind): kind is ListKind {
  return Object.hasOwn(LISTS, kind);
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}

/** "fee:extract-copy" */
export function placeName({ kind, id }: Place): string {
  return `${kind}:${id}`;
}

/** Things of a kind in their order, each with its place. */
export function thingsOf(content: Content, kind: Kind): readonly { readonly id: string; readonly thing: Thing }[] {
  if (kind === "procedure") return [{ id: "-", thing: asThing(content.definition) }];
  if (kind === "form") return content.form ? [{ id: "-", thing: asThing(content.form) }] : [];
  if (isListKind(kind)) {
    const { name } = LISTS[kind];
    return listOf(content, kind).map((thing, index) => ({
      id: name === null ? String(index) : idOf(thing, name),
      thing,
    }));
  }
  return formThings(content.form, kind).map((thing) => ({ id: idOf(thing, "id"), thing }));
}

export function thingAt(content: Content, place: Place): Thing | undefined {
  return thingsOf(content, place.kind).find(({ id }) => id === place.id)?.thing;
}

/** The thing at the place replaced; its name stays. */
export function withThing(content: Content, place: Place, thing: Thing): Content {
  if (place.kind === "procedure")
    return { ...content, definition: { ...thing, code: content.definition.code } as never };
  if (place.kind === "form") return { ...content, form: thing as never };
  return changeList(content, place, (list, index) => list.map((one, at) => (at === index ? thing : one)));
}

export function withoutThing(content: Content, place: Place): Content {
  if (place.kind === "form") return { ...content, form: null };
  if (place.kind === "procedure") return content;
  return changeList(content, place, (list, index) => list.filter((_, at) => at !== index));
}

/** One place up (-1) or down (1) among its own; at the end of its list nothing changes. */
export function movedThing(content: Content, place: Place, by: -1 | 1): Content {
  return changeList(content, place, (list, index) => {
    const [one, other] = [list[index], list[index + by]];
    if (!one || !other) return list;
    return list.map((thing, at) => (at === index ? other : at === index + by ? one : thing));
  });
}

/** `parent`: the page of a new section, the section of a new item; pages, rules and the procedure's lists need none. */
export function withNewThing(content: Content, kind: Kind, thing: Thing, parent = ""): Content {
  if (isListKind(kind)) return setList(content, kind, [...listOf(content, kind), thing]);
  const { form } = content;
  if (kind === "form") return { ...content, form: thing as never };
  if (!form) return content;
  if (kind === "page") return withForm(content, { pages: [...form.pages, thing as never] });
  if (kind === "rule") return withForm(content, { rules: [...(form.rules ?? []), thing as never] });
  if (kind === "section")
    return withForm(content, {
      pages: form.pages.map((page) =>
        page.id === parent ? { ...page, sections: [...page.sections, thing as never] } : page,
      ),
    });
  return withForm(content, {
    pages: mapSections(form, (section) =>
      section.id === parent ? { ...section, items: [...section.items, thing as never] } : section,
    ),
  });
}

/** The page of a section, the section of an item. */
export function parentOf({ form }: Content, { kind, id }: Place): string {
  if (kind === "section") return form?.pages.find((page) => page.sections.some((one) => one.id === id))?.id ?? "";
  if (kind === "item") return sectionsOf(form).find((section) => section.items.some((one) => one.id === id))?.id ?? "";
  return "";
}

/** To the end of another page or section; the same content when there is no such one. */
export function withParent(content: Content, place: Place, parent: string): Content {
  const thing = thingAt(content, place);
  const known = thingsOf(content, place.kind === "section" ? "page" : "section").some(({ id }) => id === parent);
  if (!thing || !known || parentOf(content, place) === parent) return content;
  return withNewThing(withoutThing(content, place), place.kind, thing, parent);
}

export function sectionsOf(form: FormDefinition | null): readonly FormSection[] {
  return form?.pages.flatMap((page) => page.sections) ?? [];
}

export function itemsOfForm(form: FormDefinition | null): readonly FormItem[] {
  return sectionsOf(form).flatMap((section) => section.items);
}

function formThings(form: FormDefinition | null, kind: Kind): readonly Thing[] {
  if (!form) return [];
  if (kind === "page") return form.pages.map(asThing);
  if (kind === "section") return sectionsOf(form).map(asThing);
  return kind === "item" ? itemsOfForm(form).map(asThing) : (form.rules ?? []).map(asThing);
}

type Change = (list: readonly Thing[], index: number) => readonly Thing[];

function changeList(content: Content, place: Place, change: Change): Content {
  const { kind, id } = place;
  const apply = <Item>(list: readonly Item[], name: string | null): readonly Item[] => {
    const things = list as readonly unknown[] as readonly Thing[];
    const index = name === null ? Number(id) : things.findIndex((thing) => idOf(thing, name) === id);
    return index < 0 || index >= list.length ? list : (change(things, index) as readonly unknown[] as readonly Item[]);
  };
  if (isListKind(kind)) return setList(content, kind, apply(listOf(content, kind), LISTS[kind].name));
  const { form } = content;
  if (!form) return content;
  if (kind === "page") return withForm(content, { pages: apply(form.pages, "id") });
  if (kind === "rule") return withForm(content, { rules: apply(form.rules ?? [], "id") });
  if (kind === "section")
    return withForm(content, { pages: form.pages.map((page) => ({ ...page, sections: apply(page.sections, "id") })) });
  return withForm(content, {
    pages: mapSections(form, (section) => ({ ...section, items: apply(section.items, "id") })),
  });
}

function mapSections(form: FormDefinition, change: (section: FormSection) => FormSection): readonly FormPage[] {
  return form.pages.map((page) => ({ ...page, sections: page.sections.map(change) }));
}

function withForm(content: Content, change: Partial<FormDefinition>): Content {
  return content.form ? { ...content, form: { ...content.form, ...change } } : content;
}

function listOf({ definition }: Content, kind: ListKind): readonly Thing[] {
  const list = asThing(definition)[LISTS[kind].list];
  return Array.isArray(list) ? (list as readonly Thing[]) : [];
}

function setList(content: Content, kind: ListKind, list: readonly Thing[]): Content {
  return { ...content, definition: { ...content.definition, [LISTS[kind].list]: list } };
}

function idOf(thing: Thing, name: string): string {
  const id = thing[name];
  return typeof id === "string" ? id : "";
}

function asThing(value: object): Thing {
  return value as Thing;
}
