/** A posted page of a draft is laid over what is stored, and over what another device has stored meanwhile. */
import { AppError } from "#kit/errors.ts";
import {
  answerAt,
  type Answers,
  type FormDefinition,
  type FormPage,
  type MergeConflict,
  mergePage,
  type PostBody,
  readFormPost,
  readMarks,
} from "#province/forms/index.ts";
import { CHOICE_PREFIX, CONFLICTS_NAME, SENT_NAME, SHOWN_NAME } from "./draft-fields.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type FilingDraft, loadDraft, toStored } from "./filing-draft.ts";
import { unitsFor } from "./filing-units.ts";
import { saveDraft } from "./save-draft.ts";

export interface PagePost {
  /** The step's name: a page id of the form, or `delivery`. */
  readonly step: string;
  readonly form: FormDefinition;
  readonly page: FormPage;
  readonly body: PostBody;
}

export interface SavedPage {
  readonly draft: FilingDraft;
  /** As stored now, with the person's own words where they still have to choose. */
  readonly answers: Answers;
  readonly conflicts: readonly MergeConflict[];
  readonly taken: readonly string[];
}

const ATTEMPTS_MAX = 4;

/**
 * Only the page's own answers are written, under the version of the draft they were merged with; when another save came
 * between, the merge is made again.
 */
export async function savePage(deps: FilingDeps, draft: FilingDraft, post: PagePost): Promise<SavedPage> {
  const units = await unitsFor(post.page);
  let current = draft;
  for (let attempt = 1; ; attempt += 1) {
    const merged = mergePage({
      ...post,
      context: current.context,
      stored: current.answers,
      posted: readFormPost(post.form, post.page, post.body, current.answers, units),
      shown: readMarks(textOf(post.body, SHOWN_NAME)),
      sent: readMarks(textOf(post.body, SENT_NAME)),
      choices: choicesOf(post.body),
      open: new Set(textOf(post.body, CONFLICTS_NAME).split(",").filter(Boolean)),
    });
    const outcome = await write(deps, current, post, merged.answers);
    if (outcome.ok || outcome.reason !== "stale-draft" || attempt === ATTEMPTS_MAX) {
      if (!outcome.ok && outcome.reason !== "already-filed" && outcome.reason !== "wrong-state") {
        throw new AppError("conflict", { reason: outcome.reason });
      }
      const mine = Object.fromEntries(merged.conflicts.map((conflict) => [conflict.id, conflict.mine]));
      const stored = { ...current, answers: merged.answers };
      return { ...merged, draft: stored, answers: { ...merged.answers, ...mine } };
    }
    current = await loadDraft(deps, current.dossier.applicant, current.dossier.id);
  }
}

function write(deps: FilingDeps, draft: FilingDraft, post: PagePost, answers: Answers) {
  const own = post.page.sections.flatMap((section) =>
    section.repeat ? [section.id] : section.items.map((item) => item.id),
  );
  return saveDraft(deps.database, {
    tenant: deps.tenant.code,
    dossierId: draft.dossier.id,
    applicantSub: draft.dossier.applicantSub,
    answers: toStored(Object.fromEntries(own.map((id) => [id, answerAt(answers, id)]))),
    page: post.step,
    revision: draft.dossier.version,
  });
}

export function textOf(body: PostBody, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === "string" ? value : (value?.at(-1) ?? "");
}

function choicesOf(body: PostBody): ReadonlyMap<string, "mine" | "theirs"> {
  const chosen = new Map<string, "mine" | "theirs">();
  for (const name of Object.keys(body)) {
    const choice = name.startsWith(CHOICE_PREFIX) ? textOf(body, name) : "";
    if (choice === "mine" || choice === "theirs") chosen.set(name.slice(CHOICE_PREFIX.length), choice);
  }
  return chosen;
}
