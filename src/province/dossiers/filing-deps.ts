/** What filing needs from the building; the portal gives it when it mounts the routes. */
import type { FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import type { PartialStore } from "#kit/partial-files.ts";
import type { Html } from "#kit/html.ts";
import type { PopulationDatabase } from "#protocols/population/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { Component } from "#province/procedure/index.ts";
import type { Applicant, Outcome } from "./dossier.ts";

/** What a dossier needs to be looked at and filed, by a page or by a job. */
export type FilingPlace = Pick<FilingDeps, "database" | "store" | "clock" | "tenant" | "counter">;

export interface FilingDeps {
  /** Of the site, where declarations lead back to; without it (at a desk) none are drawn. */
  readonly portalOrigin?: string;
  /** The national population database; without it its questions are simply asked. */
  readonly population?: PopulationDatabase;
  readonly database: Database;
  readonly store: BlobStore;
  /** Papers that are still arriving. */
  readonly partials: PartialStore;
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
  /** What the person has already and may use again; without it nothing is offered. */
  readonly ownPapers?: OwnPapers;
  /** An officer files for somebody at the counter. */
  readonly counter?: CounterFiling;
}

/** What follows "Gửi hồ sơ" at the counter, where the person waits for the receipt. */
export interface CounterFiling {
  /** The page after it. */
  donePath(dossierId: string): string;
  /** Runs once it is filed; when the process dies in between, the page after it offers the same. */
  onFiled(request: FastifyRequest, dossierId: string): Promise<void>;
}

/** A paper the person has, offered for one component instead of an upload. */
export interface PaperOffer {
  /** What the form sends back: source and id. */
  readonly value: string;
  readonly kind: "result" | "copy" | "own";
  readonly name: string;
  readonly size: number;
  /** When it was returned, signed or uploaded. */
  readonly at: Date;
}

export interface OwnPapers {
  /** By the component's code; components without an offer are absent. */
  offersFor(sub: string, components: readonly Component[]): Promise<ReadonlyMap<string, readonly PaperOffer[]>>;
  /** Uses it for this dossier; the consent was given in the words of the papers' page. */
  use(input: {
    readonly applicantSub: string;
    readonly dossierId: string;
    readonly component: string;
    readonly value: string;
  }): Promise<Outcome<{ fileId: string; sameAs?: string | null }>>;
}

export interface FilingContent {
  readonly title: string;
  readonly body: Html;
  /** The page lists something to correct. */
  readonly failed: boolean;
  /** Pages with the list of steps beside them are wide. */
  readonly width: "narrow" | "wide";
  /** What the page is about, for whoever shows it in a list. */
  readonly description?: string;
}
