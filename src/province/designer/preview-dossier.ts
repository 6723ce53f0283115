/** A test dossier: what the answers typed in the preview would come to. Computed, never stored as a dossier. */
import type { Lang } from "#kit/i18n.ts";
import { deadline, USUAL_PAUSES } from "#province/deadlines/index.ts";
import { assessDues, type Assessment } from "#province/fees/index.ts";
import {
  type Answers,
  type FieldError,
  type FormContext,
  requiredComponents,
  validateAnswers,
} from "#province/forms/index.ts";
import { type Component, localAmountsOn, timeLimitFor } from "#province/procedure/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { type Content, itemsOfForm } from "./content.ts";
import { previewMessages } from "./preview-messages.ts";

/** Somebody of whom everything is known; no person. */
const FACTS: FormContext["facts"] = {
  "account.fullName": "Nguyễn Văn Thử",
  "account.identityNumber": "072090001234",
  "account.birthDate": "1990-02-11",
  "account.gender": "nam",
  "account.phone": "0900000101",
  "account.email": "thu@example.vn",
  "account.address": "12 ấp 3, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
};

/** As a signed-in person would see it, with a file for every question that wants one. */
export function previewContext(content: Content, tenant: Tenant, today: string, lang: Lang): FormContext {
  const agency = tenant.agencies[0]?.name.vi ?? "";
  const files = itemsOfForm(content.form).flatMap(({ type, component }) =>
    type === "file" && component ? [[component, [previewMessages[lang].testFile]] as const] : [],
  );
  return { facts: { ...FACTS, "filing.agency": agency }, today, files: Object.fromEntries(files) };
}

export interface PreviewResult {
  readonly errors: readonly FieldError[];
  readonly papers: readonly { readonly component: Component; readonly required: boolean }[];
  /** Undefined: an answer about a quantity is no number. */
  readonly assessment: Assessment | undefined;
  readonly dueAt: Date | null;
}

/** Filed online at this moment. */
export function previewResult(
  content: Content,
  answers: Answers,
  context: FormContext,
  tenant: Tenant,
  now: Date,
): PreviewResult {
  const { definition, form } = content;
  const checked = form ? validateAnswers(form, answers, context) : { errors: [], answers: {} };
  const { today, facts } = context;
  const limit = timeLimitFor(definition, "online");
  return {
    errors: checked.errors,
    papers: requiredComponents(definition, checked.answers, { today, way: "online", facts }),
    assessment: assessed(content, checked.answers, tenant, now, today),
    dueAt: limit
      ? deadline(limit, calendarOf(tenant), [{ type: "received", at: now }], { ...USUAL_PAUSES, ...definition.pauses })
          .dueAt
      : null,
  };
}

function assessed(
  { definition }: Content,
  answers: Answers,
  tenant: Tenant,
  now: Date,
  today: string,
): Assessment | undefined {
  try {
    const localAmounts = localAmountsOn(tenant.localAmounts, today);
    return assessDues(definition.fees, answers, { channel: "provincial-portal", at: now, localAmounts });
  } catch {
    return undefined;
  }
}
