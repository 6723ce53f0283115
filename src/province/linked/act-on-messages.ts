/** What another province said is done, one message after the other; what a part says here is told home. */
import type { Clock } from "#kit/clock.ts";
import { AppError } from "#kit/errors.ts";
import { newId } from "#kit/ids.ts";
import type { Database } from "#kit/db.ts";
import type { LinkedContent, OpenedPart, PartState } from "#protocols/linked-part/index.ts";
import { findProcedure } from "#province/catalogue/index.ts";
import {
  completePart,
  type Dossier,
  dossierPaths,
  findDossier,
  returnResult,
  withdrawDossier,
} from "#province/dossiers/index.ts";
import { findResult } from "#province/results/index.ts";
import { agencyOf, findTenant } from "#province/tenants/index.ts";
import { LINKED } from "./advance-linked.ts";
import {
  findGuest,
  findNextToAct,
  insertGuest,
  type KeptMessage,
  keepTold,
  markReleased,
  noteActed,
  noteFailure,
  refuseGuest,
  tellHome,
} from "./message-store.ts";
import { messages } from "./messages.ts";

export interface GuestPlace {
  readonly database: Database;
  readonly clock: Clock;
  portalOf(tenant: string): string;
}

/** A conversation has no more messages than this waiting. */
const MESSAGES_MAX = 1_000;
const LOOKS_MAX = 5;

/** Each is safe to act on again: a process may be killed before it is noted. */
export async function actOnMessages(place: GuestPlace, tenant: string, conversation: string): Promise<void> {
  const db = place.database.forTenant(tenant);
  for (let turn = 0; turn < MESSAGES_MAX; turn += 1) {
    const message = await findNextToAct(db, conversation);
    if (!message) return;
    try {
      await act(place, tenant, message);
    } catch (error) {
      const { seq } = message;
      const detail = error instanceof Error ? error.message : String(error);
      await noteFailure(db, { direction: "in", conversation, seq }, "broken", detail);
      throw error;
    }
    await noteActed(db, conversation, message.seq);
  }
}

async function act(place: GuestPlace, tenant: string, message: KeptMessage): Promise<void> {
  const content = message.content as LinkedContent;
  switch (content.kind) {
    case "open":
      return takeGuest(place, tenant, message, content.part);
    case "withdraw":
      if (!(await isTheirs(place, tenant, message))) return;
      return withdrawGuest(place, tenant, message.conversation, content.reason);
    case "release":
      if (!(await isTheirs(place, tenant, message))) return;
      await markReleased(place.database, tenant, message.conversation);
      return tellAboutGuest(place, tenant, message.conversation);
    case "state":
      return keepTold(place.database, tenant, message, content.state);
  }
}

/** A conversation is named by whoever begins it: only what came from that province as a guest is that province's to move. */
async function isTheirs(place: GuestPlace, tenant: string, message: KeptMessage): Promise<boolean> {
  const guest = await findGuest(place.database.forTenant(tenant), message.conversation);
  return guest?.province === message.other;
}

async function takeGuest(place: GuestPlace, code: string, message: KeptMessage, part: OpenedPart): Promise<void> {
  const tenant = findTenant(code);
  const agency = agencyOf(tenant, part.agency);
  const procedure = await findProcedure(place.database.forTenant(code), part.procedure, place.clock);
  if (!agency || !procedure) {
    const reason = messages.vi.notTaken(tenant.provinceName.vi, part.procedure);
    const state = { ...NOTHING, state: "declined", ending: "declined", reason, link: place.portalOf(code) };
    return refuseGuest(place.database, code, message, newId(), { kind: "state", state });
  }
  const { name, field, version } = procedure;
  await insertGuest(place.database, code, message.conversation, {
    procedure: {
      code: part.procedure,
      version,
      name,
      fieldCode: field.code,
      fieldName: field.name,
      ...(part.limit ? { limit: part.limit } : {}),
    },
    agency: { id: agency.id, name: agency.name.vi, identifier: agency.identifier },
    applicant: part.applicant,
    answers: await completePart(
      { database: place.database, tenant },
      {
        procedure: { code: part.procedure, version },
        agency: { name: agency.name.vi },
        applicant: part.applicant,
        filedAt: new Date(part.whole.filedAt),
      },
      part.answers as Dossier["answers"],
    ),
    delivery: part.delivery,
    holder: part.holder,
    summary: `${name.vi}: ${part.holder}`,
    channel: part.channel,
    together: part.together,
    papers: part.papers,
    dues: part.dues,
    province: message.other,
    part: part.code,
    wholeNumber: part.whole.number,
    wholeName: part.whole.name,
    wholeFiledAt: part.whole.filedAt,
  });
}

const NOTHING: PartState = {
  number: null,
  code: null,
  state: "filed",
  ending: null,
  reason: null,
  resultSigned: false,
  receivedAt: null,
  dueAt: null,
  officer: null,
  link: "",
  result: null,
};

async function withdrawGuest(place: GuestPlace, tenant: string, dossierId: string, reason: string): Promise<void> {
  await onStanding(place, tenant, dossierId, (dossier) =>
    // Decided already, or over: it stays as it is, which the state told home says.
    withdrawDossier(place.database, {
      tenant,
      dossierId,
      applicantSub: dossier.applicantSub,
      expectedVersion: dossier.version,
      ...(reason ? { text: reason } : {}),
    }),
  );
}

/** An officer who does something at the same moment makes it look again, never the act be lost. */
async function onStanding(
  place: GuestPlace,
  tenant: string,
  dossierId: string,
  act: (dossier: Dossier) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>,
): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const dossier = await findDossier(place.database, { tenant, dossierId });
    if (!dossier) return;
    const done = await act(dossier);
    if (done.ok || done.reason !== "conflict") return;
  }
  throw new AppError("conflict", { message: "the dossier moves all the time" });
}

/** After every change of a guest: a released result is given, and home learns where it stands. */
export async function tellAboutGuest(place: GuestPlace, tenant: string, dossierId: string): Promise<void> {
  const guest = await findGuest(place.database.forTenant(tenant), dossierId);
  if (!guest) return;
  if (guest.releasedAt)
    await onStanding(place, tenant, dossierId, async (dossier) =>
      dossier.state === "result-ready" && dossier.linkedHold === null
        ? // Refused while money is owed: the payment asks again.
          returnResult(place.database, { tenant, dossierId, expectedVersion: dossier.version, actor: LINKED })
        : { ok: true },
    );
  const dossier = await findDossier(place.database, { tenant, dossierId });
  if (!dossier) return;
  await tellHome(place.database, tenant, dossierId, newId(), {
    kind: "state",
    state: await stateOf(place, tenant, dossier),
  });
}

async function stateOf(place: GuestPlace, tenant: string, dossier: Dossier): Promise<object> {
  const result =
    dossier.resultSigned && dossier.resultId
      ? await findResult(place.database.forTenant(tenant), dossier.resultId)
      : undefined;
  const signed = result?.signed;
  return {
    number: dossier.number,
    code: dossier.code,
    state: dossier.state,
    ending: dossier.ending,
    reason: dossier.reason,
    resultSigned: dossier.resultSigned,
    receivedAt: dossier.receivedAt?.toISOString() ?? null,
    dueAt: dossier.dueAt?.toISOString() ?? null,
    officer: dossier.officer?.name ?? null,
    link: new URL(dossierPaths.dossier(dossier.id), place.portalOf(tenant)).href,
    result:
      result && signed
        ? {
            number: result.number,
            summary: result.summary,
            effectiveOn: result.effectiveOn,
            data: result.data,
            file: { name: result.file.name, mediaType: "application/pdf", size: signed.size, sha256: signed.sha256 },
          }
        : null,
  };
}
