/** `/quay/xong/:id`: what the person takes home, cash with one press, and the receipt. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Dossier, findDossier } from "#province/dossiers/index.ts";
import { listObligations, listTransactionsOfDossier, recordCounterPayment } from "#province/fees/index.ts";
import type { forOfficer, Officer, OfficerHandler } from "#province/officers/index.ts";
import { listReceiptsOfDossier, openReceiptFile } from "#province/receipts/index.ts";
import { listSlips } from "#province/slips/index.ts";
import { type CounterDeps, inScope } from "./counter-deps.ts";
import { receivableHere } from "./filed-here.ts";
import { messages } from "./messages.ts";
import { counterDonePage } from "./pages/counter-done-page.ts";

export function donePathOf(dossierId: string): string {
  return `/quay/xong/${dossierId}`;
}

/** `only`: for officers of the counter. */
export function counterDoneRoutes(
  site: FastifyInstance,
  deps: CounterDeps,
  only: (work: OfficerHandler) => ReturnType<typeof forOfficer>,
): void {
  site.get(
    "/quay/xong/:id",
    only(async (officer, request, reply) => {
      const dossier = await filedHere(deps, officer, request);
      const [first] = await receivableHere(deps, officer, dossier);
      // Of a linked filing the slip and the money are its parts'.
      if (first && first.id !== dossier.id) return seeOther(reply, donePathOf(first.id));
      return show(deps, officer, request, reply, dossier, []);
    }),
  );
  site.post(
    "/quay/xong/:id",
    only(async (officer, request, reply) => takeCash(deps, officer, request, reply)),
  );
  site.get(
    "/quay/xong/:id/bien-lai/:receipt",
    only(async (officer, request, reply) => {
      const dossier = await filedHere(deps, officer, request);
      const id = (request.params as { receipt: string }).receipt.replace(/\.pdf$/, "");
      const db = deps.database.forTenant(deps.tenant.code);
      const receipts = { files: deps.files, portalOrigin: deps.portalOrigin, ...deps.receipts };
      if (!(await listReceiptsOfDossier(db, dossier.id)).some((one) => one.id === id))
        throw new AppError("not-found", { message: "no such receipt of this dossier" });
      const { bytes, fileName } = await openReceiptFile(db, receipts, id);
      return reply
        .type("application/pdf")
        .header("content-disposition", contentDisposition("inline", fileName))
        .header("cache-control", "private, no-store")
        .send(bytes);
    }),
  );
}

/** A dossier of the officer's units that is no draft any more. */
async function filedHere(deps: CounterDeps, officer: Officer, request: FastifyRequest): Promise<Dossier> {
  const { id } = request.params as { id: string };
  const dossier = isId(id) ? await findDossier(deps.database, { tenant: deps.tenant.code, dossierId: id }) : undefined;
  if (!dossier || dossier.state === "draft" || !inScope(deps, officer, dossier))
    throw new AppError("not-found", { message: "no such dossier at this counter" });
  return dossier;
}

async function show(
  deps: CounterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  errors: readonly PageError[],
): Promise<FastifyReply> {
  const db = deps.database.forTenant(deps.tenant.code);
  const [slips, obligations, transactions] = await Promise.all([
    listSlips(db, dossier.id),
    listObligations(db, dossier.id),
    listTransactionsOfDossier(db, dossier.id),
  ]);
  const due = obligations.find(({ state }) => state === "due");
  const kept = transactions.filter(({ state, kept }) => state === "succeeded" && kept);
  const page = counterDonePage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    dossier,
    slipId: slips.find(({ kind }) => kind === "receipt")?.id,
    owed: due ? { obligationId: due.id, amount: due.total } : undefined,
    paymentId: newSecretId(),
    taken: kept.reduce((sum, { amount }) => sum + amount, 0),
    receipts: kept.flatMap((one) => one.receipts.map(({ id }) => id)),
    errors,
  });
  return sendPage(reply, page, errors.length > 0 ? 422 : 200);
}

async function takeCash(
  deps: CounterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const dossier = await filedHere(deps, officer, request);
  const form = formValues(request);
  const [obligationId, id] = [formText(form, "khoan"), formText(form, "ma")];
  const db = deps.database.forTenant(deps.tenant.code);
  const owned = isId(obligationId)
    ? (await listObligations(db, dossier.id)).find((one) => one.id === obligationId)
    : undefined;
  if (!owned || !isId(id)) throw new AppError("not-found", { message: "no such obligation of this dossier" });
  const word = await recordCounterPayment(deps.database, {
    tenant: deps.tenant.code,
    obligationId,
    id,
    method: "cash",
    // What the officer saw and took; it must still be what is owed.
    amount: Number(formText(form, "so-tien")),
    payerName: dossier.applicant.name,
    reference: "",
    officer: { id: officer.id, name: officer.name },
    receivedAt: deps.clock.now(),
  });
  if (word === "settled" || word === "already") return seeOther(reply, donePathOf(dossier.id));
  const errors = [{ field: "thu", message: messages[request.lang].done.notTaken }];
  return show(deps, officer, request, reply, dossier, errors);
}
