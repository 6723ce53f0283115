/** What filing needs from the building; the portal gives it when it mounts the routes. */
import type { FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import type { Html } from "#kit/html.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { Applicant } from "./dossier.ts";

export interface FilingDeps {
  readonly database: Database;
  readonly store: BlobStore;
  readonly clock: Clock;
  readonly captcha: CaptchaDesk;
  /** The building's data key: seals what was typed when a session ended. */
  readonly secret: string;
  readonly tenant: Tenant;
  /** Who is signed in; undefined when nobody is (any more). */
  person(request: FastifyRequest): Applicant | undefined;
  /** Address that signs in and comes back to a path of this site. */
  signInPath(back: string): string;
  /** The portal's shell around a page. */
  page(request: FastifyRequest, content: FilingContent): Html;
}

export interface FilingContent {
  readonly title: string;
  readonly body: Html;
  /** The page lists something to correct. */
  readonly failed: boolean;
  /** Pages with the list of steps beside them are wide. */
  readonly width: "narrow" | "wide";
}
