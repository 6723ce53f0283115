/** One declaration as PDF/A. Pure apart from the QR code's picture: answers, day and words come in. */
import { dateInWords, formatDateTime, plainDateOf } from "#kit/calendar.ts";
import { qrSvg, renderPdf } from "#kit/pdf/index.ts";
import { answerWords, evaluate, type Evaluation } from "#province/forms/index.ts";
import type { Answers, FormContext, FormDefinition, VisibleItem } from "#province/forms/index.ts";

export interface DeclarationOf {
  readonly form: FormDefinition;
  readonly answers: Answers;
  readonly context: FormContext;
  readonly procedure: { readonly code: string; readonly name: string };
  /** "Ủy ban nhân dân thị trấn Bến Cầu" */
  readonly agency: string;
  readonly applicant: string;
  /** Of the place in "…, ngày … tháng … năm …" */
  readonly locality: string;
  /** Of a filed dossier; a draft has no number and its paper says so. */
  readonly filed?: {
    readonly number: number;
    readonly code: string | null;
    readonly at: Date;
    readonly address: string;
  };
  /** A draft's day. */
  readonly now: Date;
}

const GENERIC = new URL("./templates/declaration.typ", import.meta.url);
/** By the form's id: layouts that a circular prescribes. */
const TEMPLATES: Readonly<Record<string, URL>> = {
  // Circular 04/2024/TT-BTP, annex: tờ khai đăng ký khai sinh.
  "khai-sinh": new URL("./templates/birth.typ", import.meta.url),
};

export async function renderDeclaration(of: DeclarationOf): Promise<Uint8Array> {
  const { form, filed } = of;
  const date = filed?.at ?? of.now;
  const evaluation = evaluate(form, of.answers, of.context);
  const code = filed?.code ?? (filed ? String(filed.number) : null);
  return renderPdf({
    template: TEMPLATES[form.id] ?? GENERIC,
    title: form.title.vi,
    author: of.applicant,
    date,
    images: filed ? { "/qr.svg": await qrSvg(filed.address) } : {},
    data: {
      title: form.title.vi.toUpperCase(),
      legal: form.legal?.vi ?? "",
      to: of.agency,
      procedure: `${of.procedure.code} ${of.procedure.name}`,
      place: `${of.locality}, ${dateInWords(plainDateOf(date))}`,
      applicant: of.applicant,
      filed: filed
        ? { number: String(filed.number), code, at: formatDateTime(filed.at), address: filed.address }
        : null,
      sections: sectionsOf(evaluation),
      // Layouts of their own take answers by the item's id.
      words: wordsOf(evaluation),
    },
  });
}

interface Line {
  readonly label: string;
  readonly value: string;
  readonly long: boolean;
}

interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
}

/** Wider tables are no longer read on A4: their rows stand one below the other. */
const COLUMNS_MAX = 6;

function sectionsOf({ pages }: Evaluation): readonly Section[] {
  return pages
    .flatMap(({ sections }) => sections)
    .flatMap(({ definition, items, rows }): readonly Section[] => {
      const title = definition.title.vi;
      if (!definition.repeat) return [{ title, lines: items.filter(isPrinted).map(lineOf), table: null }];
      const printed = rows.map((row) => row.items.filter(isPrinted));
      const columns = definition.items.filter(({ id }) => printed.some((row) => row.some(({ item }) => item === id)));
      if (columns.length === 0) return [];
      if (columns.length <= COLUMNS_MAX) {
        const cell = (row: readonly VisibleItem[], id: string): string => {
          const found = row.find(({ item }) => item === id);
          return found ? wordOf(found) : "";
        };
        const head = columns.map(({ label }) => label.vi);
        return [
          { title, lines: [], table: { head, rows: printed.map((row) => columns.map(({ id }) => cell(row, id))) } },
        ];
      }
      const name = definition.repeat.row.vi;
      return printed.map((row, index) => ({
        title: `${title}: ${name.toLowerCase()} ${index + 1}`,
        lines: row.map(lineOf),
        table: null,
      }));
    })
    .filter(({ lines, table }) => lines.length > 0 || table !== null);
}

/** The receiving office stands in the head; what only machines need stands nowhere. */
function isPrinted({ definition, source }: VisibleItem): boolean {
  return definition.quiet !== "citizen" && !(source === "fact" && definition.prefill?.from === "filing.agency");
}

function lineOf(item: VisibleItem): Line {
  return { label: item.definition.label.vi, value: wordOf(item), long: item.definition.type === "longText" };
}

function wordOf(item: VisibleItem): string {
  return answerWords(item.definition, item.value, "vi");
}

function wordsOf({ pages }: Evaluation): Readonly<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const { sections } of pages) {
    for (const { items } of sections) for (const item of items) words[item.item] = wordOf(item);
  }
  return words;
}
