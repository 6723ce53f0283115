/** The money of one dossier at the desk: `/ho-so/:id/phi`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { formText, formValues, type FormValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Html } from "#kit/html.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { formatDong } from "#kit/money.ts";
import type { PageError } from "#kit/ui/index.ts";
import { AppError } from "#kit/errors.ts";
import { checkReason, type Dossier, dossierMessages } from "#province/dossiers/index.ts";
import {
  demandFee,
  exemptLine,
  listObligations,
  mayTakeMoney,
  type NewDue,
  type Obligation,
  readDong,
  recordCounterPayment,
} from "#province/fees/index.ts";
import { forOfficer, mayDo, type Officer } from "#province/officers/index.ts";
import type { FeeRule } from "#province/procedure/index.ts";
import { inputOf } from "./act.ts";
import { loadDeskDossier } from "./desk-dossier.ts";
import { feeDeskMessages } from "./fee-desk-messages.ts";
import { actorOf, clockOf, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { feeDeskPage, type FeeDeskProps, type Typed } from "./pages/fee-desk-page.ts";
import { changedFor, sayNext, takeSaid } from "./show-dossier.ts";

/** Days until something that an officer asked for is overdue. */
const DUE_DAYS = 30;

export function feeDeskRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id/phi",
    forOfficer(deps.officerOf, async (officer, request, reply) =>
      show(deps, officer, request, reply, await dossierOf(deps, officer, request)),
    ),
  );
  site.post(
    "/ho-so/:id/phi/thu",
    forOfficer(deps.officerOf, async (officer, request, reply) => take(deps, officer, request, reply)),
  );
  site.post(
    "/ho-so/:id/phi/yeu-cau",
    forOfficer(deps.officerOf, async (officer, request, reply) => demand(deps, officer, request, reply)),
  );
  site.post(
    "/ho-so/:id/phi/mien",
    forOfficer(deps.officerOf, async (officer, request, reply) => exempt(deps, officer, request, reply)),
  );
}

interface Failed {
  readonly typed: Typed;
  readonly errors: readonly PageError[];
  /** What others did since the page was opened. */
  readonly changed?: Html | undefined;
}

async function show(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  failed?: Failed,
): Promise<FastifyReply> {
  const view = await loadDeskDossier(deps, dossier, request.lang);
  const props: FeeDeskProps = {
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    dossier,
    obligations: await obligationsOf(deps, dossier),
    rules: rulesInForce(view.procedure?.fees ?? [], clockOf(deps).now()),
    papers: [...new Set(view.papers.filter((paper) => paper.status === "active").map((paper) => paper.name))].slice(
      0,
      50,
    ),
    portalOrigin: deps.portalOrigin,
    may: { take: mayTakeMoney(officer), demand: mayDo(officer, "require-fee") },
    newId: newSecretId(),
    typed: failed?.typed ?? {},
    errors: failed?.errors ?? [],
    changed: failed?.changed,
    said: failed ? undefined : takeSaid(request),
  };
  return sendPage(reply, feeDeskPage(props), failed?.changed ? 409 : failed ? 422 : 200);
}

function obligationsOf(deps: HandlingDeps, dossier: Dossier): Promise<Obligation[]> {
  return listObligations(deps.database.forTenant(deps.tenant.code), dossier.id);
}

function rulesInForce(rules: readonly FeeRule[], now: Date): FeeRule[] {
  const today = plainDateOf(now);
  return rules.filter((rule) => rule.validFrom <= today && (rule.validTo === null || today <= rule.validTo));
}

async function take(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!mayTakeMoney(officer)) throw new AppError("forbidden", { reason: "role", message: "this role takes no money" });
  const dossier = await dossierOf(deps, officer, request);
  const t = feeDeskMessages[request.lang];
  const form = formValues(request);
  const typed = typedOf(form);
  const due = (await obligationsOf(deps, dossier)).filter((one) => one.state === "due" || one.id === typed["khoan"]);
  const index = Math.max(
    0,
    due.filter((one) => one.state === "due").findIndex((one) => one.id === typed["khoan"]),
  );
  const at = (name: string) => (index === 0 ? name : `${name}-${index + 1}`);
  const chosen = due.find((one) => one.id === typed["khoan"]);
  if (!chosen || !isId(typed["ma"])) throw new AppError("not-found", { message: "no such obligation of this dossier" });
  const method = typed["hinh-thuc"];
  const amount = readDong(typed["so-tien"] ?? "");
  const errors: PageError[] = [];
  if (method !== "cash" && method !== "transfer") errors.push({ field: at("hinh-thuc"), message: t.errors.method });
  if (amount === undefined) errors.push({ field: at("so-tien"), message: t.errors.amount });
  else if (amount !== chosen.total)
    errors.push({ field: at("so-tien"), message: t.errors.amountExact(formatDong(chosen.total)) });
  if (!typed["nguoi-nop"]) errors.push({ field: at("nguoi-nop"), message: t.errors.payer });
  if (method === "transfer" && !typed["tham-chieu"])
    errors.push({ field: at("tham-chieu"), message: t.errors.reference });
  if (errors.length > 0 || amount === undefined || (method !== "cash" && method !== "transfer"))
    return show(deps, officer, request, reply, dossier, { typed, errors });
  const word = await recordCounterPayment(deps.database, {
    tenant: deps.tenant.code,
    obligationId: chosen.id,
    id: typed["ma"],
    method,
    amount,
    payerName: (typed["nguoi-nop"] ?? "").slice(0, 200),
    reference: (typed["tham-chieu"] ?? "").slice(0, 100),
    officer,
    receivedAt: clockOf(deps).now(),
  });
  if (word !== "settled" && word !== "already") {
    const field = at(word === "reference-used" ? "tham-chieu" : "so-tien");
    return show(deps, officer, request, reply, dossier, { typed, errors: [{ field, message: t.words[word] }] });
  }
  sayNext(request, { tone: "success", text: t.done.taken });
  return seeOther(reply, `/ho-so/${dossier.id}/phi`);
}

async function demand(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  requireRole(officer, "require-fee");
  const dossier = await dossierOf(deps, officer, request);
  const { lang } = request;
  const form = formValues(request);
  const typed = typedOf(form);
  const view = await loadDeskDossier(deps, dossier, lang);
  const rules = rulesInForce(view.procedure?.fees ?? [], clockOf(deps).now());
  const read = readDues(typed, rules, lang);
  const fault = checkReason(typed["why"] ?? "");
  const errors = [
    ...read.errors,
    ...(fault ? [{ field: "why", message: dossierMessages[lang].reasonFaults[fault] }] : []),
  ];
  if (errors.length > 0 || !isId(typed["ma"])) return show(deps, officer, request, reply, dossier, { typed, errors });
  const input = inputOf(deps, officer, dossier, form);
  const done = await demandFee(deps.database, {
    ...input,
    actor: { ...actorOf(officer), kind: "officer" },
    id: typed["ma"],
    dues: read.dues,
    reason: (typed["why"] ?? "").slice(0, 2000),
    wait: typed["when"] !== "later",
    dueAt: new Date(clockOf(deps).now().getTime() + DUE_DAYS * 86_400_000),
  });
  const t = feeDeskMessages[lang];
  if (!done.ok)
    return show(deps, officer, request, reply, dossier, {
      typed,
      errors: [{ field: "why", message: t.refusals[done.reason] }],
      changed: await changedFor(deps, lang, { dossier, seen: input.expectedVersion }),
    });
  sayNext(request, { tone: "success", text: t.done.demanded });
  return seeOther(reply, `/ho-so/${dossier.id}/phi`);
}

/** What the officer typed, as lines. Amounts that are set by the province need their resolution. */
function readDues(
  typed: Typed,
  rules: readonly FeeRule[],
  lang: "vi" | "en",
): { readonly dues: readonly NewDue[]; readonly errors: readonly PageError[] } {
  const t = feeDeskMessages[lang].errors;
  const dues: NewDue[] = [];
  const errors: PageError[] = [];
  const amountAt = (field: string): number | undefined => {
    if (!typed[field]) return undefined;
    const amount = readDong(typed[field]);
    if (amount === undefined || amount === 0) errors.push({ field, message: t.amount });
    return amount || undefined;
  };
  rules.forEach((rule, index) => {
    const amount = amountAt(`rule-${index}`);
    if (amount === undefined) return;
    const open = rule.amount.type === "by_provincial_resolution";
    const basis = typed[`basis-${index}`] ?? "";
    if (open && basis === "") errors.push({ field: `basis-${index}`, message: t.basis });
    const { code, kind, name } = rule;
    dues.push({ code, kind, name, amount, basis: open ? basis : rule.basis, refundable: rule.refundable !== false });
  });
  const amount = amountAt("other-amount");
  const name = typed["other-name"] ?? "";
  if (amount !== undefined || name !== "") {
    if (amount === undefined && !typed["other-amount"]) errors.push({ field: "other-amount", message: t.amount });
    if (name === "") errors.push({ field: "other-name", message: t.otherName });
    if (!typed["other-basis"]) errors.push({ field: "other-basis", message: t.basis });
    const kind = typed["other-kind"] === "charge" ? "charge" : "fee";
    if (amount !== undefined)
      dues.push({
        code: "other",
        kind,
        name: { vi: name, en: name },
        amount,
        basis: typed["other-basis"] ?? "",
        refundable: true,
      });
  }
  if (dues.length === 0 && errors.length === 0)
    errors.push({ field: rules.length > 0 ? "rule-0" : "other-amount", message: t.nothing });
  return { dues, errors };
}

async function exempt(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  requireRole(officer, "require-fee");
  const dossier = await dossierOf(deps, officer, request);
  const t = feeDeskMessages[request.lang];
  const typed = typedOf(formValues(request));
  const [obligationId = "", position = ""] = (typed["dong"] ?? "").split(":");
  // Postage is the post's own price: nobody here may lower it.
  const owned = (await obligationsOf(deps, dossier)).find(
    ({ id, occasion }) => id === obligationId && occasion !== "postage",
  );
  const line = owned?.lines[Number(position) - 1];
  const remains = readDong(typed["con-lai"] ?? "");
  const errors: PageError[] = [];
  if (!owned || !line) errors.push({ field: "dong", message: t.errors.line });
  if (remains === undefined || (line && remains >= line.amount))
    errors.push({ field: "con-lai", message: t.errors.remains });
  if (!typed["ly-do"]) errors.push({ field: "ly-do", message: t.errors.exemptReason });
  if (!typed["can-cu"]) errors.push({ field: "can-cu", message: t.errors.basis });
  if (!typed["giay-to"]) errors.push({ field: "giay-to", message: t.errors.proof });
  if (errors.length > 0 || !owned || remains === undefined || !isId(typed["ma"]))
    return show(deps, officer, request, reply, dossier, { typed, errors });
  const done = await exemptLine(deps.database, {
    tenant: deps.tenant.code,
    obligationId: owned.id,
    id: typed["ma"],
    position: Number(position),
    amount: remains,
    reason: (typed["ly-do"] ?? "").slice(0, 500),
    basis: (typed["can-cu"] ?? "").slice(0, 300),
    proof: (typed["giay-to"] ?? "").slice(0, 200),
    actor: { kind: "officer", id: officer.id, name: officer.name },
  });
  if (!done.ok)
    return show(deps, officer, request, reply, dossier, {
      typed,
      errors: [{ field: "dong", message: t.refusals[done.reason] }],
    });
  sayNext(request, { tone: "success", text: t.done.exempted });
  return seeOther(reply, `/ho-so/${dossier.id}/phi`);
}

function typedOf(form: FormValues): Typed {
  return Object.fromEntries(
    Object.keys(form)
      .slice(0, 200)
      .map((name) => [name, formText(form, name).normalize("NFC")]),
  );
}
