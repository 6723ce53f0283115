/** Does one thing to many dossiers, each by itself: what was done stays done, what could not be done says why. */
import { formatDateTime } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import type { Log } from "#kit/log.ts";
import {
  type Dossier,
  dossierMessages,
  findDossier,
  type HistoryEntry,
  listHistorySince,
  refusalText,
} from "#province/dossiers/index.ts";
import { agenciesInScope, type Officer } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import {
  type Batch,
  type BatchAction,
  batchActionsOf,
  type BatchItem,
  type BatchTarget,
  type DeskActs,
  type ItemEnd,
  isStepAction,
  type StepBatchAction,
} from "./batch.ts";
import { endItem, findBatch, listBatchItems, putBatch, putStepBatch } from "./batch-store.ts";
import { writeAssignment } from "./inbox-store.ts";
import { messages } from "./messages.ts";
import { doStepItem } from "./run-step-batch.ts";

export interface BatchDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly acts: DeskActs;
  readonly log?: Log | undefined;
}

/** The officer's own batch with its items; undefined for anybody else's. */
export async function openBatch(
  deps: Pick<BatchDeps, "tenant" | "database">,
  id: string,
  officer: Officer,
): Promise<{ readonly batch: Batch; readonly items: readonly BatchItem[] } | undefined> {
  const db = deps.database.forTenant(deps.tenant.code);
  const batch = await findBatch(db, id, officer.id);
  if (!batch) return undefined;
  const items = await listBatchItems(db, batch.id);
  const inScope = new Set(agenciesInScope(deps.tenant.agencies, officer.agencyId));
  // Whoever sends the id of another unit's dossier learns nothing of it. Steps were looked at before.
  const shown = items.map((item) =>
    item.taskId || inScope.has(item.agencyId) ? item : { ...item, code: null, number: null, applicant: "" },
  );
  return { batch, items: shown };
}

/** Begins a batch and goes through it. The same id again changes nothing: what the first did is what there is to see. */
export async function startBatch(
  deps: BatchDeps,
  officer: Officer,
  lang: Lang,
  asked: {
    readonly id: string;
    readonly action: BatchAction;
    readonly target: BatchTarget | null;
    readonly items: readonly { readonly id: string; readonly version: number }[];
  },
): Promise<void> {
  const fresh = await putBatch(deps.database, { ...asked, tenant: deps.tenant.code, officerId: officer.id });
  const opened = fresh ? await openBatch(deps, asked.id, officer) : undefined;
  if (opened) await runBatch(deps, opened.batch, officer, lang);
}

/** The same with steps of internal procedures. */
export async function startStepBatch(
  deps: BatchDeps,
  officer: Officer,
  lang: Lang,
  asked: {
    readonly id: string;
    readonly action: StepBatchAction;
    readonly target: BatchTarget | null;
    readonly note: string | null;
    readonly items: readonly { readonly id: string; readonly task: string; readonly revision: number }[];
  },
): Promise<void> {
  const fresh = await putStepBatch(deps.database, { ...asked, tenant: deps.tenant.code, officerId: officer.id });
  const opened = fresh ? await openBatch(deps, asked.id, officer) : undefined;
  if (opened) await runBatch(deps, opened.batch, officer, lang);
}

/** Goes through the items that have not ended yet; safe to call again after any break. */
export async function runBatch(deps: BatchDeps, batch: Batch, officer: Officer, lang: Lang): Promise<void> {
  const db = deps.database.forTenant(deps.tenant.code);
  for (const item of await listBatchItems(db, batch.id)) {
    if (item.outcome !== null) continue;
    await endItem(db, batch.id, item.position, await doItem(deps, batch, item, officer, lang));
  }
}

async function doItem(deps: BatchDeps, batch: Batch, item: BatchItem, officer: Officer, lang: Lang): Promise<ItemEnd> {
  const t = messages[lang].bulk;
  const key = { tenant: deps.tenant.code, dossierId: item.dossierId };
  const inScope = (agencyId: string, dossier: Dossier) =>
    agenciesInScope(deps.tenant.agencies, agencyId).includes(dossier.agency.id);
  try {
    if (isStepAction(batch.action))
      return item.taskId
        ? await doStepItem(deps, batch, { ...item, taskId: item.taskId }, officer, lang)
        : refused(t.gone);
    const dossier = await findDossier(deps.database, key);
    if (!dossier || dossier.state === "draft" || !inScope(officer.agencyId, dossier)) return refused(t.gone);
    if (!batchActionsOf(officer).includes(batch.action)) return refused(t.notYours);
    if (batch.target && !inScope(batch.target.agencyId, dossier)) return refused(t.nobodyThere);
    // Giving is no act of the dossier's life, whose table refuses it: the parts are given to officers, the whole to nobody.
    if ((batch.action === "claim" || batch.action === "assign") && dossier.linkedWhole === dossier.id)
      return refused(refusalText("handled-in-parts", lang));
    const ended =
      batch.action === "claim" || batch.action === "assign"
        ? await give(deps, batch, item, officer, lang)
        : await deps.acts.act(batch.action, { officer, dossier, version: item.version, lang, target: batch.target });
    // The process may have died between the act and its outcome: then the history knows it.
    if (ended.outcome !== "refused") return ended;
    const since = await listHistorySince(deps.database, { ...key, version: item.version });
    const last = since.at(-1);
    if (last?.action === batch.action && last.actor.kind === "officer" && last.actor.id === officer.id)
      return { outcome: "done", said: "" };
    return refused([ended.said, last ? sinceWords(last, lang) : ""].filter(Boolean).join(" "));
  } catch (error) {
    deps.log?.error({ err: error, batch: batch.id, dossier: item.dossierId }, "batch item failed");
    return { outcome: "failed", said: t.failed };
  }
}

async function give(deps: BatchDeps, batch: Batch, item: BatchItem, officer: Officer, lang: Lang): Promise<ItemEnd> {
  const to = batch.action === "claim" ? officer : batch.target;
  if (!to) return refused(messages[lang].bulk.noTarget);
  const given = await writeAssignment(deps.database, {
    tenant: deps.tenant.code,
    dossierId: item.dossierId,
    version: item.version,
    action: batch.action === "claim" ? "claim" : "assign",
    by: officer,
    to,
  });
  if (!given) return refused(messages[lang].assigning.conflict);
  const t = messages[lang].bulk.done;
  return { outcome: "done", said: batch.action === "claim" ? t.claim : t.assign(to.name) };
}

/** What a colleague did meanwhile, so that a refusal is understood without opening the dossier. */
function sinceWords(entry: HistoryEntry, lang: Lang): string {
  const words = dossierMessages[lang];
  const known: Readonly<Record<string, string>> = words.actions;
  const who = entry.actor.kind === "system" ? words.dossier.system : entry.actor.name;
  const t = messages[lang].bulk;
  return t.since(known[entry.action] ?? t.changed, who, formatDateTime(entry.at));
}

function refused(said: string): ItemEnd {
  return { outcome: "refused", said };
}
