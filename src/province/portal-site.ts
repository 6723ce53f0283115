/** A province's portal as one web site: the rooms' routes with database, clock, frame and the person who is signed in. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createCaptchaDesk } from "#kit/captcha.ts";
import { demoCaptcha } from "#kit/demo.ts";
import { html, type Html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import { populationDatabaseAt } from "#protocols/population/index.ts";
import { disputeRoutes } from "./accounting/index.ts";
import { bulkRoutes } from "./bulk/index.ts";
import { catalogueRoutes } from "./catalogue/index.ts";
import { partialFolder, type ProvinceBuilding, type ProvinceSite, receiptDepsOf } from "./building.ts";
import { joinPerson } from "./counter/index.ts";
import {
  accountRoutes,
  type Applicant,
  type FilingContent,
  type FilingDeps,
  filingRoutes,
  findDossierOf,
} from "./dossiers/index.ts";
import { conversationRoutes, lettersOf } from "./conversation/index.ts";
import { deliveryOf, deliveryPortalRoutes, postEventRoutes } from "./delivery/index.ts";
import { feeRoutes, feesFromConfig, owedOfFiling } from "./fees/index.ts";
import {
  createNationalSignIn,
  personOf,
  portalFailurePage,
  type PortalFrame,
  portalPage,
  type PortalPageProps,
  signInPath,
  signInRoutes,
} from "./portal/index.ts";
import { feedbackRoutes } from "./feedback/index.ts";
import { guidanceRoutes } from "./guidance/index.ts";
import { linkedKeyOf, linkedOfDossier, linkedOfList, linkedPeerOf, linkedRoutes } from "./linked/index.ts";
import { noticeRoutes, openVapidKeys } from "./messages/index.ts";
import { lookupRoutes } from "./lookup/index.ts";
import { findRating, ratingOf, ratingRoutes } from "./ratings/index.ts";
import { programRoutes } from "./programs/index.ts";
import { receiptRoutes } from "./receipts/index.ts";
import { listSlips, SLIP_NAMES, slipPath, slipRoutes } from "./slips/index.ts";
import { whoHasIt } from "./steps/index.ts";
import { ownPapersOf, storeRoutes } from "./store/index.ts";
import { themeOf } from "./tenants/index.ts";
import { verificationRoutes } from "./verification/index.ts";

/** One province's portal that does not listen yet. */
export async function createPortal(
  building: ProvinceBuilding,
  { tenant, portalOrigin }: ProvinceSite,
): Promise<FastifyInstance> {
  const { config, log, clock, database, files, signers } = building;
  const frame: PortalFrame = { tenant, national: config.origins.national };
  const db = database.forTenant(tenant.code);
  const site = await createSite({
    name: `${tenant.code}-portal`,
    origin: portalOrigin,
    cookie: `${tenant.code}-portal`,
    database,
    log,
    failurePage: (view) => portalFailurePage(frame, view),
    // Signing in and paying begin with a form here and lead to the national portal.
    formActions: [config.origins.national],
    theme: themeOf(tenant),
    siteMap: "/sitemap.xml",
  });
  type Content = { readonly title: string; readonly body: Html } & Partial<PortalPageProps>;
  const page = (request: FastifyRequest, content: Content): Html => {
    const viewer = personOf(request);
    return portalPage(frame, { lang: request.lang, ...(viewer ? { viewer } : {}), ...content });
  };

  const client = config.secrets.oidcClients[tenant.code];
  if (!client) throw new Error(`no OpenID Connect client is configured for ${tenant.code} (secrets.oidcClients)`);
  signInRoutes(site, {
    frame,
    origin: portalOrigin,
    db,
    log,
    // Dossiers filed for them at a counter, before they had an account.
    onSignedIn: async (person) => {
      await joinPerson(db, person).catch((error: unknown) => log.warn({ err: error }, "counter dossiers did not join"));
    },
    national: createNationalSignIn({ ...client, issuer: `${config.origins.national}/oidc`, origin: portalOrigin }),
  });
  catalogueRoutes(site, {
    tenant,
    database: db,
    clock,
    origin: portalOrigin,
    isSignedIn: (request) => personOf(request) !== undefined,
    page: (request, content) => page(request, { width: "wide", ...content }),
  });
  const captcha = createCaptchaDesk({
    db: database,
    secret: building.secret,
    clock,
    demoAnswer: config.demo ? demoCaptcha.answer : undefined,
  });
  feedbackRoutes(site, {
    database: db,
    clock,
    captcha,
    answerDays: tenant.feedbackDays,
    agencies: tenant.agencies,
    page,
  });
  guidanceRoutes(site, { tenant, database: db, clock, origin: portalOrigin, page });
  const citizen = {
    database,
    store: files,
    clock,
    tenant,
    person: applicantOf,
    signInPath,
  };
  const framed =
    (current: "catalogue" | "account" | "papers"): FilingDeps["page"] =>
    (request: FastifyRequest, content: FilingContent) =>
      page(request, { ...content, path: pathOf(request), noIndex: true, current });
  filingRoutes(site, {
    ...citizen,
    // Only who signed in is shown them: there is nothing to tell crawlers.
    page: (request, content) => page(request, { ...content, path: pathOf(request), current: "catalogue" }),
    partials: createPartialStore(partialFolder(config)),
    ownPapers: ownPapersOf(database, tenant.code),
    portalOrigin,
    ...populationOf(config),
    secret: building.secret,
    captcha,
  });
  storeRoutes(site, { ...citizen, page: framed("papers") });
  const fees = feesFromConfig(config, tenant, { database, clock, log });
  const linkedPlace = {
    database,
    tenant: tenant.code,
    peerPortalOf: (province: string) => linkedPeerOf(config, tenant.code, province)?.portal,
  };
  accountRoutes(site, {
    ...citizen,
    page: framed("account"),
    ownPapers: ownPapersOf(database, tenant.code),
    secret: building.secret,
    slipsOf: async (dossierId) =>
      (await listSlips(db, dossierId))
        .filter(({ kind }) => kind !== "control")
        .map((slip) => ({
          name: SLIP_NAMES[slip.kind],
          href: slipPath(slip.id),
          issuedAt: slip.createdAt,
        })),
    partsOf: (dossiers, lang) => linkedOfList(linkedPlace, dossiers, lang),
    holdersOf: (dossierId) => whoHasIt(db, dossierId),
    besides: async (dossier, lang) => {
      const linked = await linkedOfDossier(linkedPlace, dossier, lang);
      // A linked filing is rated once; letters go to the agencies of its parts.
      const isPart = dossier.linkedWhole !== null && dossier.linkedWhole !== dossier.id;
      const rated = dossier.state === "returned" && !isPart;
      const rating = rated ? ratingOf(lang, dossier.id, await findRating(db, dossier.id)) : null;
      const letters = dossier.linkedWhole === dossier.id ? null : await lettersOf(db, dossier.id, lang);
      const owed =
        dossier.linkedWhole === dossier.id
          ? await owedOfFiling(fees, { wholeId: dossier.id, sub: dossier.applicantSub }, lang)
          : null;
      return html`${linked}${owed}${await deliveryOf(db, dossier.id, lang)}${rating}${letters}`;
    },
  });
  linkedRoutes(site, {
    database,
    files,
    clock,
    tenant: tenant.code,
    keyOf: (province) => linkedKeyOf(config, tenant.code, province),
    peerPortalOf: linkedPlace.peerPortalOf,
    person: applicantOf,
    signInPath,
  });
  noticeRoutes(site, {
    database,
    tenant,
    zalo: config.services.zalo !== undefined && config.secrets.zalo !== undefined,
    vapid: () => openVapidKeys(config.dataDir),
    pushStandIn: config.services.pushStandIn?.url,
    person: applicantOf,
    signInPath,
    page: (request, content) => page(request, { ...content, path: pathOf(request), noIndex: true, current: "notices" }),
  });
  ratingRoutes(site, { database, tenant, person: applicantOf, signInPath, page });
  deliveryPortalRoutes(site, { database, tenant, person: personOf, signInPath });
  lookupRoutes(site, { database, tenant, clock, captcha, page });
  conversationRoutes(site, {
    database,
    files,
    tenant,
    secret: building.secret,
    person: applicantOf,
    signInPath,
    page: (request, content) => page(request, { ...content, path: pathOf(request), noIndex: true, current: "account" }),
  });
  slipRoutes(site, {
    db,
    files,
    portalOrigin,
    personOf,
    signInPath,
    mayRead: async (sub, dossierId) =>
      (await findDossierOf(database, { tenant: tenant.code, dossierId, applicantSub: sub })) !== undefined,
  });
  disputeRoutes(site, fees);
  postEventRoutes(site, { database, tenant: tenant.code, clock, key: config.secrets.post?.[tenant.code]?.key });
  bulkRoutes(site, { ...citizen, page: framed("catalogue"), captcha, fees });
  feeRoutes(site, {
    fees,
    labels: tenant.labels,
    person: personOf,
    signInPath,
    page: (request, { wide, ...content }) =>
      page(request, {
        ...content,
        width: wide ? "wide" : "narrow",
        path: pathOf(request),
        noIndex: true,
        current: "transactions",
      }),
  });
  programRoutes(site, { database, store: files, clock, tenant, secret: building.secret, origin: portalOrigin });
  receiptRoutes(site, { ...receiptDepsOf(building, portalOrigin), db, personOf, signInPath });
  verificationRoutes(site, {
    db,
    files,
    trustedRoots: signers.trustedRoots,
    demo: signers.demo,
    clock,
    frame: (request, content) => page(request, content),
  });
  return site;
}

/** Without address or key nothing is asked of it. */
function populationOf({ services, secrets }: ProvinceBuilding["config"]): Pick<FilingDeps, "population"> {
  if (!services.population || !secrets.population) return {};
  return { population: populationDatabaseAt({ ...services.population, ...secrets.population }) };
}

/** The same person as the one who files. */
function applicantOf(request: FastifyRequest): Applicant | undefined {
  const person = personOf(request);
  if (!person) return undefined;
  const { sub, name, identityNumber, birthDate, phone, email, address } = person;
  return {
    sub,
    name,
    identityNumber,
    identityKind: identityNumber.length === 12 ? "cccd" : "cmnd",
    ...(birthDate ? { birthDate } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(address ? { address: address.formatted } : {}),
  };
}

/** For the language switch: only pages that were got, since a posted one cannot be asked for again. */
function pathOf(request: FastifyRequest): string | undefined {
  return request.method === "GET" ? request.url.replace(/([?&])lang=[a-z]*&?/, "$1").replace(/[?&]$/, "") : undefined;
}
