/**
 * Which questions stand on the form for these answers, and what each one's answer is. Everything else (pruning, checking,
 * rendering, the summary) walks the result, so that no two of them can disagree about what is hidden.
 */
import { compute, type RowScope } from "./compute.ts";
import type { Scope } from "./condition.ts";
import { holds } from "./condition.ts";
import { dayInWords } from "./day-in-words.ts";
import type {
  Answer,
  Answers,
  AnswerRow,
  Derivation,
  Facts,
  FormContext,
  FormDefinition,
  FormItem,
  FormPage,
  FormSection,
  ItemAddress,
} from "./form.ts";
import { answerAt, isEmptyAnswer, rowsAt } from "./form.ts";
import { identityPaperOf } from "./identity-paper.ts";

/**
 * Who answers: the person (`asked`), the account or the filing (`fact`), other answers (`derived`), or the person earlier
 * and now no more (`frozen`).
 */
export type AnswerSource = "asked" | "fact" | "derived" | "frozen";

export interface VisibleItem extends ItemAddress {
  readonly definition: FormItem;
  readonly source: AnswerSource;
  readonly value: Answer | undefined;
  readonly required: boolean;
  /** The fact that the value is, until somebody answers otherwise. */
  readonly origin?: string;
}

export interface VisibleSection {
  readonly definition: FormSection;
  /** Items of a plain section; empty for a repeat. */
  readonly items: readonly VisibleItem[];
  readonly rows: readonly { readonly row: string; readonly items: readonly VisibleItem[] }[];
}

export interface VisiblePage {
  readonly definition: FormPage;
  readonly sections: readonly VisibleSection[];
}

export interface Evaluation {
  readonly pages: readonly VisiblePage[];
  readonly scope: Scope;
}

/** Never throws, whatever the answers are; unknown keys are passed over. */
export function evaluate(form: FormDefinition, answers: Answers, context: FormContext): Evaluation {
  const reader = new AnswerReader(form, answers, context);
  const pages = form.pages.map((page) => ({
    definition: page,
    sections: page.sections.filter((section) => reader.sectionShown(section)).map((section) => reader.section(section)),
  }));
  return { pages, scope: reader.scope() };
}

/** The items that stand on the form now, in order. */
export function visibleItems(form: FormDefinition, answers: Answers, context: FormContext): readonly VisibleItem[] {
  return itemsOf(evaluate(form, answers, context).pages);
}

export function itemsOf(pages: readonly VisiblePage[]): readonly VisibleItem[] {
  return pages.flatMap((page) =>
    page.sections.flatMap((section) => [...section.items, ...section.rows.flatMap((row) => row.items)]),
  );
}

/**
 * The answers that count: hidden and unknown ones are gone, facts and worked-out ones are filled in. Pruning twice is
 * pruning once.
 */
export function pruneAnswers(form: FormDefinition, answers: Answers, context: FormContext): Answers {
  return answersOn(evaluate(form, answers, context).pages);
}

/** The same, of what is evaluated already. */
export function answersOn(pages: readonly VisiblePage[]): Answers {
  const kept: Record<string, Answer> = {};
  for (const page of pages) {
    for (const section of page.sections) {
      keepItems(kept, section.items);
      if (!section.definition.repeat || section.rows.length === 0) continue;
      kept[section.definition.id] = section.rows.map(({ row, items }) => {
        const values: Record<string, Answer> = { row };
        keepItems(values, items);
        return values as unknown as AnswerRow;
      });
    }
  }
  return kept;
}

function keepItems(into: Record<string, Answer>, items: readonly VisibleItem[]): void {
  for (const { item, value } of items) {
    if (value !== undefined && !isEmptyAnswer(value)) into[item] = value;
  }
}

interface Found {
  readonly item: FormItem;
  readonly section: FormSection;
}

/** Works out values on demand and once each: a condition may look at any item, before or after its own. */
class AnswerReader {
  readonly #answers: Answers;
  readonly #facts: Facts;
  readonly #today: string;
  readonly #files: FormContext["files"];
  readonly #items = new Map<string, Found>();
  readonly #sections = new Map<string, FormSection>();
  readonly #known = new Map<string, VisibleItem | undefined>();
  /** Items being worked out: a circle (which publishing refuses) reads as no answer instead of never ending. */
  readonly #open = new Set<string>();

  constructor(form: FormDefinition, answers: Answers, context: FormContext) {
    this.#answers = answers;
    this.#facts = context.facts;
    this.#today = context.today;
    this.#files = context.files;
    for (const page of form.pages) {
      for (const section of page.sections) {
        this.#sections.set(section.id, section);
        for (const item of section.items) this.#items.set(item.id, { item, section });
      }
    }
  }

  scope(row?: AnswerRow): RowScope {
    return {
      today: this.#today,
      value: (id) => this.#valueOf(id, row),
      count: (id) => {
        const section = this.#sections.get(id);
        return section && this.sectionShown(section) ? this.#rows(section).length : 0;
      },
      rows: (id) => {
        const section = this.#sections.get(id);
        if (!section?.repeat || !this.sectionShown(section)) return [];
        return this.#rows(section).map((one) => this.scope(one));
      },
    };
  }

  sectionShown(section: FormSection): boolean {
    const key = `section ${section.id}`;
    if (!section.when) return true;
    if (this.#open.has(key)) return false;
    this.#open.add(key);
    const shown = holds(section.when, this.scope());
    this.#open.delete(key);
    return shown;
  }

  section(section: FormSection): VisibleSection {
    if (!section.repeat) return { definition: section, items: this.#itemsIn(section), rows: [] };
    const rows = this.#rows(section).map((row) => ({ row: row.row, items: this.#itemsIn(section, row) }));
    return { definition: section, items: [], rows };
  }

  #rows(section: FormSection): readonly AnswerRow[] {
    const rows = rowsAt(this.#answers, section.id);
    const wanted = section.repeat?.min ?? 0;
    if (rows.length >= wanted) return rows.slice(0, HARD_ROW_LIMIT);
    // The rows that must be there stand open from the start, so that nobody has to ask for them.
    const used = new Set(rows.map((row) => row.row));
    const filled = [...rows];
    for (let next = 1; filled.length < wanted; next += 1) {
      if (!used.has(`r${next}`)) filled.push({ row: `r${next}` });
    }
    return filled;
  }

  #itemsIn(section: FormSection, row?: AnswerRow): readonly VisibleItem[] {
    return section.items.flatMap((item) => this.#resolve(item, section, row) ?? []);
  }

  #valueOf(id: string, row: AnswerRow | undefined): Answer | undefined {
    if (id.includes(".")) return Object.hasOwn(this.#facts, id) ? this.#facts[id] : undefined;
    const found = this.#items.get(id);
    if (!found) return undefined;
    // Inside a row an item of the same section means the same row; from outside a row's item has no single answer.
    if (found.section.repeat && !row) return undefined;
    return this.#resolve(found.item, found.section, found.section.repeat ? row : undefined)?.value;
  }

  #resolve(item: FormItem, section: FormSection, row: AnswerRow | undefined): VisibleItem | undefined {
    const key = row ? `${section.id}.${row.row}.${item.id}` : item.id;
    if (this.#known.has(key)) return this.#known.get(key);
    if (this.#open.has(key)) return undefined;
    this.#open.add(key);
    const scope = this.scope(row);
    let resolved: VisibleItem | undefined;
    if (this.sectionShown(section) && (!item.when || holds(item.when, scope))) {
      const { source, value, origin } = this.#answer(item, row, scope);
      const required = item.required !== undefined && holds(item.required, scope);
      const address: ItemAddress = row ? { item: item.id, section: section.id, row: row.row } : { item: item.id };
      resolved = { ...address, definition: item, source, value, required, ...(origin ? { origin } : {}) };
    }
    this.#open.delete(key);
    this.#known.set(key, resolved);
    return resolved;
  }

  #answer(item: FormItem, row: AnswerRow | undefined, scope: Scope): Pick<VisibleItem, "source" | "value" | "origin"> {
    // A filed dossier keeps the names; a draft has the files themselves.
    if (item.type === "file" && this.#files) return { source: "asked", value: filesOf(item, this.#files) };
    for (const rule of item.derive ?? []) {
      if (rule.when && !holds(rule.when, scope)) continue;
      const value = rule.compute === undefined ? derived(rule, scope) : figureFor(item, compute(rule.compute, scope));
      if (!isEmptyAnswer(value)) {
        const origin = rule.from === undefined ? undefined : this.#originOf(rule.from, row);
        return { source: "derived", value, ...(origin ? { origin } : {}) };
      }
    }
    const origin = this.#presetOf(item, scope);
    const fact = origin === undefined ? undefined : this.#facts[origin];
    const preset = fact ? factAsAnswer(item, fact) : item.default;
    if (fact && origin && item.prefill?.readOnly) return { source: "fact", value: preset, origin };
    const given = answerAt(row ?? this.#answers, item.id);
    const value = given === undefined || given === null ? preset : given;
    if (item.frozen) return { source: "frozen", value };
    const same = fact !== undefined && isSame(value, preset);
    return { source: "asked", value, ...(same && origin ? { origin } : {}) };
  }

  /** The fact that presets the item now: the first of the named ones that is known. */
  #presetOf({ prefill }: FormItem, scope: Scope): string | undefined {
    if (!prefill || (prefill.when && !holds(prefill.when, scope))) return undefined;
    return [prefill.from, prefill.or].find((name) => name !== undefined && this.#isKnown(name));
  }

  #isKnown(fact: string): boolean {
    return Object.hasOwn(this.#facts, fact) && Boolean(this.#facts[fact]);
  }

  #originOf(id: string, row: AnswerRow | undefined): string | undefined {
    if (id.includes(".")) return id;
    const found = this.#items.get(id);
    if (!found || (found.section.repeat && !row)) return undefined;
    return this.#resolve(found.item, found.section, found.section.repeat ? row : undefined)?.origin;
  }
}

/** The database keeps an object's parts in an order of its own. */
function isSame(one: Answer | undefined, other: Answer | undefined): boolean {
  const ordered = (value: Answer | undefined): string =>
    JSON.stringify(typeof value === "object" && value !== null ? Object.entries(value).sort() : value);
  return ordered(one) === ordered(other);
}

/** What the dossier has, never what was typed. */
function filesOf(item: FormItem, files: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const { component } = item;
  return component !== undefined && Object.hasOwn(files, component) ? (files[component] ?? []) : [];
}

const HARD_ROW_LIMIT = 200;

/** A figure for whole đồng or pieces is whole. */
function figureFor(item: FormItem, value: Answer | undefined): Answer | undefined {
  return typeof value === "number" && item.type !== "decimal" ? Math.round(value) : value;
}

function derived(rule: Derivation, scope: Scope): Answer | undefined {
  if (rule.from !== undefined) return scope.value(rule.from);
  if (rule.words !== undefined) {
    const day = scope.value(rule.words);
    return typeof day === "string" ? dayInWords(day) : undefined;
  }
  if (rule.identityKind !== undefined) {
    const number = scope.value(rule.identityKind);
    return typeof number === "string" ? identityPaperOf(number) : undefined;
  }
  return rule.value;
}

/** An account knows an address as one line; its last three parts are the area, unless there are fewer. */
function factAsAnswer(item: FormItem, fact: string): Answer {
  if (item.type !== "address" && item.type !== "place") return fact;
  const parts = fact
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  if (item.type === "place") return parts.join(", ");
  const cut = Math.max(parts.length - 3, parts.length > 2 ? 1 : 0);
  const detail = parts.slice(0, cut).join(", ");
  // Lists are chosen from, never guessed: the line of the account is offered as the part that is typed.
  return item.units ? { detail, area: "" } : { detail, area: parts.slice(cut).join(", ") };
}
