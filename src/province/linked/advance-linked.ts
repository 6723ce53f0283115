/** Takes a linked filing as far as its parts allow: opens, ends, gives results, and lets the whole follow. Safe to repeat. */
import { plainDateOf } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import {
  completePart,
  deadlineOf,
  type Dossier,
  findDossier,
  formContext,
  listFiles,
  returnResult,
  withdrawDossier,
} from "#province/dossiers/index.ts";
import { partAnswers, type PartResult } from "#province/parts/index.ts";
import type { LinkedPart } from "#province/procedure/index.ts";
import { findResult } from "#province/results/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { elsewhere } from "./elsewhere.ts";
import type { LinkedPartView, ToldResult } from "./linked.ts";
import { type Move, nextMoves } from "./linked-lifecycle.ts";
import { endPart, followParts, openPart, releasePart } from "./linked-store.ts";
import { listParts } from "./linked-view.ts";
import { messages } from "./messages.ts";

/** Who gives what was held back. */
export const LINKED = { kind: "system", name: "liên thông" } as const;

/** More turns than any chain of parts can need. */
const ROUNDS_MAX = 30;

export interface LinkedPlace {
  readonly database: Database;
  readonly tenant: string;
}

export interface Filing {
  readonly whole: Dossier;
  readonly parts: readonly LinkedPartView[];
  readonly definitions: readonly LinkedPart[];
}

/** Undefined for a dossier that is no linked filing. */
export async function loadFiling(
  { database, tenant }: Pick<LinkedPlace, "database" | "tenant">,
  wholeId: string,
): Promise<Filing | undefined> {
  const db = database.forTenant(tenant);
  const whole = await findDossier(database, { tenant, dossierId: wholeId });
  if (!whole || whole.linkedWhole !== whole.id || whole.number === null) return undefined;
  const { code, version } = whole.procedure;
  const [parts, procedure] = await Promise.all([listParts(db, [wholeId]), getProcedureVersion(db, code, version)]);
  return { whole, parts, definitions: procedure?.parts ?? [] };
}

/** Answers how many moves were made. */
export async function advanceLinked(place: LinkedPlace, wholeId: string): Promise<number> {
  let made = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const filing = await loadFiling(place, wholeId);
    if (!filing) return made;
    const moves = nextMoves(standOf(filing));
    let done = 0;
    let stale = false;
    for (const move of moves) {
      const outcome = await carryOut(place, filing, move);
      if (outcome === "stale") stale = true;
      else if (outcome) done += 1;
      // L1: one part has moved, the next has not; whoever looks again finds what is left.
      crashPoint("L1");
    }
    made += done;
    if (done === 0 && !stale) return made;
  }
  // Whoever looks again after a moment finds it quieter.
  throw new AppError("conflict", { message: "the filing moves all the time" });
}

function standOf({ whole, parts }: Filing) {
  return {
    state: whole.state,
    resultSigned: whole.resultSigned,
    together: whole.delivery?.parts === "together",
    parts: parts.map((part) => ({ ...part, elsewhere: part.province !== null })),
  };
}

/** stale: the dossier was moved by somebody else since it was read, so it is to be read again. */
type Carried = boolean | "stale";

function carryOut(place: LinkedPlace, filing: Filing, move: Move): Promise<Carried> {
  if (move.kind === "follow") return follow(place, filing, move);
  const part = filing.parts.find(({ code }) => code === move.part);
  if (!part) return Promise.resolve(false);
  switch (move.kind) {
    case "open":
      return open(place, filing, part);
    case "end":
      return end(place, filing, part, move.because);
    case "withdraw":
      return withdraw(place, filing, part);
    case "release":
      return part.dossierId
        ? releasePart(place.database, place.tenant, part.dossierId)
        : elsewhere.tell(place, part, "release");
    case "return":
      return giveBack(place, part);
  }
}

async function open(place: LinkedPlace, filing: Filing, part: LinkedPartView): Promise<boolean> {
  const definition = filing.definitions.find(({ code }) => code === part.code);
  if (!definition) return false;
  const results = await resultsOf(place, filing, part);
  const { whole } = filing;
  const context = {
    today: plainDateOf(whole.filedAt ?? whole.createdAt),
    ...formContext(whole.applicant, whole.agency.name, whole.known),
  };
  const filed = whole.answers as Parameters<typeof partAnswers>[1];
  const answers = partAnswers(definition, filed, context, results) as Dossier["answers"];
  const papers = definition.papers.flatMap((paper) => {
    const result = "result" in paper ? results[paper.result] : undefined;
    return result ? [{ component: paper.to, ...result.file }] : [];
  });
  if (part.province !== null) {
    const files = await listFiles(place.database, { tenant: place.tenant, dossierId: whole.id });
    const taken = definition.papers.flatMap((paper) =>
      "from" in paper
        ? files
            .filter((file) => file.component === paper.from && file.status === "active")
            .map(({ name, sha256, size, mediaType }) => ({ component: paper.to, name, sha256, size, mediaType }))
        : [],
    );
    const all = [...taken, ...papers.map((paper) => ({ ...paper, mediaType: "application/pdf" }))];
    return elsewhere.open(place, { whole, part, answers, papers: all });
  }
  const { applicant, filedAt, createdAt } = whole;
  const asked = { ...part, applicant, filedAt: filedAt ?? createdAt };
  return openPart(place.database, {
    tenant: place.tenant,
    wholeId: whole.id,
    code: part.code,
    answers: await completePart({ database: place.database, tenant: findTenant(place.tenant) }, asked, answers),
    papers,
    together: whole.delivery?.parts === "together",
    detail: { part: part.code, after: part.waitsFor },
  });
}

type Results = Readonly<Record<string, (PartResult & Pick<ToldResult, "file">) | undefined>>;

async function resultsOf(place: LinkedPlace, { parts }: Filing, waiting: LinkedPartView): Promise<Results> {
  const db = place.database.forTenant(place.tenant);
  const found = await Promise.all(
    parts
      .filter(({ code }) => waiting.waitsFor.includes(code))
      .map(async (part) => {
        if (part.told?.result) return [part.code, part.told.result] as const;
        const result = part.resultId ? await findResult(db, part.resultId) : undefined;
        if (!result?.signed) return [part.code, undefined] as const;
        const { number, summary, effectiveOn, data, signed, file } = result;
        const { sha256, size } = signed;
        return [part.code, { number, summary, effectiveOn, data, file: { sha256, name: file.name, size } }] as const;
      }),
  );
  return Object.fromEntries(found);
}

function end(place: LinkedPlace, filing: Filing, part: LinkedPartView, because: string): Promise<boolean> {
  const withdrawn = filing.whole.state === "withdrawn";
  const before = filing.parts.find(({ code }) => code === because);
  const words = messages.vi.ended;
  return endPart(place.database, {
    tenant: place.tenant,
    wholeId: filing.whole.id,
    code: part.code,
    because,
    withdrawn,
    reason: withdrawn ? words.withdrawn : words.because(before?.procedure.name.vi ?? because, before?.reason ?? ""),
  });
}

async function withdraw(place: LinkedPlace, { whole }: Filing, part: LinkedPartView): Promise<Carried> {
  if (!part.dossierId) return elsewhere.tell(place, part, "withdraw", whole.reason ?? "");
  const done = await withdrawDossier(place.database, {
    tenant: place.tenant,
    dossierId: part.dossierId,
    applicantSub: whole.applicantSub,
    expectedVersion: part.version,
    ...(whole.reason ? { text: whole.reason } : {}),
  });
  return done.ok || (done.reason === "conflict" && "stale");
}

async function giveBack({ database, tenant }: LinkedPlace, part: LinkedPartView): Promise<Carried> {
  if (!part.dossierId) return false;
  const done = await returnResult(database, {
    tenant,
    dossierId: part.dossierId,
    expectedVersion: part.version,
    actor: LINKED,
  });
  return done.ok || (done.reason === "conflict" && "stale");
}

async function follow(
  { database, tenant }: LinkedPlace,
  { whole, parts }: Filing,
  move: Extract<Move, { kind: "follow" }>,
): Promise<Carried> {
  const received = parts.flatMap(({ receivedAt }) => (receivedAt ? [receivedAt.getTime()] : []));
  const receivedAt = whole.receivedAt ?? (received.length > 0 ? new Date(Math.min(...received)) : null);
  const worked = receivedAt && !whole.dueAt ? await deadlineOf(database, { ...whole, receivedAt }, []) : null;
  const dueAt = worked?.deadline.dueAt;
  const followed = await followParts(database, {
    tenant,
    wholeId: whole.id,
    version: whole.version,
    to: move.to,
    ending: move.ending,
    signed: move.signed,
    receivedAt,
    due: worked && dueAt ? { at: dueAt, explanation: worked.explanation } : null,
    detail: Object.fromEntries(parts.map(({ code, state }) => [code, state])),
  });
  return followed || "stale";
}
