import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { createThrottle, networkOf } from "#kit/http/index.ts";
import { SYNC_CODES } from "#protocols/dossier-sync/index.ts";
import { type DossierIndexDeps, receiveSync, signInProvince } from "./receive-sync.ts";

/** A batch of fifty dossiers with their papers stays below this. */
const BODY_MAX = 4_000_000;
const SIGN_IN_BODY_MAX = 5_000;
/** Wrong passwords and unknown sessions from one network: a province's own system is wrong a few times a day at most. */
const REFUSALS = { turns: 20, seconds: 600 } as const;

/** Calls by the provinces' systems: a token of their own instead of a cookie, always answered as the protocol does. */
export function dossierIndexRoutes(site: FastifyInstance, deps: DossierIndexDeps): void {
  const options = { config: { csrf: false, api: true }, bodyLimit: BODY_MAX };
  const refusals = createThrottle(REFUSALS);
  const refuse = async (request: FastifyRequest): Promise<void> => {
    if (refusals.wait(networkOf(request)) > 0) throw new AppError("too-many", { reason: "throttled" });
  };
  const signIn = { ...options, bodyLimit: SIGN_IN_BODY_MAX, onRequest: refuse };
  site.post("/dong-bo/dang-nhap", signIn, async (request) => {
    const answer = await signInProvince(deps, request.body);
    if (answer.error_code !== SYNC_CODES.done) refusals.take(networkOf(request));
    return answer;
  });
  site.post("/dong-bo", { ...options, onRequest: refuse }, async (request) => {
    const answer = await receiveSync(deps, request.body);
    if (answer.error_code === SYNC_CODES.session) refusals.take(networkOf(request));
    return answer;
  });
}
