/** A step of filing that asks questions: which form and page it is, what was posted to it, and how it is shown. */
import type { FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formValues } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  answerWords,
  type FormDefinition,
  type FormItem,
  type FormPage,
  type MergeConflict,
  partOfPage,
  type PostBody,
} from "#province/forms/index.ts";
import { deliveryForm } from "./filing-delivery.ts";
import type { FilingDeps } from "./filing-deps.ts";
import type { FilingDraft } from "./filing-draft.ts";
import { filingMessages } from "./filing-messages.ts";
import type { ConflictLine } from "./pages/draft-notices.ts";
import { takePaper } from "./upload-paper.ts";

/** A page of the procedure's form, or the delivery page. */
export interface Step {
  readonly form: FormDefinition;
  readonly page: FormPage;
}

export function findStep(draft: FilingDraft, name: string): Step | undefined {
  if (name === "delivery") return deliveryForm(draft.dossier.channel);
  const { form } = draft.procedure;
  const page = form.pages.find((candidate) => candidate.id === name);
  return page && { form, page };
}

/** A page that another version of the form has and this one has not. */
export function stepOf(draft: FilingDraft, name: string): Step {
  const step = findStep(draft, name);
  if (!step) throw new AppError("not-found", { message: "no such page of the form" });
  return step;
}

/** All questions of the form as one page: what was typed on a page that the new version does not have is kept by ids. */
export function wholeForm({ procedure: { form } }: FilingDraft): Step {
  const [first] = form.pages;
  if (!first) throw new AppError("not-found", { message: "a form without pages" });
  return { form, page: { ...first, sections: form.pages.flatMap((page) => page.sections) } };
}

export interface StepPost {
  readonly body: PostBody;
  /** Files that came along and were not taken. */
  readonly errors: readonly PageError[];
}

/** The posted fields. Files of the page's own questions are taken at once, and stay when something else is wrong. */
export async function readStepPost(
  deps: FilingDeps,
  request: FastifyRequest,
  draft: FilingDraft,
  step: Step,
): Promise<StepPost> {
  if (!request.isMultipart()) return { body: formValues(request), errors: [] };
  const body: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const errors: PageError[] = [];
  const asked = new Map(fileItems(step).map((item) => [item.component ?? "", item]));
  const key = { tenant: deps.tenant.code, dossierId: draft.dossier.id, applicantSub: draft.dossier.applicantSub };
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string") body[part.fieldname] = [...(body[part.fieldname] ?? []), part.value];
      continue;
    }
    const item = asked.get(part.fieldname.replace(/^file\./, ""));
    if (!item || !part.filename) {
      part.file.resume();
      continue;
    }
    const component = item.component ?? "";
    const taken = await takePaper(deps, key, { component, name: part.filename, content: part.file });
    if (!taken.ok) {
      errors.push({ field: item.id, message: filingMessages[request.lang].problems[taken.problem](taken.name) });
    }
  }
  return { body, errors };
}

function fileItems({ page }: Step): readonly FormItem[] {
  return page.sections.flatMap(({ items }) => items.filter(({ type }) => type === "file"));
}

/** Both answers to one question, in words. */
export function conflictLines(
  page: FormPage,
  conflicts: readonly MergeConflict[],
  lang: Lang,
): readonly ConflictLine[] {
  return conflicts.map(({ id, mine, theirs }) => {
    const part = partOfPage(page, id);
    if (!part) return { id, label: id, mine: "", theirs: "" };
    if ("type" in part) {
      return {
        id,
        label: part.label[lang],
        mine: answerWords(part, mine, lang),
        theirs: answerWords(part, theirs, lang),
      };
    }
    const rows = (value: MergeConflict["mine"]): string =>
      (Array.isArray(value) ? (value as readonly Readonly<Record<string, MergeConflict["mine"]>>[]) : [])
        .map((row, index) => {
          const words = part.items.map((item) => answerWords(item, row[item.id], lang)).filter(Boolean);
          return `${index + 1}. ${words.join(", ")}`;
        })
        .join("; ");
    return { id, label: part.title[lang], mine: rows(mine), theirs: rows(theirs) };
  });
}
