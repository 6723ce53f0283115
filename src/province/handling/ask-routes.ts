/** "Yêu cầu bổ sung hồ sơ", and what the citizen's answer changed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { dueTime } from "#province/deadlines/index.ts";
import { type Dossier, findFile, requestSupplement, type SupplementItem, termOf } from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { indexEffect } from "#province/procedure/index.ts";
import { calendarOf } from "#province/tenants/index.ts";
import { inputOf, reread } from "./act.ts";
import { askMessages } from "./ask-messages.ts";
import { askableItems, checkAsk, readAsk, type TypedAsk } from "./ask-for-supplement.ts";
import { type AskPost, readAskPost, sealSamples } from "./ask-post.ts";
import { type DeskDossier, loadDeskDossier } from "./desk-dossier.ts";
import { sendDeskFile } from "./file-routes.ts";
import { clockOf, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { withSlip } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { noteReading } from "./note-reading.ts";
import { askPage } from "./pages/ask-page.ts";
import { beforeAfterPage } from "./pages/before-after-page.ts";
import { sayNext, showFormAgain } from "./show-dossier.ts";
import { answersAround, supplementDifference } from "./supplement-difference.ts";

type Asked = { readonly view: DeskDossier; readonly typed: TypedAsk; readonly post: AskPost };

export function askRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id/bo-sung",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "request-supplement");
      const dossier = await dossierOf(deps, officer, request);
      const view = await loadDeskDossier(deps, dossier, request.lang);
      const asked = { view, typed: readAsk({}), post: { form: {}, files: {}, errors: [] } };
      return sendPage(reply, await drawAsk(deps, officer, request.lang, asked, []));
    }),
  );

  site.post(
    "/ho-so/:id/bo-sung",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "request-supplement");
      const dossier = await dossierOf(deps, officer, request);
      const post = await readAskPost(deps, request, dossier.id);
      const view = await loadDeskDossier(deps, dossier, request.lang);
      const asked = { view, typed: readAsk(post.form, post.files), post };
      const checked = checkAsk(askableItems(view, request.lang, view.form), asked.typed, request.lang);
      if (!checked.ok || post.errors.length > 0) {
        const errors = [...(checked.ok ? [] : checked.errors), ...post.errors];
        return sendPage(reply, await drawAsk(deps, officer, request.lang, asked, errors), 422);
      }
      return send(deps, officer, request, reply, asked, checked.items);
    }),
  );

  differenceRoutes(site, deps);
}

async function send(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  checked: readonly SupplementItem[],
): Promise<FastifyReply> {
  const { dossier } = asked.view;
  const items = await inVietnamese(deps, dossier, checked, request.lang);
  const input = { ...inputOf(deps, officer, dossier, asked.post.form), text: asked.typed.general, items };
  const done = await requestSupplement(deps.database, input, clockOf(deps));
  // Somebody was here meanwhile: what was typed stays where asking is still possible.
  if (!done.ok)
    return showFormAgain(deps, officer, request, reply, {
      dossier,
      reason: done.reason,
      seen: input.expectedVersion,
      action: "request-supplement",
      field: "chung",
      kept: [
        ...items.map(({ label, reason }) => ({ label, text: reason })),
        { label: askMessages[request.lang].general, text: asked.typed.general },
      ],
      form: async (newest, errors, changed) => {
        const view = await loadDeskDossier(deps, newest, request.lang);
        return drawAsk(deps, officer, request.lang, { ...asked, view }, errors, changed);
      },
    });
  const text = messages[request.lang].done["request-supplement"];
  sayNext(request, await withSlip(deps, officer, request, await reread(deps, dossier), text));
  return seeOther(reply, `/ho-so/${dossier.id}`);
}

async function drawAsk(
  deps: HandlingDeps,
  officer: Officer,
  lang: Lang,
  { view, typed, post }: Asked,
  errors: readonly PageError[],
  changed?: Html,
): Promise<Html> {
  const { dossier, supplements } = view;
  const now = clockOf(deps).now();
  const round = supplements.length + 1;
  return askPage({
    shell: deps.shell,
    lang,
    viewer: officer,
    dossier,
    items: askableItems(view, lang, view.form),
    typed,
    errors,
    term: await termOf(deps.database, dossier, now),
    round,
    effect: indexEffect(round),
    afterDays: isAfterDays(deps, dossier, now),
    kept: sealSamples(deps, dossier.id, post.files),
    changed,
  });
}

/** NĐ 61/2018 art. 19.4: what is missing is asked for within three working days of reception. */
const ASK_WITHIN_DAYS = 3;

function isAfterDays(deps: HandlingDeps, { receivedAt }: Dossier, now: Date): boolean {
  if (!receivedAt) return false;
  const rule = { type: "working_days", days: ASK_WITHIN_DAYS } as const;
  return dueTime(rule, calendarOf(deps.tenant), receivedAt).dueAt <= now;
}

/** The citizen reads Vietnamese labels, whatever language the officer works in. */
async function inVietnamese(
  deps: HandlingDeps,
  dossier: Dossier,
  items: readonly SupplementItem[],
  lang: Lang,
): Promise<readonly SupplementItem[]> {
  if (lang === "vi") return items;
  const view = await loadDeskDossier(deps, dossier, "vi");
  const vietnamese = askableItems(view, "vi", view.form);
  return items.map((item) => ({
    ...item,
    label: vietnamese.find((one) => one.target === item.target && one.ref === item.ref)?.label ?? item.label,
  }));
}

function differenceRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const roundOf = async (officer: Officer, request: FastifyRequest) => {
    const dossier = await dossierOf(deps, officer, request);
    const { round } = request.params as { round: string };
    const view = await loadDeskDossier(deps, dossier, request.lang);
    const found = view.supplements.find((one) => String(one.round) === round);
    if (!found) throw new AppError("not-found", { message: "no such round of this dossier" });
    return { dossier, view, round: found };
  };

  site.get(
    "/ho-so/:id/bo-sung/:round",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { dossier, view, round } = await roundOf(officer, request);
      if (!round.answeredAt) return seeOther(reply, `/ho-so/${dossier.id}#side-rounds`);
      const { lang } = request;
      await noteReading(deps.database, officer, { action: "dossier.read", subject: `dossier:${dossier.id}` });
      const around = answersAround(view.supplements, dossier.answers, round.round);
      const files = await Promise.all(
        (view.changes.get(round.round)?.files ?? []).map(async (change) => ({
          ...change,
          name: view.componentName(change.component),
          file: await findFile(deps.database, { tenant: deps.tenant.code, fileId: change.fileId }),
        })),
      );
      const lines = view.form ? supplementDifference(view.form, dossier, around, lang) : [];
      const page = beforeAfterPage({ shell: deps.shell, lang, viewer: officer, dossier, round, lines, files });
      return sendPage(reply, page);
    }),
  );

  site.get(
    "/ho-so/:id/bo-sung/:round/mau/:item",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { round } = await roundOf(officer, request);
      const { item } = request.params as { item: string };
      const file = round.items.find((_, index) => String(index + 1) === item)?.example?.file;
      if (!file) throw new AppError("not-found", { message: "no such sample in this round" });
      return sendDeskFile(deps, reply, { ...file, download: false });
    }),
  );
}
