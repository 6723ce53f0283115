import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Control } from "../control/index.ts";
import { obey } from "../obey.ts";
import type { SandboxShell } from "../shell/index.ts";
import { sentPage } from "./pages/sent-page.ts";
import { transferPage } from "./pages/transfer-page.ts";
import { type Bank, readTransfer, sendOut, sendTransfer } from "./send-transfer.ts";

export interface BankDeps {
  readonly bank: Bank;
  readonly control: Control;
  readonly shell: SandboxShell;
  /** Stands in the form when the address names no account. */
  readonly account: string;
}

type Question = { account?: string; since?: string; from?: string; limit?: string };
type Filled = { "tai-khoan"?: string; "so-tien"?: string; "noi-dung"?: string };

/**
 * `GET /bank/statement?account=&since=&from=&limit=` (Bearer key; JSON lines, oldest first), the payer's app at
 * `/bank/chuyen-khoan`, and `POST /bank/transfers { account, amount, content, direction? }` for programs: "out" is a
 * transfer that the holder of the account makes.
 */
export function bankRoutes(site: FastifyInstance, deps: BankDeps): void {
  const { bank, control } = deps;
  site.get<{ Querystring: Question }>("/bank/statement", { config: { api: true } }, async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${bank.key}`) throw new AppError("unauthenticated");
    const text = await obey(control, "bank", reply, () => statementText(bank, request.query));
    return text === undefined ? reply : reply.type("application/jsonl; charset=utf-8").send(text);
  });

  site.post("/bank/transfers", { config: { csrf: false, api: true } }, async (request, reply) => {
    const read = readTransfer((request.body ?? {}) as Record<string, unknown>);
    if ("wrong" in read) throw new AppError("invalid", { details: { field: read.wrong } });
    if ((request.body as Record<string, unknown>).direction === "out")
      return reply.code(201).send({ id: sendOut(bank, read) });
    const id = sendTransfer(bank, read, control.take("bank", ["settle-late", "reversal"]));
    return reply.code(id ? 201 : 202).send(id ? { id } : { held: true });
  });

  site.get<{ Querystring: Filled }>("/bank/chuyen-khoan", async (request, reply) =>
    show(deps, request, reply, { "tai-khoan": deps.account, ...request.query }),
  );
  site.post("/bank/chuyen-khoan", async (request, reply) => {
    const form = formValues(request);
    const read = readTransfer(form);
    if ("wrong" in read) return show(deps, request, reply, textsOf(form), read.wrong);
    const id = sendTransfer(bank, read, control.take("bank", ["settle-late", "reversal"]));
    return seeOther(reply, `/bank/da-chuyen/${id ?? "cho"}?so-tien=${read.amount}`);
  });
  site.get<{ Params: { id: string }; Querystring: Filled }>("/bank/da-chuyen/:id", async (request, reply) => {
    const booking = bank.book.bookings.find((one) => one.id === request.params.id);
    const amount = booking?.amount ?? Number(request.query["so-tien"] ?? 0);
    const page = sentPage({ shell: deps.shell, lang: request.lang, amount, ...(booking ? { booking } : {}) });
    return sendPage(reply, page);
  });
}

function statementText(bank: Bank, { account, since, from, limit }: Question): string {
  const at = from ? new Date(from) : undefined;
  if (!account || (at && Number.isNaN(at.getTime()))) throw new AppError("invalid", { message: "account, from" });
  const most = Math.min(Math.max(Number(limit ?? 100) || 100, 1), 500);
  return bank.book
    .statement(account, since ?? "", at, most)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}

function show(
  deps: BankDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Filled,
  wrong?: string,
): FastifyReply {
  const page = transferPage({ shell: deps.shell, lang: request.lang, typed, ...(wrong ? { wrong } : {}) });
  return sendPage(reply, page, wrong ? 422 : 200);
}

function textsOf(form: Readonly<Record<string, unknown>>): Filled {
  const text = (name: string) => (typeof form[name] === "string" ? form[name] : "");
  return { "tai-khoan": text("tai-khoan"), "so-tien": text("so-tien"), "noi-dung": text("noi-dung") };
}
