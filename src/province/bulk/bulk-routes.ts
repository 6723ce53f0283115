/** Filing many dossiers from one sheet: the template, the sheet, and what becomes of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDateTime } from "#kit/calendar.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Applicant, factsOf, suggestedAgency } from "#province/dossiers/index.ts";
import { batchRoutes } from "./batch-routes.ts";
import { type BulkOffer, offerOf } from "./batch-scale.ts";
import { listBatches } from "./batch-view.ts";
import type { BulkDeps } from "./bulk-deps.ts";
import { readSheetPost, SHEET } from "./bulk-post.ts";
import { formsOf } from "./check-row.ts";
import { messages } from "./messages.ts";
import { openBatch } from "./open-batch.ts";
import { bulkStartPage } from "./pages/start-page.ts";
import { bulkPaths } from "./paths.ts";
import { rowRoutes } from "./row-routes.ts";
import { sendSheet, sheetFault } from "./sheet-answer.ts";
import { sheetColumns } from "./sheet-columns.ts";
import { templateSheet } from "./sheet-template.ts";

type ByCode = { Params: { code: string } };

export function bulkRoutes(site: FastifyInstance, deps: BulkDeps): void {
  site.get<ByCode>("/nop-nhieu/:code", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const offer = await offerOf(deps, request.params.code);
    return showStart(deps, request, reply, { person, offer, errors: [] });
  });
  site.post<ByCode>("/nop-nhieu/:code", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(bulkPaths.start(request.params.code)));
    const offer = await offerOf(deps, request.params.code);
    const { fields, sheet } = await readSheetPost(request);
    const chosen = fields.get("coQuan") ?? "";
    const agency = offer.agencies.find(({ id }) => id === chosen);
    const t = messages[request.lang];
    const again = (errors: readonly PageError[]) => showStart(deps, request, reply, { person, offer, errors, chosen });
    const missing = agency ? [] : [{ field: "coQuan", message: t.agencyMissing }];
    if (!sheet) return again([...missing, { field: SHEET, message: t.sheetMissing }]);
    if (sheet === "too-large") return again([...missing, { field: SHEET, message: t.faults["too-large"] }]);
    if (!agency) return again(missing);
    const { id, name, identifier } = agency;
    const { procedure } = offer;
    const taken = await openBatch(deps, { person, procedure, agency: { id, name, identifier }, sheet });
    return taken.ok
      ? seeOther(reply, bulkPaths.batch(taken.id))
      : again([{ field: SHEET, message: sheetFault(taken, request.lang) }]);
  });
  for (const kind of ["xlsx", "csv"] as const) {
    site.get<ByCode>(`/nop-nhieu/:code/mau.${kind}`, async (request, reply) => {
      const person = deps.person(request);
      if (!person) return seeOther(reply, deps.signInPath(bulkPaths.start(request.params.code)));
      const { procedure } = await offerOf(deps, request.params.code);
      const { definition } = procedure;
      const columns = sheetColumns(definition, formsOf(procedure), factsOf(person, ""), { template: true });
      const name = `${definition.shortName[request.lang]}.${kind}`;
      return sendSheet(reply, name, templateSheet(columns, request.lang, kind), kind);
    });
  }
  batchRoutes(site, deps);
  rowRoutes(site, deps);
}

interface Start {
  readonly person: Applicant;
  readonly offer: BulkOffer;
  readonly errors: readonly PageError[];
  readonly chosen?: string;
}

async function showStart(
  deps: BulkDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, offer, errors, chosen }: Start,
): Promise<FastifyReply> {
  const { lang } = request;
  const { definition } = offer.procedure;
  const key = { tenant: deps.tenant.code, applicantSub: person.sub, code: definition.code };
  const body = bulkStartPage({
    lang,
    code: definition.code,
    name: definition.shortName[lang],
    agencies: offer.agencies,
    chosen: chosen ?? suggestedAgency(offer.agencies, person.address)?.id ?? "",
    batches: (await listBatches(deps.database, key)).map((line) => ({
      ...line,
      sentAt: formatDateTime(line.createdAt),
    })),
    errors,
  });
  const failed = errors.length > 0;
  const title = `${messages[lang].title}: ${definition.shortName[lang]}`;
  return sendPage(reply, deps.page(request, { title, body, failed, width: "narrow" }), failed ? 422 : 200);
}
