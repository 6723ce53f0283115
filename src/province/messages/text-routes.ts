/** `/quan-tri/thong-bao`: the words of notices and the quiet hours, decided by administrators. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, type FormValues, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { changeQuiet, changeTexts } from "./change-texts.ts";
import { checkText, SMS_MOST, type TextFault } from "./check-text.ts";
import { EVENTS, type NoticeEvent } from "./notice.ts";
import { textPage, textsPage, TEXTS_HOME, type TypedWords } from "./pages/text-pages.ts";
import type { NoticeTexts } from "./templates.ts";
import { textMessages } from "./text-messages.ts";
import { readQuiet, readTexts } from "./text-view.ts";
import { USUAL_TEXTS } from "./usual-texts.ts";

export interface TextRouteDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
  readonly portalOrigin: string;
}

const LANGS = ["vi", "en"] as const;

export function textRoutes(site: FastifyInstance, deps: TextRouteDeps): void {
  const { tenant, database } = deps;
  const db = database.forTenant(tenant.code);

  const showAll = async (officer: Officer, request: FastifyRequest, reply: FastifyReply, errors: PageError[] = []) => {
    const [texts, quiet] = await Promise.all([readTexts(db), readQuiet(db)]);
    const framed = adminFramed(deps.shell, officer, request);
    // The next moment: what was saved a moment ago counts already, whatever the clocks say.
    const now = new Date(deps.clock.now().getTime() + 60_000);
    return sendPage(reply, textsPage({ ...framed, now, texts, quiet, errors }), errors.length > 0 ? 422 : 200);
  };

  site.get(
    TEXTS_HOME,
    forAdministrator(deps.officerOf, (officer, request, reply) => showAll(officer, request, reply)),
  );
  site.post(
    TEXTS_HOME,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const form = formValues(request);
      const t = textMessages[request.lang];
      const [from, to] = [Number(formText(form, "from")), Number(formText(form, "to"))];
      const errors = [
        ...(Number.isInteger(from) && from >= 18 && from <= 23 ? [] : [{ field: "from", message: t.quietFault }]),
        ...(Number.isInteger(to) && to >= 5 && to <= 9 ? [] : [{ field: "to", message: t.quietFault }]),
      ];
      if (errors.length > 0) return showAll(officer, request, reply, errors);
      await changeQuiet(database, tenant.code, { from, to }, officer.id);
      sayNext(request, t.saved);
      return seeOther(reply, TEXTS_HOME);
    }),
  );
  oneTextRoutes(site, deps);
}

function oneTextRoutes(site: FastifyInstance, deps: TextRouteDeps): void {
  const { tenant, database } = deps;
  const senderOf = (lang: Lang) => `DVC ${tenant.name[lang]}`;

  const show = async (
    officer: Officer,
    request: FastifyRequest,
    reply: FastifyReply,
    event: NoticeEvent,
    typed?: { readonly words: TypedWords; readonly errors: readonly PageError[] },
  ) => {
    const texts = await readTexts(database.forTenant(tenant.code));
    const inForce = inForceOf(texts, event, deps.clock);
    const fit = typed !== undefined && typed.errors.length === 0;
    const page = textPage({
      ...adminFramed(deps.shell, officer, request),
      event,
      typed: typed?.words ?? inForce,
      errors: typed?.errors ?? [],
      previewed: fit
        ? {
            sender: { vi: senderOf("vi"), en: senderOf("en") },
            portal: tenant.portalName,
            address: `${deps.portalOrigin}/ho-so/…`,
          }
        : undefined,
      isOwn: LANGS.some((lang) => inForce[lang] !== USUAL_TEXTS[lang][event]),
    });
    return sendPage(reply, page, (typed?.errors.length ?? 0) > 0 ? 422 : 200);
  };

  site.get(
    `${TEXTS_HOME}/:event`,
    forAdministrator(deps.officerOf, (officer, request, reply) => show(officer, request, reply, eventOf(request))),
  );
  site.post(
    `${TEXTS_HOME}/:event`,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const event = eventOf(request);
      const form = formValues(request);
      const t = textMessages[request.lang];
      if (formText(form, "viec") === "san-co") {
        await changeTexts(database, tenant.code, event, { vi: null, en: null }, officer.id);
        sayNext(request, t.backToUsual);
        return seeOther(reply, TEXTS_HOME);
      }
      const words = typedOf(form);
      const errors = LANGS.flatMap((lang) =>
        checkText(event, lang, words[lang], senderOf(lang)).map((fault) => ({
          field: `${fault.field}-${lang}`,
          message: faultText(fault, request.lang),
        })),
      );
      if (errors.length > 0 || formText(form, "viec") !== "luu")
        return show(officer, request, reply, event, { words, errors });
      await changeTexts(database, tenant.code, event, words, officer.id);
      sayNext(request, t.saved);
      return seeOther(reply, TEXTS_HOME);
    }),
  );
}

function inForceOf(texts: NoticeTexts, event: NoticeEvent, clock: Clock): TypedWords {
  const soon = new Date(clock.now().getTime() + 60_000);
  return { vi: texts(event, "vi", soon), en: texts(event, "en", soon) };
}

function eventOf(request: FastifyRequest): NoticeEvent {
  const { event } = request.params as { event: string };
  const known = EVENTS.find((one) => one === event);
  if (!known) throw new AppError("not-found", { message: "no such event" });
  return known;
}

function typedOf(form: FormValues): TypedWords {
  const words = (lang: Lang) => ({
    title: cleanText(formText(form, `title-${lang}`)),
    text: cleanText(formText(form, `text-${lang}`)),
  });
  return { vi: words("vi"), en: words("en") };
}

function faultText(fault: TextFault, lang: Lang): string {
  const t = textMessages[lang].faults;
  if (fault.fault === "unknown") return t.unknown(fault.name);
  if (fault.fault === "sms-length") return t["sms-length"](fault.length, SMS_MOST);
  return t[fault.fault];
}
