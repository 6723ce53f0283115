/** One row, put right in the browser, with the papers that go with it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Batch, type BatchRow, cellAddress, namesIn } from "./batch.ts";
import { offerOf, scaleOfBatch } from "./batch-scale.ts";
import { findRow } from "./batch-view.ts";
import { type BulkDeps, ownBatch } from "./bulk-deps.ts";
import { readPost } from "./bulk-post.ts";
import { checkRow } from "./check-row.ts";
import { correctRow, takePaper } from "./correct-batch.ts";
import { messages } from "./messages.ts";
import { bulkRowPage, fileControl } from "./pages/row-page.ts";
import { paperFault } from "./paper-fault.ts";
import { bulkPaths } from "./paths.ts";
import type { SheetColumn } from "./sheet-columns.ts";

type ByRow = { Params: { id: string; seq: string } };

const SAID = "bulk.said";

export function rowRoutes(site: FastifyInstance, deps: BulkDeps): void {
  site.get<ByRow>("/nop-nhieu/lo/:id/dong/:seq", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const batch = await ownBatch(deps, person, request.params.id);
    return show(deps, request, reply, batch, await rowOf(deps, batch, request.params.seq));
  });
  site.post<ByRow>("/nop-nhieu/lo/:id/dong/:seq", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(bulkPaths.batch(request.params.id)));
    const batch = await ownBatch(deps, person, request.params.id);
    const row = await rowOf(deps, batch, request.params.seq);
    return save(deps, request, reply, batch, row);
  });
}

async function rowOf(deps: BulkDeps, batch: Batch, seq: string): Promise<BatchRow> {
  const key = { tenant: deps.tenant.code, id: batch.id };
  const row = /^\d{1,6}$/.test(seq) ? await findRow(deps.database, key, Number(seq)) : undefined;
  if (!row) throw new AppError("not-found", { message: "no such row" });
  return row;
}

async function save(deps: BulkDeps, request: FastifyRequest, reply: FastifyReply, batch: Batch, row: BatchRow) {
  const t = messages[request.lang];
  const faults: PageError[] = [];
  const added = new Map<string, string[]>();
  const fields = await readPost(request, async ({ field, name, content }) => {
    const taken = await takePaper(deps, batch, { name, content });
    faults.push(...taken.faults.map((fault) => ({ field, message: paperFault(fault, request.lang) })));
    const column = `file.${field.slice(fileControl("").length)}`;
    if (taken.names.length > 0) added.set(column, [...(added.get(column) ?? []), ...taken.names]);
  });
  const cells: Record<string, string> = Object.fromEntries(fields);
  for (const [column, names] of added) {
    cells[column] = [...new Set([...namesIn(cells[column]), ...names])].join("; ");
  }
  const { procedure } = await offerOf(deps, batch.procedureCode);
  const errors = await correctRow(deps, procedure, batch, row, cells);
  if (!errors) {
    request.session.set(SAID, t.rowGone);
    return seeOther(reply, bulkPaths.batch(batch.id));
  }
  if (errors.length + faults.length > 0) {
    return show(deps, request, reply, batch, await rowOf(deps, batch, String(row.seq)), faults);
  }
  request.session.set(SAID, `${t.rowSaved} (${t.ofLine(row.line)})`);
  return seeOther(reply, bulkPaths.batch(batch.id));
}

async function show(
  deps: BulkDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  batch: Batch,
  row: BatchRow,
  faults: readonly PageError[] = [],
): Promise<FastifyReply> {
  const { lang } = request;
  const t = messages[lang];
  if (row.state === "filing" || row.state === "filed") return seeOther(reply, bulkPaths.batch(batch.id));
  const { procedure } = await offerOf(deps, batch.procedureCode);
  const scale = await scaleOfBatch(deps, procedure, batch);
  const { errors } = checkRow(scale, row.cells);
  const wanted = new Set([...batch.columns, ...errors.map(({ column }) => column)]);
  const columns = [...scale.columns.values()].filter(({ id }) => wanted.has(id));
  const address = ({ id }: SheetColumn): string | undefined => {
    const index = batch.columns.indexOf(id);
    return index < 0 ? undefined : cellAddress(index, row.line);
  };
  const found = errors.map(({ column, message }) => ({ field: column || "main", message: message[lang] }));
  const body = bulkRowPage({ lang, batch, row, columns, address, errors: [...found, ...faults] });
  const failed = request.method === "POST";
  const title = `${t.rowTitle(row.line)}: ${batch.sheetName}`;
  return sendPage(reply, deps.page(request, { title, body, failed, width: "narrow" }), failed ? 422 : 200);
}
