/** The portal's side: messages of other provinces, and results of parts that another province handled. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { LINKED_BODY_MAX, LINKED_PATH } from "#protocols/linked-part/index.ts";
import { findDossierOf, sendFile } from "#province/dossiers/index.ts";
import { listParts } from "./linked-view.ts";
import { type LinkedReceiver, receiveLinkedMessage } from "./receive-message.ts";

export interface LinkedRouteDeps extends LinkedReceiver {
  person(request: FastifyRequest): { readonly sub: string } | undefined;
  signInPath(back: string): string;
}

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
      const { "x-province": province, "x-timestamp": timestamp, "x-signature": signature } = request.headers;
      return receiveLinkedMessage(deps, body, { province, timestamp, signature });
    });
  });

  site.get("/ho-so/:id/phan/:phan/ket-qua.pdf", async (request, reply) => sendResult(deps, request, reply));
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
