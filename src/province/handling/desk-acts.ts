/** What is done to many dossiers from the list: the acts of one dossier's page, each with its outcome in words. */
import { PDF } from "@libpdf/core";
import { signCopies } from "#province/digitising/index.ts";
import { type ActInput, type Dossier, forwardDossier, refusalText, returnResult } from "#province/dossiers/index.ts";
import type { DeskActs } from "#province/inbox/index.ts";
import { mayDo, type Officer } from "#province/officers/index.ts";
import { openSlip } from "#province/slips/index.ts";
import { agencyOfDossier, actorOf, clockOf, type HandlingDeps } from "./handling.ts";
import { issueReceiptSlip, slipDeps } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { receiveWithSlip } from "./receive-with-slip.ts";
import { signResultOf } from "./sign-result-act.ts";

type Item = Parameters<DeskActs["act"]>[1];
type Act = Parameters<DeskActs["act"]>[0];
type End = Awaited<ReturnType<DeskActs["act"]>>;
type Reason = Parameters<typeof refusalText>[0];

export function createDeskActs(deps: HandlingDeps): DeskActs {
  return {
    act: (action, item) => {
      if (action !== "print" && !mayDo(item.officer, action)) return Promise.resolve(refusal("wrong-state", item));
      return ACTS[action](deps, item);
    },
    slips: (officer, dossiers) => slipsOf(deps, officer, dossiers),
  };
}

const ACTS: Readonly<Record<Act, (deps: HandlingDeps, item: Item) => Promise<End>>> = {
  receive: async (deps, item) => {
    const done = await receiveWithSlip(deps, item.officer, item.dossier, inputOf(deps, item), item);
    if (!done.ok) return refusal(done.reason, item);
    const t = messages[item.lang].done;
    return success(done.problem ? `${t.receiveAlone(done.code)} ${done.problem}` : t.receive(done.code));
  },
  forward: async (deps, item) => {
    const { target } = item;
    if (!target) return refusal("conflict", item);
    const to = { officer: { id: target.id, name: target.name }, unit: { id: target.agencyId, name: target.unit } };
    const done = await forwardDossier(deps.database, { ...inputOf(deps, item), to });
    return done.ok ? success(messages[item.lang].done.forward(target.name)) : refusal(done.reason, item);
  },
  "return-result": async (deps, item) => {
    const done = await returnResult(deps.database, inputOf(deps, item));
    return done.ok ? success(messages[item.lang].done["return-result"]) : refusal(done.reason, item);
  },
  "sign-result": async (deps, item) => {
    const done = await signResultOf(deps, item.officer, item.dossier, inputOf(deps, item));
    return done.ok ? success(messages[item.lang].done["sign-result"]) : refusal(done.reason, item);
  },
  "sign-copies": async (deps, item) => {
    const { officer, dossier, lang } = item;
    if (dossier.version !== item.version) return refusal("conflict", item);
    const agency = agencyOfDossier(deps, dossier);
    const { signed, skipped } = await signCopies(
      deps.database,
      { files: deps.files, signer: await deps.signers.officer(officer, agency), clock: clockOf(deps) },
      { tenant: deps.tenant.code, dossierId: dossier.id, actor: actorOf(officer), agency: agency.name.vi },
    );
    const t = messages[lang];
    const left = skipped.map((one) => `${one.name} (${t.skip[one.reason]})`).join(", ");
    const said = [
      signed > 0 ? t.done["sign-copies"](signed) : t.done.nothingSigned,
      left && `${t.done.skipped} ${left}.`,
    ];
    return { outcome: signed > 0 || skipped.length === 0 ? "done" : "refused", said: said.filter(Boolean).join(" ") };
  },
  print: async (deps, item) => {
    const slip = await issueReceiptSlip(deps, item.officer, item.dossier);
    return slip ? success("") : refusal("wrong-state", item);
  },
};

async function slipsOf(
  deps: HandlingDeps,
  officer: Officer,
  dossiers: readonly Dossier[],
): Promise<Uint8Array | undefined> {
  const db = deps.database.forTenant(deps.tenant.code);
  const pdfs: Uint8Array[] = [];
  for (const dossier of dossiers) {
    const slip = await issueReceiptSlip(deps, officer, dossier);
    if (slip) pdfs.push((await openSlip(db, await slipDeps(deps, officer, dossier), slip.id)).bytes);
  }
  return pdfs.length === 0 ? undefined : (await PDF.merge(pdfs)).save();
}

function inputOf(deps: HandlingDeps, { officer, dossier, version }: Item): ActInput {
  return { tenant: deps.tenant.code, dossierId: dossier.id, expectedVersion: version, actor: actorOf(officer) };
}

function success(said: string): End {
  return { outcome: "done", said };
}

function refusal(reason: Reason, { lang }: Item): End {
  return { outcome: "refused", said: refusalText(reason, lang) };
}
