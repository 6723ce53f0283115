/**
 * An open dossier page hears of changes at once (server-sent events). One LISTEN serves all connections of the process; they
 * are bounded in number and in time, and whoever is not taken reloads now and then instead.
 */
import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { Applicant, Dossier } from "./dossier.ts";

const CONNECTIONS_MAX = 500;
const OF_A_PERSON_MAX = 4;
/** The browser comes back by itself. */
const LIFE_MS = 10 * 60_000;
const HEARTBEAT_MS = 25_000;
const CHANNEL = "dossier";

interface Listener {
  readonly sub: string;
  readonly dossierId: string;
  readonly response: ServerResponse;
}

type OwnDossier = (
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
) => Promise<{ person: Applicant; dossier: Dossier } | undefined>;

export function liveRoutes(site: FastifyInstance, database: Database, ownDossier: OwnDossier): void {
  const listeners = new Set<Listener>();
  let stopListening: Promise<() => Promise<void>> | undefined;
  let heartbeat: NodeJS.Timeout | undefined;

  const begin = (): Promise<unknown> => {
    heartbeat ??= setInterval(() => {
      for (const { response } of listeners) response.write(": still here\n\n");
    }, HEARTBEAT_MS).unref();
    stopListening ??= database.listen(CHANNEL, (dossierId) => {
      for (const one of listeners) if (one.dossierId === dossierId) one.response.write("data: changed\n\n");
    });
    return stopListening;
  };

  /** Nothing is written to a stream that was ended: that would be an error of the whole process. */
  const sayGoodbye = (listener: Listener): void => {
    listeners.delete(listener);
    listener.response.end();
  };

  site.get("/ho-so/:id/su-kien", async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    const owned = await ownDossier(request, reply);
    if (!owned) return reply;
    if (!request.headers.accept?.includes("text/event-stream"))
      throw new AppError("invalid", { message: "this address is a stream of events" });
    await begin();
    // From here on nothing is waited for: whoever is counted is also in the list.
    const { sub } = owned.person;
    const mine = [...listeners].filter((one) => one.sub === sub).length;
    if (listeners.size >= CONNECTIONS_MAX || mine >= OF_A_PERSON_MAX)
      throw new AppError("too-many", { reason: "connections" });
    const response = open(reply);
    if (response.destroyed) return reply; // left while we asked
    const listener: Listener = { sub, dossierId: owned.dossier.id, response };
    listeners.add(listener);
    const end = setTimeout(() => sayGoodbye(listener), LIFE_MS).unref();
    response.on("close", () => {
      clearTimeout(end);
      listeners.delete(listener);
    });
    // Whoever leaves while something is written to them must not end the process.
    response.on("error", () => listeners.delete(listener));
    // What changed between the page and this moment: the page compares it with its own.
    response.write(`retry: 5000\ndata: ${owned.dossier.version}\n\n`);
    return reply;
  });

  site.addHook("preClose", async () => {
    clearInterval(heartbeat);
    for (const one of listeners) sayGoodbye(one);
    await (await stopListening)?.();
  });
}

function open(reply: FastifyReply): ServerResponse {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  return reply.raw;
}
