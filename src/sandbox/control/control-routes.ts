import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { SandboxShell } from "../shell/index.ts";
import { readInstruction } from "./behaviour.ts";
import type { Control } from "./control-journal.ts";
import { controlPage } from "./pages/control-page.ts";
import { PAYMENT_STAND_INS, type PaymentDesk } from "./recent-payments.ts";

export interface ControlDeps {
  readonly control: Control;
  readonly payments: PaymentDesk;
  /** Name of a journal → its lines. */
  readonly journals: Readonly<Record<string, () => string>>;
  readonly shell: SandboxShell;
  /** Resolves when no callback is waiting or under way. */
  readonly quiet: () => Promise<void>;
}

/**
 * `POST /control` takes one instruction `{ standIn, behaviour, scope?, code?, ms?, times?, thenTrue? }`, `DELETE /control`
 * clears all; programs send JSON and get JSON, people send the form. `/control/callbacks`, `/control/settle` and `/control/reverse`
 * act on one payment. `GET /journal/:name` is the oracle of the fault tests.
 */
export function controlRoutes(site: FastifyInstance, deps: ControlDeps): void {
  const { control, payments } = deps;
  const page = (
    reply: FastifyReply,
    lang: "vi" | "en",
    extra: { wrong?: string; typed?: Record<string, string> } = {},
  ) =>
    sendPage(
      reply,
      controlPage({
        shell: deps.shell,
        lang,
        instructions: control.current(),
        payments: payments.recent(20),
        journals: Object.keys(deps.journals),
        typed: extra.typed ?? {},
        ...(extra.wrong ? { wrong: extra.wrong } : {}),
      }),
      extra.wrong ? 422 : 200,
    );

  site.get("/", async (request, reply) => page(reply, request.lang));

  site.get("/control", { config: { api: true } }, async () => ({
    instructions: control.current(),
    payments: payments.recent(100),
  }));

  site.post("/control", { config: { csrf: false } }, async (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const isForm = String(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const read = readInstruction(body);
    if ("wrong" in read) {
      if (!isForm) throw new AppError("invalid", { reason: "instruction", details: { field: read.wrong } });
      const typed = Object.fromEntries(
        Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      );
      return page(reply, request.lang, { wrong: read.wrong, typed });
    }
    control.give(read);
    return isForm ? seeOther(reply, "/") : reply.code(201).send({ instructions: control.current() });
  });

  site.delete("/control", { config: { csrf: false, api: true } }, async (_request, reply) => {
    control.clear();
    return reply.code(204).send();
  });

  site.post("/control/clear", async (_request, reply) => {
    control.clear();
    return seeOther(reply, "/");
  });

  paymentRoutes(site, deps);

  site.get<{ Params: { name: string } }>("/journal/:name", { config: { api: true } }, async (request, reply) => {
    const lines = deps.journals[request.params.name];
    if (!lines) throw new AppError("not-found", { message: "no such journal" });
    return reply.header("cache-control", "no-store").type("application/jsonl; charset=utf-8").send(lines());
  });

  /** For tests: answers when every callback that was started has ended. */
  site.get("/control/quiet", { config: { api: true } }, async () => {
    await deps.quiet();
    return { quiet: true };
  });
}

function paymentRoutes(site: FastifyInstance, deps: ControlDeps): void {
  const act = async (
    body: Record<string, unknown>,
    what: "callback" | "settle" | "reverse",
  ): Promise<Record<string, unknown>> => {
    const provider = PAYMENT_STAND_INS.find((one) => one === body.provider);
    const order = typeof body.order === "string" ? body.order : "";
    if (!provider || order === "") throw new AppError("invalid", { message: "provider and order are needed" });
    if (what === "settle") {
      const code = Number(body.resultCode ?? 0);
      if (!Number.isInteger(code)) throw new AppError("invalid", { message: "resultCode is a whole number" });
      if (!deps.payments.settle(provider, order, code))
        throw new AppError("not-found", { message: "no pending payment" });
      return { settled: true };
    }
    if (what === "reverse") {
      if (!deps.payments.reverse(provider, order)) throw new AppError("not-found", { message: "no paid payment" });
      return { reversed: true };
    }
    const variant = body.variant === "forged" || body.variant === "other-amount" ? body.variant : "true";
    const answer = await deps.payments.sendCallback(provider, order, variant);
    if (!answer) throw new AppError("not-found", { message: "no such finished payment" });
    return answer;
  };
  for (const what of ["callback", "settle", "reverse"] as const) {
    site.post(
      `/control/${what === "callback" ? "callbacks" : what}`,
      { config: { csrf: false } },
      async (request, reply) => {
        const isForm = String(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
        if (!isForm) return reply.send(await act((request.body ?? {}) as Record<string, unknown>, what));
        const form = formValues(request);
        await act(
          {
            provider: formText(form, "provider"),
            order: formText(form, "order"),
            variant: formText(form, "variant"),
            resultCode: 0,
          },
          what,
        );
        return seeOther(reply, "/#payments");
      },
    );
  }
}
