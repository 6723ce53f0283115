/** Slips of many dossiers: made where they are missing, each with its outcome, and then read as one PDF. */
import { PDF } from "@libpdf/core";
import { AppError } from "#kit/errors.ts";
import type { Lang } from "#kit/i18n.ts";
import { type Dossier, listHistory } from "#province/dossiers/index.ts";
import type { DeskActs } from "#province/inbox/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { listSlips, openSlip, type Slip, SLIP_NAMES } from "#province/slips/index.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";
import { issueControlSlip, issueOwedSlip } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { missingSlips } from "./owed-slips.ts";

type End = Awaited<ReturnType<DeskActs["act"]>>;

/** Which slip of a dossier is printed: the reception's, the newest that its applicant has, the control slip as of now. */
export type PrintAction = "print" | "print-slips" | "print-control";

/** Makes what is to be printed; `refused` where the dossier has no such slip, `failed` where it cannot be made now. */
export async function prepareSlip(
  deps: HandlingDeps,
  action: PrintAction,
  item: { readonly officer: Officer; readonly dossier: Dossier; readonly lang: Lang },
): Promise<End> {
  const { officer, dossier, lang } = item;
  const t = messages[lang];
  const history = await listHistory(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  let making: Slip["kind"] = "control";
  try {
    if (action === "print-control") {
      if (dossier.code === null) return { outcome: "refused", said: t.controlNotYet };
      const slip = await issueControlSlip(deps, officer, dossier, history);
      return { outcome: "done", said: nameOf(slip, lang) };
    }
    const issued = await listSlips(deps.database.forTenant(deps.tenant.code), dossier.id);
    for (const { kind, entry } of missingSlips(history, issued)) {
      if (action === "print" && kind !== "receipt") continue;
      making = kind;
      await issueOwedSlip(deps, officer, dossier, entry);
    }
    const slip = await chosenSlip(deps, action, dossier);
    return slip ? { outcome: "done", said: nameOf(slip, lang) } : { outcome: "refused", said: t.noSlipYet };
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== "slip-not-made") throw error;
    return { outcome: "failed", said: t.slipNotPrinted(SLIP_NAMES[making][lang]) };
  }
}

/** The chosen slips as one PDF, in the order of the dossiers. Issues nothing: reading a file never does. */
export async function readSlips(
  deps: HandlingDeps,
  action: PrintAction,
  dossiers: readonly Dossier[],
): Promise<Uint8Array | undefined> {
  const db = deps.database.forTenant(deps.tenant.code);
  const reading = { files: deps.files, portalOrigin: deps.portalOrigin, clock: clockOf(deps) };
  const pdfs: Uint8Array[] = [];
  for (const dossier of dossiers) {
    const slip = await chosenSlip(deps, action, dossier);
    if (slip) pdfs.push((await openSlip(db, reading, slip.id)).bytes);
  }
  return pdfs.length === 0 ? undefined : (await PDF.merge(pdfs)).save();
}

async function chosenSlip(deps: HandlingDeps, action: PrintAction, dossier: Dossier): Promise<Slip | undefined> {
  const slips = await listSlips(deps.database.forTenant(deps.tenant.code), dossier.id);
  return slips.find(
    ({ kind, fileSha256 }) =>
      fileSha256 !== undefined &&
      (kind === "control") === (action === "print-control") &&
      (action !== "print" || kind === "receipt"),
  );
}

function nameOf({ kind, number, year }: Slip, lang: Lang): string {
  return `${SLIP_NAMES[kind][lang]} ${number}/${year}`;
}
