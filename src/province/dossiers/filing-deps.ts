/** What filing needs from the building; the portal gives it when it mounts the routes. */
import type { FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import type { Html } from "#kit/html.ts";
import type { Text } from "#kit/i18n.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { LocalAmount } from "#province/procedure/index.ts";
import type { Applicant } from "./dossier.ts";

/** A unit at which the procedure can be filed. */
export interface FilingAgency {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
  /** The district it lies in, for grouping a long list; absent for the province's own. */
  readonly group?: string;
}

/** A published procedure with its form. */
export interface FilingProcedure {
  readonly definition: ProcedureDefinition;
  readonly version: number;
  readonly form: FormDefinition;
  readonly agencies: readonly FilingAgency[];
}

export interface FilingTenant {
  readonly code: string;
  readonly labels: { readonly submit: Text; readonly pay: Text; readonly account: Text };
  readonly askSecurityCode: boolean;
  readonly localAmounts: Readonly<Record<string, LocalAmount>>;
  /** Offered while an area is typed; may be empty. */
  readonly areas: readonly string[];
}

export interface FilingDeps {
  readonly database: Database;
  readonly store: BlobStore;
  readonly clock: Clock;
  readonly captcha: CaptchaDesk;
  /** The building's data key: seals what was typed when a session ended. */
  readonly secret: string;
  readonly tenant: FilingTenant;
  /** Who is signed in; undefined when nobody is (any more). */
  person(request: FastifyRequest): Applicant | undefined;
  /** Address that signs in and comes back to a path of this site. */
  signInPath(back: string): string;
  /** The portal's shell around a page. */
  page(request: FastifyRequest, content: FilingContent): Html;
  /** Sum that a filed dossier owes in đồng; 0 when nothing is due. */
  amountDue(dossierId: string): Promise<number>;
  /** The newest published version, or the one a draft was begun under. */
  procedure(code: string, version?: number): Promise<FilingProcedure | undefined>;
}

export interface FilingContent {
  readonly title: string;
  readonly body: Html;
  /** The page lists something to correct. */
  readonly failed?: boolean;
}
