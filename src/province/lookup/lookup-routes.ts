/**
 * Looking a dossier up without signing in. Codes can be guessed, so a code alone tells only finished or not, and dates;
 * with the applicant's paper number it tells more. The paper number is posted, never in an address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Html } from "#kit/html.ts";
import { createThrottle, formText, formValues, networkOf, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { listHistory, STEPS_SHOWN } from "#province/dossiers/index.ts";
import { findByCode, type FoundDossier } from "./lookup-view.ts";
import { messages } from "./messages.ts";
import { lookupPage } from "./pages/lookup-page.ts";
import { readAsked, readPaper } from "./read-code.ts";

export interface LookupDeps {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  readonly clock: Clock;
  readonly captcha: CaptchaDesk;
  page(
    request: FastifyRequest,
    content: { readonly title: string; readonly body: Html; readonly failed: boolean; readonly path?: string },
  ): Html;
}

const PURPOSE = "lookup";
/** Look-ups of one network; beyond that it waits. */
const LOOKUPS = { turns: 60, seconds: 600 };
/** Misses of one network before a security code is asked. */
const MISSES = { turns: 3, seconds: 900 };
/** Wrong paper numbers for one dossier, from wherever: four digits must not be tried out. */
const WRONG_PAPERS = { turns: 10, seconds: 3_600 };

interface Asking {
  readonly code: string;
  readonly paper: string;
  readonly errors: PageError[];
  found?: FoundDossier;
}

export function lookupRoutes(site: FastifyInstance, deps: LookupDeps): void {
  const lookups = createThrottle(LOOKUPS, deps.clock);
  const misses = createThrottle(MISSES, deps.clock);
  const wrongPapers = createThrottle(WRONG_PAPERS, deps.clock);
  const db = deps.database.forTenant(deps.tenant.code);

  const look = async (request: FastifyRequest, asking: Asking): Promise<void> => {
    const t = messages[request.lang];
    const network = networkOf(request);
    const asked = readAsked(asking.code);
    const paper = asking.paper === "" ? "" : readPaper(asking.paper);
    if (!asked) asking.errors.push({ field: "ma", message: asking.code.trim() === "" ? t.codeEmpty : t.codeShape });
    if (paper === undefined) asking.errors.push({ field: "giay-to", message: t.paperShape });
    if (asking.errors.length > 0 || !asked || paper === undefined) return;
    const subject = asked.code ?? String(asked.number);
    if (lookups.wait(network) > 0 || (paper !== "" && wrongPapers.wait(subject) > 0)) {
      asking.errors.push({ field: "ma", message: t.tooMany });
      return;
    }
    lookups.take(network);
    const found = await findByCode(db, asked, paper);
    const fits = found && (paper === "" || found.paperFits);
    if (fits) {
      asking.found = found;
      return;
    }
    if (misses.wait(network) === 0) misses.take(network);
    if (found) wrongPapers.take(subject);
    // With a paper number both kinds of miss sound the same: nobody learns which codes exist from it.
    const message = paper === "" ? t.unknown : t.paperWrong;
    asking.errors.push({ field: "ma", message });
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply, asking: Asking): Promise<FastifyReply> => {
    const { found, errors, code } = asking;
    const { lang } = request;
    const history = found?.paperFits
      ? await listHistory(deps.database, { tenant: deps.tenant.code, dossierId: found.id })
      : [];
    const steps = history.filter(({ action }) => STEPS_SHOWN.includes(action)).toReversed();
    const captcha = misses.wait(networkOf(request)) > 0 ? deps.captcha.issue(PURPOSE) : undefined;
    const failed = errors.length > 0;
    const body = lookupPage({ lang, code, found, steps, captcha, errors });
    const path = request.method === "GET" ? "/tra-cuu" : undefined;
    const content = { title: messages[lang].title, body, failed, ...(path ? { path } : {}) };
    return sendPage(reply, deps.page(request, content), failed ? 422 : 200);
  };

  site.get<{ Querystring: Record<string, unknown> }>("/tra-cuu", async (request, reply) => {
    const code = typeof request.query["ma"] === "string" ? request.query["ma"].slice(0, 60) : "";
    const asking: Asking = { code, paper: "", errors: [] };
    // A code in the address comes from a QR code: it is looked up unless the network has to prove itself first.
    if (code !== "" && misses.wait(networkOf(request)) === 0) await look(request, asking);
    return answer(request, reply, asking);
  });

  site.post("/tra-cuu", async (request, reply) => {
    const form = formValues(request);
    const asking: Asking = {
      code: formText(form, "ma").slice(0, 60),
      paper: formText(form, "giay-to").trim(),
      errors: [],
    };
    if (misses.wait(networkOf(request)) > 0) asking.errors.push(...(await captchaProblem(deps, request)));
    if (asking.errors.length === 0) await look(request, asking);
    return answer(request, reply, asking);
  });
}

async function captchaProblem(deps: LookupDeps, request: FastifyRequest): Promise<PageError[]> {
  const form = formValues(request);
  const judged = await deps.captcha.judge(PURPOSE, formText(form, "captchaToken"), formText(form, "captcha"));
  if (judged === "right") return [];
  const t = messages[request.lang];
  const message = judged === "missing" ? t.captchaMissing : judged === "wrong" ? t.captchaWrong : t.captchaExpired;
  return [{ field: "captcha", message }];
}
