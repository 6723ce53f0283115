import type { FastifyRequest } from "fastify";
import type { Officer } from "#province/officers/index.ts";
import { type ActInput, type Dossier, type Outcome, receiveDossier } from "#province/dossiers/index.ts";
import { reread } from "./act.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";
import { slipProblem } from "./issue-slips.ts";

/**
 * Reception with its slip: the code first, so that a slip never promises a date that was not written. `problem`: the
 * dossier is received, but its slip could not be made yet; in words.
 */
export async function receiveWithSlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  input: ActInput,
  about: Pick<FastifyRequest, "lang"> & Partial<Pick<FastifyRequest, "log">>,
): Promise<Outcome<{ readonly code: string; readonly problem: string | undefined }>> {
  const done = await receiveDossier(deps.database, input, { clock: clockOf(deps) });
  if (!done.ok) return done;
  return { ok: true, code: done.code, problem: await slipProblem(deps, officer, await reread(deps, dossier), about) };
}
