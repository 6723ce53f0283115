/** `/quay`: from the procedure's name to the receipt in the person's hand. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDate, plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import type { Lang } from "#kit/i18n.ts";
import { formText, formValues, type FormValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { searchProcedures } from "#province/catalogue/index.ts";
import {
  counterFilingRoutes,
  findDossier,
  findFilingToday,
  startDraft,
  suggestedAgency,
} from "#province/dossiers/index.ts";
import { findHolder, findLetter, type Letter } from "#province/delivery/index.ts";
import { actorOf, receiveWithSlip } from "#province/handling/index.ts";
import { agenciesInScope, forOfficer, mayDo, type Officer, type OfficerHandler } from "#province/officers/index.ts";
import { NOBODY, readCounterPerson, type TypedPerson } from "./counter-person.ts";
import { listCounterDrafts, subOfPerson } from "./counter-people.ts";
import { readIdentityQr } from "./identity-qr.ts";
import { messages } from "./messages.ts";
import { type CounterDeps, inScope } from "./counter-deps.ts";
import { counterDoneRoutes, donePathOf } from "./counter-done-routes.ts";
import { receivableHere } from "./filed-here.ts";
import { counterStartPage, personPage, type PersonPageProps } from "./pages/counter-pages.ts";

const FLASH = "counter-card";
const FOUND_MAX = 20;

export function counterRoutes(site: FastifyInstance, deps: CounterDeps): void {
  const only = (work: OfficerHandler) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireCounter(officer);
      return work(officer, request, reply);
    });
  site.get(
    "/quay",
    only((officer, request, reply) => showStart(deps, officer, request, reply)),
  );
  site.get(
    "/quay/:code",
    only((officer, request, reply) => {
      const card = request.session.take<TypedPerson>(FLASH);
      return letterOf(deps, officer, request).then((letter) =>
        showPerson(deps, officer, request, reply, {
          typed: card ?? (letter ? fromLetter(letter) : NOBODY),
          letter,
          errors: [],
          filled: card !== undefined,
        }),
      );
    }),
  );
  site.post(
    "/quay/:code",
    only((officer, request, reply) => takePerson(deps, officer, request, reply)),
  );
  counterDoneRoutes(site, deps, only);
  // Where pages of filing lead to "my account": the officer's is the counter.
  site.get(
    "/tai-khoan",
    only(async (_officer, _request, reply) => seeOther(reply, "/quay")),
  );
  mountFiling(site, deps);
}

function requireCounter(officer: Officer): void {
  if (!mayDo(officer, "receive"))
    throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not serve at the counter` });
}

/** The pages of filing, for dossiers of the officer's units that came in at a counter or by post. */
function mountFiling(site: FastifyInstance, deps: CounterDeps): void {
  counterFilingRoutes(site, {
    database: deps.database,
    store: deps.files,
    partials: deps.partials,
    clock: deps.clock,
    captcha: deps.captcha,
    secret: deps.dataKey,
    // An officer who is signed in with an authenticator is no robot.
    tenant: {
      ...deps.tenant,
      askSecurityCode: false,
      labels: {
        ...deps.tenant.labels,
        account: { vi: messages.vi.counterName, en: messages.en.counterName },
      },
    },
    signInPath: (back) => `/dang-nhap?next=${encodeURIComponent(back)}`,
    page: (request, { width, ...content }) =>
      deps.shell({ ...content, width, lang: request.lang, viewer: viewers.get(request) }),
    mayServe: async (request, reply, dossier) => {
      const officer = await deps.officerOf(request);
      if (!officer) {
        if (request.method !== "GET") throw new AppError("unauthenticated");
        seeOther(reply, `/dang-nhap?next=${encodeURIComponent(request.url)}`);
        return false;
      }
      requireCounter(officer);
      if (!dossier || !inScope(deps, officer, dossier)) throw new AppError("not-found", { message: "no such dossier" });
      viewers.set(request, officer);
      return true;
    },
    counter: {
      donePath: donePathOf,
      onFiled: async (request, dossierId) => {
        const officer = viewers.get(request);
        const dossier = await findDossier(deps.database, { tenant: deps.tenant.code, dossierId });
        if (!officer || dossier?.state !== "filed") return;
        // A refusal (no time limit known) leaves it filed; the page after it says so and offers the reception.
        const { code: tenant } = deps.tenant;
        for (const one of await receivableHere(deps, officer, dossier)) {
          const seen = { dossierId: one.id, expectedVersion: one.version, actor: actorOf(officer) };
          await receiveWithSlip(deps, officer, one, { tenant, ...seen }, request);
        }
      },
    },
  });
}

const viewers = new WeakMap<FastifyRequest, Officer>();

async function showStart(
  deps: CounterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { q } = request.query as { q?: unknown };
  const { lang } = request;
  const words = typeof q === "string" ? q.trim().slice(0, 100) : "";
  const db = deps.database.forTenant(deps.tenant.code);
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  // Who serves one unit finds what that unit takes.
  const [agency] = scope.length === 1 ? scope : [];
  const found =
    words === ""
      ? undefined
      : (await searchProcedures(db, { words, ...(agency ? { agency } : {}), limit: FOUND_MAX }, deps.clock)).rows
          .filter((row) => row.fileable)
          .map((row) => ({ code: row.code, name: row.name[lang], field: row.fieldName[lang] }));
  const [drafts, letter] = await Promise.all([listCounterDrafts(db, scope), letterOf(deps, officer, request)]);
  const page = counterStartPage({ shell: deps.shell, lang, viewer: officer, words, found, drafts, letter });
  return sendPage(reply, page);
}

/** The letter that the dossier is typed from: of the officer's units, and not filed yet. */
async function letterOf(deps: CounterDeps, officer: Officer, request: FastifyRequest): Promise<Letter | undefined> {
  const id = (request.query as Readonly<Record<string, unknown>>)["buu-gui"];
  const letter = isId(id) ? await findLetter(deps.database.forTenant(deps.tenant.code), id) : undefined;
  return letter && agenciesInScope(deps.tenant.agencies, officer.agencyId).includes(letter.agencyId)
    ? letter
    : undefined;
}

/** Who has it, so that the person who brought it knows where to go. */
async function letterElsewhere(deps: CounterDeps, itemCode: string, lang: Lang): Promise<string> {
  const holder = await findHolder(deps.database.forTenant(deps.tenant.code), itemCode);
  const unit = deps.tenant.agencies.find(({ id }) => id === holder?.agencyId)?.name[lang] ?? "";
  return messages[lang].errors.letterElsewhere(unit);
}

function fromLetter(letter: Letter): TypedPerson {
  return {
    ...NOBODY,
    name: letter.senderName,
    agency: letter.agencyId,
    way: "post",
    itemCode: letter.itemCode,
    arrivedOn: formatDate(letter.arrivedOn),
    postmarkedOn: letter.postmarkedOn ? formatDate(letter.postmarkedOn) : "",
  };
}

async function offerOf(deps: CounterDeps, officer: Officer, code: string) {
  const offer = await findFilingToday(deps, code);
  if (!offer) throw new AppError("not-found", { message: "no such procedure" });
  const scope = new Set(agenciesInScope(deps.tenant.agencies, officer.agencyId));
  const agencies = offer.filing ? offer.agencies.filter(({ id }) => scope.has(id)) : [];
  return { ...offer, agencies };
}

async function showPerson(
  deps: CounterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Pick<PersonPageProps, "typed" | "letter" | "errors" | "filled">,
): Promise<FastifyReply> {
  const { code } = request.params as { code: string };
  const { lang } = request;
  const offer = await offerOf(deps, officer, code);
  const page = personPage({
    shell: deps.shell,
    lang,
    viewer: officer,
    code: offer.definition.code,
    procedure: offer.definition.name[lang],
    agencies: offer.agencies,
    ...shown,
    typed: {
      ...shown.typed,
      agency: shown.typed.agency || (suggestedAgency(offer.agencies, shown.typed.address)?.id ?? ""),
    },
  });
  return sendPage(reply, page, shown.errors.length > 0 ? 422 : 200);
}

function typedOf(form: FormValues): TypedPerson {
  const text = (name: string) => formText(form, name).trim().normalize("NFC");
  return {
    identityNumber: text("identityNumber"),
    name: text("name"),
    birthDate: text("birthDate"),
    phone: text("phone"),
    email: text("email"),
    address: text("address"),
    agency: text("agency"),
    way: text("way"),
    itemCode: text("itemCode"),
    arrivedOn: text("arrivedOn"),
    postmarkedOn: text("postmarkedOn"),
  };
}

async function takePerson(
  deps: CounterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formValues(request);
  const { lang } = request;
  const typed = typedOf(form);
  const refuse = (errors: readonly PageError[]) =>
    showPerson(deps, officer, request, reply, { typed, errors, filled: false });
  const offer = await offerOf(deps, officer, (request.params as { code: string }).code);
  const qr = formText(form, "qr");
  if (qr !== "") {
    const read = readIdentityQr(qr);
    if (!read.ok) return refuse([{ field: "qr", message: messages[lang].errors.qr[read.reason] }]);
    const { identityNumber, name, birthDate, address } = read.card;
    // The card is what counts; what it does not say stays as it was typed.
    const filled: TypedPerson = { ...typed, identityNumber, name, birthDate: formatDate(birthDate), address };
    request.session.set(FLASH, filled);
    return seeOther(reply, `/quay/${offer.definition.code}`);
  }
  const read = readCounterPerson(typed, plainDateOf(deps.clock.now()), lang);
  const agency = offer.agencies.find(({ id }) => id === typed.agency);
  const missing = agency ? [] : [{ field: "agency", message: messages[lang].errors.agency }];
  if (!read.ok || !agency || !offer.filing) return refuse([...(read.ok ? [] : read.errors), ...missing]);
  const { person, channel, post } = read.value;
  const sub = await subOfPerson(deps.database.forTenant(deps.tenant.code), person);
  const { definition, filing } = offer;
  const started = await startDraft(deps.database, {
    tenant: deps.tenant.code,
    procedure: {
      code: definition.code,
      version: filing.version,
      name: definition.name,
      fieldCode: definition.field.code,
      fieldName: definition.field.name,
    },
    agency: { id: agency.id, name: agency.name, identifier: agency.identifier },
    channel,
    applicant: { ...person, sub },
    actor: actorOf(officer),
    ...(post ? { post: { ...post, units: agenciesInScope(deps.tenant.agencies, officer.agencyId) } } : {}),
  });
  if (!started.ok && started.reason === "letter-elsewhere" && post)
    return refuse([{ field: "itemCode", message: await letterElsewhere(deps, post.itemCode, lang) }]);
  if (!started.ok) throw new AppError("conflict", { reason: started.reason });
  return seeOther(reply, `/ho-so/${started.dossierId}/ke-khai`);
}
