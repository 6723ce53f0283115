import type { FastifyInstance } from "fastify";
import { type DossierIndexDeps, receiveSync, signInProvince } from "./receive-sync.ts";

/** A batch of fifty dossiers with their papers stays below this. */
const BODY_MAX = 4_000_000;

/** Calls by the provinces' systems: a token of their own instead of a cookie, always answered as the protocol does. */
export function dossierIndexRoutes(site: FastifyInstance, deps: DossierIndexDeps): void {
  const options = { config: { csrf: false, api: true }, bodyLimit: BODY_MAX };
  site.post("/dong-bo/dang-nhap", options, async (request) => signInProvince(deps, request.body));
  site.post("/dong-bo", options, async (request) => receiveSync(deps, request.body));
}
