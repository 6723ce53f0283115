/** `/quan-tri/lien-tinh` on the desk: messages to and from other provinces that are not done, and "Gửi lại". */
import type { FastifyInstance } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { UNFINISHED_PATH, unfinishedPage } from "./pages/unfinished-page.ts";
import { provinceName } from "./province-name.ts";
import { askAgain, unfinishedAt } from "./unfinished.ts";
import { unfinishedMessages } from "./unfinished-messages.ts";

export interface UnfinishedRouteDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

export function unfinishedRoutes(site: FastifyInstance, deps: UnfinishedRouteDeps): void {
  const { tenant, database, clock } = deps;
  site.get(
    UNFINISHED_PATH,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const { sau } = request.query as { sau?: unknown };
      const now = clock.now();
      const found = await unfinishedAt(database.forTenant(tenant.code), now, isId(sau) ? sau : undefined);
      const framed = adminFramed(deps.shell, officer, request);
      return sendPage(
        reply,
        unfinishedPage({ ...framed, ...found, further: isId(sau), now, provinceName: provinceName(request.lang) }),
      );
    }),
  );
  site.post(
    `${UNFINISHED_PATH}/:id/gui-lai`,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const { id } = request.params as { id?: unknown };
      if (!isId(id)) throw new AppError("not-found", { message: "no such message" });
      const word = await askAgain(database, tenant.code, { id, actor: `officer:${officer.id}` });
      sayNext(request, unfinishedMessages[request.lang].said[word]);
      return seeOther(reply, UNFINISHED_PATH);
    }),
  );
}
