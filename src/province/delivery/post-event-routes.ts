/** `POST /buu-chinh/su-kien`: the post tells of an event. Signed; forged ones change nothing. */
import type { FastifyInstance } from "fastify";
import { Readable } from "node:stream";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { isSignedNow } from "#kit/signed-body.ts";
import { isPostNotice } from "#protocols/post/index.ts";
import { receiveEvent } from "./receive-event.ts";

export interface PostEventDeps {
  readonly database: Database;
  readonly tenant: string;
  readonly clock: Clock;
  /** Shared with the post; undefined: nothing is taken. */
  readonly key: string | undefined;
}

const BODY_MAX = 20_000;

export function postEventRoutes(site: FastifyInstance, deps: PostEventDeps): void {
  void site.register(async (inner) => {
    // The signature is over the bytes as they were sent.
    inner.addHook("preParsing", async (request, _reply, payload) => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of payload) {
        const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as Uint8Array);
        size += bytes.length;
        if (size > BODY_MAX) throw new AppError("too-large", { message: "an event of the post is small" });
        chunks.push(bytes);
      }
      const body = Buffer.concat(chunks);
      const { "x-timestamp": timestamp, "x-signature": signature } = request.headers;
      if (!deps.key || !isSignedNow(deps.key, body.toString("utf8"), { timestamp, signature }, deps.clock.now()))
        throw new AppError("unauthenticated", { message: "not signed by the post" });
      const again = Readable.from([body]);
      return Object.assign(again, { receivedEncodedLength: body.length });
    });
    inner.post("/buu-chinh/su-kien", { config: { csrf: false, api: true }, bodyLimit: BODY_MAX }, async (request) => {
      const notice = request.body;
      if (!isPostNotice(notice)) throw new AppError("invalid", { message: "not an event of the post" });
      const word = isId(notice.reference) ? await receiveEvent(deps.database, deps.tenant, notice) : "unknown";
      if (word === "unknown") throw new AppError("not-found", { message: "no such order" });
      return { received: true };
    });
  });
}
