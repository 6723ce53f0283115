import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import Fastify from "fastify";
import type { Database } from "#kit/db.ts";
import type { Applicant, Dossier } from "./dossier.ts";
import { liveRoutes } from "./live-routes.ts";

/** More than a connection holds whose other end does not read. */
const MORE_THAN_FITS = 400_000;

test("a change that comes while a slow reader is said goodbye is written to nobody and ends no process", async () => {
  const site = Fastify({ forceCloseConnections: true });
  let notify: (dossierId: string) => void = () => assert.fail("nobody listens");
  const listen = async (_channel: string, onNotify: (payload: string) => void) => {
    notify = onNotify;
    return async () => notify("d1");
  };
  const owned = { person: { sub: "s1" } as Applicant, dossier: { id: "d1", version: 7 } as Dossier };
  liveRoutes(site, { listen } as unknown as Database, async () => owned);
  const address = new URL(await site.listen({ host: "127.0.0.1", port: 0 }));
  const reader = connect(Number(address.port), address.hostname);
  reader.write("GET /ho-so/d1/su-kien HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n");
  const [first] = (await once(reader, "data")) as [Buffer];
  reader.pause().on("error", () => undefined);
  assert.match(first.toString(), /data: 7/);
  for (let times = 0; times < MORE_THAN_FITS; times += 1) notify("d1");
  await site.close();
  reader.destroy();
});
