/** For tests: a portal with nothing but filing on it, and a way to be signed in. */
import type { FastifyInstance } from "fastify";
import { createCaptchaDesk } from "#kit/captcha.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createSite, sendPage } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import type { PopulationDatabase } from "#protocols/population/index.ts";
import { portalPage } from "#province/portal/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { Applicant } from "./dossier.ts";
import type { OwnPapers } from "./filing-deps.ts";
import { filingRoutes } from "./filing-routes.ts";

export const PERSON: Applicant = {
  sub: "0b5a4f0e-0000-7000-8000-000000000001",
  name: "Nguyễn Văn An",
  identityNumber: "072090001234",
  identityKind: "cccd",
  birthDate: "1990-02-11",
  phone: "0869123603",
  email: "an@example.vn",
};

export const CAPTCHA_ANSWER = "motcua";

export interface FilingExample {
  readonly site: FastifyInstance;
  readonly tenant: string;
}

/** `GET /thu/vao` signs PERSON in, `?ai=b` another person, `?ai=c` PERSON with an address, `/thu/ra` ends the session. */
export async function filingExample(options: {
  readonly database: Database;
  readonly folder: string;
  readonly origin?: string;
  readonly tenant?: string;
  readonly clock?: Clock;
  readonly ownPapers?: OwnPapers;
  readonly population?: PopulationDatabase;
}): Promise<FilingExample> {
  const tenant = findTenant(options.tenant ?? "tayninh");
  const frame = { tenant, national: "http://localhost:8081" };
  const site = await createSite({
    name: `${tenant.code}-portal`,
    origin: options.origin ?? "http://localhost:8082",
    cookie: "test_portal",
    database: options.database.forTenant(tenant.code),
    log: createLog("test"),
    failurePage: (view) =>
      portalPage(frame, { lang: view.lang, title: view.title, body: html`<h1>${view.title}</h1>` }),
  });
  const secret = "0123456789abcdef0123456789abcdef";
  site.get<{ Querystring: { ai?: string; ve?: string } }>("/thu/vao", async (request, reply) => {
    const other = {
      ...PERSON,
      sub: "0b5a4f0e-0000-7000-8000-000000000002",
      name: "Trần Thị Bình",
      identityNumber: "072192004321",
      birthDate: "1992-05-06",
    };
    const resident = { ...PERSON, address: "12 ấp 3, thị trấn Bến Cầu, huyện Bến Cầu, tỉnh Tây Ninh" };
    request.session.set("person", request.query.ai === "b" ? other : request.query.ai === "c" ? resident : PERSON);
    return sendPage(reply, html`<a href="${request.query.ve ?? "/"}">ok</a>`);
  });
  site.get("/thu/ra", async (request, reply) => {
    request.session.destroy();
    return sendPage(reply, html`<p>ok</p>`);
  });
  filingRoutes(site, {
    database: options.database,
    store: createDiskStore(options.folder),
    partials: createPartialStore(`${options.folder}/partial`),
    clock: options.clock ?? systemClock,
    captcha: createCaptchaDesk({ db: options.database, secret, demoAnswer: CAPTCHA_ANSWER }),
    secret,
    tenant,
    portalOrigin: options.origin ?? "http://localhost:8082",
    ...(options.ownPapers ? { ownPapers: options.ownPapers } : {}),
    ...(options.population ? { population: options.population } : {}),
    person: (request) => request.session.get<Applicant>("person"),
    signInPath: (back) => `/dang-nhap?ve=${encodeURIComponent(back)}`,
    page: (request, content) =>
      portalPage(frame, {
        lang: request.lang,
        title: content.title,
        body: content.body,
        width: content.width,
        failed: content.failed,
        viewer: { name: PERSON.name },
        ...(request.method === "GET" ? { path: request.url } : {}),
      }),
  });
  return { site, tenant: tenant.code };
}
