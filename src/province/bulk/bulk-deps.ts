/** What bulk filing needs from the portal that mounts its routes. */
import type { FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { isId } from "#kit/ids.ts";
import type { Applicant, FilingContent, FilingPlace } from "#province/dossiers/index.ts";
import type { Fees } from "#province/fees/index.ts";
import type { Batch } from "./batch.ts";
import { findBatch } from "./batch-view.ts";

export interface BulkContent extends FilingContent {
  /** Without scripts the page looks again by itself. */
  readonly refreshSeconds?: number;
}

export interface BulkDeps extends FilingPlace {
  readonly captcha: CaptchaDesk;
  readonly fees: Fees;
  person(request: FastifyRequest): Applicant | undefined;
  signInPath(back: string): string;
  page(request: FastifyRequest, content: BulkContent): Html;
}

/** The person's own batch; somebody else's does not exist. */
export async function ownBatch(deps: BulkDeps, person: Applicant, id: string): Promise<Batch> {
  const key = { tenant: deps.tenant.code, applicantSub: person.sub, id };
  const batch = isId(id) ? await findBatch(deps.database, key) : undefined;
  if (!batch) throw new AppError("not-found", { message: "no such batch of this person" });
  return batch;
}
