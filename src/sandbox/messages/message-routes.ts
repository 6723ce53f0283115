import type { FastifyInstance } from "fastify";
import { sameText } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import { sendPage } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import type { Control } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import { obey } from "../obey.ts";
import type { SandboxShell } from "../shell/index.ts";
import { type Inbox, listMessages, MESSAGE_CHANNELS, type MessageEvent, type MessageQuery } from "./inbox.ts";
import { messagesPage } from "./pages/messages-page.ts";

export interface MessageDeps {
  readonly sms: Inbox;
  readonly mail: Inbox;
  /** Zalo and push, on the same phone. */
  readonly others: readonly Inbox[];
  readonly smsJournal: Journal<MessageEvent>;
  readonly smsKey: string;
  readonly control: Control;
  readonly shell: SandboxShell;
}

const MOST = 500;
const LONGEST_SMS = 1000;

export function messageRoutes(site: FastifyInstance, deps: MessageDeps): void {
  /** The SMS gateway: `{ to, text }`, Bearer key, Idempotency-Key; a replay gives the first answer, another body 409. */
  site.post("/sms", { config: { csrf: false, api: true } }, async (request, reply) => {
    if (!sameText(request.headers.authorization ?? "", `Bearer ${deps.smsKey}`)) throw new AppError("unauthenticated");
    const key = request.headers["idempotency-key"];
    const { to, text } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof key !== "string" || key === "" || key.length > 200) {
      throw new AppError("invalid", { message: "an Idempotency-Key header is needed" });
    }
    if (
      typeof to !== "string" ||
      !/^(0|\+84)\d{9}$/.test(to) ||
      typeof text !== "string" ||
      text === "" ||
      text.length > LONGEST_SMS
    ) {
      throw new AppError("invalid", { message: "to is a mobile number, text has 1 to 1000 characters" });
    }
    const id = await obey(deps.control, "sms", reply, () => acceptSms(deps, key, to, text));
    if (id === undefined) return reply;
    return reply.code(202).send({ id });
  });

  site.get("/messages", { config: { api: true } }, async (request, reply) => {
    reply.header("cache-control", "no-store");
    return listMessages([deps.sms, deps.mail, ...deps.others], readQuery(request.query as Record<string, unknown>));
  });

  site.get("/tin-nhan", async (request, reply) => {
    const query = readQuery(request.query as Record<string, unknown>);
    const messages = listMessages([deps.sms, deps.mail, ...deps.others], { ...query, limit: 60 });
    reply.header("refresh", "5");
    return sendPage(reply, messagesPage({ shell: deps.shell, lang: request.lang, messages, to: query.to ?? "" }));
  });
}

function acceptSms(deps: MessageDeps, key: string, to: string, text: string): string {
  const known = deps.sms.accepted(key);
  if (known) {
    if (known.to !== to || known.text !== text) throw new AppError("conflict", { reason: "idempotency-key-reused" });
    return known.id;
  }
  return deps.smsJournal.append({ kind: "message", id: newId(), key, to, text }).id;
}

function readQuery(query: Record<string, unknown>): MessageQuery {
  const limit = Number(query.limit ?? 50);
  const channel = MESSAGE_CHANNELS.find((one) => one === query.channel);
  const since = typeof query.since === "string" ? new Date(query.since) : undefined;
  if (since && Number.isNaN(since.getTime()))
    throw new AppError("invalid", { message: "since is an ISO 8601 instant" });
  return {
    limit: Number.isInteger(limit) && limit >= 1 ? Math.min(limit, MOST) : 50,
    ...(since ? { since: since.toISOString() } : {}),
    ...(typeof query.to === "string" && query.to !== "" ? { to: query.to } : {}),
    ...(channel ? { channel } : {}),
  };
}
