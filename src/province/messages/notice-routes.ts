/** The citizen's notices on the portal: the list, the choice of channels, the devices. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newId } from "#kit/ids.ts";
import type { Lang } from "#kit/i18n.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { borrowDevice } from "./borrow-device.ts";
import { messages } from "./messages.ts";
import { CHANNELS, type NoticeChannel } from "./notice.ts";
import { markAllRead, markRead, putChoice, putDevice, removeDevice } from "./keep-choices.ts";
import { findChoice, listDevices, listNotices } from "./notice-view.ts";
import { noticesPage } from "./pages/notices-page.ts";
import { settingsPage } from "./pages/settings-page.ts";
import { noticePaths } from "./paths.ts";
import { arePushKeys, isPushService } from "./push-gateway.ts";
import { SERVICE_WORKER } from "./service-worker.ts";
import { readQuiet, readTexts } from "./text-view.ts";
import type { VapidKeys } from "./vapid-keys.ts";

type Person = { readonly sub: string; readonly phone?: string; readonly email?: string };

export interface NoticeRouteDeps {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  readonly zalo: boolean;
  readonly vapid: () => VapidKeys;
  /** Address of the demo's push service; browsers bring their own. */
  readonly pushStandIn: string | undefined;
  person(request: FastifyRequest): Person | undefined;
  signInPath(back: string): string;
  page(request: FastifyRequest, content: { title: string; body: Html; failed: boolean }): Html;
}

type ById = FastifyRequest<{ Params: { id: string } }>;
type Said = "saved" | "enrolled" | "removed" | "badDevice";
const SAID = "notices.said";

export function noticeRoutes(site: FastifyInstance, deps: NoticeRouteDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  site.get(noticePaths.worker(), async (_request, reply) =>
    reply.header("cache-control", "no-cache").type("text/javascript; charset=utf-8").send(SERVICE_WORKER),
  );
  site.get<{ Querystring: Record<string, unknown> }>(noticePaths.all(), async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const after = isId(request.query["sau"]) ? request.query["sau"] : undefined;
    const [found, texts] = await Promise.all([listNotices(db, person.sub, after), readTexts(db)]);
    const body = noticesPage({ lang: request.lang, ...found, further: after !== undefined, texts });
    return sendPage(reply, deps.page(request, { title: messages[request.lang].title, body, failed: false }));
  });
  site.post(noticePaths.readAll(), async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(noticePaths.all()));
    await markAllRead(db, person.sub);
    return seeOther(reply, noticePaths.all());
  });
  site.post("/thong-bao/:id/mo", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(noticePaths.all()));
    const dossierId = isId(request.params.id) ? await markRead(db, person.sub, request.params.id) : undefined;
    if (!dossierId) throw new AppError("not-found", { message: "no such notice of this person" });
    return seeOther(reply, `/ho-so/${dossierId}`);
  });
  site.get(noticePaths.settings(), async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    return showSettings(deps, request, reply, person);
  });
  site.post(noticePaths.settings(), async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(noticePaths.settings()));
    const form = formValues(request);
    const channels = formList(form, "channels").filter((one): one is NoticeChannel =>
      (CHANNELS as readonly string[]).includes(one),
    );
    const lang = formText(form, "language");
    // The page always sends a language: a form without one was not made here, and changes nothing.
    if (!isLang(lang)) return seeOther(reply, noticePaths.settings());
    await putChoice(db, person.sub, [...new Set(channels)], lang);
    return say(request, reply, "saved");
  });
  deviceRoutes(site, deps, db);
}

function deviceRoutes(site: FastifyInstance, deps: NoticeRouteDeps, db: Database): void {
  const standIn = deps.pushStandIn;
  site.post(noticePaths.devices(), async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(noticePaths.settings()));
    const form = formValues(request);
    const isDemo = standIn !== undefined && formText(form, "thu") === "1";
    const device = isDemo
      ? await borrowDevice(standIn)
      : { endpoint: formText(form, "endpoint"), p256dh: formText(form, "p256dh"), auth: formText(form, "auth") };
    const origin = standIn === undefined ? undefined : new URL(standIn).origin;
    const good = isPushService(device.endpoint, origin) && arePushKeys(device.p256dh, device.auth);
    const script = request.headers.accept === "application/json";
    if (!good || device.endpoint.length > 1_000)
      return script ? reply.code(422).send() : say(request, reply, "badDevice");
    const name = isDemo ? messages[request.lang].standInName : cleanText(formText(form, "name")).slice(0, 60) || "?";
    await putDevice(deps.database, deps.tenant.code, person.sub, { id: newId(), ...device, name });
    if (!script) return say(request, reply, "enrolled");
    request.session.set(SAID, "enrolled" satisfies Said);
    return reply.code(204).send();
  });
  site.post("/tai-khoan/thong-bao/thiet-bi/:id/bo", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(noticePaths.settings()));
    if (isId(request.params.id)) await removeDevice(db, person.sub, request.params.id);
    return say(request, reply, "removed");
  });
}

async function showSettings(
  deps: NoticeRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  person: Person,
): Promise<FastifyReply> {
  const db = deps.database.forTenant(deps.tenant.code);
  const [choice, devices, quiet] = await Promise.all([
    findChoice(db, person.sub),
    listDevices(db, person.sub),
    readQuiet(db),
  ]);
  const t = messages[request.lang];
  const said = request.session.take<Said>(SAID);
  const failed = said === "badDevice";
  const body = settingsPage({
    lang: request.lang,
    choice,
    quiet,
    devices,
    phone: person.phone,
    email: person.email,
    zalo: deps.zalo,
    publicKey: deps.vapid().publicKey,
    standIn: deps.pushStandIn !== undefined,
    said: said && !failed ? t[said] : undefined,
    errors: failed ? [{ field: "devices", message: t.badDevice }] : [],
  });
  return sendPage(reply, deps.page(request, { title: t.settingsTitle, body, failed }));
}

function isLang(text: string): text is Lang {
  return text === "vi" || text === "en";
}

function say(request: FastifyRequest, reply: FastifyReply, said: Said): FastifyReply {
  request.session.set(SAID, said);
  return seeOther(reply, noticePaths.settings());
}
