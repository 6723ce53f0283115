/** What is done to many dossiers from the list: the acts of one dossier's page, each with its outcome in words. */
import { signCopies } from "#province/digitising/index.ts";
import { type ActInput, forwardDossier, refusalText, returnResult } from "#province/dossiers/index.ts";
import { type DeskActs, inboxMessages } from "#province/inbox/index.ts";
import { mayDo } from "#province/officers/index.ts";
import { agencyOfDossier, actorOf, clockOf, type HandlingDeps, isHandledInParts } from "./handling.ts";
import { messages } from "./messages.ts";
import { prepareSlip, type PrintAction, readSlips } from "./print-slips.ts";
import { receiveWithSlip } from "./receive-with-slip.ts";
import { signResultOf } from "./sign-result-act.ts";

type Item = Parameters<DeskActs["act"]>[1];
type Act = Parameters<DeskActs["act"]>[0];
type End = Awaited<ReturnType<DeskActs["act"]>>;
type Reason = Parameters<typeof refusalText>[0];

export function createDeskActs(deps: HandlingDeps): DeskActs {
  return {
    act: (action, item) => {
      if (!isPrint(action) && !mayDo(item.officer, action)) return Promise.resolve(refusal("wrong-state", item));
      return ACTS[action](deps, item);
    },
    slips: (action, dossiers) => readSlips(deps, isPrint(action) ? action : "print", dossiers),
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
    if (isHandledInParts(dossier)) return refusal("handled-in-parts", item);
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
  print: (deps, item) => prepareSlip(deps, "print", item),
  "print-slips": (deps, item) => prepareSlip(deps, "print-slips", item),
  "print-control": (deps, item) => prepareSlip(deps, "print-control", item),
};

const PRINTS: readonly Act[] = ["print", "print-slips", "print-control"];

function isPrint(action: string): action is PrintAction {
  return (PRINTS as readonly string[]).includes(action);
}

function inputOf(deps: HandlingDeps, { officer, dossier, version }: Item): ActInput {
  return { tenant: deps.tenant.code, dossierId: dossier.id, expectedVersion: version, actor: actorOf(officer) };
}

function success(said: string): End {
  return { outcome: "done", said };
}

function refusal(reason: Reason, { lang }: Item): End {
  // A dossier's own page shows the newest state below; here there is only the line.
  const said = reason === "conflict" ? inboxMessages[lang].bulk.conflict : refusalText(reason, lang);
  return { outcome: "refused", said };
}
