/** For tests: a portal with the account pages on it, and a way to be signed in. */
import type { FastifyInstance } from "fastify";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { createSite, sendPage } from "#kit/http/index.ts";
import { html } from "#kit/html.ts";
import { createLog } from "#kit/log.ts";
import { portalFailurePage, portalPage } from "#province/portal/index.ts";
import { findTenant, themeOf } from "#province/tenants/index.ts";
import { accountRoutes } from "./account-routes.ts";
import type { Applicant } from "./dossier.ts";
import type { OwnPapers } from "./filing-deps.ts";

/** `GET /thu/vao?ai=<sub>` signs that person in. */
export async function accountExample(options: {
  readonly database: Database;
  readonly folder: string;
  readonly origin?: string;
  readonly people: readonly Applicant[];
  readonly clock?: Clock;
  readonly ownPapers?: OwnPapers;
}): Promise<FastifyInstance> {
  const tenant = findTenant("tayninh");
  const frame = { tenant, national: "http://localhost:8081" };
  const site = await createSite({
    name: "tayninh-portal",
    origin: options.origin ?? "http://localhost:8082",
    cookie: "test_portal",
    database: options.database,
    log: createLog("test"),
    theme: themeOf(tenant),
    failurePage: (view) => portalFailurePage(frame, view),
  });
  site.get<{ Querystring: { ai?: string } }>("/thu/vao", async (request, reply) => {
    request.session.set(
      "person",
      options.people.find((person) => person.sub === request.query.ai),
    );
    return sendPage(reply, html`<p>ok</p>`);
  });
  const person = (request: { session: { get<T>(key: string): T | undefined } }) =>
    request.session.get<Applicant>("person");
  accountRoutes(site, {
    database: options.database,
    store: createDiskStore(options.folder),
    clock: options.clock ?? systemClock,
    secret: "0123456789abcdef0123456789abcdef",
    tenant,
    person,
    ...(options.ownPapers ? { ownPapers: options.ownPapers } : {}),
    signInPath: (back) => `/dang-nhap?ve=${encodeURIComponent(back)}`,
    slipsOf: async () => [
      {
        name: { vi: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", en: "Receipt and appointment" },
        href: "/phieu/1",
        issuedAt: new Date(),
      },
    ],
    page: (request, content) => {
      const viewer = person(request);
      return portalPage(frame, {
        lang: request.lang,
        ...content,
        current: "account",
        ...(viewer ? { viewer } : {}),
        ...(request.method === "GET" ? { path: request.url } : {}),
      });
    },
  });
  return site;
}
