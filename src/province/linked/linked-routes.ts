/** The portal's side: messages of other provinces, and results of parts that another province handled. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { LINKED_BODY_MAX, LINKED_FILE_MAX, LINKED_PATH, linkedFilePath } from "#protocols/linked-part/index.ts";
import { findDossierOf, sendFile } from "#province/dossiers/index.ts";
import { listParts } from "./linked-view.ts";
import { type LinkedReceiver, receiveLinkedFile, receiveLinkedMessage } from "./receive-message.ts";

export interface LinkedRouteDeps extends LinkedReceiver {
  person(request: FastifyRequest): { readonly sub: string } | undefined;
  signInPath(back: string): string;
}

const LINKED_FILE = linkedFilePath({ conversation: ":conversation", seq: ":seq", sha256: ":sha256" });

export function linkedRoutes(site: FastifyInstance, deps: LinkedRouteDeps): void {
  void site.register(async (inner) => {
    // The signature is over the bytes as they came.
    inner.removeContentTypeParser("application/json");
    inner.addContentTypeParser(
      "application/json",
      { parseAs: "string", bodyLimit: LINKED_BODY_MAX },
      (_request, text, done) => done(null, text),
    );
    inner.post(LINKED_PATH, { config: { csrf: false, api: true }, bodyLimit: LINKED_BODY_MAX }, async (request) => {
      const body = typeof request.body === "string" ? request.body : "";
      return receiveLinkedMessage(deps, body, signedBy(request));
    });
    // Read as it comes, and only as far as the message says.
    inner.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    inner.post(LINKED_FILE, { config: { csrf: false, api: true }, bodyLimit: LINKED_FILE_MAX }, async (request) => {
      const { conversation = "", seq = "", sha256 = "" } = request.params as Record<string, string>;
      if (!isId(conversation) || !/^[1-9]\d{0,5}$/.test(seq) || !(request.body instanceof Readable))
        throw new AppError("invalid", { reason: "linked-file", message: "no file of a message" });
      return receiveLinkedFile(deps, { conversation, seq: Number(seq), sha256 }, signedBy(request), request.body);
    });
  });

  site.get("/ho-so/:id/phan/:phan/ket-qua.pdf", async (request, reply) => sendResult(deps, request, reply));
}

function signedBy({ headers }: FastifyRequest) {
  return { province: headers["x-province"], timestamp: headers["x-timestamp"], signature: headers["x-signature"] };
}

async function sendResult(deps: LinkedRouteDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const person = deps.person(request);
  const { id, phan } = request.params as { id: string; phan: string };
  if (!person) return reply.redirect(deps.signInPath(request.url), 303);
  const key = { tenant: deps.tenant, dossierId: id, applicantSub: person.sub };
  const whole = isId(id) ? await findDossierOf(deps.database, key) : undefined;
  const parts = whole ? await listParts(deps.database.forTenant(deps.tenant), [whole.id]) : [];
  const file = parts.find(({ code, hasResult }) => code === phan && hasResult)?.told?.result?.file;
  if (!file) throw new AppError("not-found", { message: "no such result of this person" });
  return sendFile(reply, deps.files, { ...file, mediaType: "application/pdf" });
}
