/** `/hang-loat`: many dossiers at once, and the page that says how each one ended. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { type Dossier, findDossier } from "#province/dossiers/index.ts";
import { findOfficer, forOfficer, type Officer } from "#province/officers/index.ts";
import { BATCH_MOST, batchActionsOf, isStepAction } from "./batch.ts";
import { sayNext } from "./inbox-said.ts";
import type { InboxDeps } from "./looking.ts";
import { messages } from "./messages.ts";
import { batchPage } from "./pages/batch-page.ts";
import { openBatch, runBatch, startBatch } from "./run-batch.ts";

export function batchRoutes(site: FastifyInstance, deps: InboxDeps): void {
  const tenant = deps.tenant.code;
  const batchOf = async (officer: Officer, request: FastifyRequest) => {
    const { id } = request.params as { id?: string };
    const opened = isId(id) ? await openBatch(deps, id, officer) : undefined;
    if (!opened) throw new AppError("not-found", { message: "no such batch of this officer" });
    return opened;
  };

  site.post(
    "/hang-loat",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const form = formValues(request);
      const back = `/?${new URLSearchParams(formText(form, "ve")).toString()}`;
      const id = formText(form, "lo");
      const action = batchActionsOf(officer).find((one) => one === formText(form, "viec"));
      if (!action || !isId(id))
        throw new AppError("forbidden", { reason: "role", message: "no such action for this role" });
      const t = messages[request.lang].bulk;
      const items = formList(form, "d").slice(0, BATCH_MOST).flatMap(readItem);
      const chosen = formText(form, "can-bo");
      const needsTarget = action === "forward" || action === "assign";
      const target = needsTarget && isId(chosen) ? await findOfficer(deps.database, tenant, chosen) : undefined;
      if (items.length === 0 || (needsTarget && !target)) {
        sayNext(request, { tone: "danger", text: items.length === 0 ? t.nothing : t.noTarget });
        return seeOther(reply, back);
      }
      const given = target && { id: target.id, name: target.name, agencyId: target.agencyId, unit: target.unit };
      await startBatch(deps, officer, request.lang, { id, action, target: given ?? null, items });
      return seeOther(reply, `/hang-loat/${id}`);
    }),
  );

  site.get(
    "/hang-loat/:id",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { batch, items } = await batchOf(officer, request);
      return sendPage(reply, batchPage({ shell: deps.shell, lang: request.lang, viewer: officer, batch, items }));
    }),
  );

  site.post(
    "/hang-loat/:id/tiep",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { batch } = await batchOf(officer, request);
      await runBatch(deps, batch, officer, request.lang);
      return seeOther(reply, `/hang-loat/${batch.id}`);
    }),
  );

  site.get(
    "/hang-loat/:id/giay.pdf",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { batch, items } = await batchOf(officer, request);
      const done = items.filter(({ outcome }) => outcome === "done");
      const dossiers: Dossier[] = [];
      for (const { dossierId } of done) {
        const dossier = await findDossier(deps.database, { tenant, dossierId });
        if (dossier) dossiers.push(dossier);
      }
      const pdf = isStepAction(batch.action) ? undefined : await deps.acts.slips(batch.action, dossiers);
      if (!pdf) throw new AppError("not-found", { message: "no slips in this batch" });
      return reply
        .headers({
          "cache-control": "private, no-store",
          "content-disposition": contentDisposition("inline", "phieu.pdf"),
        })
        .type("application/pdf")
        .send(Buffer.from(pdf));
    }),
  );
}

function readItem(value: string): { id: string; version: number }[] {
  const [id = "", version = ""] = value.split(":");
  return isId(id) && /^\d{1,9}$/.test(version) ? [{ id, version: Number(version) }] : [];
}
